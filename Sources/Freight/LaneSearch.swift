import Atlas

/// A way from a place to another: the steps, and their cost per tonne. 路径
struct Path: Sendable {
  enum Step: Sendable, Hashable {
    /// A truck inside one place.
    case local
    /// A truck between two places.
    case direct
    case access(terminal: Int)
    case egress(terminal: Int)
    /// An arc of the terminal graph.
    case arc(state: Int, index: Int)
  }

  let from: Int
  let to: Int
  let steps: [Step]
  let line: CostLine
  let carriage: Carriage
}

/// The search for one carriage under one scenario. 最低成本路径
struct LaneSearch: Sendable {
  let network: FreightNetwork
  let carriage: Carriage
  let scenario: Scenario
  let rates: Rates
  let geography: Geography
  let graph: TerminalGraph

  /// - Parameter known: the priced graph of this carriage and scenario, where there is one.
  init(
    network: FreightNetwork, carriage: Carriage, scenario: Scenario,
    graph known: TerminalGraph? = nil
  ) {
    self.network = network
    self.carriage = carriage
    self.scenario = scenario
    rates = Rates(model: network.model, scenario: scenario, carriage: carriage)
    geography = network.geography
    graph = known ?? TerminalGraph(rates: rates, links: network.links)
  }

  /// The path with the least g = a + v·ρ·t/365 per tonne; nil when none leads there.
  func cheapest(
    _ origin: (row: Int, point: Point), _ destination: (row: Int, point: Point),
    valuePerTonne: Double
  ) -> Path? {
    func path(_ steps: [Path.Step], _ line: CostLine) -> Path {
      Path(from: origin.row, to: destination.row, steps: steps, line: line, carriage: carriage)
    }
    func cost(_ line: CostLine) -> Double {
      line.cost(valuePerTonne: valuePerTonne, holding: rates.holdingPerDay)
    }
    if origin.row == destination.row {
      return local(origin.row).map { path([.local], $0) }
    }
    var best = direct(origin.point, destination.point).map { path([.direct], $0) }
    let starts = access(of: origin.row, origin.point)
    let labels = graph.search(
      from: starts.map { (TerminalGraph.gate($0.terminal), $0.line) }, valuePerTonne: valuePerTonne)
    for exit in access(of: destination.row, destination.point) {
      guard let label = labels[TerminalGraph.gate(exit.terminal)], label.previous != nil
      else { continue }
      let line = label.line + exit.line
      if let best, cost(best.line) <= cost(line) { continue }
      let inner = steps(to: TerminalGraph.gate(exit.terminal), labels: labels, starts: starts)
      best = path(inner + [.egress(terminal: exit.terminal)], line)
    }
    return best
  }

  /// What every step of a path costs under this search's scenario.
  func price(
    _ path: Path
  ) -> [(mode: Mode, from: String, to: String, km: Double, line: CostLine)] {
    guard let origin = network.point(of: path.from), let destination = network.point(of: path.to)
    else { preconditionFailure("a path leads between places with positions") }
    func truck(_ first: Point, _ second: Point, drayage: Bool = true) -> (
      mode: Mode, from: String, to: String, km: Double, line: CostLine
    ) {
      guard let km = geography.roadKm(first, second),
        let line = truckLine(first, second, drayage: drayage)
      else { preconditionFailure("a truck leg of a path has a road") }
      return (.road, first.name, second.name, km, line)
    }
    return path.steps.map { step in
      switch step {
      case .local:
        let km = network.intraPlaceKm(path.from, scenario: scenario)
        return (
          .road, origin.name, destination.name, km, rates.road(km: km, crossesStrait: false)
        )
      case .direct: return truck(origin, destination, drayage: false)
      case .access(let terminal): return truck(origin, geography.terminals[terminal])
      case .egress(let terminal): return truck(geography.terminals[terminal], destination)
      case .arc(let state, let index):
        let arc = graph.arcs[state][index]
        return (
          arc.mode, geography.terminals[state / 2].name, geography.terminals[arc.to / 2].name,
          arc.km, arc.line
        )
      }
    }
  }

  func local(_ row: Int) -> CostLine? {
    guard carriage.modes.contains(.road) else { return nil }
    return rates.road(km: network.intraPlaceKm(row, scenario: scenario), crossesStrait: false)
  }

  func direct(_ origin: Point, _ destination: Point) -> CostLine? {
    truckLine(origin, destination, drayage: false)
  }

  private func truckLine(_ first: Point, _ second: Point, drayage: Bool) -> CostLine? {
    guard carriage.modes.contains(.road), let km = geography.roadKm(first, second)
    else { return nil }
    return rates.road(
      km: km, crossesStrait: geography.crossesStrait(first, second), drayage: drayage)
  }

  /// Truck legs between a place and its terminals, in either direction.
  func access(of row: Int, _ point: Point) -> [(terminal: Int, line: CostLine)] {
    guard carriage.modes.contains(.road) else { return [] }
    return network.accessTerminals(of: row).compactMap { terminal in
      guard carriage.modes.allows(network.model.terminals[terminal].mode) else { return nil }
      return truckLine(point, geography.terminals[terminal], drayage: true).map { (terminal, $0) }
    }
  }

  private func steps(
    to state: Int, labels: [TerminalGraph.Label?],
    starts: [(terminal: Int, line: CostLine)]
  ) -> [Path.Step] {
    var steps: [Path.Step] = []
    var current = state
    while let label = labels[current] {
      guard let previous = label.previous else {
        steps.append(.access(terminal: starts[label.via].terminal))
        break
      }
      steps.append(.arc(state: previous, index: label.via))
      current = previous
    }
    return steps.reversed()
  }
}
