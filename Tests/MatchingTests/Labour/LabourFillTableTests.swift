import Atlas
import Testing

@testable import Matching

@Suite struct LabourFillTableTests {
  private static let mix = [
    OccupationShare(occupation: "worker", per100: 70), .init(occupation: "fitter", per100: 30),
  ]

  private static func reach(_ records: [LabourRecord]) throws -> LabourReach {
    let fitter = Occupation(id: "fitter", name: Phrase(zh: "钳工", en: "fitter"))
    let market = LabourMarket(
      model: try LabourCards.model(occupations: [LabourCards.worker, fitter]),
      places: LabourCards.places(3), records: records, vacancies: [],
      minutes: { zone, site in zone == site ? 10 : 30 })
    return LabourReach(market, site: 1)
  }

  @Test("a look-up is within one point of the exact reading, and equal up to 64 heads")
  func close() throws {
    let reach = try Self.reach([
      LabourCards.record(1, unemployed: 5000, wage: 4000),
      LabourCards.record(2, "fitter", unemployed: 2500, wage: 4000),
      LabourCards.record(1, "fitter", unemployed: 400, wage: 4200),
    ])
    let table = try #require(LabourFillTable(reach, mix: Self.mix))
    var seen: Set<Int> = []
    for heads in Array(1...64) + Array(stride(from: 65, through: 4000, by: 53)) {
      let need = LabourNeed(heads: Double(heads), mix: Self.mix, grade: .estimated)
      let exact = try #require(reach.fill(need)).probability
      let found = table.probability(heads: Double(heads))
      #expect(abs(found - exact) < (heads <= 64 ? 1e-12 : 0.01), "\(heads) heads")
      seen.insert(Int(exact * 4))
    }
    #expect(seen.count >= 4, "the test must cross the whole range of probabilities")
  }

  @Test("an uncovered occupation has no table, and no heads are always filled")
  func unknown() throws {
    let half = try Self.reach([LabourCards.record(1, unemployed: 5000)])
    #expect(LabourFillTable(half, mix: Self.mix) == nil)
    let table = try #require(LabourFillTable(half, mix: [Self.mix[0]]))
    #expect(table.probability(heads: 0) == 1)
    #expect(table.probability(heads: 1e6) == table.probability(heads: 50_000))
  }
}
