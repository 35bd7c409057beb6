import Atlas

/// Roads between two lists of places and from each to its terminals: what lanes of every cargo and
/// scenario have in common. 公路底数
struct LaneGround: Sendable {
  typealias Access = (terminal: Int, km: Double, crossesStrait: Bool)

  /// One end of lanes: its terminals, and what a truck asks of the ground. No terminal and no road
  /// where a place has no position.
  fileprivate struct End: Sendable {
    let isKnown: Bool
    let isHainan: Bool
    let access: [Access]
  }

  let network: FreightNetwork
  let starts: [Int]
  let rows: [Int]
  /// Kilometres start by start; nil where no road leads, or a place has no position.
  fileprivate let km: [Double?]
  /// Where a start stands among the rows, and a row among the starts.
  fileprivate let columnOfStart: [Int?]
  fileprivate let startOfColumn: [Int?]
  fileprivate let startEnds: [End]
  fileprivate let rowEnds: [End]

  /// - Parameters: rows of `Places`; the lanes run from each of `starts` to each of `rows`.
  /// - Complexity: O(starts · rows + places · terminals).
  init(network: FreightNetwork, from starts: [Int], to rows: [Int]) {
    self.network = network
    self.starts = starts
    self.rows = rows
    let columnOfRow = Dictionary(rows.enumerated().map { ($1, $0) }) { first, _ in first }
    let startOfRow = Dictionary(starts.enumerated().map { ($1, $0) }) { first, _ in first }
    columnOfStart = starts.map { columnOfRow[$0] }
    startOfColumn = rows.map { startOfRow[$0] }
    let geography = network.geography
    // Most starts are rows as well.
    let ends = Dictionary(
      uniqueKeysWithValues: Set(starts + rows).map { row -> (Int, End) in
        guard let point = network.point(of: row) else {
          return (row, End(isKnown: false, isHainan: false, access: []))
        }
        let access = network.accessTerminals(of: row).compactMap { terminal -> Access? in
          let there = geography.terminals[terminal]
          return geography.roadKm(point, there)
            .map { (terminal, $0, geography.crossesStrait(point, there)) }
        }
        return (row, End(isKnown: true, isHainan: point.territory == .hainan, access: access))
      })
    startEnds = starts.compactMap { ends[$0] }
    rowEnds = rows.compactMap { ends[$0] }
    let destinations = rows.map { network.point(of: $0) }
    km = starts.flatMap { start -> [Double?] in
      let origin = network.point(of: start)
      return destinations.map { destination in
        guard let origin, let destination else { return nil }
        return geography.roadKm(origin, destination)
      }
    }
  }
}

/// The envelopes between two lists of places for one cargo class in full loads, under one scenario.
/// 全部线路
///
/// A lane costs the same in both directions: every road, train, barge and flight of the network
/// runs both ways at one tariff. Therefore only one direction is computed, and between two starts
/// only that of the first of them.
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
    let exits = ground.rowEnds.map { price($0.access) }
    let terminals = network.model.terminals.count
    var onward = EnvelopeSearch(search.graph)
    var between = [Envelopes?](repeating: nil, count: terminals)
    var reach = [Frontier](repeating: Frontier(), count: terminals)
    var lanes = Envelopes(capacity: ground.starts.count * ground.rows.count)
    var lane = Frontier()
    for (number, start) in ground.starts.enumerated() {
      for terminal in reach.indices { reach[terminal].removeAll() }
      for entry in price(ground.startEnds[number].access) {
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
        if let earlier = ground.startOfColumn[column], earlier < number,
          let back = ground.columnOfStart[number]
        {
          lanes.append(again: earlier * ground.rows.count + back)
          continue
        }
        lane.removeAll()
        defer { lanes.append(lane) }
        let (from, to) = (ground.startEnds[number], ground.rowEnds[column])
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
