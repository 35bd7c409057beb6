import Testing

@testable import Linking

@Suite struct LinkerQualityTests {
  static let linker = Linker(chains: [SampleChain.chain])
  static let firms = [
    FirmText(name: "甲", products: "覆铜箔板", mainBusiness: "覆铜箔板的生产"),
    FirmText(name: "乙", products: "铜箔", mainBusiness: "铜箔的生产"),
    FirmText(name: "丙", products: "饲料", mainBusiness: "饲料的生产"),
  ]

  @Test(
    "a confirmed link that people deny costs precision, one they know and it misses costs recall")
  func counts() throws {
    let found = Self.linker.evaluate(
      Self.firms,
      [
        JudgedLink(firm: 0, segment: "pcb.laminate", isLinked: true),
        JudgedLink(firm: 1, segment: "pcb.copperfoil", isLinked: false),
        JudgedLink(firm: 2, segment: "pcb.copperfoil", isLinked: true),
      ], isComplete: false)
    let all = try #require(found.last)
    #expect(found.map(\.chain) == ["pcb", ""])
    #expect(all.links == 2 && all.confirmed == 2 && all.right == 1)
    #expect(all.precision == 0.5 && all.recall == 0.5 && all.f1 == 0.5)
    #expect(all.recall(at: 1) == 0.5 && all.recall(at: 5) == 0.5)
  }

  @Test("an unlisted segment counts against the linker only where the list is complete")
  func complete() throws {
    let judged = [
      JudgedLink(firm: 0, segment: "pcb.laminate", isLinked: true),
      JudgedLink(firm: 1, segment: "pcb.laminate", isLinked: false),
    ]
    let open = try #require(Self.linker.evaluate(Self.firms, judged, isComplete: false).last)
    let closed = try #require(Self.linker.evaluate(Self.firms, judged, isComplete: true).last)
    #expect(open.confirmed == 1 && open.precision == 1)
    #expect(closed.confirmed == 2 && closed.precision == 0.5)
    let none = try #require(Self.linker.evaluate(Self.firms, [], isComplete: true).last)
    #expect(none.precision == nil && none.recall == nil && none.recall(at: 3) == nil)
  }
}
