public import Atlas
public import Freight

extension ModelLibrary {
  /// The freight model of the library: parameters, terminals, corridors and routes. 物流模型
  ///
  /// - Throws: `CardError` with file and line for a cell that cannot be read.
  public func freightModel() throws(CardError) -> FreightModel {
    guard let freight else {
      throw .missing(card: "Freight/parameters.yaml", name: "parameters")
    }
    var corridors = freightCorridors
    if let routes = findFreightTable("routes.csv") { corridors += try readRoutes(routes) }
    guard let table = findFreightTable("terminals.csv") else {
      throw .missing(card: "Freight/terminals.csv", name: "name")
    }
    return try FreightModel(
      parameters: freight, terminals: try readTerminals(table), corridors: corridors)
  }
}

/// Reads `terminals.csv`: name, mode, place, longitude, latitude, source. 场站表
func readTerminals(_ table: Table) throws(CardError) -> [Terminal] {
  let name = try table.require(column: "name")
  let mode = try table.require(column: "mode")
  let place = try table.require(column: "place")
  let longitude = try table.require(column: "longitude")
  let latitude = try table.require(column: "latitude")
  let source = try table.require(column: "source")
  var terminals: [Terminal] = []
  for row in table.rows {
    let kind = try readMode(row.cells[mode], table.card, row.line)
    guard let x = try table.number(row, longitude), let y = try table.number(row, latitude),
      let position = Position(longitude: x, latitude: y)
    else {
      throw .malformed(
        card: table.card, line: row.line,
        because: Phrase(zh: "场站需要经纬度。", en: "a terminal needs longitude and latitude."))
    }
    terminals.append(
      Terminal(
        name: row.cells[name], mode: kind, placeCode: row.cells[place], position: position,
        source: row.cells[source]))
  }
  return terminals
}

/// Reads `routes.csv`: pairs of terminals with their distance, days and price. 航线表
func readRoutes(_ table: Table) throws(CardError) -> [Corridor] {
  let mode = try table.require(column: "mode")
  let from = try table.require(column: "from")
  let to = try table.require(column: "to")
  let km = try table.require(column: "km")
  let source = try table.require(column: "source")
  let evidence = try table.require(column: "evidence")
  func range(
    _ row: Table.Row, _ value: String, _ low: String, _ high: String, unit: String
  ) throws(CardError) -> Parameter? {
    guard let value = try table.number(row, try table.require(column: value)),
      let low = try table.number(row, try table.require(column: low)),
      let high = try table.number(row, try table.require(column: high))
    else { return nil }
    guard let kind = Evidence(rawValue: row.cells[evidence]) else {
      throw .malformed(
        card: table.card, line: row.line,
        because: Phrase(
          zh: "evidence 应是 measured、published 或 assumed。",
          en: "evidence is measured, published or assumed."))
    }
    return Parameter(
      value: value, low: low, high: high, unit: unit, source: row.cells[source], evidence: kind)
  }
  var corridors: [Corridor] = []
  for row in table.rows {
    let kind = try readMode(row.cells[mode], table.card, row.line)
    guard let distance = try table.number(row, km) else {
      throw .malformed(
        card: table.card, line: row.line,
        because: Phrase(zh: "航线需要公里数。", en: "a route needs its kilometres."))
    }
    let name = "\(row.cells[from])—\(row.cells[to])"
    corridors.append(
      Corridor(
        id: "\(kind.rawValue):\(row.cells[from])-\(row.cells[to])", name: Phrase(same: name),
        mode: kind,
        stops: [
          .init(terminal: row.cells[from], km: 0), .init(terminal: row.cells[to], km: distance),
        ],
        dollarsPerFeu: try range(row, "usd_per_feu", "usd_low", "usd_high", unit: "USD/FEU"),
        tripDays: try range(row, "days", "days_low", "days_high", unit: "d"),
        source: row.cells[source]))
  }
  return corridors
}

/// Reads `corridors.yaml`: lines of terminals with distances of their own. 通道
func readCorridors(_ text: String, card: String) throws(CardError) -> [Corridor] {
  let root = try CardNode.parse(text, card: card).fields(required: ["corridors"])
  var corridors: [Corridor] = []
  for node in try root["corridors"].list() {
    let fields = try node.fields(
      required: ["id", "name", "mode", "source", "stops"],
      optional: [
        "waits", "rate", "fixed", "factor", "speed", "terminalDays", "dollarsPerFeu", "tripDays",
      ])
    func parameter(_ name: String) throws(CardError) -> Parameter? {
      try fields.find(name)?.parameter(named: name)
    }
    var stops: [Corridor.Stop] = []
    for stop in try fields["stops"].list() {
      let cell = try stop.fields(required: ["terminal", "km"])
      stops.append(.init(terminal: try cell["terminal"].text(), km: try cell["km"].number()))
    }
    var waits: [Corridor.Wait] = []
    for wait in try fields.find("waits")?.list() ?? [] {
      let cell = try wait.fields(required: ["name", "km", "hours"])
      waits.append(
        .init(
          name: try cell["name"].phrase(), km: try cell["km"].number(),
          hours: try cell["hours"].parameter(named: "hours")))
    }
    corridors.append(
      Corridor(
        id: try fields["id"].text(), name: try fields["name"].phrase(),
        mode: try readMode(try fields["mode"].text(), card, node.line), stops: stops,
        rate: try parameter("rate"), fixed: try parameter("fixed"),
        factor: try parameter("factor"), dollarsPerFeu: try parameter("dollarsPerFeu"),
        tripDays: try parameter("tripDays"), speed: try parameter("speed"),
        terminalDays: try parameter("terminalDays"), waits: waits,
        source: try fields["source"].text()))
  }
  return corridors
}

private func readMode(_ word: String, _ card: String, _ line: Int) throws(CardError) -> Mode {
  guard let mode = Mode(rawValue: word) else {
    throw .malformed(
      card: card, line: line,
      because: Phrase(zh: "运输方式“\(word)”不认识。", en: "unknown mode \"\(word)\"."))
  }
  return mode
}
