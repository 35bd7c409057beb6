import Atlas
import Crypto
public import Freight

/// The two digests of a card: what decides numbers, and what only explains them. 卡片指纹
///
/// Behaviour covers ids, numbers, units and the words that linking reads; prose covers names,
/// sources and evidence. Comments, blank lines and the order of keys are in neither.
public struct CardDigest: Sendable, Hashable, Codable {
  public let behaviour: String
  public let prose: String

  public init(behaviour: String, prose: String) {
    self.behaviour = behaviour
    self.prose = prose
  }

  public init(_ table: ParameterTable) {
    var text = CanonicalText()
    for entry in table.entries { text.add(entry.name, entry.parameter) }
    self = text.digest
  }

  public init(_ chain: ChainModel) {
    var text = CanonicalText()
    text.behaviour("chain", chain.id)
    text.prose(chain.name.zh, chain.name.en, chain.version, chain.source, "\(chain.inherited)")
    for tier in chain.tiers { text.prose(tier.zh, tier.en) }
    for segment in chain.segments { text.add(segment) }
    self = text.digest
  }

  public init(_ table: Table) {
    var text = CanonicalText()
    text.behaviour(table.header)
    for row in table.rows { text.behaviour(row.cells) }
    self = text.digest
  }

  public init(_ corridors: [Corridor]) {
    var text = CanonicalText()
    for corridor in corridors {
      text.behaviour("corridor", corridor.id, corridor.mode.rawValue)
      text.prose(corridor.name.zh, corridor.name.en, corridor.source)
      for stop in corridor.stops { text.behaviour(stop.terminal, "\(stop.km)") }
      for wait in corridor.waits {
        text.behaviour("\(wait.km)")
        text.add("wait", wait.hours)
      }
      let parameters = [
        ("rate", corridor.rate), ("fixed", corridor.fixed), ("factor", corridor.factor),
        ("dollarsPerFeu", corridor.dollarsPerFeu), ("tripDays", corridor.tripDays),
        ("speed", corridor.speed), ("terminalDays", corridor.terminalDays),
      ]
      for (name, parameter) in parameters {
        if let parameter { text.add(name, parameter) }
      }
    }
    self = text.digest
  }

  public init(_ occupations: [OccupationCard]) {
    var text = CanonicalText()
    for occupation in occupations {
      text.behaviour(occupation.id, "\(occupation.critical)", occupation.group ?? "")
      if let share = occupation.shareOfGroup { text.add("shareOfGroup", share) }
      text.prose(occupation.name.zh, occupation.name.en)
      text.add("trainingWeeks", occupation.trainingWeeks)
      text.add("wageFactor", occupation.wageFactor)
    }
    self = text.digest
  }
}

/// SHA-256 of a text in UTF-8, hexadecimal. 指纹
public func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

/// SHA-256 of bytes, hexadecimal. 指纹
public func sha256(_ bytes: [UInt8]) -> String {
  SHA256.hash(data: bytes).map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}

/// Text with one meaning: fields end in a unit separator, records in a line feed.
private struct CanonicalText {
  private var behaviourText = ""
  private var proseText = ""

  var digest: CardDigest {
    CardDigest(behaviour: sha256(behaviourText), prose: sha256(proseText))
  }

  mutating func behaviour(_ fields: String...) { behaviour(fields) }

  mutating func behaviour(_ fields: [String]) {
    behaviourText += fields.joined(separator: "\u{1F}") + "\n"
  }

  mutating func prose(_ fields: String...) {
    proseText += fields.joined(separator: "\u{1F}") + "\n"
  }

  mutating func add(_ name: String, _ parameter: Parameter) {
    behaviour(name, "\(parameter.value)", "\(parameter.low)", "\(parameter.high)", parameter.unit)
    prose(name, parameter.evidence.rawValue, parameter.source)
  }

  mutating func add(_ segment: Segment) {
    behaviour("segment", segment.id, "\(segment.tier)", segment.cargo.rawValue)
    behaviour(["aliases"] + segment.aliases)
    behaviour(["keywords"] + segment.keywords)
    behaviour(["negativeKeywords"] + segment.negativeKeywords)
    behaviour(["industries"] + segment.industries)
    behaviour(["environment"] + segment.environment)
    behaviour(["assets"] + segment.assets)
    prose(segment.name.zh, segment.name.en)
    for input in segment.inputs { add("input " + input.segment, input.coefficient) }
    for share in segment.occupations { behaviour("heads", share.occupation, "\(share.per100)") }
    add("valuePerTonne", segment.valuePerTonne)
    add("outputPerWorker", segment.outputPerWorker)
    add("investmentPerOutput", segment.investmentPerOutput)
    add("landPerOutput", segment.landPerOutput)
    add("powerPerOutput", segment.powerPerOutput)
    add("nationalOutput", segment.nationalOutput)
    add("inventoryDays", segment.inventoryDays)
    if let product = segment.product {
      prose(product.name.zh, product.name.en)
      add("price", product.price)
    }
  }
}
