import Atlas

/// A chain model as read, with the lines that later checks point at. 产业链卡
public struct ChainCard: Sendable, Equatable {
  public let card: String
  public let model: ChainModel
  /// Line of each segment, in the order of `model.segments`.
  public let segmentLines: [Int]
  /// Every input in file order.
  public let inputs: [ChainInput]
}

/// One input of a chain card and where it stands. 投入行
public struct ChainInput: Sendable, Equatable {
  public let buyer: String
  public let supplier: String
  public let line: Int
  /// True where the card says that the flow goes back upstream. 回用
  public let recycled: Bool
}

/// The unit that each field of a chain model is written in. 单位
public enum ChainUnit {
  public static let coefficient = "元/元"
  public static let valuePerTonne = "元/吨"
  public static let outputPerWorker = "万元/人·年"
  public static let investmentPerOutput = "万元/万元·年"
  public static let landPerOutput = "亩/万元·年"
  public static let powerPerOutput = "兆瓦时/万元"
  public static let nationalOutput = "万元/年"
  public static let inventoryDays = "天"
}

/// Reads one chain model: one file, one chain. 产业链模型
///
/// Checks everything that one file can tell: fields, ranges, sums, ids. What needs the other
/// chains (unknown segments, cycles) is checked by `checkChains`.
public func readChain(_ text: String, card: String) throws(CardError) -> ChainCard {
  let root = try CardNode.parse(text, card: card)
  let fields = try root.fields(
    required: ["id", "name", "version", "inherited", "source", "sources", "tiers", "segments"],
    optional: ["defaults", "note"])
  let id = try fields["id"].text()
  var sources: [String: String] = [:]
  for (key, node) in try fields["sources"].entries() { sources[key] = try node.text() }
  var tiers: [Phrase] = []
  for node in try fields["tiers"].list() { tiers.append(try node.phrase()) }
  let defaults = try SegmentDefaults(fields.find("defaults"), sources: sources)

  var reader = SegmentReader(
    chain: id, tierCount: tiers.count, sources: sources, defaults: defaults)
  for node in try fields["segments"].list() { try reader.read(node) }
  guard !reader.segments.isEmpty else {
    throw fields["segments"].failure(
      zh: "产业链至少要有一个环节。", en: "a chain needs at least one segment.")
  }
  let model = ChainModel(
    id: id, name: try fields["name"].phrase(), version: try fields["version"].text(), tiers: tiers,
    segments: reader.segments, source: try fields["source"].text(),
    inherited: try fields["inherited"].truth())
  return ChainCard(card: card, model: model, segmentLines: reader.lines, inputs: reader.inputs)
}

/// The number fields of a segment: name, unit, and whether zero is possible.
private let numberFields: [(name: String, unit: String, mayBeZero: Bool)] = [
  ("valuePerTonne", ChainUnit.valuePerTonne, false),
  ("outputPerWorker", ChainUnit.outputPerWorker, false),
  ("investmentPerOutput", ChainUnit.investmentPerOutput, true),
  ("landPerOutput", ChainUnit.landPerOutput, true),
  ("powerPerOutput", ChainUnit.powerPerOutput, true),
  ("nationalOutput", ChainUnit.nationalOutput, false),
  ("inventoryDays", ChainUnit.inventoryDays, true),
]

/// What a segment takes when it does not say its own: parameters, occupations, cargo.
private struct SegmentDefaults {
  var parameters: [String: Parameter] = [:]
  var occupations: [OccupationShare]?
  var cargo: CargoClass?

  init(_ node: CardNode?, sources: [String: String]) throws(CardError) {
    guard let node else { return }
    let fields = try node.fields(
      required: [], optional: numberFields.map(\.name) + ["occupations", "cargo"])
    for field in numberFields {
      guard let found = fields.find(field.name) else { continue }
      parameters[field.name] = try found.positive(field, sources: sources)
    }
    if let found = fields.find("occupations") { occupations = try found.occupations() }
    if let found = fields.find("cargo") { cargo = try found.cargo() }
  }
}

private struct SegmentReader {
  let chain: String
  let tierCount: Int
  let sources: [String: String]
  let defaults: SegmentDefaults
  var segments: [Segment] = []
  var lines: [Int] = []
  var inputs: [ChainInput] = []

  init(chain: String, tierCount: Int, sources: [String: String], defaults: SegmentDefaults) {
    self.chain = chain
    self.tierCount = tierCount
    self.sources = sources
    self.defaults = defaults
  }

