import Atlas
import Testing

@testable import Matching

@Suite("shortlist")
struct ShortlistTests {
  @Test(
    "no posting that could belong to the list is dropped, however wide the margins",
    arguments: 1...20 as ClosedRange<UInt64>)
  func nothingIsLost(seed: UInt64) {
    var generator = Generator(seed: seed)
    let truth = (0..<20_000).map { _ in generator.normal() * 100 }
    let limit = Int.random(in: 1...300, using: &generator)
    var short = Shortlist(limit: limit)
    for (row, value) in truth.enumerated() {
      let margin = Float(generator.uniform() * 3)
      let off = Double(margin) * 0.99 * (2 * generator.uniform() - 1)
      let screened = Float(value + off)
      if screened >= short.threshold - margin { short.keep(row, value: screened, margin: margin) }
    }
    let list = short.settle { kept in
      kept.map { RankedPairing(expectedValue: truth[$0.row], firm: Int32($0.row), site: 0) }
    }
    let reference = truth.indices.sorted { truth[$0] > truth[$1] }.prefix(limit)
    #expect(list.map { Int($0.firm) } == Array(reference))
  }

  @Test("a list with more room than firms keeps them all")
  func roomForAll() {
    var short = Shortlist(limit: 9)
    for row in 0..<4 { short.keep(row, value: Float(row), margin: 0) }
    let list = short.settle { kept in
      kept.map { RankedPairing(expectedValue: 1, firm: Int32($0.row), site: 0) }
    }
    #expect(list.map(\.firm) == [0, 1, 2, 3])
  }
}
