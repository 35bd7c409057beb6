import Atlas

/// Who may read a fact, and for a confidence, whose it is. 知悉范围
public struct Clearance: Sendable, Hashable {
  public let disclosure: Disclosure
  /// Ledger id of the firm that gave the fact in confidence.
  public let owner: Int64?

  private init(_ disclosure: Disclosure, owner: Int64?) {
    self.disclosure = disclosure
    self.owner = owner
  }

  /// Anybody may read it. 公开
  public static let open = Clearance(.public, owner: nil)
  /// The office alone. 内部
  public static let office = Clearance(.office, owner: nil)
  /// The firm that gave it, in its own papers. 企业保密
  public static func confidential(of firm: Int64) -> Clearance {
    Clearance(.confidential, owner: firm)
  }

  /// The narrower of two: what may be read of something made from both.
  public func narrower(_ other: Clearance) -> Clearance {
    switch (disclosure, other.disclosure) {
    case (.public, _): other
    case (_, .public): self
    case (.office, _), (_, .office): .office
    // Two firms' confidences in one fact belong to neither's papers.
    case (.confidential, .confidential): owner == other.owner ? self : .office
    }
  }
}

/// For whom a paper is printed. 版本
public enum Edition: String, Sendable, Codable, CaseIterable {
  /// For the office. 内部版
  case office
  /// Laid on the table before the firm. 给企业
  case firm

  public var label: Phrase {
    switch self {
    case .office: Phrase(zh: "内部版", en: "office edition")
    case .firm: Phrase(zh: "给企业", en: "firm edition")
    }
  }
}

/// The reader of an edition: decides fact by fact. 读者
public struct Reader: Sendable, Hashable {
  public let edition: Edition
  /// The firm that the paper is about.
  public let firm: Int64?
  public let language: Language

  public init(edition: Edition, firm: Int64?, language: Language) {
    self.edition = edition
    self.firm = firm
    self.language = language
  }

  /// A confidence is shown in its owner's papers only; the English firm edition is public only.
  public func mayRead(_ clearance: Clearance) -> Bool {
    switch clearance.disclosure {
    case .public: true
    case .office: edition == .office
    case .confidential:
      clearance.owner != nil && clearance.owner == firm
        && !(edition == .firm && language == .en)
    }
  }
}

/// The class printed on every paper. 密级
public enum Classification: String, Sendable, Codable, CaseIterable {
  case open = "公开"
  case office = "内部"
  case confidential = "企业保密"

  public var label: Phrase {
    switch self {
    case .open: Phrase(zh: "公开", en: "Public")
    case .office: Phrase(zh: "内部", en: "Internal")
    case .confidential: Phrase(zh: "企业保密", en: "Company confidential")
    }
  }
}
