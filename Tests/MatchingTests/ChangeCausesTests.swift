import Atlas
import Expectations
import Testing

@testable import Matching

@Suite("causes of change")
struct ChangeCausesTests {
  private func list(_ values: [(Int64, Double)]) -> [ListedStanding] {
    values.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }.enumerated().map {
      ListedStanding(
        firm: $1.0, rank: $0 + 1, rankLow: nil, rankHigh: nil, expectedValue: $1.1)
    }
  }

  @Test("a new competitor pushes the others down and is the whole cause of it")
  func competitor() {
    let moves = findMoves(
      before: list([(1, 30), (2, 20)]), after: list([(1, 30), (2, 20), (3, 25)]), remodelled: nil,
      then: nil, own: [3: .newData])
    #expect(moves[1].parts.map(\.cause) == [.competitors])
    #expect(moves[1].parts.map(\.places) == [-1])
    #expect(moves[0].parts.isEmpty)
    #expect(moves[2].before == nil && moves[2].parts.isEmpty)
  }

  @Test("an outcome that lowers a firm's own value is its own cause, not the others'")
  func outcome() {
    let moves = findMoves(
      before: list([(1, 30), (2, 20), (3, 10)]), after: list([(1, 5), (2, 20), (3, 10)]),
      remodelled: nil, then: nil, own: [1: .outcome])
    #expect(moves[0].parts.map(\.cause) == [.outcome])
    #expect(moves[0].parts.map(\.places) == [-2])
    #expect(moves[1].parts.map(\.cause) == [.competitors])
  }

  @Test("the parts add up to the move, for random lists, models, days and news")
  func addUp() {
    var random = Generator(seed: 11)
    for _ in 0..<300 {
      let count = Int.random(in: 2...40, using: &random)
      func shaken(_ values: [(Int64, Double)]) -> [(Int64, Double)] {
        values.map { ($0.0, $0.1 + Double.random(in: -3...3, using: &random)) }
      }
      let start = (0..<count).map {
        (Int64($0), Double(Int.random(in: 0...20, using: &random)))
      }
      let remodelled = Bool.random(using: &random) ? shaken(start) : nil
      var then = remodelled ?? start
      var own: [Int64: ChangeCause] = [:]
      for index in then.indices where Bool.random(using: &random) {
        then[index].1 += Double.random(in: -9...9, using: &random)
        own[then[index].0] = [.newData, .correctedData, .outcome].randomElement(using: &random)
      }
      if Bool.random(using: &random) { then.append((1000, 10)) }
      if Bool.random(using: &random) { then.removeFirst() }
      let isLater = Bool.random(using: &random)
      let now = isLater ? shaken(then) : then
      let moves = findMoves(
        before: list(start), after: list(now),
        remodelled: remodelled.map { ListedValues(list($0)) },
        then: isLater ? ListedValues(list(then)) : nil, own: own)
      let first = findMoves(
        before: list(start), after: list(now),
        remodelled: remodelled.map { ListedValues(list($0)) },
        then: isLater ? ListedValues(list(then)) : nil, own: own, within: 5)
      #expect(first == moves.filter { min($0.before?.rank ?? 9, $0.after?.rank ?? 9) <= 5 })
      for move in moves {
        guard let places = move.places else { continue }
        #expect(move.parts.reduce(0) { $0 + $1.places } == places)
        if own[move.firm] == nil {
          #expect(!move.parts.contains { [.newData, .correctedData, .outcome].contains($0.cause) })
        }
        if remodelled == nil { #expect(!move.parts.contains { $0.cause == .modelChange }) }
        if !isLater { #expect(!move.parts.contains { $0.cause == .decay }) }
      }
    }
  }

  @Test("a move within overlapping ranges is no change")
  func overlap() {
    func standing(_ rank: Int, _ low: Int, _ high: Int) -> ListedStanding {
      ListedStanding(firm: 1, rank: rank, rankLow: low, rankHigh: high, expectedValue: 1)
    }
    func move(_ before: ListedStanding, _ after: ListedStanding) -> RankMove {
      RankMove(firm: 1, before: before, after: after, parts: [])
    }
    #expect(move(standing(3, 1, 5), standing(6, 4, 9)).isWithinRange)
    #expect(!move(standing(3, 1, 5), standing(9, 6, 12)).isWithinRange)
  }
}
