import Atlas
import Freight

/// Freight as matching asks for it: what a project's inputs and output cost to move from any place,
/// for the market that the new plant will serve. 物流台
///
/// The market belongs to the site. Staying is priced for the same market as the site, so that both
/// bills are for the same customers; a rival place is priced for the market around itself, because
/// a plant there would serve its own neighbours.
struct FreightDesk {
  let network: FreightNetwork
  let tables: LandedCostTables

  /// - Parameters:
  ///   - places: every place that the tables must know besides the prefectures.
  ///   - scenarios: without `low` and `high` every cost is its base number, without a range.
  init(
    snapshot: Snapshot, shares: NationalShares, network: FreightNetwork, markets: [Int],
    places: [Int], at wantedPlaces: [Int], segments wanted: Set<Int>,
    scenarios: [Scenario] = Scenario.allCases, workers: Workers = .one
  ) {
    self.network = network
    func list(_ shares: [Double], _ regions: Regions) -> [PlaceShare] {
      shares.indices.filter { shares[$0] > 0 }
        .map { PlaceShare(place: regions.places[$0], share: shares[$0]) }
    }
    tables = LandedCostTables(
      network: network, segments: snapshot.segments.all,
      supplyShare: shares.supply.map { list($0, shares.regions) },
      demandShare: shares.demand.map { list($0, shares.regions) }, sites: markets,
      extraRows: places, at: wantedPlaces, wanted: wanted, scenarios: scenarios, workers: workers)
  }

  /// Freight of a project's inputs at a place, 10k yuan per year; nil when no input is known.
  ///
  /// Tonnes that the firm stated scale the bill of the chain model.
  func inbound(_ project: Project, segment: Int, at place: Int) -> Span? {
    guard let output = project.output.base,
      let cost = tables.inbound(segment: segment, place: place)
    else { return nil }
    let model = cost.tonnesPerTenThousandYuan * output
    let scale = project.tonnesIn.base.flatMap { model > 0 ? $0 / model : nil } ?? 1
    return cost.perTenThousandYuan * (output * scale / 10_000)
  }

  /// Freight of a project's output from a place to a site's market, 10k yuan per year.
  ///
  /// Unknown: nil when no customer is known. Where none is near the site, `mix` is today's market.
  func outbound(
    _ project: Project, segment: Int, from place: Int, site: Int, market: MarketScenario
  ) -> Span? {
    guard let tonnes = project.tonnesOut.base else { return nil }
    let cost =
      switch market {
      case .today: tables.outbound(segment: segment, from: place, site: site, market: .today)
      case .near: tables.outbound(segment: segment, from: place, site: site, market: .near)
      case .mix:
        tables.outbound(segment: segment, from: place, site: site, market: .mix)
          ?? tables.outbound(segment: segment, from: place, site: site, market: .today)
      }
    return cost.map { $0 * (tonnes / 10_000) }
  }

  var nearShare: Span { network.model[.nearShare].span }

  /// A cost averaged over the places of an origin; nil when it is unknown at one of them.
  func averaged(_ places: [WeightedPlace], _ cost: (Int) -> Span?) -> Span? {
    var sum = Span.zero
    for item in places {
      guard let part = cost(item.place) else { return nil }
      sum += part * item.weight
    }
    return sum
  }
}
