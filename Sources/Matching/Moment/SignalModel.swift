import Atlas

/// What a signal says about a firm. 信号类型
public enum SignalKind: String, Sendable, Codable, CaseIterable {
  /// 扩产
  case expansion
  /// 搬迁
  case relocation
  /// 租约到期
  case leaseEnd
  /// 购地
  case landPurchase
  /// 异地招工
  case recruitment
  /// 融资
  case financing
  /// 环保整改
  case environmentalOrder
  /// 核心客户迁移
  case anchorCustomer
  case other

  /// Reads the words of an import; a word that is not known is `other`.
  public init(word: String) {
    switch word.lowercased() {
    case "expansion", "扩产", "扩建", "扩张": self = .expansion
    case "relocation", "搬迁", "迁移", "转移": self = .relocation
    case "leaseend", "lease", "租约到期", "租期届满": self = .leaseEnd
    case "landpurchase", "land", "购地", "拿地": self = .landPurchase
    case "recruitment", "异地招工", "招聘", "招工": self = .recruitment
    case "financing", "融资", "上市": self = .financing
    case "environmentalorder", "环保整改", "环保": self = .environmentalOrder
    case "anchorcustomer", "核心客户迁移", "客户迁移": self = .anchorCustomer
    default: self = .other
    }
  }

  public var name: Phrase {
    switch self {
    case .expansion: Phrase(zh: "扩产", en: "expansion")
    case .relocation: Phrase(zh: "搬迁", en: "relocation")
    case .leaseEnd: Phrase(zh: "租约到期", en: "lease end")
    case .landPurchase: Phrase(zh: "购地", en: "land purchase")
    case .recruitment: Phrase(zh: "异地招工", en: "recruitment elsewhere")
    case .financing: Phrase(zh: "融资", en: "financing")
    case .environmentalOrder: Phrase(zh: "环保整改", en: "environmental order")
    case .anchorCustomer: Phrase(zh: "核心客户迁移", en: "anchor customer moving")
    case .other: Phrase(zh: "其他", en: "other")
    }
  }

  /// A known future date that draws nearer; any other signal speaks of what has happened.
  var looksAhead: Bool { self == .leaseEnd }

  fileprivate var parameter: String {
    "halfLife" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
  }
}

/// How long each kind of signal keeps its force. 信号半衰期
public struct SignalModel: Sendable, Equatable {
  /// Days, by `SignalKind.allCases`.
  private let halfLives: [Parameter]
  /// Strength of a signal whose source gives none.
  public let strengthUnknown: Parameter

  /// - Throws: `CardError` for a missing half-life or one that is not above 0.
  public init(_ table: ParameterTable) throws(CardError) {
    let card = CheckedCard(table)
    var halfLives: [Parameter] = []
    for kind in SignalKind.allCases { halfLives.append(try card.positive(kind.parameter)) }
    self.halfLives = halfLives
    strengthUnknown = try card.share("signalStrengthUnknown")
    try table.refuseUnknown(known: LabourCard.names)
  }

  /// Days after which a signal has half its force.
  public func halfLife(_ kind: SignalKind) -> Parameter {
    halfLives[SignalKind.allCases.firstIndex(of: kind) ?? halfLives.count - 1]
  }
}
