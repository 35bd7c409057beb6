import Atlas

/// The choice card as values: coefficients, thresholds, rates, every one with its range. 选择模型
///
/// A coefficient of term `x` is the parameter `x.coefficient` (utils per unit of the term) with
/// its prior standard deviation in `x.sigma`; `x.spread` is how much the term typically differs
/// between places, which weighs what is unknown.
public struct MatchModel: Sendable, Equatable {
  public let id: String
  /// Digest of what decides numbers.
  public let behaviourDigest: String
  public let parameters: ParameterTable
  /// Which sector of a national table an industry code belongs to.
  public let sectors: SectorMap
  private let known: [String: Parameter]
  /// Coefficients in the order of `Term.allCases`.
  let coefficients: [Double]
  let sigmas: [Double]
  /// How much a term typically differs between places, in the unit that enters the utility.
  let spreads: [Double]
  /// Log-odds that makes the reference pairing (no term differs from staying) sign at the base
  /// rate: `logit(baseSignRate) + ln(1 + referenceRivals)`.
  public let intercept: Span
  /// Present value of one unit a year: `(1 − (1 + r)^−T) / r`.
  public let annuity: Double
  /// What a visit costs beside its distance, 10k yuan, and per km.
  let visit: (fixed: Double, perKm: Double)
  /// Share of the firms visited and won that land.
  let landingRate: Double
  let localValueShare: Span
  /// Weight of a gap of no criticality and of the highest, and of output displaced nearby.
  let criticalityFloor: Double
  let criticalityCeiling: Double
  let displacementNearShare: Double

  /// The names that a card must carry, and no others.
  public static let names: [String] = [
    "baseSignRate", "referenceRivals", "landingRate", "outcomesForProbability", "likelihoodHigh",
    "likelihoodMedium", "localValueShare", "criticalityFloor", "criticalityCeiling",
    "annuityYears", "annuityRate", "visitCostPerKm", "visitCostPerDay", "visitDays",
    "expansionShare", "maxProjectOutput", "displacementNearShare", "catchmentShare",
    "catchmentKm", "nationalShareFirmWeight", "nationalShareFirmWeightCoarse", "valueAddedShare",
    "restScale", "restIntermediateShare", "marketFloorKm", "plausiblePlaces", "listLength",
    "supplyCoverageFloor", "lqShrinkEmployees", "flqDelta", "demandFloor", "demandFloorShare",
    "missingCoverage", "weakCoverage", "weakLq", "weakNEff", "extendIoCoefficient", "extendLq",
    "extendCoverage", "extendDensityPercentile", "priorityWeightGap",
    "priorityWeightCriticality", "priorityWeightFeasibility", "priorityRankFloor",
    "thresholdPerturbation", "positionLeadQuotient", "positionLeadFirms", "positionStopMonths",
    "disruptionCoefficient", "pullShare", "bundleFollowers", "topPriorityRank",
    "topPriorityProbability", "visitRank", "visitProbability", "maxUnknownShare", "rankDraws",
    "rankCandidates", "rankIntervalLow", "rankIntervalHigh", "rankBoundProbability",
    "reciprocityFloor", "publishTop", "estimateTau", "energyPrice", "landPrice", "landYears",
  ]

  /// - Throws: `CardError` when a name is missing, unknown or out of its sense.
  public init(
    id: String, behaviourDigest: String, parameters: ParameterTable,
    sectors: SectorMap = SectorMap([])
  ) throws(CardError) {
    self.id = id
    self.sectors = sectors
    self.behaviourDigest = behaviourDigest
    self.parameters = parameters
    var known: [String: Parameter] = [:]
    var names = Set(MatchModel.names)
    for term in Term.allCases {
      names.insert(term.coefficientName)
      names.insert(term.sigmaName)
      names.insert(term.spreadName)
    }
    try parameters.refuseUnknown(known: names)
    for name in names.sorted() { known[name] = try parameters.require(name) }
    self.known = known
    // What every pairing asks for is looked up once.
    func value(_ name: String) -> Double { known[name]?.value ?? 0 }
    coefficients = Term.allCases.map { value($0.coefficientName) }
    sigmas = Term.allCases.map { value($0.sigmaName) }
    spreads = Term.allCases.map { value($0.spreadName) }
    let rate = known["baseSignRate"]?.span ?? .zero
    let competition = logarithm(1 + value("referenceRivals"))
    intercept = Span.each { logarithm(rate[$0] / (1 - rate[$0])) + competition }
    let interest = value("annuityRate")
    let years = value("annuityYears")
    annuity = interest == 0 ? years : (1 - power(1 + interest, -years)) / interest
    visit = (value("visitDays") * value("visitCostPerDay"), value("visitCostPerKm"))
    landingRate = value("landingRate")
    localValueShare = known["localValueShare"]?.span ?? .zero
    criticalityFloor = value("criticalityFloor")
    criticalityCeiling = value("criticalityCeiling")
    displacementNearShare = value("displacementNearShare")
  }

  public static func == (left: MatchModel, right: MatchModel) -> Bool {
    left.id == right.id && left.behaviourDigest == right.behaviourDigest
      && left.parameters == right.parameters && left.sectors == right.sectors
  }

  /// A parameter by name; the initialiser has made sure that it is there.
  public subscript(name: String) -> Parameter {
    guard let parameter = known[name] else {
      preconditionFailure("the card was checked for \(name) when it was read")
    }
    return parameter
  }

  public func value(_ name: String) -> Double { self[name].value }

  /// How many coefficients are measured, published, assumed.
  public var evidence: EvidenceCount {
    var count = EvidenceCount(measured: 0, published: 0, assumed: 0)
    for term in Term.allCases {
      switch self[term.coefficientName].evidence {
      case .measured: count.measured += 1
      case .published: count.published += 1
      case .assumed: count.assumed += 1
      }
    }
    return count
  }

  /// `ln Σ exp V` of the reference pairing's rivals and of staying.
  public var competitionAtReference: Double { logarithm(1 + value("referenceRivals")) }

  /// What a yuan a year of worth is worth now, once a firm has signed: landing rate × annuity.
  public var stakePerWorth: Double { landingRate * annuity }
}
