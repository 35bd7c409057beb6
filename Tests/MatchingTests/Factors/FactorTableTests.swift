import Atlas
import Testing

@testable import Matching

@Suite struct FactorTableTests {
  private static func unknown(_ unit: Unit) -> Figure {
    .unknown(unit, missing: Phrase(zh: "缺", en: "missing"))
  }

  private static func needs(output: Double? = nil) -> ProjectNeeds {
    ProjectNeeds(
      output: output.map {
        Figure(Span($0), .wanYuanPerYear, .estimated, because: Phrase(same: ""))
      } ?? unknown(.wanYuanPerYear),
      heads: unknown(.persons), reachable: unknown(.persons), tonnes: unknown(.tonnesPerYear),
      inputs: unknown(.wanYuanPerYear), localInputs: unknown(.wanYuanPerYear))
  }

  private static func record(
    _ factor: Factor, need: Bool, _ quantity: Double?, unit: String? = nil, owner: String? = nil,
    due: Day? = nil, by: String? = nil
  ) -> FactorRecord {
    FactorRecord(
      firm: need ? 0 : nil, site: need ? nil : "s", factor: factor, isNeed: need,
      quantity: quantity, unit: unit, owner: owner, due: due, status: nil, providedBy: by,
      provenance: SmallDistrict.line)
  }

  private static func table(
    _ needs: ProjectNeeds, site: Site = Site(id: "s", name: "园区", place: 1),
    factors: [FactorRecord] = [], assets: [Asset] = [], project: StatedProject? = nil
  ) throws -> FactorTable {
    let snapshot = SmallDistrict.snapshot(
      segments: [SmallDistrict.segment("a", assets: ["检测", "院校"])], firms: [.init(name: "f")],
      sites: [site], factors: factors, assets: assets,
      projects: project.map { [(0, $0)] } ?? [])
    return FactorTable(
      snapshot, firm: 0, segment: 0, site: 0, needs: needs,
      model: try FactorModel(LabourCards.table(["fullLoadHours": 6000])))
  }

  private static func line(_ table: FactorTable, _ factor: Factor) throws -> FactorLine {
    try #require(table.lines.first { $0.factor == factor })
  }

  @Test("a firm with no data still gets seven lines, mostly questions, and no zero")
  func empty() throws {
    let table = try Self.table(Self.needs())
    #expect(table.lines.map(\.factor) == Factor.allCases)
    for line in table.lines {
      #expect(line.gap.span == nil)
      #expect(line.have.span == nil)
      #expect(!line.questions.isEmpty)
      if line.factor != .technology { #expect(line.need.span == nil) }
    }
    #expect(table.questions.count >= 14)
  }

  @Test("needs come from the segment's coefficients, offers from the site, gaps are never negative")
  func estimated() throws {
    let table = try Self.table(
      Self.needs(output: 10_000),
      site: Site(id: "s", name: "园区", place: 1, landMu: 80, powerMegawatt: 8))
    let land = try Self.line(table, .land)
    #expect(land.need.base == 100 && land.have.base == 80)
    #expect(abs((land.gap.base ?? 0) - 20) < 1e-9)
    #expect(land.need.grade == .estimated && land.have.grade == .measured)
    let energy = try Self.line(table, .energy)
    #expect(energy.need.base == 5 && energy.gap.base == 0)
    #expect(try Self.line(table, .capital).need.base == 6_000)
  }

  @Test("what the firm says replaces the estimate, and a record replaces both")
  func stated() throws {
    let project = StatedProject(
      kind: .branch, output: nil, investment: 32_000, tonnesIn: nil, tonnesOut: nil, heads: nil,
      landMu: 60, powerMegawatt: nil, wantedBy: nil, provenance: SmallDistrict.line)
    let due = Day(number: 20_100)
    let table = try Self.table(
      Self.needs(output: 10_000),
      factors: [
        Self.record(.land, need: true, 75, unit: "亩"),
        Self.record(.land, need: false, 90, unit: "亩", owner: "规资局", due: due, by: "政府"),
        Self.record(.capital, need: false, nil, owner: "金融办", by: "市场"),
      ], project: project)
    let land = try Self.line(table, .land)
    #expect(land.need.base == 75 && land.need.grade == .stated)
    #expect(land.gap.base == 0 && land.owner == "规资局" && land.due == due)
    #expect(!land.providerIsDefault && land.questions.isEmpty)
    let capital = try Self.line(table, .capital)
    #expect(capital.need.base == 32_000 && capital.need.grade == .stated)
    #expect(capital.provider == .market && capital.have.span == nil)
  }

  @Test("two units are not subtracted from each other")
  func units() throws {
    let table = try Self.table(
      Self.needs(),
      factors: [
        Self.record(.land, need: true, 75, unit: "亩"),
        Self.record(.land, need: false, 5, unit: "公顷"),
      ])
    let land = try Self.line(table, .land)
    #expect(land.gap.span == nil)
    #expect(land.gap.because.zh.contains("单位"))
  }

  @Test("platforms of the segment's kinds are counted by kind and named")
  func technology() throws {
    let assets = [
      Asset(
        place: 1, kind: "检测", name: "检测中心", segments: [0], capacity: nil,
        provenance: SmallDistrict.line),
      Asset(
        place: 1, kind: "检测", name: "二站", segments: [], capacity: nil,
        provenance: SmallDistrict.line),
      Asset(
        place: 3, kind: "院校", name: "远方大学", segments: [0], capacity: nil,
        provenance: SmallDistrict.line),
    ]
    let line = try Self.line(Self.table(Self.needs(), assets: assets), .technology)
    #expect(line.need.base == 2 && line.have.base == 1 && line.gap.base == 1)
    #expect(line.have.because.zh == "检测中心、二站")
  }

  @Test("unless somebody has said otherwise, what the market can solve is the market's")
  func providers() throws {
    let table = try Self.table(Self.needs())
    #expect(
      table.lines.map(\.provider)
        == [.market, .government, .government, .market, .market, .market, .market])
    #expect(table.lines.allSatisfy { $0.providerIsDefault })
  }
}
