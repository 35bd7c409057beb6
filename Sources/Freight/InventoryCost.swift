/// The stock-keeping parts of total logistics cost (Baumol and Vinod 1970). 库存成本
///
/// Money in yuan, mass in tonnes, rates per year, lead times in days.
public enum InventoryCost {
  /// Capital and loss while goods travel: Q·v·ρ·t/365, yuan per year.
  public static func inTransit(
    tonnesPerYear: Double, valuePerTonne: Double, rate: Double, days: Double
  ) -> Double { tonnesPerYear * valuePerTonne * rate * days / 365 }

  /// Half a shipment in stock and the cost of ordering: ½·q·v·ρ + K·Q/q, yuan per year.
  public static func cycleStock(
    tonnesPerYear: Double, valuePerTonne: Double, rate: Double, orderCost: Double, shipment: Double
  ) -> Double {
    guard tonnesPerYear > 0, shipment > 0 else { return 0 }
    return shipment * valuePerTonne * rate / 2 + orderCost * tonnesPerYear / shipment
  }

  /// The shipment that makes cycle stock cheapest: sqrt(2·K·Q/(v·ρ)), tonnes; nil when worth nothing.
  public static func cheapestShipment(
    tonnesPerYear: Double, valuePerTonne: Double, rate: Double, orderCost: Double
  ) -> Double? {
    guard tonnesPerYear > 0, valuePerTonne * rate > 0 else { return nil }
    return (2 * orderCost * tonnesPerYear / (valuePerTonne * rate)).squareRoot()
  }

  /// z·sqrt(L·σd² + d²·σL²), tonnes.
  public static func safetyStock(
    z: Double, leadDays: Double, demandDeviation: Double, dailyDemand: Double,
    leadDeviation: Double
  ) -> Double {
    z
      * (leadDays * demandDeviation * demandDeviation
      + dailyDemand * dailyDemand * leadDeviation * leadDeviation).squareRoot()
  }
}
