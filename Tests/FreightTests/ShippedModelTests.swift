import Atlas
import Testing

@testable import Freight

/// The shipped terminals and corridors over real places: what a person would check by eye.
@Suite struct ShippedModelTests {
  static let places = Places(
    [
      ("500153", "荣昌", 105.594, 29.405), ("440100", "广州", 113.264, 23.129),
      ("310000", "上海", 121.47, 31.23), ("450700", "钦州", 108.64, 21.72),
      ("350582", "晋江", 118.55, 24.78), ("650100", "乌鲁木齐", 87.62, 43.83),
      ("230100", "哈尔滨", 126.53, 45.80), ("460100", "海口", 110.20, 20.05),
      ("710000", "中国台湾", 121.0, 24.0), ("DE-DUI", "杜伊斯堡", 6.76, 51.43),
      ("420100", "武汉", 114.30, 30.59), ("SG-SIN", "新加坡", 103.82, 1.35),
    ].map {
      Places.Entry(
        code: $0.0, name: $0.1, level: .prefecture, position: SmallCountry.position($0.2, $0.3))
    })

  func quote(
    _ from: String, _ to: String, value: Double = 5000, tonnes: Double = 10_000,
    modes: ModeSet = .all, cargo: CargoClass = .general
  ) throws -> LaneQuote {
    let network = FreightNetwork(model: try ShippedCard.model(), places: Self.places)
    func row(_ name: String) throws -> Int {
      try #require(Self.places.name.firstIndex(of: name))
    }
    return try network.cost(
      from: row(from), to: row(to),
      shipment: Shipment(
        tonnesPerYear: tonnes, valuePerTonne: value, cargo: cargo, modes: modes,
        shipmentTonnes: 30))
  }

  @Test("every shipped terminal is used by the files and every corridor is accepted")
  func loads() throws {
    let model = try ShippedCard.model()
    #expect(model.terminals.count > 150)
    #expect(model.corridors.count > 500)
    #expect(model.corridors.first { $0.id == "yangtze" }?.stops.count == 22)
  }

  @Test("荣昌 to 上海 with cheap bulk goes down the river, and takes weeks")
  func river() throws {
    let cost = try #require(quote("荣昌", "上海", value: 300, cargo: .bulk).cost)
    #expect(cost.legs.map(\.mode).contains(.water))
    #expect(cost.days.base > 10)
  }

  @Test("荣昌 to 杜伊斯堡 goes by train or ship, never by lorry over the border")
  func europe() throws {
    let cost = try #require(quote("荣昌", "杜伊斯堡", value: 1_000_000).cost)
    #expect(cost.legs.map(\.mode).contains(.rail))
    #expect(try quote("荣昌", "杜伊斯堡", modes: .road).cost == nil)
  }

  @Test("海口 is reached by the strait ferry and 中国台湾 is not reached by lorry")
  func islands() throws {
    let ferry = try #require(quote("广州", "海口", modes: .road).cost)
    #expect(ferry.legs.count == 1)
    #expect(try quote("上海", "中国台湾", modes: .road).cost == nil)
  }

  @Test("the range of a typical domestic lane is at most 35 % to either side")
  func bands() throws {
    // The wait at the Three Gorges lock, 17 to 223 hours, keeps the river's range wider.
    let lanes = [("荣昌", "广州", 1.35), ("荣昌", "上海", 1.40), ("广州", "上海", 1.35), ("武汉", "哈尔滨", 1.35)]
    for (from, to, high) in lanes {
      let cost = try #require(quote(from, to).cost)
      #expect(cost.total.low >= 0.65 * cost.total.base, "\(from)-\(to) \(cost.total)")
      #expect(cost.total.high <= high * cost.total.base, "\(from)-\(to) \(cost.total)")
    }
  }

