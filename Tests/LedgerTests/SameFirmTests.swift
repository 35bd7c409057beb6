import Atlas
import GRDB
import Testing

@testable import Ledger

@Suite struct SameFirmTests {
  private static let firms = """
    企业名称,所在地,主营产品
    甲电子有限公司,500153,覆铜板
    甲电子(重庆)有限公司,500153,多层板
    乙电子有限公司,500153,电子布
    """

  @Test("a merge joins firms in the snapshot, taking it back parts them, and the last word stands")
  func merges() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    var names: [String] = []
    try bench.ledger.forEachFirmEntry { names.append("\($0.id) \($0.name)") }
    #expect(names == ["1 甲电子有限公司", "2 甲电子(重庆)有限公司", "3 乙电子有限公司"])
    let merge = MergeRecord(
      firm: 2, into: 1, because: "名称与所在地相同", decidedBy: "自动",
      decidedAt: "\(World.today.iso)T08:00:00Z")
    try bench.ledger.record([merge])
    #expect(try bench.ledger.listMerges() == [merge])
    #expect(try bench.freeze().firms.id == [1, 3])
    try bench.ledger.unmerge(
      firm: 2, because: "两家", by: "LJ", at: "\(World.today.iso)T09:00:00Z")
    let last = try #require(try bench.ledger.listMerges().first)
    #expect(last.into == nil && last.decidedBy == "LJ")
    #expect(try bench.freeze().firms.id == [1, 2, 3])
  }

  @Test("linking only what changed gives the links of linking all; another linker links all")
  func onlyChanged() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    func find(_ firm: FirmText) -> [MachineLink] {
      let score = Double(firm.name.unicodeScalars.count + (firm.products?.count ?? 0)) / 100
      return [
        MachineLink(
          firm: firm.id, segment: "pcb.laminate", score: score, linkClass: .confirmed)
      ]
    }
    #expect(try bench.ledger.linkEveryFirm(linker: "a") { firms in { firms.map(find) } }.firms == 3)
    #expect(try bench.ledger.linkEveryFirm(linker: "a") { firms in { firms.map(find) } }.firms == 0)
    _ = try bench.importText(
      "firms", "name,products\n甲电子有限公司,多层板、挠性板\n新来的电路有限公司,多层板\n")
    let some = try bench.ledger.linkEveryFirm(linker: "a") { firms in { firms.map(find) } }
    #expect(some.firms >= 1 && some.firms <= 2)
    let after = try bench.freeze().postings
    let all = try bench.ledger.linkEveryFirm(linker: "b") { firms in { firms.map(find) } }
    #expect(all.firms == some.links)
    #expect(try bench.freeze().postings == after)
  }

  @Test("linking in one pass writes what is found; a decided link is no longer open")
  func links() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    func find(_ firm: FirmText) -> [MachineLink] {
      firm.id == 3
        ? []
        : [
          MachineLink(
            firm: firm.id, segment: "pcb.laminate", score: 0.5,
            linkClass: firm.id == 1 ? .confirmed : .uncertain)
        ]
    }
    let written = try bench.ledger.linkEveryFirm { firms in { firms.map(find) } }
    #expect(written.firms == 3 && written.links == 2)
    let before = try bench.ledger.countLinks()
    #expect(before.confirmed == 1 && before.open == 1)
    var open: [Int64] = []
    try bench.ledger.forEachOpenLink { open.append($0.firm) }
    #expect(open == [2])
    for isAccepted in [false, true] {
      try bench.ledger.decideLinks([
        PersonLink(
          firm: 2, segment: "pcb.laminate", isAccepted: isAccepted, decidedBy: "LJ",
          decidedAt: "2024-10-01T08:00:00Z", because: "")
      ])
    }
    let after = try bench.ledger.countLinks()
    #expect(after.confirmed == 1 && after.open == 0)
    #expect(try bench.ledger.listLinkDecisions().map(\.isAccepted) == [true])
  }

  /// A score that is another one for other texts, as good as always.
  private static func score(_ texts: [String?]) -> Double {
    Double("\(texts)".utf8.reduce(UInt64(7)) { ($0 &* 31 &+ UInt64($1)) % 999_983 }) / 1e6
  }

  /// Links that depend on every text of a firm.
  private func find(_ firms: [FirmText]) -> () -> [[MachineLink]] {
    {
      firms.map { firm in
        let texts = [firm.name, firm.products, firm.mainBusiness, firm.scope, firm.industry]
        return ["pcb.multilayer", "pcb.laminate"].prefix(
          ((firm.products ?? "a").utf8.count + 1) % 3
        )
        .map {
          MachineLink(
            firm: firm.id, segment: $0, score: Self.score(texts),
            linkClass: $0 == "pcb.laminate" ? .confirmed : .uncertain,
            likelyShare: firm.scope == nil ? nil : 0.5)
        }
      }
    }
  }

  private func rows(_ ledger: Ledger) throws -> [String] {
    try ledger.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT json_array(firmId, segmentId, score, class, likelyShare)
          FROM machineLink ORDER BY firmId, segmentId
          """)
    }
  }

  @Test("a blank cell of a later file takes nothing from a firm that is linked again")
  func blankCells() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    try bench.ledger.linkEveryFirm(linker: "a", find)
    _ = try bench.importText("firms", "name,所在地,经营范围\n甲电子有限公司,500153,销售\n")
    #expect(try bench.ledger.linkEveryFirm(linker: "a", find).firms == 1)
    let some = try rows(bench.ledger)
    let laid = Self.score(["甲电子有限公司", "覆铜板", nil, "销售", nil])
    #expect(some.contains { $0.contains("[1,") && $0.contains("\(laid)") })
    try bench.ledger.linkEveryFirm(linker: "b", find)
    #expect(try rows(bench.ledger) == some)
  }

  @Test("blocks of any size, first or again, give the same links and the tally of the rows")
  func blocks() throws {
    let bench = try Workbench()
    let lines = (1...23).map { "第\($0)电子厂,500153,\(String(repeating: "a", count: $0 % 7)),\($0)" }
    _ = try bench.importText("firms", "name,所在地,产品,经营范围\n" + lines.joined(separator: "\n"))
    func check() throws {
      func count(_ linkClass: String) throws -> Int {
        try bench.ledger.read {
          try Int.fetchOne(
            $0, sql: "SELECT count(*) FROM machineLink WHERE class = ?", arguments: [linkClass])
            ?? 0
        }
      }
      let counted = LinkTally(
        confirmed: try count("confirmed"), uncertain: try count("uncertain"))
      #expect(try bench.ledger.read(LinkTally.read) == counted)
      let counts = try bench.ledger.countLinks()
      #expect(counts.confirmed == counted.confirmed && counts.open == counted.uncertain)
    }
    let first = try bench.ledger.linkEveryFirm(linker: "1", block: 1, find)
    let all = try rows(bench.ledger)
    #expect(first.firms == 23 && first.links == all.count && all.count > 10)
    try check()
    for block in [2, 7, 23, 24, 4096] {
      try bench.ledger.linkEveryFirm(linker: "\(block)", block: block, find)
      #expect(try rows(bench.ledger) == all)
      try check()
    }
    _ = try bench.importText("firms", "name,所在地,产品\n第3电子厂,500153,aaaa\n第24电子厂,500153,aa\n")
    let some = try bench.ledger.linkEveryFirm(linker: "4096", block: 1, find)
    let kept = try rows(bench.ledger).count
    #expect(some.firms == 2 && some.links == kept)
    try check()
    // A firm that is taken out takes its links along, and the tally is counted anew.
    try bench.ledger.purge(
      firm: 5, because: "撤回", by: "LJ", at: "\(World.today.iso)T10:00:00Z")
    try check()
    try bench.ledger.linkEveryFirm(linker: "4096", find)
    try check()
  }

  @Test("links that are no longer found go, and firms that find none keep none")
  func gone() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    func both(_ firm: FirmText) -> [MachineLink] {
      ["pcb.laminate", "pcb.multilayer"].map {
        MachineLink(firm: firm.id, segment: $0, score: 0.5, linkClass: .rejected)
      }
    }
    func one(_ firm: FirmText) -> [MachineLink] {
      firm.id == 2
        ? [
          MachineLink(
            firm: 2, segment: "pcb.multilayer", score: 0.5, linkClass: .confirmed,
            likelyShare: 0.25)
        ] : []
    }
    try bench.ledger.linkEveryFirm(linker: "a") { firms in { firms.map(both) } }
    let left = try bench.ledger.linkEveryFirm(linker: "b") { firms in { firms.map(one) } }
    #expect(left.links == 1)
    #expect(
      try rows(bench.ledger) == [#"[2,"pcb.multilayer",0.5,"confirmed",0.25]"#])
  }

  @Test("names, places and gaps are those of the entries; chosen rows are those rows")
  func entries() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    _ = try bench.importText(
      "firms",
      """
      name,统一社会信用代码,所在地
      丙电子有限公司,\(World.creditCode(1)),
      丁电子有限公司,\(World.creditCode(2)),500153
      """)
    _ = try bench.importText(
      "firms", "name,统一社会信用代码\n丁电子（改名）有限公司,\(World.creditCode(2))\n")
    var all: [FirmEntry] = []
    try bench.ledger.forEachFirmEntry { all.append($0) }
    #expect(all.map(\.name).last == "丁电子（改名）有限公司")
    var names: [String] = []
    try bench.ledger.forEachFirmName { names.append("\($0) \($1 ?? "-") \($2)") }
    #expect(
      names == all.map { "\($0.name) \($0.placeCode ?? "-") \($0.creditCode != nil)" })
    names = []
    try bench.ledger.forEachFirmName(wants: { $0 == "500153" }) {
      names.append("\($0) \($1 ?? "-") \($2)")
    }
    #expect(
      names
        == all.map {
          "\($0.placeCode == "500153" ? $0.name : "") \($0.placeCode ?? "-") \($0.creditCode != nil)"
        })
    var open: [String] = []
    try bench.ledger.forEachOpenFirm { open.append("\($0 ?? "-") \($1)") }
    #expect(
      open.sorted()
        == all.filter { $0.creditCode == nil || $0.placeCode == nil }
        .map { "\($0.placeCode ?? "-") \($0.creditCode != nil)" }.sorted())
    #expect(open.count == 4)
    for rows in [[], [0], [1, 4], [0, 1, 2, 3, 4], [7]] {
      var some: [FirmEntry] = []
      try bench.ledger.forEachFirmEntry(rows: rows) { some.append($0) }
      #expect(some == rows.filter { $0 < all.count }.map { all[$0] })
    }
  }
}
