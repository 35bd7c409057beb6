import Yams

/// A mapping of a YAML file that knows its file and lines, and refuses keys nobody asked for. 键值表
struct YamlMap {
  let file: String
  let line: Int?
  private let entries: [(key: String, node: Node, line: Int?)]

  /// Parses a whole file.
  init(text: String, file: String) throws(LedgerError) {
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw .profile(file, line: nil, zh: "不是有效的 YAML：\(error)", en: "not valid YAML: \(error)")
    }
    guard let node else {
      throw .profile(file, line: nil, zh: "文件是空的", en: "the file is empty")
    }
    try self.init(node, file: file)
  }

  init(_ node: Node, file: String) throws(LedgerError) {
    self.file = file
    line = node.mark?.line
    guard let mapping = node.mapping else {
      throw .profile(
        file, line: node.mark?.line, zh: "这里应当是“键: 值”的列表", en: "keys with values are expected here")
    }
    entries = mapping.map { ($0.key.string ?? "", $0.value, $0.key.mark?.line) }
  }

  var keys: [String] { entries.map(\.key) }

  func refuseUnknown(_ known: [String]) throws(LedgerError) {
    for entry in entries where !known.contains(entry.key) {
      throw .profile(
        file, line: entry.line,
        zh: "不认识的键 \(entry.key)（可用：\(known.joined(separator: "、"))）",
        en: "unknown key \(entry.key) (known: \(known.joined(separator: ", ")))")
    }
  }

  func node(_ key: String) -> Node? { entries.first { $0.key == key }?.node }
  func line(of key: String) -> Int? { entries.first { $0.key == key }?.line }

  func string(_ key: String) -> String? {
    guard let text = node(key)?.scalar?.string else { return nil }
    return text == "null" || text == "~" ? nil : text
  }

  func requireString(_ key: String) throws(LedgerError) -> String {
    guard let value = string(key) else {
      throw .profile(file, line: line, zh: "缺少键 \(key)", en: "the key \(key) is missing")
    }
    return value
  }

  func number(_ key: String) throws(LedgerError) -> Double? {
    guard let text = string(key) else { return nil }
    guard let value = Double(text), value.isFinite else {
      throw .profile(file, line: line(of: key), zh: "\(key) 应当是数", en: "\(key) must be a number")
    }
    return value
  }

  func flag(_ key: String) throws(LedgerError) -> Bool? {
    guard let text = string(key) else { return nil }
    switch text {
    case "true", "yes", "是": return true
    case "false", "no", "否": return false
    default:
      throw .profile(
        file, line: line(of: key), zh: "\(key) 应当是 true 或 false", en: "\(key) must be true or false"
      )
    }
  }

  /// A list of texts; a single text counts as a list of one.
  func strings(_ key: String) throws(LedgerError) -> [String]? {
    guard let node = node(key) else { return nil }
    if let text = node.scalar?.string { return [text] }
    guard let sequence = node.sequence else {
      throw .profile(file, line: line(of: key), zh: "\(key) 应当是列表", en: "\(key) must be a list")
    }
    return sequence.map { $0.scalar?.string ?? "" }
  }

  func map(_ key: String) throws(LedgerError) -> YamlMap? {
    guard let node = node(key) else { return nil }
    return try YamlMap(node, file: file)
  }

  func maps(_ key: String) throws(LedgerError) -> [YamlMap] {
    guard let node = node(key) else { return [] }
    guard let sequence = node.sequence else {
      throw .profile(file, line: line(of: key), zh: "\(key) 应当是列表", en: "\(key) must be a list")
    }
    var result: [YamlMap] = []
    for item in sequence { result.append(try YamlMap(item, file: file)) }
    return result
  }
}
