import Atlas
import Freight
import Testing

@Suite struct FreightNetworkTests {
  private func row(_ code: String) throws -> Int {
    try #require(SmallCountry.places.find(code: code))
  }

  @Test("the total is the sum of its parts and the legs are the base path")
  func parts() throws {
    let network = try SmallCountry.network()
    let cost = try #require(
      network.cost(
        from: row("110200"), to: row("110100"),
        shipment: Shipment(tonnesPerYear: 10_000, valuePerTonne: 5_000)
      ).cost)
    #expect(cost.legs.count > 1)
    let money = cost.legs.reduce(0) { $0 + $1.costPerTonne.base } * 10_000
    #expect(abs(money - cost.freight.base - cost.handling.base) < 1e-6)
    #expect(abs(cost.legs.reduce(0) { $0 + $1.days.base } - cost.days.base) < 1e-9)
    #expect(cost.total.low <= cost.total.base && cost.total.base <= cost.total.high)
    #expect(cost.freight.base > 0 && cost.handling.base > 0 && cost.inTransit.base > 0)
  }

  @Test("cheap cargo takes the river, dear cargo the plane")
  func choice() throws {
    let network = try SmallCountry.network(fixing: ["truckSpeed": 300])
    func modes(_ value: Double) throws -> [Mode] {
      try #require(
        network.cost(
          from: row("110200"), to: row("110100"),
          shipment: Shipment(tonnesPerYear: 1000, valuePerTonne: value)
        ).cost
      ).legs.map(\.mode)
    }
    #expect(try modes(500).contains(.water))
    #expect(try modes(50_000_000).contains(.air))
  }

  @Test("a place without position is never free: it says what is missing")
  func unknownPosition() throws {
    // 丁市 borrows its province's position; a province without one leaves it unknown.
    let places = Places([
      .init(code: "110100", name: "甲市", level: .prefecture),
      .init(
        code: "110200", name: "乙市", level: .prefecture, position: SmallCountry.position(106, 30)),
    ])
    let network = FreightNetwork(model: try SmallCountry.network().model, places: places)
    let quote = network.cost(
      from: 0, to: 1, shipment: Shipment(tonnesPerYear: 1, valuePerTonne: 1))
    guard case .unreachable(let because) = quote else {
      Issue.record("an unknown lane was priced")
      return
    }
    #expect(because.zh.contains("甲市"))
  }

  @Test("no lorry drives to 中国台湾, and the answer says so")
  func island() throws {
    let network = try SmallCountry.network()
    let quote = try network.cost(
      from: row("110100"), to: row("710000"),
      shipment: Shipment(tonnesPerYear: 1, valuePerTonne: 1))
    #expect(quote.cost == nil)
  }

  @Test("inside one place there is still a way to go")
  func samePlace() throws {
    let network = try SmallCountry.network()
    let cost = try #require(
      network.cost(
        from: row("110100"), to: row("110100"),
        shipment: Shipment(tonnesPerYear: 100, valuePerTonne: 100)
      ).cost)
    #expect(cost.km == 25)
  }

  @Test("taking a mode away never makes a lane cheaper")
  func fewerModes() throws {
    let network = try SmallCountry.network()
    let sets: [ModeSet] = [
      .all, [.road, .rail, .water], [.road, .rail], [.road, .water], [.road],
    ]
    for value in [100.0, 5_000, 100_000, 5_000_000] {
      let generalised = try sets.map { modes in
        let cost = try #require(
          network.cost(
            from: row("110200"), to: row("110100"),
            shipment: Shipment(
              tonnesPerYear: 1000, valuePerTonne: value, modes: modes, loading: .ftl)
          ).cost)
        return cost.freight.base + cost.handling.base + cost.inTransit.base
      }
      #expect(generalised[0] <= generalised[1] && generalised[1] <= generalised[2])
      #expect(generalised[1] <= generalised[3] && generalised[3] <= generalised[4])
      #expect(generalised[2] <= generalised[4])
    }
  }

  @Test("dearer trucks and longer roads never make a lane cheaper")
  func monotone() throws {
    var last = 0.0
    for rate in [0.1, 0.2, 0.4, 0.8, 1.6, 3.2] {
      let cost = try #require(
        SmallCountry.network(fixing: ["roadFtlRate": rate]).cost(
          from: row("110200"), to: row("110300"),
          shipment: Shipment(tonnesPerYear: 1000, valuePerTonne: 2000, loading: .ftl)
        ).cost)
      #expect(cost.total.base >= last)
      last = cost.total.base
    }
    last = 0
    for circuity in [1.0, 1.2, 1.5, 2.0] {
      let cost = try #require(
        SmallCountry.network(fixing: ["circuityRoadPlain": circuity]).cost(
          from: row("110200"), to: row("110300"),
          shipment: Shipment(
            tonnesPerYear: 1000, valuePerTonne: 2000, modes: .road, loading: .ftl)
        ).cost)
      #expect(cost.total.base > last)
      last = cost.total.base
    }
  }
}
