import Atlas
import Freight

extension FreightBills {
  /// Both bills of a project, today's origin against a site, for the market of the site.
  ///
  /// A saving is today less here, scenario by scenario, then ordered; it may be negative. For an
  /// origin that is only a registered seat the range also covers the places where the segment is
  /// mostly made. Without any origin the savings are unknown.
  init(
    project: Project, segment: Int, origin: Origin, site place: Int, desk: FreightDesk,
    snapshot: Snapshot
  ) {
    func bill(
      tonnes: Figure, name: Phrase, isIn: Bool, _ cost: (Int) -> Span?
    ) -> FreightBill {
      let here = cost(place)
      let today = desk.averaged(origin.places, cost)
      let plausible = origin.plausible.compactMap { item in
        here.flatMap { here in cost(item.place).map { $0.base - here.base } }
      }
      let missing = Phrase(
        zh: isIn ? "投入品产地未知" : "客户分布未知",
        en: isIn ? "where the inputs are made is unknown" : "where the customers are is unknown")
      func figure(_ span: Span?) -> Figure {
        span.map {
          Figure($0.ordered, .wanYuanPerYear, .estimated, because: basis(origin, snapshot))
        }
          ?? .unknown(.wanYuanPerYear, missing: missing)
      }
      var saving = today.flatMap { today in here.map { (today - $0).ordered } }
      if var range = saving, origin.basis == .seat {
        range.low = min(range.low, plausible.min() ?? range.low)
        range.high = max(range.high, plausible.max() ?? range.high)
        saving = range
      }
      if origin.basis == .median { saving = nil }
      return FreightBill(
        tonnes: tonnes,
        today: origin.basis == .median
          ? .unknown(.wanYuanPerYear, missing: Phrase(zh: "现址未知", en: "origin unknown"))
          : figure(today),
        here: figure(here),
        saving: origin.basis == .median
          ? .unknown(
            .wanYuanPerYear,
            missing: Phrase(
              zh: "现址未知，节省额无法计算：请补企业工厂所在地", en: "no origin: add the firm's plants"))
          : figure(saving))
    }
    func out(_ market: MarketScenario) -> FreightBill {
      bill(tonnes: project.tonnesOut, name: Phrase(same: ""), isIn: false) {
        desk.outbound(project, segment: segment, from: $0, site: place, market: market)
      }
    }
    let inward = bill(tonnes: project.tonnesIn, name: Phrase(same: ""), isIn: true) {
      desk.inbound(project, segment: segment, at: $0)
    }
    let today = out(.today)
    let near = out(.near)
    let breakEven = FreightBills.breakEven(
      inbound: inward.saving.base, today: today.saving.base, near: near.saving.base)
    self.init(
      inbound: inward, outbound: out(.mix), outboundToday: today, outboundNear: near,
      breakEvenNearShare: breakEven.share, neverSaves: breakEven.never, nearShare: desk.nearShare,
      lanes: [])
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
          cost: { desk.tables.delivered(segment: supplier, to: $0) }))
    }
    let market = shares.demand[segment].indices.max {
      (shares.demand[segment][$0], $1) < (shares.demand[segment][$1], $0)
    }
    lines.append(
      line(
        .outbound, good: card, tonnes: project.tonnesOut.base,
        main: market.map { shares.regions.places[$0] }, origin: origin, place: place, desk: desk,
        snapshot: snapshot,
        cost: {
          desk.tables.outbound(segment: segment, from: $0, site: place, market: .mix)
            ?? desk.tables.outbound(segment: segment, from: $0, site: place, market: .today)
        }))
    return replacing(lanes: lines)
  }

  private func line(
    _ direction: LaneDirection, good: Segment, tonnes: Double?, main: Int?, origin: Origin,
    place: Int, desk: FreightDesk, snapshot: Snapshot, cost: (Int) -> Span?
  ) -> LaneLine {
    func figure(_ span: Span?) -> Figure {
      span.map { Figure($0.ordered, .yuanPerTonne, .estimated, because: basis(origin, snapshot)) }
        ?? .unknown(.yuanPerTonne, missing: Phrase(zh: "线路未知", en: "lane unknown"))
    }
    func modes(_ from: Int, _ to: Int) -> Phrase {
      let quote = desk.network.cost(
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
