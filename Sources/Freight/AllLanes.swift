import Atlas

/// The envelopes of every pair of places for one cargo class in full loads, under one scenario. 全部线路
///
/// Place to terminal, terminal to terminal and terminal to place are joined line by line; what is
/// never cheapest for any value is dropped at each joint, which loses nothing: a worse beginning
/// stays worse whatever follows it.
struct AllLanes: Sendable {
  private let lanes: [Envelope]
  private let count: Int
  private let scenario: Scenario
  private let holdingPerDay: Double

  init(network: FreightNetwork, rows: [Int], cargo: CargoClass, scenario: Scenario) {
    let carriage = Carriage(
      cargo: cargo, modes: .all, loading: .auto, consignment: nil,
      model: network.model)
    let search = LaneSearch(network: network, carriage: carriage, scenario: scenario)
    let terminals = network.model.terminals.count
    let between = (0..<terminals).map { search.graph.envelopes(from: TerminalGraph.gate($0)) }
    let points = rows.map { row in network.point(of: row) }
    let access = rows.indices.map { number in
      points[number].map { search.access(of: rows[number], $0) } ?? []
    }
    var lanes: [Envelope] = []
    lanes.reserveCapacity(rows.count * rows.count)
    for from in rows.indices {
      var reach = [[CostLine]](repeating: [], count: terminals)
      for start in access[from] {
        for terminal in 0..<terminals where terminal != start.terminal {
          for line in between[start.terminal][TerminalGraph.gate(terminal)].lines {
            reach[terminal].append(start.line + line)
          }
        }
      }
      let reached = reach.map(Envelope.init)
      for to in rows.indices {
        guard let origin = points[from], let destination = points[to] else {
          lanes.append(Envelope([]))
          continue
        }
        if rows[from] == rows[to] {
          lanes.append(Envelope(search.local(rows[from]).map { [$0] } ?? []))
          continue
        }
        var candidates = search.direct(origin, destination).map { [$0] } ?? []
        for exit in access[to] {
          for line in reached[exit.terminal].lines { candidates.append(line + exit.line) }
        }
        lanes.append(Envelope(candidates))
      }
    }
    self.lanes = lanes
    count = rows.count
    self.scenario = scenario
    holdingPerDay = search.rates.holdingPerDay
  }

  /// The envelope from the place at one table row to another.
  subscript(from: Int, to: Int) -> Envelope { lanes[from * count + to] }

  /// Yuan per tonne of every pair at one cargo value, without cycle stock; nil where no way leads.
  func costs(valuePerTonne value: Double, network: FreightNetwork) -> [Double?] {
    let loss = value * network.model.value(.lossRate, scenario)
    return lanes.map { lane in
      guard let line = lane.best(valuePerTonne: value, holding: holdingPerDay) else { return nil }
      return line.cost(valuePerTonne: value, holding: holdingPerDay) + loss
        + network.safetyPerTonne(valuePerTonne: value, days: line.days, scenario: scenario)
    }
  }
}
