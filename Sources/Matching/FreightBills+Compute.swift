import Atlas
import Freight

extension FreightBills {
  /// Both bills of a project, today's origin against a site, for the market of the site.
  ///
  /// A saving is today less here, scenario by scenario, then ordered; it may be negative. For an
  /// origin that is only a registered seat the range also covers the places where the segment is
  /// mostly made. Without any origin the savings are unknown.
  ///
  /// Every bill is rounded before savings are taken: whole 10k yuan, or tenths when all bills are
  /// below 10. So a saving is exactly the difference of the two bills printed beside it, in every
  /// paper, and a total the sum of its parts. The break-even share comes from unrounded costs.
  init(
    project: Project, segment: Int, origin: Origin, site place: Int, desk: FreightDesk,
    snapshot: Snapshot
  ) {
    func inward(_ at: Int) -> Span? { desk.inbound(project, segment: segment, at: at) }
    func outward(_ market: MarketScenario) -> (Int) -> Span? {
      { desk.outbound(project, segment: segment, from: $0, site: place, market: market) }
    }
    let costs = [inward, outward(.mix), outward(.today), outward(.near)].map { cost in
      BothPlaces(
        today: desk.averaged(origin.places, cost), here: cost(place),
        plausible: origin.plausible.map { cost($0.place) })
    }
    let largest = costs.flatMap { [$0.today, $0.here] }.compactMap { $0?.ordered.high }.max() ?? 0
    let stepsPerUnit = largest >= 9.95 ? 1.0 : 10
    func bill(_ index: Int, tonnes: Figure) -> FreightBill {
      FreightBill(
        costs[index].rounded(stepsPerUnit: stepsPerUnit), tonnes: tonnes, origin: origin,
        isIn: index == 0,
        because: basis(origin, snapshot))
    }
    let breakEven = FreightBills.breakEven(
      inbound: costs[0].saving(of: origin)?.base, today: costs[2].saving(of: origin)?.base,
      near: costs[3].saving(of: origin)?.base)
    self.init(
      inbound: bill(0, tonnes: project.tonnesIn), outbound: bill(1, tonnes: project.tonnesOut),
      outboundToday: bill(2, tonnes: project.tonnesOut),
      outboundNear: bill(3, tonnes: project.tonnesOut), breakEvenNearShare: breakEven.share,
      neverSaves: breakEven.never, nearShare: desk.nearShare, lanes: [])
  }

  /// The near share at which both savings together turn positive.
  ///
  /// The total saving is linear in the share `n`: `S_in + n·S_near + (1 − n)·S_today`.
  static func breakEven(
    inbound: Double?, today: Double?, near: Double?
  ) -> (share: Double?, never: Bool) {
    guard let inbound, let today, let near else { return (nil, false) }
    let atNone = inbound + today
    let atAll = inbound + near
    if atNone >= 0, atAll >= 0 { return (0, false) }
    if atNone < 0, atAll < 0 { return (nil, true) }
    // The share at which the line crosses zero, whichever end is the saving one.
    return (atNone / (atNone - atAll), false)
  }

  private func replacing(lanes: [LaneLine]) -> FreightBills {
    FreightBills(
      inbound: inbound, outbound: outbound, outboundToday: outboundToday,
      outboundNear: outboundNear, breakEvenNearShare: breakEvenNearShare, neverSaves: neverSaves,
      nearShare: nearShare, lanes: lanes)
  }

  /// The same bills with one line for every input and for the product.
  func withLanes(
    project: Project, segment: Int, origin: Origin, site place: Int, desk: FreightDesk,
    snapshot: Snapshot, shares: NationalShares
  ) -> FreightBills {
    let card = snapshot.segments[segment]
    var lines: [LaneLine] = []
    var quotes = FreightQuotes(desk.network)
    for input in card.inputs {
      guard let supplier = snapshot.segments.find(input.segment) else { continue }
      let good = snapshot.segments[supplier]
      let tonnes = project.output.base.map {
        $0 * 10_000 * input.coefficient.value / good.valuePerTonne.value
      }
      let main = shares.supply[supplier].indices.max {
        (shares.supply[supplier][$0], $1) < (shares.supply[supplier][$1], $0)
      }
      lines.append(
        line(
          .inbound, good: good, tonnes: tonnes, main: main.map { shares.regions.places[$0] },
          origin: origin, place: place, desk: desk, snapshot: snapshot,
          quotes: &quotes, cost: { desk.tables.delivered(segment: supplier, to: $0) }))
    }
    let market = shares.demand[segment].indices.max {
      (shares.demand[segment][$0], $1) < (shares.demand[segment][$1], $0)
    }
    lines.append(
      line(
        .outbound, good: card, tonnes: project.tonnesOut.base,
        main: market.map { shares.regions.places[$0] }, origin: origin, place: place, desk: desk,
        snapshot: snapshot, quotes: &quotes,
        cost: {
          desk.tables.outbound(segment: segment, from: $0, site: place, market: .mix)
            ?? desk.tables.outbound(segment: segment, from: $0, site: place, market: .today)
        }))
    return replacing(lanes: lines)
  }

