import Atlas
import Foundation
import GRDB
import Testing

@testable import Ledger

/// A freeze that begins from kept columns is a freeze that reads every fact.
@Suite struct FrozenColumnsTests {
  private func freeze(_ bench: Workbench, _ day: Day, _ use: Ledger.ColumnsUse) throws -> Snapshot {
    try bench.ledger.freeze(
      asOf: day, places: World.places, chains: [World.chain], configuration: World.configuration,
      columns: use)
  }

  /// How many firms a freeze would read anew; nil where it would read all.
  private func changed(_ bench: Workbench, _ day: Day = World.today) throws -> [Int64]? {
    try bench.ledger.read { database in
      var freeze = try Freeze(
        database, asOf: day, chains: [World.chain], configuration: World.configuration)
      _ = try freeze.snapshot(
        base: World.places, imported: [], columns: .ignore, file: "/nowhere")
      guard let ground = try FrozenColumns.Ground(freeze),
        let kept = FrozenColumns(path: file(bench), ground: ground)
      else { return nil }
      return try FirmChange(since: kept, in: freeze)?.firms
    }
  }

  private func file(_ bench: Workbench) -> String {
    FrozenColumns.path(ofLedger: bench.ledger.path)
  }

  /// Links that depend on the texts of a firm.
  private func link(_ bench: Workbench, linker: String = "a") throws {
    try bench.ledger.linkEveryFirm(linker: linker) { firms in
      {
        firms.map { firm in
          let sum = (firm.name + (firm.products ?? "")).utf8.reduce(linker.utf8.count) {
            $0 + Int($1)
          }
          return ["pcb.laminate", "pcb.multilayer", "pcb.nowhere"].prefix(sum % 4).map {
            MachineLink(
              firm: firm.id, segment: $0, score: Double(sum % 100) / 100,
              linkClass: sum % 3 == 0 ? .confirmed : .uncertain,
              likelyShare: sum % 2 == 0 ? 0.5 : nil)
          }
        }
      }
    }
  }

  private func row(_ firm: Int, _ random: inout Generator) -> String {
    let heads = Int.random(in: 0...900, using: &random)
    let products = ["", "覆铜板", "多层板、覆铜板"].randomElement(using: &random) ?? ""
    let place = ["", "500153", "440305"].randomElement(using: &random) ?? ""
    return
      "企业\(firm)有限公司,\(heads == 0 ? "" : "\(heads)"),\(heads % 7 == 0 ? "" : "存续"),\(products),\(place)"
  }

