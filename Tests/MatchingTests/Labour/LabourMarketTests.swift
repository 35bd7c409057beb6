import Atlas
import Testing

@testable import Matching

@Suite struct LabourMarketTests {
  private static func part(_ value: Double) -> Parameter {
    Parameter(value: value, low: value / 2, high: value, unit: "", source: "", evidence: .assumed)
  }

  private static let sewer = Occupation(
    id: "sewer", name: Phrase(zh: "缝纫工", en: "sewer"), group: "production",
    shareOfGroup: part(0.4))
  private static let welder = Occupation(
    id: "welder", name: Phrase(zh: "焊工", en: "welder"), group: "production",
    shareOfGroup: part(0.2))

  private static func plans(_ records: [LabourRecord], places: Places? = nil) throws -> LabourPlan {
    let market = LabourMarket(
      model: try LabourCards.model(occupations: [sewer, welder]),
      places: places ?? LabourCards.places(3), records: records, vacancies: [],
      minutes: { _, _ in 10 })
    let need = LabourNeed(
      items: [.init(occupation: "sewer", heads: 50), .init(occupation: "welder", heads: 20)],
      grade: .estimated)
    return LabourReach(market, site: 1).plan(need)
  }

  @Test("a group's total stands in for its occupations, estimated, and never counts a person twice")
  func group() throws {
    let plan = try Self.plans([LabourCards.record(1, "production", unemployed: 1000)])
    #expect(plan.occupations.map(\.available.base) == [400, 200])
    #expect(plan.occupations.map(\.recordGrade) == [.estimated, .estimated])
    #expect(plan.occupations[0].available.because.zh.contains("工种组"))
    for scenario in Scenario.allCases {
      let together = plan.occupations.reduce(0) { $0 + ($1.available.span?[scenario] ?? 0) }
      #expect(together <= 1000)
    }
  }

  @Test("an occupation's own record is preferred to its group's, field by field")
  func own() throws {
    let plan = try Self.plans([
      LabourCards.record(1, "production", unemployed: 1000, employed: 5000),
      LabourCards.record(1, "sewer", unemployed: 150),
    ])
    #expect(plan.occupations[0].sources.first?.unemployed == Span(150))
    #expect(plan.occupations[0].sources.first?.switchers?.base == 5000 * 0.4 * 0.02)
    #expect(plan.occupations[0].recordGrade == .estimated)
  }

  @Test("a later year replaces an earlier one")
  func latest() throws {
    let plan = try Self.plans([
      LabourCards.record(1, "sewer", unemployed: 150, year: 2024),
      LabourCards.record(1, "sewer", unemployed: 90, year: 2020, line: 9),
    ])
    #expect(plan.occupations[0].available.base == 150)
  }

  @Test("a city keeps only the people that its recorded counties do not count")
  func nested() throws {
    let places = Places([
      .init(code: "1", name: "市", level: .prefecture),
      .init(code: "11", name: "县一", level: .county, parent: "1"),
      .init(code: "12", name: "县二", level: .county, parent: "1"),
    ])
    let plan = try Self.plans(
      [
        LabourCards.record(0, "sewer", unemployed: 1000),
        LabourCards.record(1, "sewer", unemployed: 300),
        LabourCards.record(2, "sewer", unemployed: 250),
      ], places: places)
    #expect(plan.occupations[0].available.base == 1000)
    #expect(plan.occupations[0].sources.map { $0.unemployed?.base } == [450, 300, 250])
  }

  @Test("a wage alone is not a person")
  func wageOnly() throws {
    let plan = try Self.plans([LabourCards.record(1, "sewer", wage: 4000)])
    #expect(plan.occupations[0].available.span == nil)
    #expect(plan.fill.span == nil)
  }

  @Test("one critical occupation without records leaves the whole fill unknown and is named")
  func partly() throws {
    let plan = try Self.plans([LabourCards.record(1, "sewer", unemployed: 3000, wage: 4000)])
    #expect(plan.fill.span == nil)
    #expect(plan.fill.because.zh.contains("焊工"))
    #expect(plan.bottleneck == 0)
    #expect(plan.occupations[0].missing.contains { $0.zh.contains("外出务工") })
  }

  @Test("the bottleneck is the occupation that is least likely to be filled")
  func bottleneck() throws {
    let plan = try Self.plans([
      LabourCards.record(1, "sewer", unemployed: 5000, wage: 4000),
      LabourCards.record(1, "welder", unemployed: 60, wage: 4000),
    ])
    #expect(plan.bottleneck == 1)
    #expect(plan.fill.base == plan.occupations[1].fill.base)
  }
}
