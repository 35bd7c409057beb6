import Atlas

/// What a run says: gap tables and ranked lists, every firm with its standing. 发布
public struct Publication: Sendable, Equatable {
  public let asOf: Day
  public let seed: UInt64
  /// Digest of the snapshot that it was computed from.
  public let snapshotDigest: String
  /// Behaviour digest of the model cards.
  public let modelDigest: String
  /// Id of the choice card.
  public let model: String
  /// How many coefficients of the card are measured, published, assumed.
  public let evidence: EvidenceCount
  /// True when the likelihood may be printed as a percentage: enough visit outcomes.
  public let likelihoodIsCalibrated: Bool
  public let gaps: [GapTable]
  public let rankings: [Ranking]

  public init(
    asOf: Day, seed: UInt64, snapshotDigest: String, modelDigest: String, model: String,
    evidence: EvidenceCount, likelihoodIsCalibrated: Bool, gaps: [GapTable], rankings: [Ranking]
  ) {
    self.asOf = asOf
    self.seed = seed
    self.snapshotDigest = snapshotDigest
    self.modelDigest = modelDigest
    self.model = model
    self.evidence = evidence
    self.likelihoodIsCalibrated = likelihoodIsCalibrated
    self.gaps = gaps
    self.rankings = rankings
  }
}

/// How many coefficients stand on what. 系数依据
public struct EvidenceCount: Sendable, Equatable, Codable {
  public var measured: Int
  public var published: Int
  public var assumed: Int

  public init(measured: Int, published: Int, assumed: Int) {
    self.measured = measured
    self.published = published
    self.assumed = assumed
  }
}

/// Why a firm was listed for a segment, seen from the chain. 补链类型
public enum GapClass: String, Sendable, Codable, CaseIterable {
  /// Missing. 补链
  case supplement = "补链"
  /// Weak. 强链
  case strengthen = "强链"
  /// Extendable. 延链
  case extend = "延链"
  /// Adequate. 稳链
  case steady = "稳链"
  /// Not in the chain's scope here. 无关
  case outside = "无关"
  /// Not known: a table is missing. 未知
  case unknown = "未知"

  /// True when firms are sought for a segment of this class.
  public var isOpen: Bool { self == .supplement || self == .strengthen || self == .extend }

  public var label: Phrase {
    switch self {
    case .supplement: Phrase(zh: "补链", en: "missing")
    case .strengthen: Phrase(zh: "强链", en: "weak")
    case .extend: Phrase(zh: "延链", en: "extendable")
    case .steady: Phrase(zh: "稳链", en: "adequate")
    case .outside: Phrase(zh: "无关", en: "out of scope")
    case .unknown: Phrase(zh: "未知", en: "unknown")
    }
  }
}

/// The gap table of one chain at one district. 缺口表
public struct GapTable: Sendable, Equatable {
  /// Row of `Snapshot.chains`.
  public let chain: Int
  /// One row a segment, in card order.
  public let rows: [GapRow]

  public init(chain: Int, rows: [GapRow]) {
    self.chain = chain
    self.rows = rows
  }

  /// The row of a global segment.
  public func row(of segment: Int) -> GapRow? { rows.first { $0.segment == segment } }
}

/// One segment of the chain as it stands in the district. 环节缺口
public struct GapRow: Sendable, Equatable {
  /// Global segment row.
  public let segment: Int
  public let gapClass: GapClass
  /// True when the class stays the same with every threshold moved by ±20 %.
  public let robust: Bool
  /// 10k yuan per year.
  public let demand: Figure
  /// 10k yuan per year.
  public let supply: Figure
  /// Supply over demand; nil where demand is zero or unknown.
  public let coverage: Double?
  /// What a newcomer could sell into: demand less supply, or for 延链 the surplus to process.
  public let openGap: Figure
  /// Home firms on the segment with a confirmed link.
  public let capableFirms: Int
  /// Rows of `Firms`, largest first.
  public let localFirms: [Int]
  /// Rows of `Firms` outside the district, largest first.
  public let nationalFirms: [Int]
  public let hhi: Double?
  public let effectiveSuppliers: Double?
  public let locationQuotient: Double?
  public let shrunkLocationQuotient: Double?
  /// Leontief backward linkage on the chain's own matrix.
  public let backward: Double?
  /// Ghosh forward linkage.
  public let forward: Double?
  /// Output lost when the segment is extracted, share of the chain's output.
  public let extraction: Double?
  public let betweenness: Double?
  /// Mean percentile of the four criticality measures, in [0, 1].
  public let criticality: Double?
  /// Relatedness density with the diagonal left out.
  public let density: Double?
  /// Weighted geometric mean of percentile ranks; nil for a class that is not open.
  public let priority: Double?
  /// Logarithmic parts of the priority; they add up to its logarithm exactly.
  public let priorityParts: [PriorityPart]
  /// One sentence.
  public let because: Phrase
  /// Tables to fill before more can be said.
  public let missing: [Phrase]

