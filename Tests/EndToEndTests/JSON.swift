import Foundation

/// A parsed answer; a missing member reads as `.missing`, which is not `.null`.
enum JSON: Decodable, Equatable, Sendable {
  case missing
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  /// - Throws: for text that is no JSON, NaN and Infinity included.
  init(_ data: Data) throws { self = try JSONDecoder().decode(JSON.self, from: data) }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  subscript(_ name: String) -> JSON {
    guard case .object(let members) = self else { return .missing }
    return members[name] ?? .missing
  }

  var items: [JSON] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var number: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  var isThere: Bool { self != .missing }

  /// Every string anywhere inside.
  var strings: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let items): items.flatMap(\.strings)
    case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.strings)
    default: []
    }
  }

  /// Every number anywhere inside.
  var numbers: [Double] {
    switch self {
    case .number(let number): [number]
    case .array(let items): items.flatMap(\.numbers)
    case .object(let members): members.sorted { $0.key < $1.key }.flatMap(\.value.numbers)
    default: []
    }
  }
}
