public import Atlas

/// One part of what a plant costs in a year. 年成本构成
public enum YearlyCostPart: String, Sendable, Codable, CaseIterable {
  case freightIn, freightOut, wages, energy, landOrRent, environment

  /// The word printed beside the number.
  public var label: Phrase {
    switch self {
    case .freightIn: Phrase(zh: "进项物流", en: "freight in")
    case .freightOut: Phrase(zh: "出项物流", en: "freight out")
    case .wages: Phrase(zh: "用工", en: "wages")
    case .energy: Phrase(zh: "用能", en: "energy")
    case .landOrRent: Phrase(zh: "土地或租金", en: "land or rent")
    case .environment: Phrase(zh: "环保处理", en: "environmental treatment")
    }
  }
}

/// What running the project at a place needs, as far as it is known. 年成本输入
public struct PlantNeeds: Sendable, Hashable {
  /// Persons.
  public var heads: Double?
  /// MWh per year.
  public var energy: Double?
  /// Mu of land to buy; nil with `rentedSquareMetres` for a plant in rented space.
  public var landMu: Double?
  public var rentedSquareMetres: Double?
  /// 10k yuan per year.
  public var output: Double?
  /// True when the segment has environmental conditions.
  public var treatsWaste: Bool

  public init(
    heads: Double? = nil, energy: Double? = nil, landMu: Double? = nil,
    rentedSquareMetres: Double? = nil, output: Double? = nil, treatsWaste: Bool = false
  ) {
    self.heads = heads
    self.energy = energy
    self.landMu = landMu
    self.rentedSquareMetres = rentedSquareMetres
    self.output = output
    self.treatsWaste = treatsWaste
  }
}

/// What a place charges, as far as it is known. 地方要素价格
public struct PlacePrices: Sendable, Hashable {
  /// Yuan per person and year.
  public var wage: Double?
  /// Yuan per MWh.
  public var energy: Double?
  /// 10k yuan per mu.
  public var land: Double?
  /// Yuan per square metre and month.
  public var rent: Double?

  public init(
    wage: Double? = nil, energy: Double? = nil, land: Double? = nil, rent: Double? = nil
  ) {
    self.wage = wage
    self.energy = energy
    self.land = land
    self.rent = rent
  }

  /// The prices of a row of the gazetteer, or of the nearest ancestor that has one; each by itself.
  public init(of row: Int, in places: Places) {
    func nearest(_ column: Known<Double>) -> Double? {
      var current = row
      while column[current] == nil {
        let up = Int(places.parent[current])
        if up == current { return nil }
        current = up
      }
      return column[current]
    }
    self.init(
      wage: nearest(places.wage), energy: nearest(places.energyPrice),
      land: nearest(places.landPrice))
  }
}

/// What the project costs in a year at one place, part by part. 年总成本
///
/// 10k yuan per year. Raw material is left out: it costs the same everywhere but for freight.
/// Unknown: a part without its price or quantity is nil, and so is a total that lacks one.
public struct YearlyCost: Sendable, Hashable {
  public let parts: [YearlyCostPart: Span]

  /// - Parameters:
  ///   - freightIn: 10k yuan per year; nil when not known.
  ///   - freightOut: 10k yuan per year; nil when not known.
  public init(
    freightIn: Span?, freightOut: Span?, needs: PlantNeeds, prices: PlacePrices,
    model: FreightModel
  ) {
    var parts: [YearlyCostPart: Span] = [:]
    parts[.freightIn] = freightIn
    parts[.freightOut] = freightOut
    if let heads = needs.heads, let wage = prices.wage {
      parts[.wages] = .each { heads * wage * (1 + model.value(.employerCharges, $0)) / 10_000 }
    }
    if let energy = needs.energy, let price = prices.energy {
      parts[.energy] = Span(energy * price / 10_000)
    }
    if let land = needs.landMu, let price = prices.land {
      parts[.landOrRent] = .each { scenario in
        land * price
          * YearlyCost.annuity(
            rate: model.value(.discountRate, scenario), years: model.value(.landYears, scenario))
      }
    } else if let space = needs.rentedSquareMetres, let rent = prices.rent {
      parts[.landOrRent] = Span(space * rent * 12 / 10_000)
    }
    if !needs.treatsWaste {
      parts[.environment] = .zero
    } else if let output = needs.output {
      parts[.environment] = .each { output * model.value(.environmentalShare, $0) }
    }
    self.parts = parts
  }

