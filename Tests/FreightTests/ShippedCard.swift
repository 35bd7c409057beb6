import Atlas
import Foundation
import Freight

/// The parameters of the shipped card, read line by line: the reader of cards has tests of its own.
enum ShippedCard {
  static func parameters() throws -> ParameterTable {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appending(path: "Models/Freight/parameters.yaml"), encoding: .utf8)
    var entries: [(name: String, parameter: Parameter, line: Int)] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard line.hasPrefix("  "), let open = line.firstIndex(of: "{"),
        let colon = line.firstIndex(of: ":")
      else { continue }
      let name = line[..<colon].trimmingCharacters(in: .whitespaces)
      let body = String(line[open...])
      func number_(_ key: String) -> Double? {
        guard let at = body.range(of: "\(key): ") else { return nil }
        return Double(body[at.upperBound...].prefix { !",}".contains($0) })
      }
      guard let value = number_("value"), let low = number_("low"), let high = number_("high")
      else { continue }
      let kind = Evidence.allCases.first { body.contains("evidence: \($0.rawValue)") }
      entries.append(
        (
          name,
          Parameter(
            value: value, low: low, high: high, unit: "", source: body, evidence: kind ?? .assumed),
          number + 1
        ))
    }
    return ParameterTable(card: "freight", entries: entries)
  }

  /// The shipped card with some numbers fixed at one value.
  static func parameters(fixing values: [String: Double]) throws -> ParameterTable {
    let table = try parameters()
    return ParameterTable(
      card: table.card,
      entries: table.entries.map { entry in
        guard let value = values[entry.name] else { return entry }
        return (entry.name, .fixed(value), entry.line)
      })
  }
}

extension Parameter {
  /// A number without range.
  static func fixed(_ value: Double) -> Parameter {
    Parameter(value: value, low: value, high: value, unit: "", source: "test", evidence: .assumed)
  }

  static func range(_ low: Double, _ value: Double, _ high: Double) -> Parameter {
    Parameter(value: value, low: low, high: high, unit: "", source: "test", evidence: .assumed)
  }
}
