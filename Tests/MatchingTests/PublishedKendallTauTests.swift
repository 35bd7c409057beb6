import Matching
import Testing

@Suite struct PublishedKendallTauTests {
  @Test("scipy's example with ties is met")
  func published() throws {
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])
    let tau = try #require(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]))
    #expect(abs(tau - -0.4714045207910316) < 1e-12)
  }

  @Test("counting every pair gives the same", arguments: 1...20)
  func oracle(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let first = (0..<37).map { _ in Double(Int.random(in: 0...9, using: &random)) }
    let second = (0..<37).map { _ in Double(Int.random(in: 0...9, using: &random)) }
    var (difference, pairsFirst, pairsSecond) = (0.0, 0.0, 0.0)
    for a in 0..<37 {
      for b in 0..<a {
        let (x, y) = (first[a] - first[b], second[a] - second[b])
        if x * y > 0 { difference += 1 } else if x * y < 0 { difference -= 1 }
        if x != 0 { pairsFirst += 1 }
        if y != 0 { pairsSecond += 1 }
      }
    }
    let expected = difference / (pairsFirst * pairsSecond).squareRoot()
    #expect(abs(try #require(kendallTau(first, second)) - expected) < 1e-12)
  }

  @Test("an order agrees with itself, disagrees with its reverse, and a constant says nothing")
  func ends() {
    #expect(kendallTau([1, 2, 3], [10, 20, 30]) == 1)
    #expect(kendallTau([1, 2, 3], [3, 2, 1]) == -1)
    #expect(kendallTau([1, 2, 3], [5, 5, 5]) == nil)
    #expect(kendallTau([1], [1]) == nil)
    #expect(kendallTau([1, .nan], [1, 2]) == nil)
  }
}
