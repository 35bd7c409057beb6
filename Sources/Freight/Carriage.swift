import Atlas

/// What a consignment is by road, from its weight. 公路装载档
enum RoadLoad: Sendable, Hashable {
  /// A lorry of 13.5 m or longer, full.
  case heavy
  /// A lorry of 9.6 m, full.
  case medium
  /// Part load of some tonnes. 零担
  case part
  /// Part load below a tonne.
  case light
  /// By the kilogram.
  case parcel

  var isFull: Bool { self == .heavy || self == .medium }
}

/// What decides a tariff besides the path: cargo, allowed modes, loading. 承运条件
struct Carriage: Sendable, Hashable {
  let modes: ModeSet
  let cargo: CargoClass
  let load: RoadLoad
  /// By open wagon and bulk ship instead of container.
  let carload: Bool

  /// - Parameter consignment: tonnes sent at a time; nil for full trucks.
  init(
    cargo: CargoClass, modes: ModeSet, loading: Loading, consignment: Double?, model: FreightModel
  ) {
    self.cargo = cargo
    self.modes = modes.carrying(cargo)
    switch loading {
    case .auto: load = Carriage.load(of: consignment, model: model)
    case .ltl:
      let load = Carriage.load(of: consignment, model: model)
      self.load = load.isFull ? .part : load
    case .ftl:
      let load = Carriage.load(of: consignment, model: model)
      self.load = load.isFull ? load : .medium
    case .container, .bulk: load = .heavy
    }
    carload = loading == .bulk || (loading == .auto && (cargo == .bulk || cargo == .hazardous))
  }

  private static func load(of consignment: Double?, model: FreightModel) -> RoadLoad {
    guard let tonnes = consignment else { return .heavy }
    let steps: [(FreightParameter, RoadLoad)] = [
      (.parcelBelowTonnes, .parcel), (.lightBelowTonnes, .light), (.ltlBelowTonnes, .part),
      (.mediumBelowTonnes, .medium),
    ]
    for step in steps where tonnes < model[step.0].value { return step.1 }
    return .heavy
  }
}

/// The tariffs of one carriage under one scenario. 费率
struct Rates: Sendable {
  let model: FreightModel
  let scenario: Scenario
  let carriage: Carriage

  private func value(_ name: FreightParameter) -> Double { model.value(name, scenario) }
  private func value(_ parameter: Parameter) -> Double { parameter.span[scenario] }

  /// What the cargo class adds to every line-haul.
  private var cargoFactor: Double {
    switch carriage.cargo {
    case .general, .bulk: 1
    case .hazardous: value(.hazardousFactor)
    case .oversize: value(.oversizeFactor)
    case .refrigerated: value(.refrigeratedFactor)
    }
  }

  var holdingPerDay: Double { model.holdingPerDay(scenario) }

  /// A truck's way, with the strait ferry where it crosses to 海南.
  ///
  /// - Parameter drayage: true between a place and a terminal, where the terminal's own handling and
  ///   dwell stand for one of the two ends.
  func road(km: Double, crossesStrait: Bool, drayage: Bool = false) -> CostLine {
    let ends = drayage ? 0.5 : 1
    let tariff: (fixed: FreightParameter, factor: Double) =
      switch carriage.load {
      case .heavy: (.roadFtlFixed, 1)
      case .medium: (.roadMediumFixed, value(.roadMediumFactor))
      case .part: (.roadLtlFixed, value(.roadLtlFactor))
      case .light: (.roadLtlLightFixed, value(.roadLtlLightFactor))
      case .parcel: (.roadParcelFixed, value(.roadParcelFactor))
      }
    let rate = value(.roadFtlRate) * tariff.factor
    // A full lorry pays for both its ends wherever it goes; a part load is sorted once less.
    let fixed = value(tariff.fixed) * (carriage.load.isFull ? 1 : ends)
    var days = km / value(.truckSpeed) + value(.roadTerminalDays) * ends
    if !carriage.load.isFull { days += value(.ltlExtraDays) * ends }
    var freight = (fixed + rate * km) * cargoFactor
    if crossesStrait {
      freight += value(.straitFerryCost)
      days += value(.straitFerryDays)
    }
    return CostLine(freight: freight, handling: 0, days: days)
  }

