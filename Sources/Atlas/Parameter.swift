/// What stands behind an assumed number. 依据类别
public enum Evidence: String, Sendable, Codable, CaseIterable {
  /// Measured by the office or fitted on data. 实测
  case measured
  /// A single published figure with publisher and year. 公开发表
  case published
  /// Nobody measured it: a stated assumption with a range. 假设
  case assumed
}

/// A number about the world that a card carries: value, range, unit, source. 参数
public struct Parameter: Sendable, Hashable, Codable {
  public let value: Double
  public let low: Double
  public let high: Double
  public let unit: String
  public let source: String
  public let evidence: Evidence

  public init(
    value: Double, low: Double, high: Double, unit: String, source: String, evidence: Evidence
  ) {
    self.value = value
    self.low = low
    self.high = high
    self.unit = unit
    self.source = source
    self.evidence = evidence
  }

  /// The value under each scenario.
  public var span: Span { Span(low: low, base: value, high: high) }
}

/// The named parameters of one card; every room decodes its model from one. 参数表
///
/// A room calls `require` for each name it knows and then `refuseUnknown`, so that a card with a
/// misspelt name is refused and never half-read.
public struct ParameterTable: Sendable, Equatable {
  /// The card's own name, for messages.
  public let card: String
  /// Sorted by name.
  public let entries: [(name: String, parameter: Parameter, line: Int)]

  public init(card: String, entries: [(name: String, parameter: Parameter, line: Int)]) {
    self.card = card
    self.entries = entries.sorted { $0.name < $1.name }
  }

  /// The parameter called `name`.
  ///
  /// - Throws: `CardError.missing` when the card has none of that name.
  public func require(_ name: String) throws(CardError) -> Parameter {
    guard let parameter = find(name) else { throw .missing(card: card, name: name) }
    return parameter
  }

  /// The parameter called `name`, when the card has it.
  public func find(_ name: String) -> Parameter? {
    entries.first { $0.name == name }?.parameter
  }

  /// Refuses a card that has a name outside `known`.
  public func refuseUnknown(known: Set<String>) throws(CardError) {
    for entry in entries where !known.contains(entry.name) {
      throw .unknownKey(card: card, name: entry.name, line: entry.line)
    }
  }

  public static func == (left: ParameterTable, right: ParameterTable) -> Bool {
    left.card == right.card
      && left.entries.elementsEqual(right.entries) {
        $0.name == $1.name && $0.parameter == $1.parameter
      }
  }
}

/// Why a card cannot be used. 卡片错误
public enum CardError: Error, Sendable, Equatable {
  case missing(card: String, name: String)
  case unknownKey(card: String, name: String, line: Int)
  case outOfRange(card: String, name: String, line: Int, because: Phrase)
  case malformed(card: String, line: Int, because: Phrase)

  /// What is wrong, where, what to do.
  public var message: Phrase {
    switch self {
    case .missing(let card, let name):
      Phrase(
        zh: "卡片 \(card) 缺少参数 \(name)：请补上 value、low、high、unit、source、evidence。",
        en:
          "card \(card) has no parameter \(name): add it with value, low, high, unit, source, evidence."
      )
    case .unknownKey(let card, let name, let line):
      Phrase(
        zh: "卡片 \(card) 第 \(line) 行的键 \(name) 不认识：请改正拼写或删除。",
        en: "card \(card) line \(line): unknown key \(name); correct or remove it.")
    case .outOfRange(let card, let name, let line, let because):
      Phrase(
        zh: "卡片 \(card) 第 \(line) 行 \(name)：\(because.zh)",
        en: "card \(card) line \(line), \(name): \(because.en)")
    case .malformed(let card, let line, let because):
      Phrase(
        zh: "卡片 \(card) 第 \(line) 行无法读取：\(because.zh)",
        en: "card \(card) line \(line) cannot be read: \(because.en)")
    }
  }
}
