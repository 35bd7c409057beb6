/// Every number that the freight model assumes about the world, by its name on the card. 物流参数
public enum FreightParameter: Int, Sendable, CaseIterable {
  // Stocks and money.
  case safetyZ, capitalRate, lossInsuranceRate, lossRate, warehouseRate, orderCost
  case demandVariation, leadTimeVariation, timeSensitivity, npvYears, discountRate
  // Distances.
  case circuityRoadPlain, circuityRoadMountain, circuityRail, circuityWater
  case intraPlaceFactor, intraPlaceKm, accessTerminals, interchangeKm
  // Road.
  case roadFtlRate, roadFtlFixed, roadMediumFactor, roadMediumFixed, mediumBelowTonnes
  case roadLtlFactor, roadLtlFixed, ltlBelowTonnes
  case roadLtlLightFactor, roadLtlLightFixed, lightBelowTonnes
  case roadParcelFactor, roadParcelFixed, parcelBelowTonnes, truckTonnes
  case truckSpeed, roadTerminalDays, ltlExtraDays, straitFerryCost, straitFerryDays
  // Rail.
  case railTeuFixed, railTeuPerKm, tonnesPerTeu, railFeuFixed, railFeuPerKm, tonnesPerFeu
  case railCarloadRate, railCarloadFixed, railSpeed, railTerminalDays
  // Inland water, sea, air.
  case waterRate, waterFixed, waterSpeed, waterTerminalDays
  case oceanRate, oceanFixed, oceanBulkRate, oceanBulkFixed, oceanSpeed, oceanTerminalDays
  case airDomesticRate, airDomesticDays, europeRailRate, yuanPerDollar
  // Changes of mode.
  case handlingTruckRail, handlingTruckBarge, handlingTruckShip, handlingTruckAir
  case handlingRailBarge, handlingRailShip, handlingBargeShip, crossDock
  case dwellTruckRail, dwellTruckBarge, dwellTruckShip, dwellTruckAir
  case dwellRailBarge, dwellRailShip, dwellBargeShip
  // Cargo classes.
  case hazardousFactor, oversizeFactor, refrigeratedFactor
  // Markets and sourcing.
  case sourcingDecay, nearRadiusKm, nearShare, tlcFlagShare
  // Sensitivities, yearly cost, moving.
  case roadFuelShare, waterFuelShare, employerCharges, landYears, environmentalShare
  case movingInvestmentShare, downtimeMonths, marginShare, severanceMonths, severanceShare

  /// The name on the card.
  public var name: String { String(describing: self) }

  /// True where a larger number makes freight cheaper: a faster truck, a fuller container.
  ///
  /// The low scenario takes such a parameter at its high end, so that low, base and high are the
  /// cheap, the expected and the dear setting of the whole card.
  public var cheapensFreight: Bool {
    switch self {
    case .truckSpeed, .railSpeed, .waterSpeed, .oceanSpeed, .tonnesPerTeu, .tonnesPerFeu,
      .sourcingDecay, .truckTonnes:
      true
    default: false
    }
  }
}