  private func line(
    _ direction: LaneDirection, good: Segment, tonnes: Double?, main: Int?, origin: Origin,
    place: Int, desk: FreightDesk, snapshot: Snapshot, quotes: inout FreightQuotes,
    cost: (Int) -> Span?
  ) -> LaneLine {
    func figure(_ span: Span?) -> Figure {
      span.map { Figure($0.ordered, .yuanPerTonne, .estimated, because: basis(origin, snapshot)) }
        ?? .unknown(.yuanPerTonne, missing: Phrase(zh: "线路未知", en: "lane unknown"))
    }
    func modes(_ from: Int, _ to: Int) -> Phrase {
      let quote = quotes.cost(
        from: from, to: to,
        shipment: Shipment(
          tonnesPerYear: max(1, tonnes ?? 1), valuePerTonne: good.valuePerTonne.value,
          cargo: good.cargo))
      guard let legs = quote.cost?.legs else { return Phrase(same: "—") }
      let used = Mode.allCases.filter { mode in
        mode != .transfer && legs.contains { $0.mode == mode }
      }
      return Phrase(
        zh: used.map(\.label.zh).joined(separator: "+"),
        en: used.map(\.label.en).joined(separator: "+"))
    }
    let known = origin.basis != .median
    return LaneLine(
      direction: direction, cargo: good.name,
      counterpart: main.map { place in
        let name = snapshot.places.name[place]
        return direction == .inbound
          ? Phrase(zh: "全国产地（\(name)为主）", en: "national supply (mostly \(name))")
          : Phrase(zh: "混合市场（\(name)为主）", en: "mixed market (mostly \(name))")
      } ?? Phrase(zh: "未知", en: "unknown"),
      tonnes: tonnes.map {
        Figure(
          Span($0), .tonnesPerYear, .estimated,
          because: Phrase(zh: "链条模型系数", en: "chain model coefficient"))
      } ?? .unknown(.tonnesPerYear, missing: Phrase(zh: "拟投产值未知", en: "project output unknown")),
      today: known ? figure(desk.averaged(origin.places, cost)) : figure(nil),
      here: figure(cost(place)),
      modeToday: main.map {
        direction == .inbound ? modes($0, origin.main) : modes(origin.main, $0)
      } ?? Phrase(same: "—"),
      modeHere: main.map { direction == .inbound ? modes($0, place) : modes(place, $0) }
        ?? Phrase(same: "—"))
  }
}

/// From which place a bill starts, as printed beside it.
func basis(_ origin: Origin, _ snapshot: Snapshot) -> Phrase {
  let name = snapshot.places.name[origin.main]
  return switch origin.basis {
  case .plants: Phrase(zh: "按现有工厂（\(name)）估算", en: "from the plant at \(name)")
  case .seat:
    Phrase(zh: "按注册地（\(name)）估算，工厂所在待核", en: "from the registered seat \(name); plants to confirm")
  case .median:
    Phrase(zh: "现址未知，按全国中位地（\(name)）", en: "origin unknown: national median place \(name)")
  }
}

/// What one bill costs from today's origin and from a site, 10k yuan per year. 两地成本
private struct BothPlaces {
  var today: Span?
  var here: Span?
  /// From the places where the plant may be instead of the registered seat.
  var plausible: [Span?]
  /// What a cost and a difference of costs are rounded to; nil before rounding.
  var stepsPerUnit: Double?

  /// The same costs in whole steps.
  func rounded(stepsPerUnit: Double) -> BothPlaces {
    var rounded = self
    rounded.stepsPerUnit = stepsPerUnit
    rounded.today = today.map(rounded.rounded)
    rounded.here = here.map(rounded.rounded)
    rounded.plausible = plausible.map { $0.map(rounded.rounded) }
    return rounded
  }

  private func rounded(_ span: Span) -> Span {
    guard let stepsPerUnit else { return span }
    return .each { (span[$0] * stepsPerUnit).rounded() / stepsPerUnit }
  }

  /// Today less here; nil without an origin or a cost.
  func saving(of origin: Origin) -> Span? {
    guard origin.basis != .median, let today, let here else { return nil }
    var saving = (today - here).ordered
    guard origin.basis == .seat else { return rounded(saving) }
    let others = plausible.compactMap { $0.map { $0.base - here.base } }
    saving.low = min(saving.low, others.min() ?? saving.low)
    saving.high = max(saving.high, others.max() ?? saving.high)
    return rounded(saving)
  }
}

extension FreightBill {
  fileprivate init(
    _ costs: BothPlaces, tonnes: Figure, origin: Origin, isIn: Bool, because: Phrase
  ) {
    let isUnplaced = origin.basis == .median
    func figure(_ span: Span?) -> Figure {
      span.map { Figure($0.ordered, .wanYuanPerYear, .estimated, because: because) }
        ?? .unknown(
          .wanYuanPerYear,
          missing: Phrase(
            zh: isIn ? "投入品产地未知" : "客户分布未知",
            en: isIn ? "where the inputs are made is unknown" : "where the customers are is unknown"
          ))
    }
    self.init(
      tonnes: tonnes,
      today: isUnplaced
        ? .unknown(.wanYuanPerYear, missing: Phrase(zh: "现址未知", en: "origin unknown"))
        : figure(costs.today),
      here: figure(costs.here),
      saving: isUnplaced
        ? .unknown(
          .wanYuanPerYear,
          missing: Phrase(zh: "现址未知，节省额无法计算：请补企业工厂所在地", en: "no origin: add the firm's plants"))
        : figure(costs.saving(of: origin)))
  }
}
