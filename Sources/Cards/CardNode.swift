import Atlas
import Yams

/// A place in a card file: a YAML node that knows its file and line. 卡片节点
struct CardNode {
  let card: String
  let node: Node

  init(card: String, node: Node) {
    self.card = card
    self.node = node
  }

  /// Reads a whole file; an empty one and one that is no YAML are refused with their line.
  static func parse(_ text: String, card: String) throws(CardError) -> CardNode {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw .malformed(card: card, line: line(of: error), because: sentence(of: error))
    }
    guard let root else {
      throw .malformed(
        card: card, line: 1,
        because: Phrase(zh: "文件是空的，请补上内容。", en: "the file is empty; fill it in."))
    }
    return CardNode(card: card, node: root)
  }

  var line: Int { node.mark?.line ?? 1 }

  func failure(_ because: Phrase) -> CardError {
    .malformed(card: card, line: line, because: because)
  }

  func failure(zh: String, en: String) -> CardError { failure(Phrase(zh: zh, en: en)) }

  /// The entries of a mapping in file order.
  func entries() throws(CardError) -> [(key: String, value: CardNode)] {
    guard let mapping = node.mapping else {
      throw failure(zh: "这里应是“键: 值”的形式。", en: "expected \"key: value\" lines here.")
    }
    var result: [(key: String, value: CardNode)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw CardNode(card: card, node: key).failure(
          zh: "键应是文字。", en: "a key has to be text.")
      }
      // A value written on the next line is still reported at its key.
      result.append((name, CardNode(card: card, node: value)))
    }
    return result
  }

  /// The fields of a record; a key outside `known` and a missing required key are refused.
  func fields(required: [String], optional: [String] = []) throws(CardError) -> Fields {
    var found: [String: CardNode] = [:]
    guard let mapping = node.mapping else { _ = try entries(); return Fields(of: self, found) }
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard required.contains(name) || optional.contains(name) else {
        throw .unknownKey(card: card, name: name, line: key.mark?.line ?? line)
      }
      found[name] = CardNode(card: card, node: value)
    }
    for name in required where found[name] == nil {
      throw failure(zh: "缺少 \(name)，请补上。", en: "\(name) is missing; add it.")
    }
    return Fields(of: self, found)
  }

  func text() throws(CardError) -> String {
    guard let scalar = node.scalar else {
      throw failure(zh: "这里应是一段文字。", en: "expected text here.")
    }
    let value = scalar.string
    guard !value.isEmpty else {
      throw failure(zh: "这里不能为空。", en: "this must not be empty.")
    }
    return value
  }

  func number() throws(CardError) -> Double {
    let written = try text()
    guard let value = Double(written), value.isFinite else {
      throw failure(zh: "“\(written)”不是数字。", en: "\"\(written)\" is not a number.")
    }
    return value
  }

  func wholeNumber() throws(CardError) -> Int {
    let value = try number()
    guard let whole = Int(exactly: value) else {
      throw failure(zh: "这里应是整数。", en: "expected a whole number here.")
    }
    return whole
  }

  func truth() throws(CardError) -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    default: throw failure(zh: "这里应写 true 或 false。", en: "write true or false here.")
    }
  }

  func list() throws(CardError) -> [CardNode] {
    guard let sequence = node.sequence else {
      throw failure(zh: "这里应是列表。", en: "expected a list here.")
    }
    return sequence.map { CardNode(card: card, node: $0) }
  }

  func texts() throws(CardError) -> [String] {
    var result: [String] = []
    for item in try list() { result.append(try item.text()) }
    return result
  }

  /// A phrase is `{zh: …, en: …}`; both languages are required.
  func phrase() throws(CardError) -> Phrase {
    let fields = try fields(required: ["zh", "en"])
    return Phrase(zh: try fields["zh"].text(), en: try fields["en"].text())
  }

  func evidence() throws(CardError) -> Evidence {
    guard let evidence = Evidence(rawValue: try text()) else {
      throw failure(
        zh: "依据类别应是 measured、published 或 assumed。",
        en: "evidence is measured, published or assumed.")
    }
    return evidence
  }

  private static func line(of error: any Error) -> Int {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: 1
    }
  }

  private static func sentence(of error: any Error) -> Phrase {
    switch error as? YamlError {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      Phrase(
        zh: "不是合格的 YAML（\(problem)），请检查缩进、冒号和引号。",
        en: "not well-formed YAML (\(problem)); check indentation, colons and quotes.")
    case .duplicatedKeysInMapping(let keys, _):
      Phrase(
        zh: "键 \(keys.sorted().joined(separator: "、")) 写了两次，请删去一个。",
        en: "the key \(keys.sorted().joined(separator: ", ")) is written twice; remove one.")
    default:
      Phrase(zh: "不是合格的 YAML。", en: "not well-formed YAML.")
    }
  }
}

/// The fields of one record of a card, looked up by name. 字段
struct Fields {
  let record: CardNode
  private let found: [String: CardNode]

  init(of record: CardNode, _ found: [String: CardNode]) {
    self.record = record
    self.found = found
  }

  /// A field that `fields(required:)` has already required.
  subscript(name: String) -> CardNode {
    guard let node = found[name] else {
      preconditionFailure("the field \(name) was read without being required")
    }
    return node
  }

  func find(_ name: String) -> CardNode? { found[name] }

  func texts(_ name: String) throws(CardError) -> [String] { try found[name]?.texts() ?? [] }
}
