import Atlas
public import Freight

/// One firm of a ranked list with its best pairing and everything that was read of it. 名单条目
public struct Entry: Sendable, Equatable {
  public var rank: Int
  /// What the machine's order says where a person's decision has moved the list; nil where nothing moved.
  public var machineRank: Int?
  /// The person's decision on this firm. 人工调整
  public var override: ListOverride?
  /// 5 % and 95 % of the rank over the draws; nil when nothing could be drawn.
  public var rankLow: Int?
  public var rankHigh: Int?
  /// Probability over the draws of a place among the first ten, and thirty.
  public var topTen: Double?
  public var topThirty: Double?
  public var verdict: Verdict
  public let pairing: Pairing
  public let remedy: GapClass
  public let project: Project
  public let origin: Origin
  /// Probability of signing once visited, over the scenarios; nil when it cannot be computed.
  public let likelihood: Span?
  /// 链值, 10k yuan per year.
  public let worth: Figure
  /// The same without counting displaced local output.
  public let worthWithoutDisplacement: Figure
  /// 10k yuan, after the cost of the visit; nil when worth or likelihood is unknown.
  public let expectedValue: Double?
  /// 10k yuan.
  public let visitCost: Double
  /// Additive readings of the log-odds, in card order, base rate first and competition last.
  public let readings: [Reading]
  /// Share of the card's utility weight that could not be read, in [0, 1].
  public let unknownShare: Double
  public let freight: FreightBills
  public let labour: LabourReading
  /// The plan by occupation; nil when no labour table covers the site.
  public let labourPlan: LabourPlan?
  public let localSourcing: LocalSourcing
  /// Total yearly cost here, today and at each rival, in that order.
  public let yearlyCosts: [YearlyCostLine]
  /// Rank if displaced local output were not counted against anybody; nil without an expected value.
  public var rankWithoutDisplacement: Int?
  /// Firms of the list at the same place that supply this one or buy from it, likely to follow. 带动
  public var pull: Int?
  /// What moving here costs once; nil where it was not asked for.
  public var moving: MovingCost?
  /// Facts that count for or against without being scored.
  public var warnings: [Warning]
  /// 人脉; nil when the office has recorded none.
  public let ties: TieSummary?
  /// 时机; nil when no signal is recorded, which is not the same as none.
  public let moment: Moment?
  /// National rank and share of the firm within the segment. 头部企业
  public let headRank: Int?
  public let headShare: Double?
  /// Best expected value first; the pairings of the same firm that were not chosen.
  public let alsoAt: [AlsoAt]
  /// One sentence: why here.
  public let why: Phrase
  /// What would change the verdict, lawful levers only.
  public let levers: [Phrase]
  /// What is not known, as tables or questions.
  public let unknowns: [Phrase]

  public init(
    rank: Int, rankLow: Int?, rankHigh: Int?, topTen: Double?, topThirty: Double?,
    verdict: Verdict, pairing: Pairing, remedy: GapClass, project: Project, origin: Origin,
    likelihood: Span?, worth: Figure, worthWithoutDisplacement: Figure, expectedValue: Double?,
    visitCost: Double, readings: [Reading], unknownShare: Double, freight: FreightBills,
    labour: LabourReading, labourPlan: LabourPlan?, localSourcing: LocalSourcing,
    yearlyCosts: [YearlyCostLine],
    warnings: [Warning], ties: TieSummary?, moment: Moment?, headRank: Int?, headShare: Double?,
    alsoAt: [AlsoAt], why: Phrase,
    levers: [Phrase], unknowns: [Phrase]
  ) {
    self.rank = rank
    self.rankLow = rankLow
    self.rankHigh = rankHigh
    self.topTen = topTen
    self.topThirty = topThirty
    self.verdict = verdict
    self.pairing = pairing
    self.remedy = remedy
    self.project = project
    self.origin = origin
    self.likelihood = likelihood
    self.worth = worth
    self.worthWithoutDisplacement = worthWithoutDisplacement
    self.expectedValue = expectedValue
    self.visitCost = visitCost
    self.readings = readings
    self.unknownShare = unknownShare
    self.freight = freight
    self.labour = labour
    self.labourPlan = labourPlan
    self.localSourcing = localSourcing
    self.yearlyCosts = yearlyCosts
    self.warnings = warnings
    self.ties = ties
    self.moment = moment
    self.headRank = headRank
    self.headShare = headShare
    self.alsoAt = alsoAt
    self.why = why
    self.levers = levers
    self.unknowns = unknowns
  }
}

/// What is judged: a firm, a gap segment and a site. 配对
public struct Pairing: Sendable, Equatable, Hashable {
  /// Row of `Firms`.
  public let firm: Int
  /// Global segment row.
  public let segment: Int
  /// Row of `Snapshot.sites`.
  public let site: Int

  public init(firm: Int, segment: Int, site: Int) {
    self.firm = firm
    self.segment = segment
    self.site = site
  }
}

