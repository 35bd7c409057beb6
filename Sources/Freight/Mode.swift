public import Atlas

/// How a leg of a lane is carried. 运输方式
public enum Mode: String, Sendable, Codable, CaseIterable {
  /// 公路
  case road
  /// 铁路
  case rail
  /// 内河
  case water
  /// 海运
  case ocean
  /// 航空
  case air
  /// Change of mode at a terminal. 转运
  case transfer

  /// The word printed on a leg.
  public var label: Phrase {
    switch self {
    case .road: Phrase(zh: "公路", en: "road")
    case .rail: Phrase(zh: "铁路", en: "rail")
    case .water: Phrase(zh: "内河", en: "inland water")
    case .ocean: Phrase(zh: "海运", en: "sea")
    case .air: Phrase(zh: "航空", en: "air")
    case .transfer: Phrase(zh: "转运", en: "transfer")
    }
  }
}

/// The modes a shipment may use. 可用方式
public struct ModeSet: OptionSet, Sendable, Hashable, Codable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  public static let road = ModeSet(rawValue: 1)
  public static let rail = ModeSet(rawValue: 2)
  public static let water = ModeSet(rawValue: 4)
  public static let ocean = ModeSet(rawValue: 8)
  public static let air = ModeSet(rawValue: 16)
  /// The set of one mode; a transfer needs none.
  public init(_ mode: Mode) {
    switch mode {
    case .road: self = .road
    case .rail: self = .rail
    case .water: self = .water
    case .ocean: self = .ocean
    case .air: self = .air
    case .transfer: self = []
    }
  }

  /// Every mode.
  public static let all: ModeSet = [.road, .rail, .water, .ocean, .air]

  /// True when `mode` may be used; a transfer is always part of a mode.
  public func allows(_ mode: Mode) -> Bool { isSuperset(of: ModeSet(mode)) }

  /// What the cargo forbids whatever the shipper allows. 货类限制
  ///
  /// Dangerous goods and bulk do not fly; oversize cargo fits neither aircraft nor container wagon.
  public func carrying(_ cargo: CargoClass) -> ModeSet {
    switch cargo {
    case .general, .refrigerated: self
    case .hazardous, .bulk: subtracting(.air)
    case .oversize: subtracting([.air, .rail])
    }
  }
}

/// How a consignment is loaded. 装载方式
public enum Loading: String, Sendable, Codable, CaseIterable {
  /// Chosen from the shipment size and the cargo class.
  case auto
  /// 整车
  case ftl
  /// 零担
  case ltl
  /// 集装箱
  case container
  /// 散装
  case bulk
}

/// What is shipped on a lane in a year. 货运需求
public struct Shipment: Sendable, Hashable {
  public var tonnesPerYear: Double
  /// Yuan per tonne.
  public var valuePerTonne: Double
  public var cargo: CargoClass
  public var modes: ModeSet
  /// Tonnes per consignment; nil for the cheapest by the order-quantity formula, capped at a truck.
  public var shipmentTonnes: Double?
  public var loading: Loading

  public init(
    tonnesPerYear: Double, valuePerTonne: Double, cargo: CargoClass = .general,
    modes: ModeSet = .all, shipmentTonnes: Double? = nil, loading: Loading = .auto
  ) {
    precondition(
      tonnesPerYear.isFinite && tonnesPerYear >= 0, "tonnes per year are finite and not negative")
    precondition(
      valuePerTonne.isFinite && valuePerTonne >= 0, "a value per tonne is finite and not negative")
    self.tonnesPerYear = tonnesPerYear
    self.valuePerTonne = valuePerTonne
    self.cargo = cargo
    self.modes = modes
    self.shipmentTonnes = shipmentTonnes
    self.loading = loading
  }
}
