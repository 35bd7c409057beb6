import Atlas

/// Reads the gazetteer: code, name, level, parent, longitude, latitude and, where known, area. 地点表
///
/// Unknown: an empty longitude and latitude; a place then has no position.
/// - Throws: when a code is there twice, a parent is missing, a level or a coordinate is wrong.
public func readPlaces(_ table: Table) throws(CardError) -> [Places.Entry] {
  let code = try table.require(column: "code")
  let name = try table.require(column: "name")
  let level = try table.require(column: "level")
  let parent = try table.require(column: "parent")
  let longitude = try table.require(column: "longitude")
  let latitude = try table.require(column: "latitude")
  let area = table.find(column: "area")
  var lineOfCode: [String: Int] = [:]
  for row in table.rows {
    if let first = lineOfCode[row.cells[code]] {
      throw .outOfRange(
        card: table.card, name: "code", line: row.line,
        because: Phrase(
          zh: "代码 \(row.cells[code]) 在第 \(first) 行已用过。",
          en: "code \(row.cells[code]) is already used on line \(first)."))
    }
    lineOfCode[row.cells[code]] = row.line
  }
  var entries: [Places.Entry] = []
  for row in table.rows {
    func refuse(_ column: String, zh: String, en: String) -> CardError {
      .outOfRange(card: table.card, name: column, line: row.line, because: Phrase(zh: zh, en: en))
    }
    guard let placeLevel = PlaceLevel(named: row.cells[level]) else {
      throw refuse(
        "level", zh: "层级应是 province、prefecture、county 或 zone。",
        en: "level is province, prefecture, county or zone.")
    }
    let above = row.cells[parent]
    if !above.isEmpty, lineOfCode[above] == nil {
      throw refuse(
        "parent", zh: "上级代码 \(above) 不在表里。", en: "the parent \(above) is not in the table.")
    }
    let east = try table.number(row, longitude)
    let north = try table.number(row, latitude)
    var position: Position?
    if let east, let north {
      position = Position(longitude: east, latitude: north)
    }
    if (east == nil) != (north == nil) || (east != nil && position == nil) {
      throw refuse(
        "longitude", zh: "经纬度不完整或不在地球上。",
        en: "longitude and latitude are incomplete or not on the earth.")
    }
    entries.append(
      Places.Entry(
        code: row.cells[code], name: row.cells[name], level: placeLevel,
        parent: above.isEmpty ? nil : above, position: position,
        area: try area.flatMap { (column) throws(CardError) in try table.number(row, column) }))
  }
  return entries
}

extension PlaceLevel {
  init?(named name: String) {
    switch name {
    case "province": self = .province
    case "prefecture": self = .prefecture
    case "county": self = .county
    case "zone": self = .zone
    default: return nil
    }
  }
}
