import Atlas

/// A kind of work that a plant hires for. 工种
public struct Occupation: Sendable, Equatable {
  /// As in `Segment.occupations` and `LabourRecord.occupation`.
  public let id: String
  public let name: Phrase
  /// Id under which statistics count a wider group of occupations, when they do.
  public let group: String?
  /// This occupation's part of its group, used where a place has only the group's total.
  public let shareOfGroup: Parameter?
  /// False for work that never delays a plant's start; such work is not a bottleneck.
  public let critical: Bool

  public init(
    id: String, name: Phrase, group: String? = nil, shareOfGroup: Parameter? = nil,
    critical: Bool = true
  ) {
    self.id = id
    self.name = name
    self.group = group
    self.shareOfGroup = shareOfGroup
    self.critical = critical
  }
}

/// The assumptions behind every labour figure: who is available, who commutes, who accepts. 用工模型
///
/// Source: methods.md section 3; every value comes from the card with its range.
public struct LabourModel: Sendable, Equatable {
  public let occupations: [Occupation]
  /// Part of the year's vocational graduates that stays in the region.
  public let graduateRetention: Parameter
  /// Part of a year's graduates that falls into one hiring window.
  public let graduateProRating: Parameter
  /// Part of those employed elsewhere that could switch within one hiring window.
  public let switcherShare: Parameter
  /// Months in which the plant hires for its start.
  public let hiringWindow: Parameter
  /// Part of the out-migrants that returns in a year at equal wages.
  public let returnRate: Parameter
  public let returnWageElasticity: Parameter
  /// Wage at home over the wage where the migrants work, at the going wage.
  public let homeToDestinationWage: Parameter
  /// Per minute.
  public let commuteDecay: Parameter
  /// Minutes up to which a commute deters nobody.
  public let commuteOnset: Parameter
  /// Minutes beyond which nobody commutes daily.
  public let commuteCutoff: Parameter
  /// Minutes beyond which nobody comes even when there is a bed.
  public let dormitoryCutoff: Parameter
  public let dormitoryWeight: Parameter
  public let commuteCircuity: Parameter
  /// Km per hour.
  public let commuteSpeed: Parameter
  /// Minutes at both ends of a commute.
  public let commuteAccess: Parameter
  /// Mean distance within a place over the radius of a circle of its area.
  public let intraPlaceFactor: Parameter
  public let offerAcceptance: Parameter
  /// Attraction of everything else, in jobs per available person.
  public let outsideOption: Parameter
  public let labourSupplyElasticity: Parameter
  /// The highest premium over the going wage that is proposed.
  public let wagePremiumCap: Parameter
  /// Size of the beta-binomial's prior sample.
  public let hireOverdispersion: Parameter
  private let low: LabourRates
  private let base: LabourRates
  private let high: LabourRates

  /// Reads the labour card.
  ///
  /// - Throws: `CardError` for a missing or misspelt name, a value out of its range or two
  ///   occupations of one group that together exceed it.
  public init(_ table: ParameterTable, occupations: [Occupation]) throws(CardError) {
    let card = CheckedCard(table)
    self.occupations = occupations
    graduateRetention = try card.share("graduateRetention")
    graduateProRating = try card.share("graduateProRating")
    switcherShare = try card.share("switcherShare")
    hiringWindow = try card.positive("hiringWindow")
    returnRate = try card.share("returnRate")
    returnWageElasticity = try card.notNegative("returnWageElasticity")
    homeToDestinationWage = try card.positive("homeToDestinationWage")
    commuteDecay = try card.positive("commuteDecay")
    commuteOnset = try card.notNegative("commuteOnset")
    commuteCutoff = try card.positive("commuteCutoff")
    dormitoryCutoff = try card.positive("dormitoryCutoff")
    dormitoryWeight = try card.share("dormitoryWeight")
    commuteCircuity = try card.positive("commuteCircuity")
    commuteSpeed = try card.positive("commuteSpeed")
    commuteAccess = try card.notNegative("commuteAccess")
    intraPlaceFactor = try card.notNegative("intraPlaceFactor")
    offerAcceptance = try card.share("offerAcceptance")
    outsideOption = try card.positive("outsideOption")
    labourSupplyElasticity = try card.positive("labourSupplyElasticity")
    wagePremiumCap = try card.share("wagePremiumCap")
    hireOverdispersion = try card.positive("hireOverdispersion")
    low = try LabourRates(card, .low)
    base = try LabourRates(card, .base)
    high = try LabourRates(card, .high)
    try LabourModel.refuseOverfullGroups(occupations, card: table.card)
    try table.refuseUnknown(known: LabourCard.names)
  }

  /// The numbers that pools of people are evaluated with.
  func rates(_ scenario: Scenario) -> LabourRates {
    switch scenario {
    case .low: low
    case .base: base
    case .high: high
    }
  }

  /// The place of an occupation in `occupations`.
  public func find(_ occupation: String) -> Int? {
    occupations.firstIndex { $0.id == occupation }
  }

