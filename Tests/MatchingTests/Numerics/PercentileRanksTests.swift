import Matching
import Testing

@Suite struct PercentileRanksTests {
  @Test("ties share the middle, the unknown stays unknown and does not count")
  func ranks() {
    #expect(percentileRanks([10, nil, 30, 20, 20]) == [0.25, nil, 1, 0.625, 0.625])
    #expect(percentileRanks([7]) == [1])
    #expect(percentileRanks([]) == [])
    #expect(percentileRanks([.nan, 1]) == [nil, 1])
  }

  @Test("no rank is under the floor")
  func floored() {
    let ranks = percentileRanks((0..<1000).map { Double($0) })
    #expect(ranks[0] == 0.01)
    #expect(ranks[999] == 1)
  }

  @Test("counting values one by one gives the same")
  func oracle() {
    var random = SeededGenerator(state: 4)
    let values = (0..<200).map { _ in Double(Int.random(in: 0..<40, using: &random)) }
    let ranks = percentileRanks(values.map { $0 }, floor: 0)
    for (value, rank) in zip(values, ranks) {
      let below = values.filter { $0 < value }.count
      let same = values.filter { $0 == value }.count
      #expect(rank == (Double(below) + (Double(same) + 1) / 2) / 200)
    }
  }
}
