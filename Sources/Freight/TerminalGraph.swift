import Atlas
import HeapModule

/// An arc between two states of the graph of terminals.
struct Arc: Sendable {
  let to: Int
  let mode: Mode
  let km: Double
  let line: CostLine
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

  init(rates: Rates, geography: Geography) {
    let model = rates.model
    let modes = rates.carriage.modes
    var arcs = [[Arc]](repeating: [], count: 2 * model.terminals.count)
    let usable = model.terminals.indices.filter { modes.allows(model.terminals[$0].mode) }
    for terminal in usable {
      if modes.contains(.road), let line = rates.transfer(.road, model.terminals[terminal].mode) {
        let (gate, yard) = (TerminalGraph.gate(terminal), TerminalGraph.yard(terminal))
        arcs[gate].append(Arc(to: yard, mode: .transfer, km: 0, line: line))
        arcs[yard].append(Arc(to: gate, mode: .transfer, km: 0, line: line))
      }
    }
    for first in usable {
      for second in usable where second != first {
        TerminalGraph.join(first, second, rates: rates, geography: geography, into: &arcs)
      }
    }
    for corridor in model.corridors where modes.allows(corridor.mode) {
      let rows = corridor.stops.map { geography.terminalRow(corridor.mode, $0.terminal) }
      for (from, first) in zip(corridor.stops, rows) {
        for (to, second) in zip(corridor.stops, rows) where first != second {
          arcs[TerminalGraph.yard(first)].append(
            Arc(
              to: TerminalGraph.yard(second), mode: corridor.mode, km: abs(from.km - to.km),
              line: rates.corridor(corridor, from: from, to: to)))
        }
      }
    }
    self.arcs = arcs
    holdingPerDay = rates.holdingPerDay
  }

  /// The arcs of the general networks: train, flight, drayage, change of mode in one yard.
  private static func join(
    _ first: Int, _ second: Int, rates: Rates, geography: Geography, into arcs: inout [[Arc]]
  ) {
    let (a, b) = (rates.model.terminals[first], rates.model.terminals[second])
    let (homeA, homeB) = (geography.terminals[first], geography.terminals[second])
    let domestic = homeA.territory.isDomestic && homeB.territory.isDomestic
    if a.mode == b.mode {
      if a.mode == .rail, domestic, homeA.territory == homeB.territory {
        let km = geography.railKm(homeA, homeB)
        arcs[yard(first)].append(
          Arc(to: yard(second), mode: .rail, km: km, line: rates.rail(km: km)))
      }
      if a.mode == .air, domestic {
        let km = a.position.greatCircleKm(to: b.position)
        arcs[yard(first)].append(Arc(to: yard(second), mode: .air, km: km, line: rates.air()))
      }
    } else if a.name == b.name {
      if let line = rates.transfer(a.mode, b.mode) {
        arcs[yard(first)].append(Arc(to: yard(second), mode: .transfer, km: 0, line: line))
      }
    } else if rates.carriage.modes.contains(.road),
      a.position.greatCircleKm(to: b.position) <= geography.interchangeKm,
      let km = geography.roadKm(homeA, homeB)
    {
      let crosses = geography.crossesStrait(homeA, homeB)
      arcs[gate(first)].append(
        Arc(
          to: gate(second), mode: .road, km: km,
          line: rates.road(km: km, crossesStrait: crosses, drayage: true))
      )
    }
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

  /// The envelopes of every state from one state's zero label, over all cargo values at once.
  ///
  /// Bicriteria label-setting (Martins 1984): labels leave the heap by money, then days; one that
  /// is not faster than every cheaper label of its state is never cheapest for any value.
  func envelopes(from state: Int) -> [Envelope] {
    var kept = [[CostLine]](repeating: [], count: arcs.count)
    var heap = Heap<LineEntry>()
    heap.insert(LineEntry(line: CostLine(), state: state))
    while let entry = heap.popMin() {
      if let fastest = kept[entry.state].last, fastest.days <= entry.line.days { continue }
      kept[entry.state].append(entry.line)
      for arc in arcs[entry.state] {
        let line = entry.line + arc.line
        if let fastest = kept[arc.to].last, fastest.days <= line.days { continue }
        heap.insert(LineEntry(line: line, state: arc.to))
      }
    }
    return kept.map(Envelope.init)
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

  private struct LineEntry: Comparable {
    let line: CostLine
    let state: Int
    static func < (left: LineEntry, right: LineEntry) -> Bool {
      (left.line.money, left.line.days, left.state)
        < (right.line.money, right.line.days, right.state)
    }
  }
}