  /// A group's people may be counted once only, so the shares of its occupations sum to at most 1.
  private static func refuseOverfullGroups(
    _ occupations: [Occupation], card: String
  ) throws(CardError) {
    for group in Set(occupations.compactMap(\.group)).sorted() {
      let total = occupations.filter { $0.group == group }
        .reduce(0) { $0 + ($1.shareOfGroup?.high ?? 0) }
      if total > 1 + 1e-9 {
        throw .malformed(
          card: card, line: 0,
          because: Phrase(
            zh: "工种组 \(group) 的各份额上限之和超过 1：同一批人会被重复计算，请调低 shareOfGroup。",
            en: "the shares of group \(group) sum to more than 1 at their high: people would be "
              + "counted twice; lower shareOfGroup."))
      }
    }
  }
}

/// What is read from the one card of labour, suppliers, hiring costs and signals. 用工卡片
public enum LabourCard {
  /// Every name that the card may carry.
  public static let names: Set<String> = [
    "graduateRetention", "graduateProRating", "switcherShare", "hiringWindow", "returnRate",
    "returnWageElasticity", "homeToDestinationWage", "commuteDecay", "commuteOnset",
    "commuteCutoff", "dormitoryCutoff", "dormitoryWeight", "commuteCircuity", "commuteSpeed",
    "commuteAccess", "intraPlaceFactor", "offerAcceptance", "outsideOption",
    "labourSupplyElasticity", "wagePremiumCap", "hireOverdispersion", "supplierRadius",
    "uncommittedShare", "rampMonths", "jobFairHires", "jobFairCost", "busSeats", "busMonthCost",
    "classIntake", "classMonths", "classHeadCost", "outreachHeadCost", "dormitoryBedCost",
    "halfLifeExpansion", "halfLifeRelocation", "halfLifeLeaseEnd", "halfLifeLandPurchase",
    "halfLifeRecruitment", "halfLifeFinancing", "halfLifeEnvironmentalOrder",
    "halfLifeAnchorCustomer", "halfLifeOther", "signalStrengthUnknown", "fullLoadHours",
  ]
}

/// Reads parameters of a table and refuses what cannot be.
struct CheckedCard {
  private let table: ParameterTable

  init(_ table: ParameterTable) { self.table = table }

  /// A share in 0...1; a value in per cent is divided by 100.
  func share(_ name: String) throws(CardError) -> Parameter {
    var parameter = try table.require(name)
    if parameter.unit == "%" || parameter.unit == "percent" {
      parameter = Parameter(
        value: parameter.value / 100, low: parameter.low / 100, high: parameter.high / 100,
        unit: "share", source: parameter.source, evidence: parameter.evidence)
    }
    return try check(
      name, parameter, Phrase(zh: "应在 0 与 1 之间。", en: "must lie between 0 and 1.")
    ) { (0...1).contains($0) }
  }

  func positive(_ name: String) throws(CardError) -> Parameter {
    try check(name, table.require(name), Phrase(zh: "应大于 0。", en: "must be above 0.")) { $0 > 0 }
  }

  func notNegative(_ name: String) throws(CardError) -> Parameter {
    try check(name, table.require(name), Phrase(zh: "不应为负。", en: "must not be negative.")) {
      $0 >= 0
    }
  }

  private func check(
    _ name: String, _ parameter: Parameter, _ because: Phrase, _ holds: (Double) -> Bool
  ) throws(CardError) -> Parameter {
    for value in [parameter.value, parameter.low, parameter.high]
    where !value.isFinite || !holds(value) {
      throw .outOfRange(card: table.card, name: name, line: line(of: name), because: because)
    }
    return parameter
  }

  private func line(of name: String) -> Int {
    table.entries.first { $0.name == name }?.line ?? 0
  }
}

/// The numbers of the labour model under one scenario. 用工系数
struct LabourRates: Sendable, Equatable {
  let retention: Double
  let proRating: Double
  let switchers: Double
  /// Part of the out-migrants that returns within the hiring window at equal wages.
  let returnsInWindow: Double
  let returnElasticity: Double
  let destinationWage: Double
  let acceptance: Double
  let outside: Double
  let supplyElasticity: Double
  let overdispersion: Double

  init(_ card: CheckedCard, _ scenario: Scenario) throws(CardError) {
    retention = try card.share("graduateRetention").span[scenario]
    proRating = try card.share("graduateProRating").span[scenario]
    switchers = try card.share("switcherShare").span[scenario]
    returnsInWindow =
      try card.share("returnRate").span[scenario] * card.positive("hiringWindow").span[scenario]
      / 12
    returnElasticity = try card.notNegative("returnWageElasticity").span[scenario]
    destinationWage = try card.positive("homeToDestinationWage").span[scenario]
    acceptance = try card.share("offerAcceptance").span[scenario]
    outside = try card.positive("outsideOption").span[scenario]
    supplyElasticity = try card.positive("labourSupplyElasticity").span[scenario]
    overdispersion = try card.positive("hireOverdispersion").span[scenario]
  }

  /// Part of the out-migrants that returns when the wage is `premium` times the going one.
  func returning(premium: Double) -> Double {
    min(1, returnsInWindow * power(destinationWage * premium, returnElasticity))
  }
}
