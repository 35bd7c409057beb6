import Atlas

/// The envelopes between two lists of places for one cargo class in full loads, under one scenario.
/// 全部线路
///
/// A lane costs the same in both directions: every road, train, barge and flight of the network
/// runs both ways at one tariff. Therefore only one direction is computed.
///
/// Place to terminal, terminal to terminal and terminal to place are joined line by line; what is
/// never cheapest for any value is dropped at each joint, which loses nothing: a worse beginning
/// stays worse whatever follows it.
struct AllLanes: Sendable {
  private let lanes: [Envelope]
  let columns: Int
  private let scenario: Scenario
  private let holdingPerDay: Double

  /// - Parameters: rows of `Places`; the lanes run from each of `starts` to each of `rows`.
  init(
    network: FreightNetwork, from starts: [Int], to rows: [Int], cargo: CargoClass,
    scenario: Scenario
  ) {
    let carriage = Carriage(
      cargo: cargo, modes: .all, loading: .auto, consignment: nil,
      model: network.model)
    let search = LaneSearch(network: network, carriage: carriage, scenario: scenario)
    let terminals = network.model.terminals.count
    var between = [[Envelope]?](repeating: nil, count: terminals)
    let points = rows.map { row in network.point(of: row) }
    let access = rows.indices.map { number in
      points[number].map { search.access(of: rows[number], $0) } ?? []
    }
    var lanes: [Envelope] = []
    lanes.reserveCapacity(starts.count * rows.count)
    for start in starts {
      let origin = network.point(of: start)
      var reach = [[CostLine]](repeating: [], count: terminals)
      for entry in origin.map({ search.access(of: start, $0) }) ?? [] {
        let onward =
          between[entry.terminal]
          ?? search.graph.envelopes(from: TerminalGraph.gate(entry.terminal))
        between[entry.terminal] = onward
        for terminal in 0..<terminals where terminal != entry.terminal {
          for line in onward[TerminalGraph.gate(terminal)].lines {
            reach[terminal].append(entry.line + line)
          }
        }
      }
      let reached = reach.map(Envelope.init)
      for to in rows.indices {
        guard let origin, let destination = points[to] else {
          lanes.append(Envelope([]))
          continue
        }
        if start == rows[to] {
          lanes.append(Envelope(search.local(start).map { [$0] } ?? []))
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
    columns = rows.count
    self.scenario = scenario
    holdingPerDay = search.rates.holdingPerDay
  }

  /// The envelope between the n-th start and the n-th row.
  subscript(start: Int, row: Int) -> Envelope { lanes[start * columns + row] }

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
