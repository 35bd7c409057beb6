public import Atlas

/// The multimodal network over a gazetteer: any two places, any cargo, any value. 物流网络
///
/// Prefectures and municipalities are points of their own; so is every county and zone with a
/// position. A place without a position borrows that of the nearest ancestor that has one.
public struct FreightNetwork: Sendable {
  public let model: FreightModel
  public let places: Places
  let geography: Geography
  let links: TerminalLinks
  private let roadKm: RoadMatrix?
  private let points: [Point?]

  /// - Parameter roadKm: road distances where a graph has been imported; great circle × circuity
  ///   elsewhere.
  public init(model: FreightModel, places: Places, roadKm: RoadMatrix? = nil) {
    self.model = model
    self.places = places
    self.roadKm = roadKm
    let geography = Geography(model: model, matrix: roadKm)
    self.geography = geography
    links = TerminalLinks(model: model, geography: geography)
    points = (0..<places.count).map { FreightNetwork.point(of: $0, in: places) }
  }

  /// The same network after a change of the world.
  public func under(_ change: Sensitivity) throws(CardError) -> FreightNetwork {
    FreightNetwork(model: try change.applied(to: model), places: places, roadKm: roadKm)
  }

  /// What a shipment costs from one place to another; rows of `Places`.
  ///
  /// Unknown: `unreachable` names the place without a position, or the modes that do not lead there.
  /// Source: methods.md section 2.1 (Baumol and Vinod 1970), 2.2 (Dijkstra 1959).
  public func cost(from: Int, to: Int, shipment: Shipment) -> LaneQuote {
    cost(from: from, to: to, shipment: shipment) {
      LaneSearch(network: self, carriage: $0, scenario: $1)
    }
  }

  /// The same by searches that may be kept from shipment to shipment.
  func cost(
    from: Int, to: Int, shipment: Shipment, search: (Carriage, Scenario) -> LaneSearch
  ) -> LaneQuote {
    guard let origin = points[from] else { return .unreachable(because: noPosition(from)) }
    guard let destination = points[to] else { return .unreachable(because: noPosition(to)) }
    let size = consignment(of: shipment)
    let carriage = Carriage(
      cargo: shipment.cargo, modes: shipment.modes, loading: shipment.loading,
      consignment: size, model: model)
    let searches = ByScenario { search(carriage, $0) }
    let paths = ByScenario {
      searches[$0].cheapest(
        (from, origin), (to, destination), valuePerTonne: shipment.valuePerTonne)
    }
    // What leads there under one scenario leads there under all: only costs differ.
    guard let low = paths.low, let base = paths.base, let high = paths.high else {
      return .unreachable(because: noWay(from, to, modes: carriage.modes))
    }
    let lines = Lines(low: low.line, base: base.line, high: high.line)
    return .priced(
      price(shipment, size: size, lines: lines, legs: legs(of: base, searches: searches)))
  }

  /// The consignment that the shipper uses, tonnes: as said, else the cheapest up to a full truck.
  func consignment(of shipment: Shipment) -> Double {
    if let said = shipment.shipmentTonnes { return said }
    let truck = model[.truckTonnes].value
    let cheapest = InventoryCost.cheapestShipment(
      tonnesPerYear: shipment.tonnesPerYear, valuePerTonne: shipment.valuePerTonne,
      rate: model[.warehouseRate].value, orderCost: model[.orderCost].value)
    return min(cheapest ?? truck, truck)
  }

  private typealias Lines = ByScenario<CostLine>

  private func price(
    _ shipment: Shipment, size: Double, lines: Lines, legs: [Leg]
  ) -> LaneCost {
    let tonnes = shipment.tonnesPerYear
    let value = shipment.valuePerTonne
    return LaneCost(
      legs: legs,
      freight: .each { lines[$0].freight * tonnes },
      handling: .each { lines[$0].handling * tonnes },
      inTransit: .each { tonnes * value * model.holdingPerDay($0) * lines[$0].days },
      cycleStock: .each {
        InventoryCost.cycleStock(
          tonnesPerYear: tonnes, valuePerTonne: value, rate: model.value(.warehouseRate, $0),
          orderCost: model.value(.orderCost, $0), shipment: size)
      },
      safetyStock: .each {
        tonnes * safetyPerTonne(valuePerTonne: value, days: lines[$0].days, scenario: $0)
      },
      loss: .each { tonnes * value * model.value(.lossRate, $0) },
      days: .each { lines[$0].days }, tonnesPerYear: tonnes, shipmentTonnes: size)
  }

  /// Safety stock's cost per tonne carried, yuan: linear in tonnes because both deviations are
  /// shares of their means.
  func safetyPerTonne(valuePerTonne: Double, days: Double, scenario: Scenario) -> Double {
    let daily = 1.0 / 365
    let stock = InventoryCost.safetyStock(
      z: model.value(.safetyZ, scenario), leadDays: days,
      demandDeviation: daily * model.value(.demandVariation, scenario), dailyDemand: daily,
      leadDeviation: days * model.value(.leadTimeVariation, scenario))
    return stock * valuePerTonne * model.value(.warehouseRate, scenario)
  }