  @Test(
    "after any edits a freeze from kept columns is the freeze of all facts", arguments: 0..<12)
  func anyEdits(seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    let bench = try Workbench()
    let header = "name,employees,status,products,所在地\n"
    func load(_ firms: some Sequence<Int>, day: Int32 = 0) throws {
      let rows = firms.map { row($0, &random) }.joined(separator: "\n")
      _ = try bench.importText(
        "firms", header + rows + "\n",
        options: ImportOptions(knownOn: Day(number: World.today.number + day)))
    }
    try load(0..<120, day: -40)
    try link(bench)
    var day = World.today.number - 10
    var used = 0
    for step in 0..<14 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: try load((0..<4).map { _ in Int.random(in: 0..<150, using: &random) }, day: -11)
      case 2:
        try load(
          [Int.random(in: 0..<150, using: &random)], day: Int32.random(in: -40...20, using: &random)
        )
      case 3:
        let firm = Int64.random(in: 1...100, using: &random)
        try bench.ledger.merge(
          firm: firm, into: firm + Int64.random(in: 1...9, using: &random), because: "同一家",
          by: "甲", at: "2024-09-0\(1 + step % 9)T00:00:00Z")
      case 4:
        if let last = try bench.ledger.listMerges().first(where: { $0.into != nil }) {
          try bench.ledger.unmerge(
            firm: last.firm, because: "两家", by: "甲", at: "2024-09-10T00:00:00Z")
        }
      case 5: try link(bench, linker: seed % 3 == 0 && step % 5 == 0 ? "bb" : "a")
      case 6: day += 1
      default:
        try bench.ledger.decideLinks([
          PersonLink(
            firm: Int64.random(in: 1...100, using: &random), segment: "pcb.laminate",
            isAccepted: Bool.random(using: &random), decidedBy: "甲",
            decidedAt: "2024-09-0\(1 + step % 9)T01:00:00Z", because: "")
        ])
      }
      if Int.random(in: 0..<3, using: &random) > 0 { try link(bench) }
      if try changed(bench, Day(number: day)) != nil { used += 1 }
      let whole = try freeze(bench, Day(number: day), .ignore)
      let quick = try freeze(bench, Day(number: day), .keep(from: 0))
      #expect(quick.firms == whole.firms, "step \(step)")
      #expect(quick.postings == whole.postings, "step \(step)")
      #expect(quick.digest == whole.digest, "step \(step)")
      // An earlier day is read from the facts.
      let past = Day(number: day - 3)
      #expect(try freeze(bench, past, .read).digest == freeze(bench, past, .ignore).digest)
    }
    #expect(used >= 4)
  }

  @Test("only firms with new facts, and whoever gains or loses by a merge, are read anew")
  func whoIsRead() throws {
    let bench = try Workbench()
    var random = Generator(seed: 1)
    let rows = (1...40).map { row($0, &random) }.joined(separator: "\n")
    _ = try bench.importText("firms", "name,employees,status,products,所在地\n" + rows + "\n")
    try link(bench)
    #expect(try changed(bench) == nil)
    _ = try freeze(bench, World.today, .read)
    #expect(try changed(bench) == nil, "reading keeps nothing")
    _ = try freeze(bench, World.today, .keep(from: 41))
    #expect(try changed(bench) == nil, "a small ledger keeps nothing")
    _ = try freeze(bench, World.today, .keep(from: 40))
    #expect(try changed(bench) == [])
    let mode = try FileManager.default.attributesOfItem(atPath: file(bench))[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)

    _ = try bench.importText("firms", "name,employees\n企业7有限公司,5\n新企业有限公司,6\n")
    #expect(try changed(bench) == [7, 41])
    try bench.ledger.merge(
      firm: 3, into: 9, because: "同一家", by: "甲", at: "2024-10-04T00:00:00Z")
    #expect(try changed(bench) == [3, 7, 9, 41])
    // A fact of a later day than the columns' that was there already makes them useless then.
    #expect(try changed(bench, Day(number: World.today.number - 1)) == nil)
    // New links of another linker are other links.
    try link(bench, linker: "b")
    #expect(try changed(bench) == nil)
    _ = try freeze(bench, World.today, .keep(from: 1))
    #expect(try changed(bench) == [])
    // Who is taken out is gone from the file as well.
    try bench.ledger.purge(firm: 7, because: "撤回", by: "甲", at: "2024-10-04T00:00:00Z")
    #expect(!FileManager.default.fileExists(atPath: file(bench)))
  }

  @Test("columns that were cut short, changed or belong to another past are not used")
  func broken() throws {
    let bench = try Workbench()
    var random = Generator(seed: 1)
    let rows = (1...40).map { row($0, &random) }.joined(separator: "\n")
    _ = try bench.importText("firms", "name,employees,status,products,所在地\n" + rows + "\n")
    try link(bench)
    let whole = try freeze(bench, World.today, .keep(from: 1))
    let good = try Data(contentsOf: URL(fileURLWithPath: file(bench)))
    #expect(try changed(bench) == [])
    for place in stride(from: 0, to: good.count, by: 97) {
      var bad = good
      bad[place] ^= 1
      try bad.write(to: URL(fileURLWithPath: file(bench)))
      #expect(try changed(bench) == nil, "byte \(place)")
    }
    for count in [0, 7, 8, 40, 48, 400, good.count - 1] {
      try good.prefix(count).write(to: URL(fileURLWithPath: file(bench)))
      #expect(try changed(bench) == nil, "\(count) bytes")
      #expect(try freeze(bench, World.today, .read) == whole)
    }
    // Another ledger with as many rows has another past.
    let other = try Workbench()
    _ = try other.importText(
      "firms", "name,employees\n" + (1...40).map { "别家\($0)厂,9" }.joined(separator: "\n") + "\n")
    try link(other)
    try good.write(to: URL(fileURLWithPath: file(other)))
    #expect(try changed(other) == nil)
    try good.write(to: URL(fileURLWithPath: file(bench)))
    #expect(try changed(bench) == [])
  }
}
