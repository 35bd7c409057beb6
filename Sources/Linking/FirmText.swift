import Atlas

/// What a row says in words about a firm: all that the linker reads. 企业文本
public struct FirmText: Sendable, Equatable {
  public var name: String
  /// 主营产品
  public var products: String
  /// 主营业务
  public var mainBusiness: String
  /// 经营范围
  public var businessScope: String
  /// Industry codes or class names, as many as the row has. 行业
  public var industries: [String]

  /// - Parameters: empty text where the row does not say.
  public init(
    name: String, products: String = "", mainBusiness: String = "", businessScope: String = "",
    industries: [String] = []
  ) {
    self.name = name
    self.products = products
    self.mainBusiness = mainBusiness
    self.businessScope = businessScope
    self.industries = industries
  }
}

/// The column of a firm's row in which something was read. 字段
public enum TextField: UInt8, Sendable, Codable, CaseIterable {
  /// 企业名称
  case name
  /// 主营产品
  case products
  /// 主营业务
  case mainBusiness
  /// 经营范围
  case businessScope
  /// 行业
  case industry

  /// The column's word.
  public var label: Phrase {
    switch self {
    case .name: Phrase(zh: "企业名称", en: "name")
    case .products: Phrase(zh: "主营产品", en: "products")
    case .mainBusiness: Phrase(zh: "主营业务", en: "main business")
    case .businessScope: Phrase(zh: "经营范围", en: "business scope")
    case .industry: Phrase(zh: "行业", en: "industry")
    }
  }
}
