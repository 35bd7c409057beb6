import Atlas

/// How much each kind of evidence counts; the assumed numbers of the linker. 挂链权重
///
/// Tuned by hand on the listed firms of the checked set and on invented look-alikes, then frozen.
public struct LinkWeights: Sendable, Equatable {
  /// An alias in 主营产品, 主营业务, 经营范围, 企业名称.
  public var aliasInProducts = 0.88
  public var aliasInMainBusiness = 0.85
  public var aliasInScope = 0.62
  public var aliasInName = 0.72
  /// A keyword in the same four.
  public var keywordInProducts = 0.40
  public var keywordInMainBusiness = 0.34
  public var keywordInScope = 0.15
  public var keywordInName = 0.30
  /// The most that keywords together can say.
  public var keywordCeiling = 0.60
  /// An industry label that names one segment; shared labels divide by the root of their number.
  public var industry = 0.35
  /// A learned label of probability one.
  public var learned = 0.45
  /// What a second and third alias of the field add to the best.
  public var furtherAlias = 0.15
  /// What is left of a score per word that speaks against the segment.
  public var negative = 0.62

  /// Role unknown, traded only, designed only, served only; made is 1.
  public var roleUnknown = 0.95
  public var tradedOnly = 0.45
  public var designedOnly = 0.60
  public var servedOnly = 0.40

  /// Context; the product itself is 1.
  public var extended = 0.85
  public var modifier = 0.15
  public var application = 0.25
  public var waste = 0.15

  /// Lost per member of a list after the third, in products and main business, and the floor.
  public var positionLoss = 0.04
  public var positionFloor = 0.60

  /// A score from which a link is confirmed, provided a product word says so.
  public var confirmedFrom = 0.75
  /// A score from which a person is asked.
  public var uncertainFrom = 0.30

  public init() {}
}
