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
}