/// The project that a pairing carries; every figure of a paper is the project's. 拟投项目
public struct Project: Sendable, Equatable {
  public let kind: ProjectKind
  /// 10k yuan per year.
  public let output: Figure
  public let heads: Figure
  public let tonnesIn: Figure
  public let tonnesOut: Figure
  /// 10k yuan.
  public let investment: Figure
  public let landMu: Figure
  /// MWh per year.
  public let electricity: Figure
  /// Yearly output in the trade's own unit, such as pairs or square metres; nil without one.
  public let units: Double?
  public let unitName: Phrase?

  public init(
    kind: ProjectKind, output: Figure, heads: Figure, tonnesIn: Figure, tonnesOut: Figure,
    investment: Figure, landMu: Figure, electricity: Figure, units: Double?, unitName: Phrase?
  ) {
    self.kind = kind
    self.output = output
    self.heads = heads
    self.tonnesIn = tonnesIn
    self.tonnesOut = tonnesOut
    self.investment = investment
    self.landMu = landMu
    self.electricity = electricity
    self.units = units
    self.unitName = unitName
  }
}

/// Where the firm makes the product today. 现址
public struct Origin: Sendable, Equatable {
  public enum Basis: Sendable, Equatable {
    /// Plants on record.
    case plants
    /// The registered seat: 按注册地估算.
    case seat
    /// Neither is known: the segment's national median place stands for staying.
    case median
  }
  public let basis: Basis
  /// Rows of `Places` with weights that sum to 1, heaviest first.
  public let places: [WeightedPlace]
  /// Other places where the plants may be, for the range of an uncertain origin.
  public let plausible: [WeightedPlace]

  public init(basis: Basis, places: [WeightedPlace], plausible: [WeightedPlace]) {
    self.basis = basis
    self.places = places
    self.plausible = plausible
  }

  /// The heaviest place.
  public var main: Int { places[0].place }
}

/// A place with a weight. 加权地点
public struct WeightedPlace: Sendable, Equatable {
  public let place: Int
  public let weight: Double

  public init(place: Int, weight: Double) {
    self.place = place
    self.weight = weight
  }
}

/// One addend of the log-odds. 读数
public struct Reading: Sendable, Equatable {
  public let term: String
  public let label: Phrase
  /// Utils against staying where the firm is, over the scenarios; nil when unknown.
  public let utility: Span?
  /// What the term measured here.
  public let value: Figure
  /// The same at the origin.
  public let valueAtOrigin: Figure?

  public init(
    term: String, label: Phrase, utility: Span?, value: Figure, valueAtOrigin: Figure?
  ) {
    self.term = term
    self.label = label
    self.utility = utility
    self.value = value
    self.valueAtOrigin = valueAtOrigin
  }
}

/// Which customers the new plant serves. 市场情景
public enum MarketScenario: String, Sendable, Codable, CaseIterable {
  /// Today's customers.
  case today
  /// Customers near the site.
  case near
  /// The default mixture of both.
  case mix

  public var label: Phrase {
    switch self {
    case .today: Phrase(zh: "现有客户", en: "today's customers")
    case .near: Phrase(zh: "就近客户", en: "customers near the site")
    case .mix: Phrase(zh: "混合市场", en: "mixed market")
    }
  }
}

/// Both freight bills, today's origin against here, for the same market. 进出两项物流账
public struct FreightBills: Sendable, Equatable {
  public let inbound: FreightBill
  /// For the `mix` market.
  public let outbound: FreightBill
  public let outboundToday: FreightBill
  public let outboundNear: FreightBill
  /// Share of sales to near customers above which both bills together become a saving;
  /// 0 when they save at any share, nil when they never do or it is unknown.
  public let breakEvenNearShare: Double?
  /// True when the bills save at no near share.
  public let neverSaves: Bool
  /// Share of sales to near customers that `mix` assumes.
  public let nearShare: Span
  public let lanes: [LaneLine]
  /// Both savings under changes of the world; empty where it was not asked for.
  public var sensitivities: [FreightSensitivity] = []

  public init(
    inbound: FreightBill, outbound: FreightBill, outboundToday: FreightBill,
    outboundNear: FreightBill, breakEvenNearShare: Double?, neverSaves: Bool, nearShare: Span,
    lanes: [LaneLine]
  ) {
    self.inbound = inbound
    self.outbound = outbound
    self.outboundToday = outboundToday
    self.outboundNear = outboundNear
    self.breakEvenNearShare = breakEvenNearShare
    self.neverSaves = neverSaves
    self.nearShare = nearShare
    self.lanes = lanes
  }
}

/// Both savings after a change of the world, base scenario, 10k yuan per year. 物流敏感性
public struct FreightSensitivity: Sendable, Equatable {
  public let change: Sensitivity
  public let inbound: Double
  public let outbound: Double

  public init(change: Sensitivity, inbound: Double, outbound: Double) {
    self.change = change
    self.inbound = inbound
    self.outbound = outbound
  }
}

/// One freight bill in 10k yuan per year; a negative saving is an increase. 物流账单
public struct FreightBill: Sendable, Equatable {
  public let tonnes: Figure
  public let today: Figure
  public let here: Figure
  /// Today less here, scenario by scenario, then ordered.
  public let saving: Figure

