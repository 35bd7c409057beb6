import Atlas
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
          firm: firm.id, segment: "pcb.laminate", score: score, linkClass: .confirmed,
          evidence: "[]")
      ]
    }
    #expect(try bench.ledger.linkEveryFirm(linker: "a") { find($0) }.firms == 3)
    #expect(try bench.ledger.linkEveryFirm(linker: "a") { find($0) }.firms == 0)
    _ = try bench.importText(
      "firms", "name,products\n甲电子有限公司,多层板、挠性板\n新来的电路有限公司,多层板\n")
    let some = try bench.ledger.linkEveryFirm(linker: "a") { find($0) }
    #expect(some.firms >= 1 && some.firms <= 2)
    let after = try bench.freeze().postings
    let all = try bench.ledger.linkEveryFirm(linker: "b") { find($0) }
    #expect(all.firms == some.links)
    #expect(try bench.freeze().postings == after)
  }

  @Test("linking in one pass writes what is found; a decided link is no longer open")
  func links() throws {
    let bench = try Workbench()
    _ = try bench.importText("firms", Self.firms)
    let written = try bench.ledger.linkEveryFirm { firm in
      firm.id == 3
        ? []
        : [
          MachineLink(
            firm: firm.id, segment: "pcb.laminate", score: 0.5,
            linkClass: firm.id == 1 ? .confirmed : .uncertain, evidence: "[]")
        ]
    }
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
}
