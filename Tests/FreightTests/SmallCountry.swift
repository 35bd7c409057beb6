import Atlas
import Freight

/// A country of three cities, two rail yards, two river ports and two airports, small enough to
/// price by hand.
enum SmallCountry {
  static func position(_ longitude: Double, _ latitude: Double) -> Position {
    guard let position = Position(longitude: longitude, latitude: latitude) else {
      preconditionFailure("a position of the fixture lies on the earth")
    }
    return position
  }

  static let places = Places([
    .init(code: "110000", name: "甲省", level: .province, position: position(116, 30)),
    .init(
      code: "110100", name: "甲市", level: .prefecture, parent: "110000",
      position: position(116, 30)),
    .init(
      code: "110200", name: "乙市", level: .prefecture, parent: "110000",
      position: position(106, 30)),
    .init(
      code: "110300", name: "丙市", level: .prefecture, parent: "110000",
      position: position(113, 23)),
    .init(code: "110400", name: "丁市", level: .prefecture, parent: "110000"),
    .init(
      code: "110101", name: "甲东县", level: .county, parent: "110100", position: position(116.5, 30)),
    .init(code: "710000", name: "中国台湾", level: .province, position: position(121, 24)),
  ])

  static let terminals: [Terminal] = [
    terminal("甲站", .rail, "110100", 116.1, 30), terminal("乙站", .rail, "110200", 106.1, 30),
    terminal("丙站", .rail, "110300", 113.1, 23), terminal("甲港", .water, "110100", 116, 30.1),
    terminal("乙港", .water, "110200", 106, 30.1), terminal("甲机场", .air, "110100", 116, 29.9),
    terminal("乙机场", .air, "110200", 106, 29.9), terminal("丙机场", .air, "110300", 113, 23.2),
  ]

  static func terminal(
    _ name: String, _ mode: Mode, _ code: String, _ longitude: Double, _ latitude: Double
  ) -> Terminal {
    Terminal(
      name: name, mode: mode, placeCode: code, position: position(longitude, latitude),
      source: "test")
  }

  static let river = Corridor(
    id: "river", name: Phrase(same: "river"), mode: .water,
    stops: [.init(terminal: "乙港", km: 0), .init(terminal: "甲港", km: 1600)],
    waits: [.init(name: Phrase(same: "lock"), km: 600, hours: .range(17, 100, 223))],
    source: "test")

  static func network(fixing values: [String: Double] = [:]) throws -> FreightNetwork {
    let model = try FreightModel(
      parameters: ShippedCard.parameters(fixing: values), terminals: terminals, corridors: [river])
    return FreightNetwork(model: model, places: places)
  }
}