  /// A train between two terminals of the general network.
  func rail(km: Double) -> CostLine {
    CostLine(
      freight: railFreight(km: km) * cargoFactor, handling: 0,
      days: km / value(.railSpeed) + value(.railTerminalDays))
  }

  private func railFreight(km: Double) -> Double {
    carriage.carload
      ? value(.railCarloadFixed) + value(.railCarloadRate) * km
      : (value(.railFeuFixed) + value(.railFeuPerKm) * km) / value(.tonnesPerFeu)
  }

  /// A flight between two domestic airports.
  func air() -> CostLine {
    CostLine(
      freight: value(.airDomesticRate) * 1000 * cargoFactor, handling: 0,
      days: value(.airDomesticDays))
  }

  /// A trip on a corridor between two of its stops.
  func corridor(_ corridor: Corridor, from: Corridor.Stop, to: Corridor.Stop) -> CostLine {
    let km = abs(from.km - to.km)
    let own: (freight: Double, speed: Double, days: Double)
    switch corridor.mode {
    case .rail:
      own = (railFreight(km: km), value(.railSpeed), value(.railTerminalDays))
    case .water:
      own = (
        value(.waterFixed) + value(.waterRate) * km, value(.waterSpeed), value(.waterTerminalDays)
      )
    case .ocean:
      let freight =
        carriage.carload
        ? value(.oceanBulkFixed) + value(.oceanBulkRate) * km
        : value(.oceanFixed) + value(.oceanRate) * km
      own = (freight, value(.oceanSpeed), value(.oceanTerminalDays))
    case .air: own = (value(.airDomesticRate) * 1000, 1, value(.airDomesticDays))
    case .road, .transfer: preconditionFailure("a corridor's mode is rail, water, ocean or air")
    }
    var freight = own.freight
    if let box = corridor.dollarsPerFeu {
      freight = value(box) * value(.yuanPerDollar) / value(.tonnesPerFeu)
    } else if corridor.rate != nil || corridor.fixed != nil {
      freight = (corridor.fixed.map(value) ?? 0) + (corridor.rate.map(value) ?? 0) * km
    }
    freight *= (corridor.factor.map(value) ?? 1) * cargoFactor
    var days = corridor.terminalDays.map(value) ?? own.days
    if let trip = corridor.tripDays {
      days = value(trip)
    } else if let speed = corridor.speed {
      days += km / (scenario == .low ? speed.high : scenario == .high ? speed.low : speed.value)
    } else if corridor.mode != .air {
      days += km / own.speed
    }
    for wait in corridor.waits
    where min(from.km, to.km) < wait.km && wait.km < max(from.km, to.km) {
      days += value(wait.hours) / 24
    }
    return CostLine(freight: freight, handling: 0, days: days)
  }

  /// Moving cargo between a mode and another at one terminal.
  ///
  /// Nil where nobody does: barges do not meet aeroplanes.
  func transfer(_ first: Mode, _ second: Mode) -> CostLine? {
    let names: (FreightParameter, FreightParameter)?
    switch (first, second) {
    case (.road, .rail), (.rail, .road): names = (.handlingTruckRail, .dwellTruckRail)
    case (.road, .water), (.water, .road): names = (.handlingTruckBarge, .dwellTruckBarge)
    case (.road, .ocean), (.ocean, .road): names = (.handlingTruckShip, .dwellTruckShip)
    case (.road, .air), (.air, .road): names = (.handlingTruckAir, .dwellTruckAir)
    case (.rail, .water), (.water, .rail): names = (.handlingRailBarge, .dwellRailBarge)
    case (.rail, .ocean), (.ocean, .rail): names = (.handlingRailShip, .dwellRailShip)
    case (.water, .ocean), (.ocean, .water): names = (.handlingBargeShip, .dwellBargeShip)
    default: names = nil
    }
    guard let names else { return nil }
    return CostLine(freight: 0, handling: value(names.0), days: value(names.1))
  }
}
