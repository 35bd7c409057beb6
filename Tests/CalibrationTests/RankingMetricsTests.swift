import Calibration
import Testing

@Suite struct RankingMetricsTests {
  private let relevances = [3.0, 2, 3, 0, 1, 2]

  @Test("scikit-learn's and LightGBM's gains are met")
  func published() throws {
    #expect(abs(discountedGain(relevances) - 6.861126688593502) < 1e-12)
    let best = relevances.sorted(by: >)
    #expect(abs(discountedGain(best) - 7.1409951840957) < 1e-12)
    #expect(abs(try #require(normalisedDiscountedGain(relevances)) - 0.9608081943) < 5e-11)
    let three = try #require(normalisedDiscountedGain(relevances, depth: 3))
    #expect(abs(three - 0.9777813616) < 5e-11)
    #expect(abs(discountedGain(relevances, gain: .exponential) - 13.848263629) < 5e-10)
    #expect(abs(discountedGain(best, gain: .exponential) - 14.595390756) < 5e-10)
    let steep = try #require(normalisedDiscountedGain(relevances, gain: .exponential))
    #expect(abs(steep - 0.9488107486) < 5e-11)
    #expect(normalisedDiscountedGain([0, 0]) == nil)
  }

  @Test("a list without ties has the values counted by hand")
  func byHand() throws {
    // Order: wrong, right, wrong, right, wrong.
    let list = try #require(
      RankedList(
        scores: [5, 4, 3, 2, 1], right: [false, true, false, true, false],
        weights: [1, 30, 1, 10, 1]))
    #expect(list.recall(at: 1) == 0)
    #expect(list.recall(at: 2) == 0.5)
    #expect(list.recall(at: 50) == 1)
    #expect(list.weightedRecall(at: 2) == 0.75)
    #expect(list.reciprocalRank == 0.5)
    #expect(try #require(list.areaUnderCurve) == 0.5)
    #expect(abs(try #require(list.areaOfAppearances) - (0.75 + 0.25) / 2) < 1e-12)
    #expect(abs(list.averagePrecision - (0.5 + 0.5) / 2) < 1e-12)
    #expect(abs(list.bestF1 - 2.0 * 2 / 6) < 1e-12)
  }

  @Test("ties count as the mean over all their orders", arguments: 1...15)
  func tiesAveraged(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let scores = (0..<6).map { _ in Double(Int.random(in: 0...2, using: &random)) }
    var right = scores.map { _ in Bool.random(using: &random) }
    right[Int.random(in: 0..<6, using: &random)] = true
    let list = try #require(RankedList(scores: scores, right: right))
    var (count, recall, reciprocal, gain) = (0.0, 0.0, 0.0, 0.0)
    permutations(Array(0..<6)) { order in
      guard zip(order, order.dropFirst()).allSatisfy({ scores[$0] >= scores[$1] }) else { return }
      let hits = order.map { right[$0] }
      let total = Double(hits.filter { $0 }.count)
      count += 1
      recall += Double(hits.prefix(3).filter { $0 }.count) / total
      reciprocal += 1 / Double((hits.firstIndex(of: true) ?? 0) + 1)
      gain += normalisedDiscountedGain(hits.map { $0 ? 1 : 0 }, depth: 4) ?? 0
    }
    #expect(abs(list.recall(at: 3) - recall / count) < 1e-12)
    #expect(abs(list.reciprocalRank - reciprocal / count) < 1e-12)
    #expect(abs(list.normalisedGain(at: 4) - gain / count) < 1e-12)
    var (pairs, ahead) = (0.0, 0.0)
    for a in 0..<6 where right[a] {
      for b in 0..<6 where !right[b] {
        pairs += 1
        ahead += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0
      }
    }
    #expect(list.areaUnderCurve.map { abs($0 - ahead / pairs) < 1e-12 } ?? (pairs == 0))
  }

  @Test("a constant score is a coin, and a list with nothing right judges nobody")
  func constant() throws {
    let list = try #require(RankedList(scores: [1, 1, 1, 1], right: [true, false, false, false]))
    #expect(list.areaUnderCurve == 0.5)
    #expect(list.areaOfAppearances == 0.5)
    #expect(list.averagePrecision == 0.25)
    #expect(list.recall(at: 2) == 0.5)
    #expect(RankedList(scores: [1, 2], right: [false, false]) == nil)
    #expect(RankedList(scores: [.nan], right: [true]) == nil)
    #expect(RankedList(scores: [1], right: [true])?.areaUnderCurve == nil)
  }

  private func permutations(_ items: [Int], visit: ([Int]) -> Void) {
    func extend(_ head: [Int], _ rest: [Int]) {
      if rest.isEmpty { return visit(head) }
      for (index, item) in rest.enumerated() {
        var left = rest
        left.remove(at: index)
        extend(head + [item], left)
      }
    }
    extend([], items)
  }
}
