import Atlas

@testable import Matching

/// A district of two counties, a neighbour and a far city, with a handful of invented firms.
///
/// Places by row: 0 the province, 1 home, 2 the neighbour 40 km away, 3 a city 900 km away.
enum SmallDistrict {
  static let places = Places([
    .init(code: "00", name: "省", level: .province),
    .init(
      code: "01", name: "本区", level: .county, parent: "00",
      position: Position(longitude: 105, latitude: 29), area: 900),
    .init(
      code: "02", name: "邻县", level: .county, parent: "00",
      position: Position(longitude: 105.4, latitude: 29), area: 900),
    .init(
      code: "03", name: "远市", level: .prefecture,
      position: Position(longitude: 113, latitude: 23)),
  ])

  static func parameter(_ value: Double) -> Parameter {
    Parameter(
      value: value, low: value, high: value, unit: "test", source: "", evidence: .assumed)
  }

  static func segment(
    _ id: String, inputs: [(String, Double)] = [], environment: [String] = [],
    assets: [String] = [], occupations: [OccupationShare] = []
  ) -> Segment {
    Segment(
      id: id, name: Phrase(same: id), tier: 0, aliases: [], keywords: [], negativeKeywords: [],
      industries: [],
      inputs: inputs.map { SegmentInput(segment: $0.0, coefficient: parameter($0.1)) },
      valuePerTonne: parameter(20_000), cargo: .general, outputPerWorker: parameter(80),
      occupations: occupations, investmentPerOutput: parameter(0.6),
      landPerOutput: parameter(0.01), powerPerOutput: parameter(3),
      nationalOutput: parameter(1e7), inventoryDays: parameter(30), product: nil,
      environment: environment, assets: assets)
  }

  struct Firm {
    var name: String
    var seat: Int? = 3
    var status = FirmStatus.active
    var flags: FirmFlags = []
    var revenue: Float? = 10_000
    /// Segment row, share, known capacity, quality.
    var links: [(segment: Int, share: Float, capacity: Float?, quality: UInt8?)] = []
    var plants: [Int] = []
    var claims: [Claim] = []
  }

  static let line = Provenance(source: 0, line: 2)

  static func snapshot(
    segments: [Segment], firms: [Firm], sites: [Site]? = nil, factors: [FactorRecord] = [],
    assets: [Asset] = [], projects: [(firm: Int, row: StatedProject)] = []
  ) -> Snapshot {
    var columns = Firms()
    for (row, firm) in firms.enumerated() {
      columns.id.append(Int64(row + 1))
      columns.name.append(firm.name)
      columns.creditCode.append(nil)
      columns.stockCode.append(nil)
      columns.seat.append(firm.seat.map { Int32($0) })
      columns.status.append(firm.status)
      columns.flags.append(firm.flags)
      columns.employees.append(nil)
      columns.revenue.append(firm.revenue)
      columns.established.append(nil)
      columns.provenance.append(line)
    }
    var postings = Postings()
    for segment in segments.indices {
      for (row, firm) in firms.enumerated() {
        for link in firm.links where link.segment == segment {
          postings.firm.append(Int32(row))
          postings.share.append(link.share)
          postings.shareKnown.append(true)
          postings.score.append(1)
          postings.linkClass.append(.confirmed)
          postings.capacity.append(link.capacity)
          postings.quality.append(link.quality)
          postings.provenance.append(line)
        }
      }
      postings.offset.append(Int32(postings.count))
    }
    let chain = ChainModel(
      id: "c", name: Phrase(same: "c"), version: "1", tiers: [Phrase(same: "t")],
      segments: segments, source: "", inherited: false)
    func groups<Row>(_ rows: [(firm: Int, row: Row)]) -> FirmGroups<Row> {
      FirmGroups(firmCount: firms.count, rows: rows)
    }
    return Snapshot(
      asOf: Day(number: 20_000), digest: "",
      district: District(
        name: "本区", home: [1], rivals: [], leads: ["c"], chiefs: ["区长"], language: .zhHans,
        isSample: true),
      places: places,
      sites: sites ?? [Site(id: "s", name: "园区", place: 1)], chains: [chain], firms: columns,
      postings: postings,
      plants: groups(
        firms.enumerated().flatMap { row, firm in
          firm.plants.map {
            (
              row,
              Plant(
                place: $0, product: nil, share: nil, heads: nil, tenure: nil, leaseEnd: nil,
                provenance: line)
            )
          }
        }),
      projects: groups(projects), lanes: groups([]), ties: groups([]), signals: groups([]),
      outcomes: groups([]),
      claims: groups(firms.enumerated().flatMap { row, firm in firm.claims.map { (row, $0) } }),
      labour: [], vacancies: [], targets: [], factors: factors, assets: assets, atlas: [],
      sources: [], industryEmployment: [])
  }
}
