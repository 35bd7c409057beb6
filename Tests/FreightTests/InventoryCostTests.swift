import Freight
import Testing

@Suite struct InventoryCostTests {
  @Test(
    "the three modes of the published example cost what it says",
    arguments: [
      (1450.0, 0.40, 30.0, 2.0, 610.00, 10.96, 620.96),
      (1600, 0.155, 80, 5, 328.00, 27.40, 355.40),
      (2400, 0.05, 90, 14, 210.00, 76.71, 286.71),
    ])
  func modes(
    km: Double, rate: Double, fixed: Double, days: Double, freight: Double, transit: Double,
    total: Double
  ) {
    let moved = 10_000 * (fixed + rate * km) / 10_000
    let held =
      InventoryCost.inTransit(tonnesPerYear: 10_000, valuePerTonne: 20_000, rate: 0.10, days: days)
      / 10_000
    #expect(abs(moved - freight) < 0.005)
    #expect(abs(held - transit) < 0.005)
    #expect(abs(moved + held - total) < 0.005)
  }

  @Test("the cheapest shipment and its cost are those of the published example")
  func orderQuantity() throws {
    let shipment = try #require(
      InventoryCost.cheapestShipment(
        tonnesPerYear: 3650, valuePerTonne: 20_000, rate: 0.1, orderCost: 2000))
    #expect(abs(shipment - 85.4400) < 5e-5)
    let cost = InventoryCost.cycleStock(
      tonnesPerYear: 3650, valuePerTonne: 20_000, rate: 0.1, orderCost: 2000, shipment: shipment)
    #expect(abs(cost - 170_880.07) < 0.005)
  }

  @Test("the safety stock is that of the published example")
  func safety() {
    let stock = InventoryCost.safetyStock(
      z: 1.645, leadDays: 5, demandDeviation: 3, dailyDemand: 10, leadDeviation: 1.5)
    #expect(abs(stock - 27.0301) < 5e-5)
  }

  @Test("nothing shipped costs nothing")
  func nothing() {
    #expect(
      InventoryCost.cycleStock(
        tonnesPerYear: 0, valuePerTonne: 5, rate: 1, orderCost: 9, shipment: 3) == 0)
    #expect(
      InventoryCost.cheapestShipment(tonnesPerYear: 9, valuePerTonne: 0, rate: 1, orderCost: 9)
        == nil)
  }
}
