import Atlas

/// A term of the choice model; what it reads is in `Alternative`, its numbers are on the card. 评分项
public enum Term: String, Sendable, Codable, CaseIterable {
  case annualCost, labourFill, localSourcing, sameSegment, network, marketPotential
  case ties, signal, distance

  public var coefficientName: String { rawValue + ".coefficient" }
  public var sigmaName: String { rawValue + ".sigma" }
  public var spreadName: String { rawValue + ".spread" }

  public var label: Phrase {
    switch self {
    case .annualCost: Phrase(zh: "年总成本占产值", en: "yearly cost in output")
    case .labourFill: Phrase(zh: "关键工种招满概率", en: "probability of filling the binding occupation")
    case .localSourcing: Phrase(zh: "本地配套率", en: "local sourcing share")
    case .sameSegment: Phrase(zh: "同环节企业集聚", en: "firms of the same segment")
    case .network: Phrase(zh: "已有往来企业", en: "firms already tied to this firm")
    case .marketPotential: Phrase(zh: "市场潜力", en: "market potential")
    case .ties: Phrase(zh: "人脉", en: "ties")
    case .signal: Phrase(zh: "动态信号", en: "signals")
    case .distance: Phrase(zh: "离现址距离", en: "distance from the origin")
    }
  }

  /// The unit of the printed value.
  public var unit: Unit {
    switch self {
    case .annualCost: .percentOfOutput
    case .labourFill: .probability
    case .localSourcing: .share
    case .sameSegment, .network: .count
    case .marketPotential: .ratio
    case .ties: .persons
    case .signal: .ratio
    case .distance: .kilometres
    }
  }

  /// True when more of the value makes a place more likely, on the shipped card.
  public var isBenefit: Bool {
    switch self {
    case .annualCost, .distance: false
    default: true
    }
  }

  /// What enters the utility: the value itself, or `ln(1 + value)`, or `ln value`.
  public func transformed(_ value: Double) -> Double? {
    switch self {
    case .annualCost, .labourFill, .localSourcing, .signal: value
    case .sameSegment, .network, .ties: logarithm(1 + value)
    case .distance: logarithm(1 + value / 100)
    case .marketPotential: value > 0 ? logarithm(value) : nil
    }
  }
}
