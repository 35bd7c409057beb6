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
    left.text == right.text
  }

  /// Compact JSON; Han is not escaped; a number is the shortest text that reads back the same.
  public var text: String {
    var out = ""
    write(to: &out, indent: nil)
    return out
  }

  /// Indented by two spaces, with a final line end.
  public var pretty: String {
    var out = ""
    write(to: &out, indent: 0)
    return out + "\n"
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let value):
      guard value.isFinite else {
        out += "null"
        return
      }
      if value == value.rounded(), abs(value) < 9e15 {
        out += String(Int64(value))
      } else {
        out += "\(value)"
      }
    case .string(let value): JSONValue.quote(value, into: &out)
    case .array(let items):
      JSONValue.list(items.count, "[", "]", into: &out, indent) { index, out, inner in
        items[index].write(to: &out, indent: inner)
      }
    case .object(let pairs):
      JSONValue.list(pairs.count, "{", "}", into: &out, indent) { index, out, inner in
        JSONValue.quote(pairs[index].key, into: &out)
        out += inner == nil ? ":" : ": "
        pairs[index].value.write(to: &out, indent: inner)
      }
    }
  }

  private static func list(
    _ count: Int, _ open: String, _ close: String, into out: inout String, _ indent: Int?,
    _ item: (Int, inout String, Int?) -> Void
  ) {
    out += open
    let inner = indent.map { $0 + 2 }
    for index in 0..<count {
      if index > 0 { out += "," }
      if let inner { out += "\n" + String(repeating: " ", count: inner) }
      item(index, &out, inner)
    }
    if let indent, count > 0 { out += "\n" + String(repeating: " ", count: indent) }
    out += close
  }

  private static func quote(_ value: String, into out: inout String) {
    out += "\""
    defer { out += "\"" }
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7F }) {
      out += value
      return
    }
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