  /// Parts that are not known, in the order of the table.
  public var missing: [YearlyCostPart] { YearlyCostPart.allCases.filter { parts[$0] == nil } }

  /// The sum of all parts; nil when one is missing.
  public var total: Span? { sum(of: YearlyCostPart.allCases) }

  /// The sum of some parts; nil when one of them is missing.
  public func sum(of wanted: [YearlyCostPart]) -> Span? {
    var sum = Span.zero
    for part in wanted {
      guard let known = parts[part] else { return nil }
      sum += known
    }
    return sum
  }

  /// Freight's share of the total, base scenario; nil when the total is not known or not positive.
  public var freightShare: Double? {
    guard let total, total.base > 0, let freight = sum(of: [.freightIn, .freightOut])
    else { return nil }
    return freight.base / total.base
  }

  /// Yuan per unit of product, such as 元/双 or 元/㎡.
  ///
  /// - Parameters:
  ///   - output: 10k yuan per year.
  ///   - price: yuan per unit.
  public func perUnit(output: Double, price: Double) -> Span? {
    guard let total, output > 0 else { return nil }
    return total / output * price
  }

  /// The parts known at every one of several places: only these may be compared.
  public static func comparable(_ costs: [YearlyCost]) -> [YearlyCostPart] {
    YearlyCostPart.allCases.filter { part in costs.allSatisfy { $0.parts[part] != nil } }
  }

  /// What a yuan of capital costs a year over a term: r/(1 − (1 + r)^−n).
  static func annuity(rate: Double, years: Double) -> Double {
    rate == 0 ? 1 / years : rate / (1 - power(1 + rate, -years))
  }
}

/// What moving costs once, and when it is earned back. 一次性搬迁成本与回收期
public struct MovingCost: Sendable, Hashable {
  /// Dismantling, transport and setting up, 10k yuan.
  public let equipment: Span?
  /// Margin lost while the lines stand still, 10k yuan.
  public let downtime: Span?
  /// Severance of those who stay behind, 10k yuan; zero for new capacity.
  public let severance: Span?

  /// - Parameters:
  ///   - investment: 10k yuan of equipment that moves; nil when not known.
  ///   - output: 10k yuan per year.
  ///   - heads: persons at the origin.
  ///   - wage: yuan per person and year at the origin.
  ///   - kind: only a relocation closes the origin; a branch or new capacity moves nothing.
  public init(
    kind: ProjectKind, investment: Double?, output: Double?, heads: Double?, wage: Double?,
    model: FreightModel
  ) {
    guard kind == .relocation else {
      equipment = .zero
      downtime = .zero
      severance = .zero
      return
    }
    equipment = investment.map { money in
      .each { money * model.value(.movingInvestmentShare, $0) }
    }
    downtime = output.map { money in
      .each { money / 12 * model.value(.downtimeMonths, $0) * model.value(.marginShare, $0) }
    }
    if let heads, let wage {
      severance = .each { scenario in
        heads * model.value(.severanceShare, scenario) * wage / 12
          * model.value(.severanceMonths, scenario) / 10_000
      }
    } else {
      severance = nil
    }
  }

  /// 10k yuan; nil when a part is not known.
  public var total: Span? {
    guard let equipment, let downtime, let severance else { return nil }
    return equipment + downtime + severance
  }

  /// Months until a yearly saving has paid the move; nil when it never does, or is not known.
  ///
  /// - Parameter yearlySaving: 10k yuan per year under one scenario.
  public func paybackMonths(yearlySaving: Double, scenario: Scenario = .base) -> Double? {
    guard let total, yearlySaving > 0 else { return nil }
    return total[scenario] / yearlySaving * 12
  }

  /// What the saving is worth now over the card's years less the move, 10k yuan.
  public func presentValue(yearlySaving: Double, model: FreightModel) -> Double? {
    guard let total else { return nil }
    let annuity = YearlyCost.annuity(
      rate: model[.discountRate].value, years: model[.npvYears].value)
    return yearlySaving / annuity - total.base
  }
}