  public init(
    segment: Int, gapClass: GapClass, robust: Bool, demand: Figure, supply: Figure,
    coverage: Double?, openGap: Figure, capableFirms: Int, localFirms: [Int],
    nationalFirms: [Int], hhi: Double?, effectiveSuppliers: Double?, locationQuotient: Double?,
    shrunkLocationQuotient: Double?, backward: Double?, forward: Double?, extraction: Double?,
    betweenness: Double?, criticality: Double?, density: Double?, priority: Double?,
    priorityParts: [PriorityPart], because: Phrase, missing: [Phrase]
  ) {
    self.segment = segment
    self.gapClass = gapClass
    self.robust = robust
    self.demand = demand
    self.supply = supply
    self.coverage = coverage
    self.openGap = openGap
    self.capableFirms = capableFirms
    self.localFirms = localFirms
    self.nationalFirms = nationalFirms
    self.hhi = hhi
    self.effectiveSuppliers = effectiveSuppliers
    self.locationQuotient = locationQuotient
    self.shrunkLocationQuotient = shrunkLocationQuotient
    self.backward = backward
    self.forward = forward
    self.extraction = extraction
    self.betweenness = betweenness
    self.criticality = criticality
    self.density = density
    self.priority = priority
    self.priorityParts = priorityParts
    self.because = because
    self.missing = missing
  }
}

/// One addend of a priority's logarithm. 优先度构成
public struct PriorityPart: Sendable, Equatable {
  public let name: Phrase
  public let logarithm: Double

  public init(name: Phrase, logarithm: Double) {
    self.name = name
    self.logarithm = logarithm
  }
}

/// The ranked list of one chain. 名单
public struct Ranking: Sendable, Equatable {
  /// Row of `Snapshot.chains`.
  public let chain: Int
  /// Pairings looked at.
  public let pairings: Int
  /// Firms looked at.
  public let considered: Int
  /// Best first, one a firm, with full readings: the first ones of the list, and after them those
  /// that were asked for, each with its rank in the whole list.
  public var entries: [Entry]
  /// Every firm of the list by the machine's order.
  public let standings: Standings
  /// Firms that must not be proposed, with the reason.
  public let excluded: [Exclusion]
  /// Expected values on the day compared with, same facts, by row of `Firms`: of firms with signals.
  public internal(set) var valuesThen: [Int: Double] = [:]
  /// Kendall's tau of the order against firm size alone.
  public let tauSize: Double?
  /// Kendall's tau of the order against the origin's order alone.
  public let tauPlace: Double?

  /// How many of the first entries follow one another without a gap in their ranks.
  public var listed: Int {
    entries.enumerated().first { $0.element.rank != $0.offset + 1 }?.offset ?? entries.count
  }

  public init(
    chain: Int, pairings: Int, considered: Int, entries: [Entry], excluded: [Exclusion],
    tauSize: Double?, tauPlace: Double?, standings: Standings? = nil
  ) {
    self.standings =
      standings ?? Standings(entries.map { ($0.pairing.firm, $0.expectedValue) })
    self.chain = chain
    self.pairings = pairings
    self.considered = considered
    self.entries = entries
    self.excluded = excluded
    self.tauSize = tauSize
    self.tauPlace = tauPlace
  }
}

/// A firm kept off a list, and why; it stays in the publication. 剔除
public struct Exclusion: Sendable, Equatable {
  /// Row of `Firms`.
  public let firm: Int
  /// Stable name of the reason.
  public let reason: String
  public let because: Phrase

  public init(firm: Int, reason: String, because: Phrase) {
    self.firm = firm
    self.reason = reason
    self.because = because
  }
}

/// What people do with a firm on the list. 结论
public enum Verdict: String, Sendable, Codable, CaseIterable {
  case visitFirst = "优先拜访"
  case visit = "可拜访"
  case watch = "观察"
  case hold = "暂缓"

  public var label: Phrase {
    switch self {
    case .visitFirst: Phrase(zh: "优先拜访", en: "visit first")
    case .visit: Phrase(zh: "可拜访", en: "worth a visit")
    case .watch: Phrase(zh: "观察", en: "watch")
    case .hold: Phrase(zh: "暂缓", en: "hold")
    }
  }
}
