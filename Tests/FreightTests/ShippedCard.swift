import Atlas
import Foundation
import Freight

/// The shipped freight card, read line by line: the reader of cards has tests of its own.
enum ShippedCard {
  static func text(_ file: String) throws -> [Substring] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Models/Freight/\(file)"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The flow mapping `{value: …}` of a line.
  static func parameter(in line: Substring) -> Parameter? {
    func number(_ key: String) -> Double? {
      guard let at = line.range(of: "\(key): ", options: .backwards) else { return nil }
      return Double(line[at.upperBound...].prefix { !",}".contains($0) })
    }
    guard let value = number("value"), let low = number("low"), let high = number("high")
    else { return nil }
    let kind = Evidence.allCases.first { line.contains("evidence: \($0.rawValue)") }
    return Parameter(
      value: value, low: low, high: high, unit: "", source: String(line),
      evidence: kind ?? .assumed)
  }

  static func parameters() throws -> ParameterTable {
    var entries: [(name: String, parameter: Parameter, line: Int)] = []
    for (row, line) in try text("parameters.yaml").enumerated() {
      guard line.hasPrefix("  "), let colon = line.firstIndex(of: ":"),
        let parameter = parameter(in: line)
      else { continue }
      entries.append((line[..<colon].trimmingCharacters(in: .whitespaces), parameter, row + 1))
    }
    return ParameterTable(card: "freight", entries: entries)
  }

  /// The shipped parameters with some numbers fixed at one value.
  static func parameters(fixing values: [String: Double]) throws -> ParameterTable {
    let table = try parameters()
    return ParameterTable(
      card: table.card,
      entries: table.entries.map { entry in
        guard let value = values[entry.name] else { return entry }
        return (entry.name, .fixed(value), entry.line)
      })
  }

  static func terminals() throws -> [Terminal] {
    try text("terminals.csv").dropFirst().compactMap { line in
      let cells = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false)
      guard cells.count == 6, let mode = Mode(rawValue: String(cells[1])),
        let longitude = Double(cells[3]), let latitude = Double(cells[4]),
        let position = Position(longitude: longitude, latitude: latitude)
      else { return nil }
      return Terminal(
        name: String(cells[0]), mode: mode, placeCode: String(cells[2]), position: position,
        source: String(cells[5]))
    }
  }

  /// Chains of corridors.yaml, then the pairs of routes.csv.
  static func corridors() throws -> [Corridor] {
    try chains() + routes()
  }

  private static func routes() throws -> [Corridor] {
    try text("routes.csv").dropFirst().compactMap { line in
      let cells = line.split(separator: ",", maxSplits: 11, omittingEmptySubsequences: false)
      guard cells.count == 12, let mode = Mode(rawValue: String(cells[0])),
        let km = Double(cells[3])
      else { return nil }
      func range(_ first: Int) -> Parameter? {
        guard let value = Double(cells[first]), let low = Double(cells[first + 1]),
          let high = Double(cells[first + 2])
        else { return nil }
        return .range(low, value, high)
      }
      return Corridor(
        id: "\(mode.rawValue):\(cells[1])-\(cells[2])", name: Phrase(same: "route"), mode: mode,
        stops: [
          .init(terminal: String(cells[1]), km: 0), .init(terminal: String(cells[2]), km: km),
        ],
        dollarsPerFeu: range(7), tripDays: range(4), source: String(cells[11]))
    }
  }

  private static func chains() throws -> [Corridor] {
    var chains: [Corridor] = []
    var lines: [Substring] = []
    for line in try text("corridors.yaml") + ["  - id: end"] {
      if line.hasPrefix("  - id: ") {
        if let chain = chain(lines) { chains.append(chain) }
        lines = []
      }
      lines.append(line)
    }
    return chains
  }

  private static func chain(_ lines: [Substring]) -> Corridor? {
    func line(_ key: String) -> Substring? { lines.first { $0.hasPrefix("    \(key): ") } }
    guard let head = lines.first, head.hasPrefix("  - id: "),
      let mode = line("mode").flatMap({ Mode(rawValue: String($0.dropFirst(10))) })
    else { return nil }
    func cell(_ line: Substring, _ key: String) -> Substring? {
      line.range(of: "\(key): ").map { line[$0.upperBound...].prefix { !",}".contains($0) } }
    }
    let stops = lines.compactMap { line -> Corridor.Stop? in
      guard line.contains("{terminal: "), let name = cell(line, "terminal"),
        let km = cell(line, "km").flatMap({ Double($0) })
      else { return nil }
      return Corridor.Stop(terminal: String(name), km: km)
    }
    let waits = lines.compactMap { line -> Corridor.Wait? in
      guard line.contains("hours: {"), let km = cell(line, "km").flatMap({ Double($0) }),
        let hours = parameter(in: line)
      else { return nil }
      return Corridor.Wait(name: Phrase(same: "lock"), km: km, hours: hours)
    }
    return Corridor(
      id: String(head.dropFirst(8)), name: Phrase(same: String(head.dropFirst(8))), mode: mode,
      stops: stops, rate: line("rate").flatMap(parameter), fixed: line("fixed").flatMap(parameter),
      factor: line("factor").flatMap(parameter), speed: line("speed").flatMap(parameter),
      terminalDays: line("terminalDays").flatMap(parameter), waits: waits,
      source: String(line("source") ?? ""))
  }

  static func model() throws -> FreightModel {
    try FreightModel(parameters: parameters(), terminals: terminals(), corridors: corridors())
  }
}

extension Parameter {
  /// A number without range.
  static func fixed(_ value: Double) -> Parameter { .range(value, value, value) }

  static func range(_ low: Double, _ value: Double, _ high: Double) -> Parameter {
    Parameter(value: value, low: low, high: high, unit: "", source: "test", evidence: .assumed)
  }
}