  /// Positions of the shipped gazetteer by code; a place without one borrows its parent's.
  static func gazetteer() throws -> [String: Position] {
    var positions: [String: Position] = [:]
    for line in try ShippedCard.text("../Places/places.csv").dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count == 6 else { continue }
      let own = Double(cells[4]).flatMap { longitude in
        Double(cells[5]).flatMap { Position(longitude: longitude, latitude: $0) }
      }
      // Provinces and prefectures have smaller codes than what lies in them, so they come first.
      positions[String(cells[0])] = own ?? positions[String(cells[3])]
    }
    return positions
  }

  /// Sea routes of the file with the positions of their ends.
  static func seaRoutes() throws -> [(route: Corridor, km: Double, direct: Double)] {
    let ports = try ShippedCard.terminals().filter { $0.mode == .ocean }
    let position = Dictionary(uniqueKeysWithValues: ports.map { ($0.name, $0.position) })
    return try ShippedCard.corridors().filter { $0.mode == .ocean }.map { route in
      let from = try #require(route.stops.first)
      let to = try #require(route.stops.last)
      let start = try #require(position[from.terminal], "\(route.id)")
      let end = try #require(position[to.terminal], "\(route.id)")
      return (route, to.km - from.km, start.greatCircleKm(to: end))
    }
  }

  @Test("every domestic terminal lies within 100 km of the place whose code it bears")
  func terminalsLieWhereTheirPlacesLie() throws {
    let places = try Self.gazetteer()
    #expect(places.count > 3000)
    let domestic = try ShippedCard.terminals().filter {
      $0.placeCode.allSatisfy { ("0"..."9").contains($0) }
    }
    #expect(domestic.count > 150)
    for terminal in domestic {
      let label = "\(terminal.name) \(terminal.mode) \(terminal.placeCode)"
      guard let place = places[terminal.placeCode] else {
        Issue.record("\(label): no such place")
        continue
      }
      #expect(terminal.position.greatCircleKm(to: place) < 100, "\(label)")
    }
  }

  @Test("no sea route is shorter than the great circle, or a long one four times as long")
  func seaRoutesFitTheGlobe() throws {
    let routes = try Self.seaRoutes()
    #expect(routes.count > 500)
    for (route, km, direct) in routes {
      // Kilometres are rounded to whole ones and positions to hundredths of a degree.
      #expect(km > direct - 2, "\(route.id)")
      #expect(km <= 4 * max(direct, 200), "\(route.id)")
    }
  }

  @Test("the days of a sea route follow from its kilometres at 15 knots plus 3 days")
  func seaDaysFollowKilometres() throws {
    let timed = try Self.seaRoutes().filter { $0.route.tripDays != nil }
    #expect(timed.count > 150)
    for (route, km, _) in timed {
      let days = try #require(route.tripDays)
      #expect(abs(days.value - (km / 672 + 3)) < 0.1, "\(route.id)")
      #expect(days.low < days.value && days.value < days.high, "\(route.id)")
    }
  }

  @Test(
    "sea distances agree with well-known ones",
    arguments: [
      ("外高桥", "新加坡", 4150.0), ("大连港", "天津港", 390), ("天津港", "外高桥", 1300),
      ("盐田港", "鹿特丹", 18000), ("外高桥", "鹿特丹", 19500), ("外高桥", "洛杉矶", 10700),
      ("外高桥", "釜山", 910), ("外高桥", "横滨", 1930), ("香港港", "新加坡", 2700),
      ("大连港", "外高桥", 1030), ("天津港", "釜山", 1300), ("天津港", "青岛港", 820),
      ("外高桥", "纽约", 19600), ("外高桥", "悉尼", 8600),
    ])
  func knownSeaDistances(from: String, to: String, expected: Double) throws {
    let route = try #require(
      Self.seaRoutes().first { Set($0.route.stops.map(\.terminal)) == [from, to] })
    #expect(abs(route.km / expected - 1) < 0.1, "\(route.km) km")
  }
}
