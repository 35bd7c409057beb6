import Atlas
import Glibc

/// What a tie rests on. 人脉类型
public enum TieKind: String, Sendable, Codable, CaseIterable {
  /// 籍贯
  case hometown
  /// 校友
  case alumni
  /// 前同事
  case formerColleague
  /// 股东
  case shareholder
  /// 现有客户
  case customer
  /// 现有供应商
  case supplier

  /// Reads the words of an import; nil for a word that is not known.
  public init?(word: String) {
    let text = word.lowercased()
    let words: [(TieKind, [String])] = [
      (.hometown, ["hometown", "native", "籍", "同乡", "老乡"]), (.alumni, ["alumni", "校友"]),
      (.formerColleague, ["colleague", "同事"]), (.shareholder, ["shareholder", "股东", "股权"]),
      (.customer, ["customer", "客户"]), (.supplier, ["supplier", "供应商"]),
    ]
    guard let found = words.first(where: { $0.1.contains { text.contains($0) } }) else {
      return nil
    }
    self = found.0
  }

  /// True where the tie is a natural person, who must have agreed before being counted.
  public var isPerson: Bool {
    switch self {
    case .hometown, .alumni, .formerColleague: true
    case .shareholder, .customer, .supplier: false
    }
  }

  public var name: Phrase {
    switch self {
    case .hometown: Phrase(zh: "同乡", en: "hometown")
    case .alumni: Phrase(zh: "校友", en: "alumni")
    case .formerColleague: Phrase(zh: "前同事", en: "former colleagues")
    case .shareholder: Phrase(zh: "股东", en: "shareholders")
    case .customer: Phrase(zh: "现有客户", en: "customers")
    case .supplier: Phrase(zh: "现有供应商", en: "suppliers")
    }
  }
}

/// How far a tie has been followed up. 进度
public enum TieStatus: String, Sendable, Codable, CaseIterable, Comparable {
  /// 已查实
  case found
  /// 已联系
  case contacted
  /// 愿牵线
  case willing

  /// Reads the words of an import; a word that is not known says no more than found.
  public init(word: String?) {
    switch word?.lowercased() {
    case "willing", "愿牵线", "愿意": self = .willing
    case "contacted", "已联系": self = .contacted
    default: self = .found
    }
  }

  public static func < (left: TieStatus, right: TieStatus) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .found: 0
    case .contacted: 1
    case .willing: 2
    }
  }
}

/// The ties between a firm and the district: counts and statuses, never names. 人脉汇总
///
/// A person is counted in the score only with consent; a kind that is not known is treated as a
/// person. Unknown: a firm without a tie on record has no summary, which is not "no ties".
public struct TieSummary: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    /// Nil for a kind that is not known.
    public let kind: TieKind?
    public let status: TieStatus
    public let consent: Bool
    public let count: Double
    /// False for people who have not agreed: shown as a number to follow up, not scored.
    public let counted: Bool
    public let provenance: Provenance
  }

  /// Kind by kind as declared, furthest status first.
  public let lines: [Line]

  /// Nil when no tie is on record.
  public init?(_ ties: some Sequence<Tie>) {
    let lines = ties.filter { $0.count > 0 }.map { tie in
      let kind = TieKind(word: tie.kind)
      return Line(
        kind: kind, status: TieStatus(word: tie.status), consent: tie.consent, count: tie.count,
        counted: tie.consent || kind.map { !$0.isPerson } ?? false, provenance: tie.provenance)
    }
    if lines.isEmpty { return nil }
    self.lines = lines.sorted {
      let first = TieSummary.order($0.kind)
      let second = TieSummary.order($1.kind)
      if first != second { return first < second }
      return $0.status != $1.status ? $0.status > $1.status : $0.provenance < $1.provenance
    }
  }

  private static func order(_ kind: TieKind?) -> Int {
    kind.flatMap { TieKind.allCases.firstIndex(of: $0) } ?? TieKind.allCases.count
  }

  /// Ties that enter the score.
  public var counted: Double { lines.reduce(0) { $0 + ($1.counted ? $1.count : 0) } }
  /// People found who have not yet agreed.
  public var awaitingConsent: Double { lines.reduce(0) { $0 + ($1.counted ? 0 : $1.count) } }

  /// ln(1 + ties that enter the score).
  public var feature: Double { log1p(counted) }

  /// The furthest that any counted tie has come.
  public var furthest: TieStatus? { lines.filter(\.counted).map(\.status).max() }

  /// Ties of one kind that enter the score.
  public func count(_ kind: TieKind) -> Double {
    lines.reduce(0) { $0 + ($1.kind == kind && $1.counted ? $1.count : 0) }
  }
}