  public init(tonnes: Figure, today: Figure, here: Figure, saving: Figure) {
    self.tonnes = tonnes
    self.today = today
    self.here = here
    self.saving = saving
  }
}

/// One lane of a freight bill, today and here. 线路明细
public struct LaneLine: Sendable, Equatable {
  public let direction: LaneDirection
  /// What is carried.
  public let cargo: Phrase
  /// Where it comes from or goes to, most of it.
  public let counterpart: Phrase
  public let tonnes: Figure
  /// Yuan per tonne.
  public let today: Figure
  public let here: Figure
  public let modeToday: Phrase
  public let modeHere: Phrase

  public init(
    direction: LaneDirection, cargo: Phrase, counterpart: Phrase, tonnes: Figure, today: Figure,
    here: Figure, modeToday: Phrase, modeHere: Phrase
  ) {
    self.direction = direction
    self.cargo = cargo
    self.counterpart = counterpart
    self.tonnes = tonnes
    self.today = today
    self.here = here
    self.modeToday = modeToday
    self.modeHere = modeHere
  }
}

/// The binding occupation of a project at a site. 用工读数
public struct LabourReading: Sendable, Equatable {
  /// Occupation id that binds; nil when no labour table covers the site.
  public let occupation: String?
  public let needed: Figure
  /// Expected hires.
  public let available: Figure
  public let fillProbability: Double?

  public init(
    occupation: String?, needed: Figure, available: Figure, fillProbability: Double?
  ) {
    self.occupation = occupation
    self.needed = needed
    self.available = available
    self.fillProbability = fillProbability
  }
}

/// What local firms can supply to the project. 本地配套
public struct LocalSourcing: Sendable, Equatable {
  /// 本地配套率 by value, in [0, 1]; nil when the bill of inputs is unknown.
  public let share: Double?
  /// Inputs with at least one local supplier.
  public let matched: Int
  public let needed: Int
  /// Largest share of need first.
  public let suppliers: [SupplierLine]
  /// Global segment rows without a local supplier.
  public let uncovered: [Int]
  public let grade: Grade

  public init(
    share: Double?, matched: Int, needed: Int, suppliers: [SupplierLine], uncovered: [Int],
    grade: Grade
  ) {
    self.share = share
    self.matched = matched
    self.needed = needed
    self.suppliers = suppliers
    self.uncovered = uncovered
    self.grade = grade
  }
}

/// A named local supplier of one input. 配套企业
public struct SupplierLine: Sendable, Equatable {
  public let segment: Int
  /// Row of `Firms`.
  public let firm: Int
  /// 10k yuan per year.
  public let amount: Double
  /// Part of the project's need for the input.
  public let shareOfNeed: Double
  public let distanceKm: Double?
  public let because: Phrase

  public init(
    segment: Int, firm: Int, amount: Double, shareOfNeed: Double, distanceKm: Double?,
    because: Phrase
  ) {
    self.segment = segment
    self.firm = firm
    self.amount = amount
    self.shareOfNeed = shareOfNeed
    self.distanceKm = distanceKm
    self.because = because
  }
}

/// Total yearly cost of the project at one place, 10k yuan per year. 年总成本
public struct YearlyCostLine: Sendable, Equatable {
  public enum Role: String, Sendable, Equatable { case here, homeSite, today, rival }
  public let role: Role
  public let place: Int
  public let freightIn: Span?
  public let freightOut: Span?
  public let wages: Span?
  public let energy: Span?
  public let land: Span?
  /// Treatment of waste at the card's assumed share of output, the same everywhere until places quote
  /// their prices; zero for a segment without environmental conditions, nil without an output.
  public var environment: Span?

  public init(
    role: Role, place: Int, freightIn: Span?, freightOut: Span?, wages: Span?, energy: Span?,
    land: Span?, environment: Span? = nil
  ) {
    self.environment = environment
    self.role = role
    self.place = place
    self.freightIn = freightIn
    self.freightOut = freightOut
    self.wages = wages
    self.energy = energy
    self.land = land
  }

  /// The parts that are known here, in printing order.
  public var parts: [Span?] { [freightIn, freightOut, wages, energy, land, environment] }
}

/// Something for a person to weigh; never a screen. 提醒
public struct Warning: Sendable, Equatable {
  public let kind: String
  public let text: Phrase

  /// True for what keeps a firm from 优先拜访: a claim, a local duplicate, a refusal.
  public var isRiskFlag: Bool {
    kind != "environmentalCapacityUnknown" && kind != "foreignInvested"
  }

  public init(kind: String, text: Phrase) {
    self.kind = kind
    self.text = text
  }
}

/// Another pairing of a listed firm. 亦可配
public struct AlsoAt: Sendable, Equatable {
  public let pairing: Pairing
  public let expectedValue: Double

  public init(pairing: Pairing, expectedValue: Double) {
    self.pairing = pairing
    self.expectedValue = expectedValue
  }
}
