import Atlas
import Testing

@testable import Freight

/// Random small countries: towns, yards, ports and a river, priced by search and by brute force.
@Suite struct LaneSearchTests {
  private func country(_ seed: UInt64, terminals count: Int) throws -> FreightNetwork {
    var random = Generator(seed: seed)
    func spot() -> Position {
      SmallCountry.position(100 + 15 * random.uniform(), 22 + 15 * random.uniform())
    }
    let places = Places(
      (0..<4).map {
        Places.Entry(
          code: "1101\($0)0", name: "town \($0)", level: .prefecture, position: spot())
      })
    let modes: [Mode] = [.rail, .water, .ocean, .air]
    func near(_ row: Int) -> Position {
      let town = places.position[row] ?? spot()
      return SmallCountry.position(
        town.longitude + random.uniform(), town.latitude + random.uniform())
    }
    let terminals = (0..<count).map { number in
      Terminal(
        name: "t\(number / 2)", mode: modes[(number % 2 + number / 4) % 4], placeCode: "110100",
        position: near(number / 2 % 4), source: "test")
    }
    let unique = terminals.enumerated().filter { item in
      terminals.firstIndex { $0.id == item.element.id } == item.offset
    }.map(\.element)
    let corridors = [Mode.water, .ocean].map { mode in
      Corridor(
        id: mode.rawValue, name: Phrase(same: mode.rawValue), mode: mode,
        stops: unique.filter { $0.mode == mode }.enumerated().map {
          .init(terminal: $1.name, km: Double($0) * (100 + 900 * random.uniform()))
        },
        source: "test")
    }
    let model = try FreightModel(
      parameters: ShippedCard.parameters(fixing: ["interchangeKm": 700, "accessTerminals": 2]),
      terminals: unique, corridors: corridors)
    return FreightNetwork(model: model, places: places)
  }

  private func search(_ network: FreightNetwork, _ scenario: Scenario = .base) -> LaneSearch {
    let carriage = Carriage(
      cargo: .general, modes: .all, loading: .auto, consignment: nil, model: network.model)
    return LaneSearch(network: network, carriage: carriage, scenario: scenario)
  }

  /// The cheapest of all simple paths, found by walking every one of them.
  private func bruteForce(
    _ search: LaneSearch, _ from: Int, _ to: Int, valuePerTonne: Double
  ) throws -> Double {
    let network = search.network
    let origin = try #require(network.point(of: from))
    let destination = try #require(network.point(of: to))
    func cost(_ line: CostLine) -> Double {
      line.cost(valuePerTonne: valuePerTonne, holding: search.rates.holdingPerDay)
    }
    var best = search.direct(origin, destination).map(cost) ?? .infinity
    var exits: [Int: Double] = [:]
    for exit in search.access(of: to, destination) { exits[2 * exit.terminal] = cost(exit.line) }
    var visited = [Bool](repeating: false, count: search.graph.arcs.count)
    func walk(_ state: Int, _ spent: Double) {
      if let exit = exits[state] { best = min(best, spent + exit) }
      visited[state] = true
      for arc in search.graph.arcs[state] where !visited[arc.to] {
        walk(arc.to, spent + cost(arc.line))
      }
      visited[state] = false
    }
    for start in search.access(of: from, origin) { walk(2 * start.terminal, cost(start.line)) }
    return best
  }

