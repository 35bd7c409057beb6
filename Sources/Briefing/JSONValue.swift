/// A JSON value whose objects keep their order, written the same way every time. JSON
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  public static func int(_ value: Int) -> JSONValue { .number(Double(value)) }
  public static func optional(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
  public static func optional(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    left.bytes == right.bytes
  }

  /// Compact JSON; Han is not escaped; a number is the shortest text that reads back the same.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Indented by two spaces, with a final line end.
  public var pretty: String { String(decoding: prettyBytes, as: UTF8.self) }

  /// `text` as UTF-8.
  public var bytes: [UInt8] {
    var writer = JSONWriter(isPretty: false)
    writer.write(self)
    return writer.out
  }

  /// `pretty` as UTF-8: for lists of many megabytes.
  public var prettyBytes: [UInt8] {
    var writer = JSONWriter(isPretty: true)
    writer.write(self)
    writer.breakLine()
    return writer.out
  }
}

/// Appends values to a run of bytes.
private struct JSONWriter {
  private(set) var out: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0

  init(isPretty: Bool) { self.isPretty = isPretty }

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): write(value)
    case .string(let value): quote(value)
    case .array(let items):
      open("[")
      for index in items.indices {
        separate(index)
        write(items[index])
      }
      close("]", items.count)
    case .object(let pairs):
      open("{")
      for index in pairs.indices {
        separate(index)
        quote(pairs[index].key)
        out.append(UInt8(ascii: ":"))
        if isPretty { out.append(UInt8(ascii: " ")) }
        write(pairs[index].value)
      }
      close("}", pairs.count)
    }
  }

  private mutating func open(_ bracket: Unicode.Scalar) {
    out.append(UInt8(ascii: bracket))
    depth += 1
  }

  private mutating func separate(_ index: Int) {
    if index > 0 { out.append(UInt8(ascii: ",")) }
    if isPretty { breakLine() }
  }

  private mutating func close(_ bracket: Unicode.Scalar, _ count: Int) {
    depth -= 1
    if isPretty, count > 0 { breakLine() }
    out.append(UInt8(ascii: bracket))
  }

  mutating func breakLine() {
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<2 * depth { out.append(UInt8(ascii: " ")) }
  }

  private mutating func write(_ value: Double) {
    guard value.isFinite else { return out.append(contentsOf: "null".utf8) }
    if value == value.rounded(), abs(value) < 9e15 {
      out.append(contentsOf: String(Int64(value)).utf8)
    } else {
      out.append(contentsOf: value.description.utf8)
    }
  }

  private mutating func quote(_ value: String) {
    out.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { bytes in
      // Bytes of Han are above every byte that is escaped.
      guard bytes.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
        return out.append(contentsOf: bytes)
      }
      for byte in bytes { escape(byte) }
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      out.append(UInt8(ascii: "\\"))
      out.append(byte)
    case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
    case 0..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      out.append(contentsOf: "\\u00".utf8)
      if digits.utf8.count == 1 { out.append(UInt8(ascii: "0")) }
      out.append(contentsOf: digits.utf8)
    default: out.append(byte)
    }
  }
}
