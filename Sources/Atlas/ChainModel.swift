/// An industrial chain: its segments from raw material to market and what flows between them. 产业链
public struct ChainModel: Sendable, Equatable {
  public let id: String
  public let name: Phrase
  public let version: String
  /// Names of the tiers, upstream first. 层级
  public let tiers: [Phrase]
  /// In the order of the card; ids are unique over all loaded chains (`pcb.laminate`).
  public let segments: [Segment]
  /// Where the structure comes from.
  public let source: String
  /// True when the chain's numbers are inherited from coarser coefficients.
  public let inherited: Bool

  public init(
    id: String, name: Phrase, version: String, tiers: [Phrase], segments: [Segment],
    source: String, inherited: Bool
  ) {
    self.id = id
    self.name = name
    self.version = version
    self.tiers = tiers
    self.segments = segments
    self.source = source
    self.inherited = inherited
  }
}

/// One link of a chain: a product made by firms of one kind. 环节
public struct Segment: Sendable, Equatable {
  public let id: String
  public let name: Phrase
  /// Index into `ChainModel.tiers`.
  public let tier: Int
  /// How firms call this product; a match on one is strong evidence.
  public let aliases: [String]
  /// Words that speak for the segment without naming it.
  public let keywords: [String]
  /// Words that speak against it.
  public let negativeKeywords: [String]
  /// Industry labels: GB/T 4754 codes, exchange or Shenwan class names.
  public let industries: [String]
  /// What one yuan of output buys from other segments of the loaded chains.
  public let inputs: [SegmentInput]
  /// Value of one tonne of output, yuan per tonne.
  public let valuePerTonne: Parameter
  public let cargo: CargoClass
  /// Output per worker, 10k yuan per person and year.
  public let outputPerWorker: Parameter
  /// Heads per 100 workers by occupation; sums to 100.
  public let occupations: [OccupationShare]
  /// Fixed investment per yearly output, 10k yuan per 10k yuan/yr.
  public let investmentPerOutput: Parameter
  /// Land, mu per 10k yuan/yr of output.
  public let landPerOutput: Parameter
  /// Electricity, MWh per 10k yuan of output.
  public let powerPerOutput: Parameter
  /// National yearly output, 10k yuan/yr.
  public let nationalOutput: Parameter
  /// Days of input stock a plant of this segment keeps.
  public let inventoryDays: Parameter
  /// The unit in which the trade counts the product; nil when it is sold by value. 计量单位
  public let product: ProductUnit?
  /// Environmental conditions such as 电镀 (plating) and 化工园区 (chemical park).
  public let environment: [String]
  /// Kinds of asset that serve the segment, such as 检测 and 院校.
  public let assets: [String]

  public init(
    id: String, name: Phrase, tier: Int, aliases: [String], keywords: [String],
    negativeKeywords: [String], industries: [String], inputs: [SegmentInput],
    valuePerTonne: Parameter, cargo: CargoClass, outputPerWorker: Parameter,
    occupations: [OccupationShare], investmentPerOutput: Parameter, landPerOutput: Parameter,
    powerPerOutput: Parameter, nationalOutput: Parameter, inventoryDays: Parameter,
    product: ProductUnit?, environment: [String], assets: [String]
  ) {
    self.id = id
    self.name = name
    self.tier = tier
    self.aliases = aliases
    self.keywords = keywords
    self.negativeKeywords = negativeKeywords
    self.industries = industries
    self.inputs = inputs
    self.valuePerTonne = valuePerTonne
    self.cargo = cargo
    self.outputPerWorker = outputPerWorker
    self.occupations = occupations
    self.investmentPerOutput = investmentPerOutput
    self.landPerOutput = landPerOutput
    self.powerPerOutput = powerPerOutput
    self.nationalOutput = nationalOutput
    self.inventoryDays = inventoryDays
    self.product = product
    self.environment = environment
    self.assets = assets
  }
}

/// What a segment buys from another, in yuan of input per yuan of output. 投入
public struct SegmentInput: Sendable, Equatable {
  /// Id of the supplying segment.
  public let segment: String
  /// Yuan of input per yuan of output (technical coefficient).
  public let coefficient: Parameter

  public init(segment: String, coefficient: Parameter) {
    self.segment = segment
    self.coefficient = coefficient
  }
}

/// The heads of one occupation among 100 workers. 工种
public struct OccupationShare: Sendable, Equatable {
  /// Occupation id of the labour model.
  public let occupation: String
  public let per100: Double

  public init(occupation: String, per100: Double) {
    self.occupation = occupation
    self.per100 = per100
  }
}

/// The trade's own count of a product: square metres of board, pairs of shoes. 计量单位
public struct ProductUnit: Sendable, Equatable {
  public let name: Phrase
  /// Yuan per unit.
  public let price: Parameter

  public init(name: Phrase, price: Parameter) {
    self.name = name
    self.price = price
  }
}

/// How a cargo has to be carried. 货类
public enum CargoClass: String, Sendable, Codable, CaseIterable {
  /// 普通
  case general
  /// 危险品
  case hazardous
  /// 超限
  case oversize
  /// 冷藏
  case refrigerated
  /// 散货
  case bulk
}
