public import Atlas

/// A change of the world that the freight page recomputes the bills under. 敏感性
public enum Sensitivity: String, Sendable, Codable, CaseIterable {
  /// Fuel costs a fifth more.
  case fuelUp
  /// A fifth less is shipped.
  case volumeDown
  /// Locks and borders take as long as they ever did.
  case longWaits

  /// The label of the row.
  public var label: Phrase {
    switch self {
    case .fuelUp: Phrase(zh: "油价上涨 20%", en: "fuel +20 %")
    case .volumeDown: Phrase(zh: "货量减少 20%", en: "volume −20 %")
    case .longWaits: Phrase(zh: "船闸待闸取上限", en: "longest lock wait")
    }
  }

  /// The model under the change.
  public func applied(to model: FreightModel) throws(CardError) -> FreightModel {
    switch self {
    case .volumeDown: return model
    case .fuelUp:
      func dearer(_ name: FreightParameter, _ share: FreightParameter) -> (
        name: FreightParameter, parameter: Parameter
      ) {
        (name, model[name].scaled(by: 1 + 0.2 * model[share].value))
      }
      return try model.replacing([
        dearer(.roadFtlRate, .roadFuelShare), dearer(.waterRate, .waterFuelShare),
        dearer(.oceanRate, .waterFuelShare), dearer(.oceanBulkRate, .waterFuelShare),
      ])
    case .longWaits:
      return try FreightModel(
        parameters: model.parameters, terminals: model.terminals,
        corridors: model.corridors.map { $0.waitingLongest() })
    }
  }

  /// The lane under the change.
  public func applied(to lane: ProjectLane) -> ProjectLane {
    guard self == .volumeDown else { return lane }
    var shipment = lane.shipment
    shipment.tonnesPerYear *= 0.8
    return ProjectLane(direction: lane.direction, place: lane.place, shipment: shipment)
  }
}

extension Parameter {
  /// Value and range times a factor.
  func scaled(by factor: Double) -> Parameter {
    Parameter(
      value: value * factor, low: low * factor, high: high * factor, unit: unit, source: source,
      evidence: evidence)
  }
}

extension Corridor {
  /// The corridor with every wait at its high end.
  func waitingLongest() -> Corridor {
    Corridor(
      id: id, name: name, mode: mode, stops: stops, rate: rate, fixed: fixed, factor: factor,
      dollarsPerFeu: dollarsPerFeu, tripDays: tripDays, speed: speed, terminalDays: terminalDays,
      waits: waits.map { wait in
        let hours = wait.hours
        return Wait(
          name: wait.name, km: wait.km,
          hours: Parameter(
            value: hours.high, low: hours.high, high: hours.high, unit: hours.unit,
            source: hours.source, evidence: hours.evidence))
      }, source: source)
  }
}