  @Test("the search finds what walking every path finds", arguments: 0..<40)
  func againstBruteForce(seed: Int) throws {
    let network = try country(UInt64(seed), terminals: 8)
    let search = search(network)
    for value in [0.0, 3_000, 200_000, 20_000_000] {
      for to in 1..<4 {
        let origin = try #require(network.point(of: 0))
        let destination = try #require(network.point(of: to))
        let path = try #require(
          search.cheapest((0, origin), (to, destination), valuePerTonne: value))
        let found = path.line.cost(valuePerTonne: value, holding: search.rates.holdingPerDay)
        let expected = try bruteForce(search, 0, to, valuePerTonne: value)
        #expect(abs(found - expected) <= 1e-9 * max(1, expected))
        let priced = search.price(path).reduce(CostLine()) { $0 + $1.line }
        #expect(
          abs(priced.cost(valuePerTonne: value, holding: search.rates.holdingPerDay) - found)
            <= 1e-9 * max(1, found))
      }
    }
  }

  @Test("envelopes equal a fresh search at a thousand random values", arguments: Scenario.allCases)
  func envelopes(scenario: Scenario) throws {
    let network = try country(77, terminals: 16)
    let search = search(network, scenario)
    let lanes = AllLanes(
      LaneGround(network: network, from: [0, 1, 2, 3], to: [0, 1, 2, 3]), cargo: .general,
      scenario: scenario)
    var random = Generator(seed: 5)
    var bent = 0
    for _ in 0..<1000 {
      let (from, to) = (
        Int.random(in: 0..<4, using: &random), Int.random(in: 0..<4, using: &random)
      )
      let value = exponential(18 * random.uniform())
      let origin = try #require(network.point(of: from))
      let destination = try #require(network.point(of: to))
      let path = try #require(
        search.cheapest((from, origin), (to, destination), valuePerTonne: value))
      let line = try #require(
        lanes[from, to].best(valuePerTonne: value, holding: search.rates.holdingPerDay))
      let fresh = path.line.cost(valuePerTonne: value, holding: search.rates.holdingPerDay)
      let kept = line.cost(valuePerTonne: value, holding: search.rates.holdingPerDay)
      #expect(abs(fresh - kept) <= 1e-9 * max(1, fresh))
      if lanes[from, to].count > 1 { bent += 1 }
    }
    #expect(bent > 100, "the test needs lanes whose best path depends on the value")
  }

  @Test("a lane costs the same in both directions", arguments: Scenario.allCases)
  func symmetric(scenario: Scenario) throws {
    for seed in 0..<20 {
      let network = try country(UInt64(seed), terminals: 8)
      // No start is a row, so that neither way is copied from the other.
      func lanes(_ from: [Int], _ to: [Int]) -> AllLanes {
        AllLanes(
          LaneGround(network: network, from: from, to: to), cargo: .general, scenario: scenario)
      }
      let (forth, back) = (lanes([0, 1], [2, 3]), lanes([2, 3], [0, 1]))
      for from in 0..<2 {
        for to in 0..<2 {
          for value in [0.0, 1000, 50_000, 5_000_000] {
            let there = forth[from, to].best(valuePerTonne: value, holding: 0.0003)
            let again = back[to, from].best(valuePerTonne: value, holding: 0.0003)
            let first = there?.cost(valuePerTonne: value, holding: 0.0003)
            let second = again?.cost(valuePerTonne: value, holding: 0.0003)
            #expect((first == nil) == (second == nil))
            if let first, let second { #expect(abs(first - second) <= 1e-9 * max(1, first)) }
          }
        }
      }
    }
  }

  @Test("quotes in turn are the quotes one by one", arguments: 0..<12)
  func quotesInTurn(seed: Int) throws {
    let network = try country(UInt64(seed), terminals: 8)
    var random = Generator(seed: UInt64(seed) + 90)
    var quotes = FreightQuotes(network)
    for _ in 0..<24 {
      let shipment = Shipment(
        tonnesPerYear: Double.random(in: 1...9000, using: &random),
        valuePerTonne: Double.random(in: 100...200_000, using: &random),
        cargo: CargoClass.allCases.randomElement(using: &random) ?? .general)
      let (from, to) = (
        Int.random(in: 0..<4, using: &random), Int.random(in: 0..<4, using: &random)
      )
      #expect(
        quotes.cost(from: from, to: to, shipment: shipment)
          == network.cost(from: from, to: to, shipment: shipment))
    }
  }
}
