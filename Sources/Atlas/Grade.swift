/// How a number came to be; it travels with the number into every column, chart and sentence. 数据等级
public enum Grade: String, Sendable, Codable, CaseIterable, Comparable {
  /// A record: a register, a statistic, a weighbridge. 实测
  case measured
  /// Said by the firm. 企业自述
  case stated
  /// Computed by a named model from named facts; wears 估 on the number. 估算
  case estimated
  /// Not known; the missing fact is named. 未知
  case unknown

  /// Better grades come first.
  public static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }

  /// The grade of a number computed from numbers of both grades: the weaker of the two.
  public func weakest(_ other: Grade) -> Grade { Swift.max(self, other) }

  /// The word printed beside a number.
  public var label: Phrase {
    switch self {
    case .measured: Phrase(zh: "实测", en: "measured")
    case .stated: Phrase(zh: "企业自述", en: "stated")
    case .estimated: Phrase(zh: "估", en: "est.")
    case .unknown: Phrase(zh: "未知", en: "unknown")
    }
  }

  private var rank: Int {
    switch self {
    case .measured: 0
    case .stated: 1
    case .estimated: 2
    case .unknown: 3
    }
  }
}