  private func legs(of path: Path, searches: ByScenario<LaneSearch>) -> [Leg] {
    let priced = ByScenario { searches[$0].price(path) }
    return path.steps.indices.map { index in
      Leg(
        mode: priced.base[index].mode, fromName: priced.base[index].from,
        toName: priced.base[index].to, km: priced.base[index].km,
        days: .each { priced[$0][index].line.days },
        costPerTonne: .each { priced[$0][index].line.money })
    }
  }

  /// The point of a row; nil when neither it nor an ancestor has a position.
  func point(of row: Int) -> Point? { points[row] }

  /// Rows of the terminals that a truck goes to from a place: the nearest few of each mode.
  ///
  /// - Complexity: O(terminals); few places of a nation are ever asked for.
  func accessTerminals(of row: Int) -> [Int] {
    guard let point = points[row] else { return [] }
    let nearest = Int(model[.accessTerminals].value)
    return [Mode.rail, .water, .ocean, .air].flatMap { mode in
      model.terminals.indices.compactMap { terminal -> (km: Double, row: Int)? in
        guard model.terminals[terminal].mode == mode,
          let km = geography.roadKm(point, geography.terminals[terminal])
        else { return nil }
        return (km, terminal)
      }
      .sorted { ($0.km, $0.row) < ($1.km, $1.row) }.prefix(nearest).map(\.row)
    }
  }

  /// Kilometres inside one place: 0.67·sqrt(area/π) (Head and Mayer), or the card's own number.
  func intraPlaceKm(_ row: Int, scenario: Scenario) -> Double {
    guard let area = places.area[row] else { return model.value(.intraPlaceKm, scenario) }
    return model.value(.intraPlaceFactor, scenario) * (area / .pi).squareRoot()
  }

  private static func point(of row: Int, in places: Places) -> Point? {
    var current = row
    while places.position[current] == nil {
      let up = Int(places.parent[current])
      if up == current { return nil }
      current = up
    }
    guard let position = places.position[current] else { return nil }
    return Point(
      key: places.code[row], name: places.name[row], position: position,
      territory: Territory(code: places.code[current]),
      mountain: Geography.isMountain(code: places.code[current]))
  }

  private func noPosition(_ row: Int) -> Phrase {
    Phrase(
      zh: "\(places.name[row]) 没有坐标：请在地点表中补上经纬度。",
      en: "\(places.name[row]) has no position: add longitude and latitude to the places table.")
  }

  private func noWay(_ from: Int, _ to: Int, modes: ModeSet) -> Phrase {
    let names = Mode.allCases.filter { $0 != .transfer && modes.allows($0) }.map(\.label)
    return Phrase(
      zh:
        "\(places.name[from])至\(places.name[to])：以\(names.map(\.zh).joined(separator: "、"))无法到达。",
      en:
        "no way from \(places.name[from]) to \(places.name[to]) by \(names.map(\.en).joined(separator: ", "))."
    )
  }
}

extension FreightNetwork {
  /// The points whose road matrix the network wants: prefectures and municipalities, some further
  /// rows such as home counties and sites, and every domestic terminal. 里程矩阵点
  public static func roadPoints(
    model: FreightModel, places: Places, extraRows: [Int]
  ) -> [(key: String, position: Position)] {
    let rows = LandedCostTables.chooseRows(places, extra: extraRows)
    let ofPlaces = rows.compactMap { row in
      point(of: row, in: places).map { (key: $0.key, position: $0.position) }
    }
    let ofTerminals = model.terminals.filter { Territory(code: $0.placeCode).isDomestic }
      .map { (key: $0.id, position: $0.position) }
    return ofPlaces + ofTerminals
  }

  /// Great-circle kilometres between two places; nil when one has no position.
  func distance(_ first: Int, _ second: Int) -> Double? {
    guard let first = point(of: first), let second = point(of: second) else { return nil }
    return first.position.greatCircleKm(to: second.position)
  }
}

/// Quotes of one network in turn: what is priced once for a carriage serves every shipment that goes
/// by it. 报价台
public struct FreightQuotes {
  private struct Terms: Hashable {
    let carriage: Carriage
    let scenario: Scenario
  }

  private let network: FreightNetwork
  private var graphs: [Terms: TerminalGraph] = [:]

  public init(_ network: FreightNetwork) { self.network = network }

  /// What a shipment costs from one place to another, as `FreightNetwork.cost` has it.
  public mutating func cost(from: Int, to: Int, shipment: Shipment) -> LaneQuote {
    network.cost(from: from, to: to, shipment: shipment) { carriage, scenario in
      let terms = Terms(carriage: carriage, scenario: scenario)
      let search = LaneSearch(
        network: network, carriage: carriage, scenario: scenario, graph: graphs[terms])
      graphs[terms] = search.graph
      return search
    }
  }
}
