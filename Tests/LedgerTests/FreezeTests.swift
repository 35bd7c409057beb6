import Atlas
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct FreezeTests {
  /// Columns by both ways of reading; nil for the quick one where it gives up.
  private func bothWays(_ bench: Workbench, asOf: Day = World.today) throws -> (
    inOrder: Firms, asTheyLie: Firms?
  ) {
    try bench.ledger.read { database in
      let freeze = try Freeze(
        database, asOf: asOf, chains: [World.chain], configuration: World.configuration)
      return (try freeze.freezeFirmsInOrder(), try freeze.freezeFirmsAsTheyLie())
    }
  }

  @Test(
    "firms read as they lie are the firms read in order, whatever was changed, joined or dated back",
    arguments: 0..<12)
  func orders(seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    let bench = try Workbench()
    func row(_ firm: Int) -> String {
      let heads = Int.random(in: 0...900, using: &random)
      return "企业\(firm)有限公司,\(heads == 0 ? "" : "\(heads)"),\(heads % 7 == 0 ? "" : "存续")"
    }
    let header = "name,employees,status\n"
    for firm in stride(from: 0, to: 60, by: 20) {
      let text = (firm..<firm + 20).map(row).joined(separator: "\n")
      _ = try bench.importText("firms", header + text + "\n")
    }
    // Later files speak of some firms again, with days before and after those known so far.
    for day in [-30, 30, 0] {
      let firms = Set((0..<8).map { _ in Int.random(in: 0..<70, using: &random) }).sorted()
      _ = try bench.importText(
        "firms", header + firms.map(row).joined(separator: "\n") + "\n",
        options: ImportOptions(knownOn: Day(number: World.today.number + Int32(day))))
    }
    for _ in 0..<(seed % 3) {
      let first = Int64.random(in: 1...30, using: &random)
      try bench.ledger.merge(
        firm: first, into: first + Int64.random(in: 1...20, using: &random), because: "同一家",
        by: "甲", at: "2024-10-04T00:00:00Z")
    }
    for day in [-31, -1, 0, 31] {
      let found = try bothWays(bench, asOf: Day(number: World.today.number + Int32(day)))
      #expect(found.asTheyLie == nil || found.asTheyLie == found.inOrder)
      #expect(day < 0 || found.asTheyLie != nil)
    }
    #expect(try bench.freeze().firms == bothWays(bench).inOrder)
  }

  @Test("a table that lost its order is read by the index")
  func disorder() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", "name\n甲厂\n乙厂\n丙厂\n")
    try bench.ledger.write {
      try $0.execute(sql: "DROP TRIGGER firmFactKept; UPDATE firmFact SET id = 9 WHERE firmId = 1")
    }
    let found = try bothWays(bench)
    #expect(found.asTheyLie == nil)
    #expect(found.inOrder.count == 3)
    #expect(try bench.freeze().firms == found.inOrder)
  }
}
