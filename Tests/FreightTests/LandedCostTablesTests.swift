import Atlas
import Testing

@testable import Freight

@Suite struct LandedCostTablesTests {
  static func segment(_ id: String, value: Double, inputs: [SegmentInput] = []) -> Segment {
    let one = Parameter.fixed(1)
    return Segment(
      id: id, name: Phrase(same: id), tier: 0, aliases: [], keywords: [], negativeKeywords: [],
      industries: [], inputs: inputs, valuePerTonne: .fixed(value), cargo: .general,
      outputPerWorker: one, occupations: [], investmentPerOutput: one, landPerOutput: one,
      powerPerOutput: one, nationalOutput: one, inventoryDays: one, product: nil, environment: [],
      assets: [])
  }

  static let segments = [
    segment("ore", value: 800),
    segment(
      "board", value: 60_000, inputs: [SegmentInput(segment: "ore", coefficient: .fixed(0.2))]),
    segment("ghost", value: 1000),
  ]

  private func tables(
    scenarios: [Scenario] = Scenario.allCases
  ) throws -> (LandedCostTables, FreightNetwork) {
    let network = try SmallCountry.network()
    let places = SmallCountry.places
    func share(_ code: String, _ share: Double) throws -> PlaceShare {
      PlaceShare(place: try #require(places.find(code: code)), share: share)
    }
    let tables = try LandedCostTables(
      network: network, segments: LandedCostTablesTests.segments,
      supplyShare: [[share("110200", 3), share("110300", 1)], [share("110100", 1)], []],
      demandShare: [[share("110100", 1)], [share("110300", 1), share("110200", 1)], []],
      sites: [try #require(places.find(code: "110101"))], scenarios: scenarios)
    return (tables, network)
  }

  @Test(
    "tables of the base scenario alone have the base numbers of the whole tables, without a range")
  func baseAlone() throws {
    let (whole, _) = try tables()
    let (base, _) = try tables(scenarios: [.base])
    let site = try #require(SmallCountry.places.find(code: "110101"))
    for place in 0..<SmallCountry.places.count {
      for segment in 0..<3 {
        let pairs =
          [
            (
              whole.delivered(segment: segment, to: place),
              base.delivered(segment: segment, to: place)
            )
          ]
          + Market.allCases.map { market in
            (
              whole.outbound(segment: segment, from: place, site: site, market: market),
              base.outbound(segment: segment, from: place, site: site, market: market)
            )
          }
        for (number, alone) in pairs {
          #expect((number == nil) == (alone == nil))
          if let number, let alone { #expect(number.base == alone.base) }
        }
        if let alone = base.delivered(segment: segment, to: place) {
          #expect(alone.low == alone.base && alone.high == alone.base)
        }
      }
    }
  }

  @Test("an input's cost is the gravity mean of fresh quotes")
  func againstQuotes() throws {
    let (tables, network) = try tables()
    let places = SmallCountry.places
    let home = try #require(places.find(code: "110100"))
    let costs = try ["110200", "110300"].map { code in
      let from = try #require(places.find(code: code))
      let cost = try #require(
        network.cost(
          from: from, to: home,
          shipment: Shipment(tonnesPerYear: 1, valuePerTonne: 800, shipmentTonnes: 30)
        ).cost)
      return cost.total - cost.cycleStock
    }
    let found = try #require(tables.delivered(segment: 0, to: home))
    for scenario in Scenario.allCases {
      let decay = network.model.value(.sourcingDecay, scenario)
      let weights = [
        3 * exponential(-decay * costs[0][scenario]), 1 * exponential(-decay * costs[1][scenario]),
      ]
      let expected =
        (weights[0] * costs[0][scenario] + weights[1] * costs[1][scenario])
        / (weights[0] + weights[1])
      #expect(abs(found[scenario] - expected) < 1e-9 * expected)
    }
    let inbound = try #require(tables.inbound(segment: 1, place: home))
    #expect(abs(inbound.tonnesPerTenThousandYuan - 2.5) < 1e-12)
    #expect(abs(inbound.perTenThousandYuan.base - 2.5 * found.base) < 1e-9)
  }

  @Test("a segment nobody is known to make or buy has no cost, not cost zero")
  func unknown() throws {
    let (tables, _) = try tables()
    let home = try #require(SmallCountry.places.find(code: "110100"))
    let site = try #require(SmallCountry.places.find(code: "110101"))
    #expect(tables.delivered(segment: 2, to: home) == nil)
    #expect(tables.outbound(segment: 2, from: home, site: site, market: .today) == nil)
    // Both customers of board live more than 300 km from the site.
    #expect(tables.outbound(segment: 1, from: home, site: site, market: .near) == nil)
    #expect(tables.outbound(segment: 1, from: home, site: site, market: .mix) == nil)
    #expect(tables.outbound(segment: 1, from: home, site: site, market: .today) != nil)
  }

  @Test("a project already here, serving the same market, saves exactly nothing")
  func nothingSaved() throws {
    let (tables, _) = try tables()
    let site = try #require(SmallCountry.places.find(code: "110101"))
    for market in Market.allCases {
      let here = tables.outbound(segment: 0, from: site, site: site, market: market)
      let there = tables.outbound(segment: 0, from: site, site: site, market: market)
      #expect(here != nil)
      if let here, let there { #expect(here - there == .zero) }
    }
  }
}
