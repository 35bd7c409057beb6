import Atlas
import Freight
import Testing

@Suite struct LaneComparisonTests {
  private func row(_ code: String) throws -> Int {
    try #require(SmallCountry.places.find(code: code))
  }

  private func lanes() throws -> [ProjectLane] {
    try [
      ProjectLane(
        direction: .inbound, place: row("110300"),
        shipment: Shipment(tonnesPerYear: 4000, valuePerTonne: 900)),
      ProjectLane(
        direction: .outbound, place: row("110200"),
        shipment: Shipment(tonnesPerYear: 1000, valuePerTonne: 30_000)),
    ]
  }

  @Test("a project already here saves exactly nothing on either bill")
  func nothing() throws {
    let home = try row("110100")
    let bill = try SmallCountry.network().bill(lanes: lanes(), today: home, here: home)
    #expect(bill.saving(.inbound) == .zero)
    #expect(bill.saving(.outbound) == .zero)
  }

  @Test("what is nearer costs less, and the two bills are kept apart")
  func apart() throws {
    let bill = try SmallCountry.network().bill(
      lanes: lanes(), today: row("110100"), here: row("110300"))
    #expect(try #require(bill.saving(.inbound)).base > 0)
    #expect(bill.lanes(.outbound).count == 1)
    #expect(bill.saving(.outbound) != bill.saving(.inbound))
  }

  @Test("a lane without a way leaves its bill unknown, not smaller")
  func unknown() throws {
    let strange = try ProjectLane(
      direction: .inbound, place: row("710000"),
      shipment: Shipment(tonnesPerYear: 1, valuePerTonne: 1))
    let bill = try SmallCountry.network().bill(
      lanes: lanes() + [strange], today: row("110100"), here: row("110300"))
    #expect(bill.saving(.inbound) == nil)
    #expect(bill.saving(.outbound) != nil)
  }

  @Test("dearer fuel and longer waits never make a bill cheaper; less volume does")
  func sensitivities() throws {
    let base = try SmallCountry.network()
    let shipment = Shipment(tonnesPerYear: 1000, valuePerTonne: 500, shipmentTonnes: 30)
    let lane = try ProjectLane(direction: .inbound, place: row("110200"), shipment: shipment)
    func cost(_ network: FreightNetwork, _ lane: ProjectLane) throws -> Double {
      try #require(
        network.bill(lanes: [lane], today: row("110100"), here: row("110100")).here(.inbound)
      ).base
    }
    let plain = try cost(base, lane)
    for sensitivity in [Sensitivity.fuelUp, .longWaits] {
      let network = FreightNetwork(
        model: try sensitivity.applied(to: base.model), places: base.places)
      #expect(try cost(network, sensitivity.applied(to: lane)) > plain)
    }
    #expect(try cost(base, Sensitivity.volumeDown.applied(to: lane)) < plain)
  }
}
