import Atlas

/// Roads between two lists of places and from each to its terminals: what lanes of every cargo and
/// scenario have in common. 公路底数
struct LaneGround: Sendable {
  typealias Access = (terminal: Int, km: Double, crossesStrait: Bool)

  let network: FreightNetwork
  let starts: [Int]
  let rows: [Int]
  /// Kilometres start by start; nil where no road leads, or a place has no position.
  fileprivate let km: [Double?]
  fileprivate let startAccess: [[Access]]
  fileprivate let rowAccess: [[Access]]
  /// Whether a place has a position, and lies on 海南.
  fileprivate let startPoints: [(isKnown: Bool, isHainan: Bool)]
  fileprivate let rowPoints: [(isKnown: Bool, isHainan: Bool)]

  /// - Parameters: rows of `Places`; the lanes run from each of `starts` to each of `rows`.
  /// - Complexity: O(starts · rows + (starts + rows) · terminals).
  init(network: FreightNetwork, from starts: [Int], to rows: [Int]) {
    self.network = network
    self.starts = starts
    self.rows = rows
    let (first, second) = (
      starts.map { network.point(of: $0) }, rows.map { network.point(of: $0) }
    )
    let geography = network.geography
    km = first.flatMap { origin in
      second.map { destination in
        guard let origin, let destination else { return nil }
        return geography.roadKm(origin, destination)
      }
    }
    func access(_ row: Int, _ point: Point?) -> [Access] {
      guard let point else { return [] }
      return network.accessTerminals(of: row).compactMap { terminal in
        let there = geography.terminals[terminal]
        return geography.roadKm(point, there)
          .map { (terminal, $0, geography.crossesStrait(point, there)) }
      }
    }
    startAccess = zip(starts, first).map { access($0, $1) }
    rowAccess = zip(rows, second).map { access($0, $1) }
    startPoints = first.map { ($0 != nil, $0?.territory == .hainan) }
    rowPoints = second.map { ($0 != nil, $0?.territory == .hainan) }
  }
}

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
  private let lanes: Envelopes
  private let columns: Int
  private let scenario: Scenario
  private let holdingPerDay: Double

  /// - Complexity: O(terminals · arcs + starts · rows · terminals of a place).
  init(_ ground: LaneGround, cargo: CargoClass, scenario: Scenario) {
    let network = ground.network
    let search = LaneSearch(
      network: network,
      carriage: Carriage(
        cargo: cargo, modes: .all, loading: .auto, consignment: nil, model: network.model),
      scenario: scenario)
    let rates = search.rates
    let modes = search.carriage.modes
    func price(_ access: [LaneGround.Access]) -> [(terminal: Int, line: CostLine)] {
      guard modes.contains(.road) else { return [] }
      return access.filter { modes.allows(network.model.terminals[$0.terminal].mode) }.map {
        ($0.terminal, rates.road(km: $0.km, crossesStrait: $0.crossesStrait, drayage: true))
      }
    }
    let exits = ground.rowAccess.map(price)
    let terminals = network.model.terminals.count
    var onward = EnvelopeSearch(search.graph)
    var between = [Envelopes?](repeating: nil, count: terminals)
    var reach = [Frontier](repeating: Frontier(), count: terminals)
    var lanes = Envelopes(capacity: ground.starts.count * ground.rows.count)
    var lane = Frontier()
    for (number, start) in ground.starts.enumerated() {
      for terminal in reach.indices { reach[terminal].removeAll() }
      for entry in price(ground.startAccess[number]) {
        let envelopes =
          between[entry.terminal] ?? onward.run(from: TerminalGraph.gate(entry.terminal))
        between[entry.terminal] = envelopes
        for terminal in 0..<terminals where terminal != entry.terminal {
          for line in envelopes[TerminalGraph.gate(terminal)] {
            reach[terminal].offer(entry.line + line)
          }
        }
      }
      var reached = Envelopes(capacity: terminals)
      for terminal in reach { reached.append(terminal) }
      for (column, row) in ground.rows.enumerated() {
        lane.removeAll()
        defer { lanes.append(lane) }
        let (from, to) = (ground.startPoints[number], ground.rowPoints[column])
        guard from.isKnown, to.isKnown else { continue }
        if start == row {
          if let local = search.local(start) { lane.offer(local) }
          continue
        }
        if modes.contains(.road), let km = ground.km[number * ground.rows.count + column] {
          lane.offer(rates.road(km: km, crossesStrait: from.isHainan != to.isHainan))
        }
        for exit in exits[column] {
          let lines = reached[exit.terminal]
          guard let cheapest = lines.first, let fastest = lines.last,
            !lane.beats(
              money: cheapest.money + exit.line.money, days: fastest.days + exit.line.days)
          else { continue }
          for line in lines { lane.offer(line + exit.line) }
        }
      }
    }
    self.lanes = lanes
    columns = ground.rows.count
    self.scenario = scenario
    holdingPerDay = rates.holdingPerDay
  }

  /// The envelope between the n-th start and the n-th row.
  subscript(start: Int, row: Int) -> ArraySlice<CostLine> { lanes[start * columns + row] }

  /// Yuan per tonne of every pair at one cargo value, without cycle stock; nil where no way leads.
  func costs(valuePerTonne value: Double, network: FreightNetwork) -> [Double?] {
    let loss = value * network.model.value(.lossRate, scenario)
    return (0..<lanes.count).map { lane in
      guard let line = lanes[lane].best(valuePerTonne: value, holding: holdingPerDay)
      else { return nil }
      return line.cost(valuePerTonne: value, holding: holdingPerDay) + loss
        + network.safetyPerTonne(valuePerTonne: value, days: line.days, scenario: scenario)
    }
  }
}
