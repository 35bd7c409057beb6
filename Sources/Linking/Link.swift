import Atlas

/// What the linker says of one firm and one segment, with everything that made it say so. 挂链
public struct Link: Sendable, Equatable {
  /// Row of `Linker.segments`.
  public let segment: Int
  /// In [0, 1]: evidence, not a probability.
  public let score: Double
  public let verdict: LinkVerdict
  /// Strongest first.
  public let evidence: [LinkEvidence]
}

/// Whether a link is taken, shown to a person, or only kept for the record. 挂链结论
public enum LinkVerdict: UInt8, Sendable, Codable, CaseIterable {
  /// 排除
  case rejected
  /// 待核
  case uncertain
  /// 确认
  case confirmed

  /// The class in the snapshot; a rejected link has none.
  public var linkClass: LinkClass? {
    switch self {
    case .rejected: nil
    case .uncertain: .uncertain
    case .confirmed: .confirmed
    }
  }

  /// The word of the review sheet.
  public var label: Phrase {
    switch self {
    case .rejected: Phrase(zh: "排除", en: "rejected")
    case .uncertain: Phrase(zh: "待核", en: "uncertain")
    case .confirmed: Phrase(zh: "确认", en: "confirmed")
    }
  }
}

/// One reason for or against a link. 挂链依据
public struct LinkEvidence: Sendable, Equatable {
  public let kind: EvidenceKind
  public let field: TextField
  /// The words of the card that were found, normalised; for learned evidence the label.
  public let words: String
  /// What the firm does with the product there; empty where the text does not say.
  public let role: FirmRole
  public let context: MentionContext
  /// Strength in [0, 1] after field, role, context and place in the list.
  public let weight: Double

  /// One line for the review sheet.
  public var phrase: Phrase {
    var zh = "\(field.label.zh)「\(words)」\(kind.label.zh)"
    var en = "\(field.label.en) “\(words)”, \(kind.label.en)"
    if !role.isEmpty {
      zh += "，\(role.label.zh)"
      en += ", \(role.label.en)"
    }
    if context != .head {
      zh += "，\(context.label.zh)"
      en += ", \(context.label.en)"
    }
    return Phrase(zh: zh, en: en)
  }
}

/// What kind of word spoke. 依据种类
public enum EvidenceKind: UInt8, Sendable, Codable, CaseIterable {
  /// 别名
  case alias
  /// 关键词
  case keyword
  /// 排除词
  case negative
  /// 行业
  case industry
  /// 学习所得
  case learned

  /// The kind's word.
  public var label: Phrase {
    switch self {
    case .alias: Phrase(zh: "别名", en: "alias")
    case .keyword: Phrase(zh: "关键词", en: "keyword")
    case .negative: Phrase(zh: "排除词", en: "speaks against")
    case .industry: Phrase(zh: "行业相符", en: "industry label")
    case .learned: Phrase(zh: "学习所得", en: "learned")
    }
  }
}

/// What a firm does with a product. 经营方式
public struct FirmRole: OptionSet, Sendable, Hashable, Codable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// 制造
  public static let makes = FirmRole(rawValue: 1)
  /// 贸易
  public static let trades = FirmRole(rawValue: 2)
  /// 设计研发
  public static let designs = FirmRole(rawValue: 4)
  /// 服务
  public static let serves = FirmRole(rawValue: 8)

  /// The words of the roles.
  public var label: Phrase {
    var words: [Phrase] = []
    if contains(.makes) { words.append(Phrase(zh: "制造", en: "makes")) }
    if contains(.trades) { words.append(Phrase(zh: "贸易", en: "trades")) }
    if contains(.designs) { words.append(Phrase(zh: "设计研发", en: "designs")) }
    if contains(.serves) { words.append(Phrase(zh: "服务", en: "serves")) }
    return Phrase(
      zh: words.map(\.zh).joined(separator: "、"), en: words.map(\.en).joined(separator: ", "))
  }
}

/// How a product word stands in its sentence. 语境
public enum MentionContext: UInt8, Sendable, Codable, CaseIterable {
  /// The thing itself. 本品
  case head
  /// Followed by words that the linker does not know. 后缀不明
  case extended
  /// Only says what another thing is for: 电路板钻孔机. 修饰他物
  case modifier
  /// Where the firm's product is used. 应用领域
  case application
  /// Scrap of the product. 废旧
  case waste
  /// Excluded by the text. 否定
  case negated

  /// The context's words.
  public var label: Phrase {
    switch self {
    case .head: Phrase(zh: "本品", en: "the product itself")
    case .extended: Phrase(zh: "后缀不明", en: "followed by unknown words")
    case .modifier: Phrase(zh: "修饰他物", en: "describes another product")
    case .application: Phrase(zh: "应用领域", en: "a field of use")
    case .waste: Phrase(zh: "废旧", en: "scrap")
    case .negated: Phrase(zh: "文中排除", en: "excluded by the text")
    }
  }
}
