import Atlas
import Freight
import Testing

@Suite struct BreakEvenTests {
  @Test("the published example's modes change at the published values")
  func published() throws {
    let water = try #require(
      ModeChange.crossing(money: (210, 328), days: (14, 5), rate: 0.1))
    let rail = try #require(ModeChange.crossing(money: (328, 610), days: (5, 2), rate: 0.1))
    #expect(abs(water - 47_855.56) < 0.005)
    #expect(abs(rail - 343_100) < 0.5)
    #expect(ModeChange.crossing(money: (5, 4), days: (9, 1), rate: 0.1) == nil)
  }

  @Test("at the break-even share the two bills together save nothing")
  func share() {
    #expect(BreakEvenShare(inbound: 1, far: 2, near: 3) == .always)
    #expect(BreakEvenShare(inbound: -9, far: 2, near: 3) == .never)
    #expect(BreakEvenShare(inbound: -10, far: -20, near: 30) == .above(0.6))
    #expect(BreakEvenShare(inbound: -10, far: 30, near: -20) == .below(0.4))
    var random = Generator(seed: 3)
    for _ in 0..<500 {
      let (inbound, far, near) = (random.normal(), random.normal(), random.normal())
      switch BreakEvenShare(inbound: inbound, far: far, near: near) {
      case .above(let x), .below(let x):
        #expect((0...1).contains(x))
        #expect(abs(inbound + (1 - x) * far + x * near) < 1e-12)
      case .always: #expect(min(inbound + far, inbound + near) >= 0)
      case .never: #expect(max(inbound + far, inbound + near) < 0)
      }
    }
  }

  @Test("just below and above a change of modes the quote uses the modes it names")
  func changes() throws {
    let network = try SmallCountry.network(fixing: ["truckSpeed": 300])
    let from = try #require(SmallCountry.places.find(code: "110200"))
    let to = try #require(SmallCountry.places.find(code: "110100"))
    var shipment = Shipment(tonnesPerYear: 1000, valuePerTonne: 0, shipmentTonnes: 30)
    let changes = network.modeChanges(from: from, to: to, shipment: shipment, limit: 100_000_000)
    #expect(changes.count >= 2)
    for change in changes {
      for (factor, modes) in [(0.999, change.below), (1.001, change.above)] {
        shipment.valuePerTonne = change.valuePerTonne * factor
        let legs = try #require(network.cost(from: from, to: to, shipment: shipment).cost).legs
        let used =
          legs.count == 1 ? [.road] : legs.map(\.mode).filter { $0 != .transfer && $0 != .road }
        #expect(used == modes)
      }
    }
  }
}