  mutating func read(_ node: CardNode) throws(CardError) {
    let fields = try node.fields(
      required: ["id", "name", "tier", "aliases"],
      optional: [
        "keywords", "negativeKeywords", "industries", "inputs", "cargo", "occupations", "product",
        "environment", "assets",
      ] + numberFields.map(\.name))
    let id = try fields["id"].text()
    guard id.hasPrefix(chain + "."), id.count > chain.count + 1 else {
      throw fields["id"].failure(
        zh: "环节编号 \(id) 应以“\(chain).”开头。", en: "segment id \(id) has to begin with \"\(chain).\".")
    }
    if let first = segments.firstIndex(where: { $0.id == id }) {
      throw fields["id"].failure(
        zh: "环节编号 \(id) 在第 \(lines[first]) 行已用过。",
        en: "segment id \(id) is already used on line \(lines[first]).")
    }
    let tier = try fields["tier"].wholeNumber()
    guard (0..<tierCount).contains(tier) else {
      throw fields["tier"].failure(
        zh: "层级 \(tier) 不存在，应在 0 到 \(tierCount - 1) 之间。",
        en: "there is no tier \(tier); tiers run from 0 to \(tierCount - 1).")
    }
    let flows = try readInputs(fields.find("inputs"), buyer: id)
    func parameter(_ index: Int) throws(CardError) -> Parameter {
      let field = numberFields[index]
      if let found = fields.find(field.name) { return try found.positive(field, sources: sources) }
      guard let standard = defaults.parameters[field.name] else {
        throw node.failure(
          zh: "环节 \(id) 缺少 \(field.name)，defaults 里也没有。",
          en: "segment \(id) has no \(field.name), and defaults has none.")
      }
      return standard
    }
    guard let occupations = try fields.find("occupations")?.occupations() ?? defaults.occupations
    else {
      throw node.failure(
        zh: "环节 \(id) 缺少 occupations，defaults 里也没有。",
        en: "segment \(id) has no occupations, and defaults has none.")
    }
    guard let cargo = try fields.find("cargo")?.cargo() ?? defaults.cargo else {
      throw node.failure(
        zh: "环节 \(id) 缺少 cargo，defaults 里也没有。",
        en: "segment \(id) has no cargo, and defaults has none.")
    }
    segments.append(
      Segment(
        id: id, name: try fields["name"].phrase(), tier: tier,
        aliases: try fields["aliases"].texts(), keywords: try fields.texts("keywords"),
        negativeKeywords: try fields.texts("negativeKeywords"),
        industries: try fields.texts("industries"), inputs: flows,
        valuePerTonne: try parameter(0), cargo: cargo, outputPerWorker: try parameter(1),
        occupations: occupations, investmentPerOutput: try parameter(2),
        landPerOutput: try parameter(3), powerPerOutput: try parameter(4),
        nationalOutput: try parameter(5), inventoryDays: try parameter(6),
        product: try product(fields.find("product")), environment: try fields.texts("environment"),
        assets: try fields.texts("assets")))
    lines.append(node.line)
  }

  private mutating func readInputs(
    _ node: CardNode?, buyer: String
  ) throws(CardError) -> [SegmentInput] {
    guard let node else { return [] }
    var result: [SegmentInput] = []
    var sum = 0.0
    for (supplier, entry) in try node.entries() {
      var recycled = false
      var value = entry
      if entry.node.mapping != nil {
        let fields = try entry.fields(required: ["coefficient"], optional: ["recycled"])
        value = fields["coefficient"]
        recycled = try fields.find("recycled")?.truth() ?? false
      }
      let coefficient = try value.positive(
        ("\(buyer) ← \(supplier)", ChainUnit.coefficient, false), sources: sources)
      sum += coefficient.value
      result.append(SegmentInput(segment: supplier, coefficient: coefficient))
      inputs.append(
        ChainInput(buyer: buyer, supplier: supplier, line: value.line, recycled: recycled))
    }
    // A hair of tolerance: ten tenths written in decimal may add up to 1.0000000000000002.
    guard sum <= 1 + 1e-9 else {
      throw node.failure(
        zh: "环节 \(buyer) 的投入合计 \(sum)，超过 1。",
        en: "the inputs of segment \(buyer) sum to \(sum), more than 1.")
    }
    return result
  }

  private func product(_ node: CardNode?) throws(CardError) -> ProductUnit? {
    guard let node else { return nil }
    let fields = try node.fields(required: ["name", "price"])
    let name = try fields["name"].phrase()
    return ProductUnit(
      name: name,
      price: try fields["price"].positive(
        ("price", "元/\(name.zh)", false), sources: sources))
  }
}

extension CardNode {
  /// A parameter that cannot be negative, nor zero unless the field says so.
  fileprivate func positive(
    _ field: (name: String, unit: String, mayBeZero: Bool), sources: [String: String]
  ) throws(CardError) -> Parameter {
    let parameter = try parameter(named: field.name, unit: field.unit, sources: sources)
    guard parameter.low > 0 || (field.mayBeZero && parameter.low == 0) else {
      throw .outOfRange(
        card: card, name: field.name, line: line,
        because: Phrase(
          zh: field.mayBeZero ? "不能为负数。" : "应大于 0。",
          en: field.mayBeZero ? "it cannot be negative." : "it has to be greater than 0."))
    }
    return parameter
  }

  fileprivate func occupations() throws(CardError) -> [OccupationShare] {
    var shares: [OccupationShare] = []
    for (occupation, node) in try entries() {
      let per100 = try node.number()
      guard per100 >= 0 else {
        throw node.failure(
          zh: "工种 \(occupation) 的人数不能为负数。",
          en: "the heads of occupation \(occupation) cannot be negative.")
      }
      shares.append(OccupationShare(occupation: occupation, per100: per100))
    }
    let sum = shares.reduce(0) { $0 + $1.per100 }
    guard abs(sum - 100) < 1e-9 else {
      throw failure(
        zh: "每百人工种合计应为 100，却是 \(sum)。", en: "occupations sum to \(sum), not to 100.")
    }
    return shares
  }

  fileprivate func cargo() throws(CardError) -> CargoClass {
    guard let cargo = CargoClass(rawValue: try text()) else {
      let known = CargoClass.allCases.map(\.rawValue).joined(separator: ", ")
      throw failure(zh: "货类应是 \(known) 之一。", en: "cargo is one of \(known).")
    }
    return cargo
  }
}
