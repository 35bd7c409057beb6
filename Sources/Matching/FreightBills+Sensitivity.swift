import Atlas
import Freight

extension MatchingRoom {
  /// Freight tables after each change that moves tariffs or times, for some pairings alone.
  ///
  /// A fifth less volume moves no tariff of the tables, so it needs none. Only base numbers are told,
  /// so that the tables are made without ranges.
  func changedDesks(
    for items: [Assessment], workers: Workers
  ) -> [(change: Sensitivity, desk: FreightDesk)] {
    guard !items.isEmpty else { return [] }
    let sites = Set(items.map { snapshot.sites[$0.candidate.site].place })
    let origins = Set(items.flatMap { $0.origin?.places.map(\.place) ?? [] })
    let extra = origins.filter { shares.regions.regionOfPlace[$0] == nil }
    let changes = [Sensitivity.fuelUp, .longWaits]
    let desks = workers.map(changes.count) { number -> FreightDesk? in
      guard let network = try? models.freight.under(changes[number]) else { return nil }
      return FreightDesk(
        snapshot: snapshot, shares: shares, network: network, markets: sites.sorted(),
        places: extra.sorted(), at: origins.union(sites).sorted(),
        segments: Set(items.map(\.candidate.segment)), scenarios: [.base], workers: workers)
    }
    return zip(changes, desks).compactMap { change, desk in desk.map { (change, $0) } }
  }

  /// Both savings of a pairing under every change, rounded like its bills; empty when unknown.
  func sensitivities(
    _ item: Assessment, _ bills: FreightBills,
    _ changed: [(change: Sensitivity, desk: FreightDesk)]
  ) -> [FreightSensitivity] {
    guard let origin = item.origin, origin.basis != .median,
      let inbound = bills.inbound.saving.base, let outbound = bills.outbound.saving.base
    else { return [] }
    let site = snapshot.sites[item.candidate.site].place
    let segment = item.candidate.segment
    var lines: [FreightSensitivity] = []
    for (change, desk) in changed {
      func saving(_ cost: (Int) -> Span?) -> Double? {
        guard let today = desk.averaged(origin.places, cost), let here = cost(site) else {
          return nil
        }
        return (today.base - here.base).rounded()
      }
      guard let inward = saving({ desk.inbound(item.project, segment: segment, at: $0) }),
        let outward = saving({
          desk.outbound(item.project, segment: segment, from: $0, site: site, market: .mix)
        })
      else { continue }
      lines.append(FreightSensitivity(change: change, inbound: inward, outbound: outward))
    }
    lines.append(
      FreightSensitivity(
        change: .volumeDown, inbound: (inbound * 0.8).rounded(),
        outbound: (outbound * 0.8).rounded()))
    return lines.sorted {
      (Sensitivity.allCases.firstIndex(of: $0.change) ?? 0)
        < (Sensitivity.allCases.firstIndex(of: $1.change) ?? 0)
    }
  }

  /// What the move costs once: nothing for new capacity, which leaves the old plant where it is.
  func movingCost(_ item: Assessment) -> MovingCost {
    MovingCost(
      kind: item.project.kind, investment: item.project.investment.base,
      output: item.project.output.base, heads: item.project.heads.base,
      wage: item.origin.flatMap { ground(at: $0.main).wage },
      model: models.freight.model)
  }
}
