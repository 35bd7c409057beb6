import Atlas
import HeapModule

/// An arc between two states of the graph of terminals.
struct Arc: Sendable {
  let to: Int
  let mode: Mode
  let km: Double
  let line: CostLine
}

/// The arcs between terminals before anything is priced. 转运网
struct TerminalLinks: Sendable {
  enum Tariff: Sendable {
    case transfer(Mode, Mode)
    case rail
    case air
    case drayage(crossesStrait: Bool)
    case corridor(row: Int, from: Int, to: Int)
  }

  struct Link: Sendable {
    let from: Int
    let to: Int
    let mode: Mode
    let km: Double
    let tariff: Tariff
    /// Modes that must all be allowed.
    let needs: ModeSet
  }

  /// Grouped by `from`, in a fixed order.
  let links: [Link]
  let stateCount: Int

  init(model: FreightModel, geography: Geography) {
    var links: [Link] = []
    for terminal in model.terminals.indices {
      let (gate, yard) = (TerminalGraph.gate(terminal), TerminalGraph.yard(terminal))
      let mode = model.terminals[terminal].mode
      let needs: ModeSet = [.road, ModeSet(mode)]
      for (from, to) in [(gate, yard), (yard, gate)] {
        links.append(
          Link(
            from: from, to: to, mode: .transfer, km: 0, tariff: .transfer(.road, mode),
            needs: needs))
      }
      for other in model.terminals.indices where other != terminal {
        if let link = TerminalLinks.join(terminal, other, model: model, geography: geography) {
          links.append(link)
        }
      }
    }
    for (row, corridor) in model.corridors.enumerated() {
      let terminals = corridor.stops.map { geography.terminalRow(corridor.mode, $0.terminal) }
      for from in terminals.indices {
        for to in terminals.indices where from != to {
          links.append(
            Link(
              from: TerminalGraph.yard(terminals[from]), to: TerminalGraph.yard(terminals[to]),
              mode: corridor.mode, km: abs(corridor.stops[from].km - corridor.stops[to].km),
              tariff: .corridor(row: row, from: from, to: to), needs: ModeSet(corridor.mode)))
        }
      }
    }
    self.links = links
    stateCount = 2 * model.terminals.count
  }

  /// The link of the general networks: train, flight, drayage, change of mode in one yard.
  private static func join(
    _ first: Int, _ second: Int, model: FreightModel, geography: Geography
  ) -> Link? {
    let (a, b) = (model.terminals[first], model.terminals[second])
    let (homeA, homeB) = (geography.terminals[first], geography.terminals[second])
    let yards = (TerminalGraph.yard(first), TerminalGraph.yard(second))
    if a.mode == b.mode {
      guard homeA.territory.isDomestic, homeB.territory.isDomestic else { return nil }
      if a.mode == .rail, homeA.territory == homeB.territory {
        return Link(
          from: yards.0, to: yards.1, mode: .rail, km: geography.railKm(homeA, homeB),
          tariff: .rail, needs: .rail)
      }
      guard a.mode == .air else { return nil }
      return Link(
        from: yards.0, to: yards.1, mode: .air, km: a.position.greatCircleKm(to: b.position),
        tariff: .air, needs: .air)
    }
    let needs: ModeSet = [ModeSet(a.mode), ModeSet(b.mode)]
    if a.name == b.name {
      return Link(
        from: yards.0, to: yards.1, mode: .transfer, km: 0, tariff: .transfer(a.mode, b.mode),
        needs: needs)
    }
    guard a.position.greatCircleKm(to: b.position) <= geography.interchangeKm,
      let km = geography.roadKm(homeA, homeB)
    else { return nil }
    return Link(
      from: TerminalGraph.gate(first), to: TerminalGraph.gate(second), mode: .road, km: km,
      tariff: .drayage(crossesStrait: geography.crossesStrait(homeA, homeB)),
      needs: needs.union(.road))
  }
}

/// Terminals as states (terminal, mode): `2t` with the cargo on a truck at its gate, `2t + 1` with
/// the cargo in the terminal's own mode. 转运图
///
/// The arcs and their order depend on the carriage and the places, never on the scenario: a path
/// found under one scenario is a path under every other.
struct TerminalGraph: Sendable {
  let arcs: [[Arc]]
  let holdingPerDay: Double

  static func gate(_ terminal: Int) -> Int { 2 * terminal }
  static func yard(_ terminal: Int) -> Int { 2 * terminal + 1 }

  init(rates: Rates, links: TerminalLinks) {
    var arcs = [[Arc]](repeating: [], count: links.stateCount)
    let corridors = rates.model.corridors
    for link in links.links where link.needs.isSubset(of: rates.carriage.modes) {
      let line: CostLine?
      switch link.tariff {
      case .transfer(let first, let second): line = rates.transfer(first, second)
      case .rail: line = rates.rail(km: link.km)
      case .air: line = rates.air()
      case .drayage(let crosses):
        line = rates.road(km: link.km, crossesStrait: crosses, drayage: true)
      case .corridor(let row, let from, let to):
        let stops = corridors[row].stops
        line = rates.corridor(corridors[row], from: stops[from], to: stops[to])
      }
      guard let line else { continue }
      arcs[link.from].append(Arc(to: link.to, mode: link.mode, km: link.km, line: line))
    }
    self.arcs = arcs
    holdingPerDay = rates.holdingPerDay
  }

  /// The least-cost label of every state from given first labels, for one cargo value.
  ///
  /// Dijkstra 1959; exact because every arc costs at least zero and costs add up. Ties go to the
  /// lower state, then to the arc found first.
  func search(
    from starts: [(state: Int, line: CostLine)], valuePerTonne: Double
  ) -> [Label?] {
    let holding = holdingPerDay
    var best = [Label?](repeating: nil, count: arcs.count)
    var closed = [Bool](repeating: false, count: arcs.count)
    var heap = Heap<Entry>()
    for (index, start) in starts.enumerated() {
      let cost = start.line.cost(valuePerTonne: valuePerTonne, holding: holding)
      if let old = best[start.state], old.cost <= cost { continue }
      best[start.state] = Label(line: start.line, cost: cost, previous: nil, via: index)
      heap.insert(Entry(cost: cost, state: start.state))
    }
    while let entry = heap.popMin() {
      if closed[entry.state] { continue }
      closed[entry.state] = true
      guard let label = best[entry.state] else { continue }
      for (index, arc) in arcs[entry.state].enumerated() where !closed[arc.to] {
        let line = label.line + arc.line
        let cost = label.cost + arc.line.cost(valuePerTonne: valuePerTonne, holding: holding)
        if let old = best[arc.to], old.cost <= cost { continue }
        best[arc.to] = Label(line: line, cost: cost, previous: entry.state, via: index)
        heap.insert(Entry(cost: cost, state: arc.to))
      }
    }
    return best
  }

  /// What is known of the cheapest way to a state.
  struct Label: Sendable {
    let line: CostLine
    let cost: Double
    let previous: Int?
    /// Index of the start, or of the arc in `arcs[previous]`.
    let via: Int
  }

  private struct Entry: Comparable {
    let cost: Double
    let state: Int
    static func < (left: Entry, right: Entry) -> Bool {
      (left.cost, left.state) < (right.cost, right.state)
    }
  }
}
