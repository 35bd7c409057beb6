import Calibration
import Foundation

/// A seeded generator for property tests (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { Double.random(in: 0..<1, using: &self) }

  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
  }
}

/// Whether two lists agree within an absolute tolerance.
func agree(_ left: [Double], _ right: [Double], within tolerance: Double) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
}

/// Whether estimates meet printed digits: 1e-6 relative, or half a unit of the last digit printed.
func meets(_ found: [Double], printed: [Double], digits: Int) -> Bool {
  found.count == printed.count
    && zip(found, printed).allSatisfy {
      abs($0 - $1) <= max(1e-6 * abs($1), 0.5000001 * pow(10, -Double(digits)))
    }
}

/// The long tables the published fits were made on.
enum ChoiceTables {
  private static var testFolder: URL {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
  }

  static var sharedFolder: URL {
    testFolder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/data/choice")
  }

  static func hasShared(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: sharedFolder.appendingPathComponent(name).path)
  }

  static func travelMode() throws -> LongTable {
    try read(
      testFolder.appendingPathComponent("Fixtures/TravelMode.csv"), caseColumn: "individual",
      alternativeColumn: "mode", choiceColumn: "choice")
  }

  static func shared(_ name: String, caseColumn: String, alternativeColumn: String) throws
    -> LongTable
  {
    try read(
      sharedFolder.appendingPathComponent(name), caseColumn: caseColumn,
      alternativeColumn: alternativeColumn, choiceColumn: "choice")
  }

  private static func read(
    _ file: URL, caseColumn: String, alternativeColumn: String, choiceColumn: String
  ) throws -> LongTable {
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let header = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    func column(_ name: String) throws -> [String] {
      guard let position = header.firstIndex(of: name) else { throw MissingColumn(name: name) }
      return rows.map { $0[position] }
    }
    func coded(_ texts: [String]) -> (codes: [Int32], names: [String]) {
      var position: [String: Int32] = [:]
      var names: [String] = []
      let codes = texts.map { text in
        if let known = position[text] { return known }
        position[text] = Int32(names.count)
        names.append(text)
        return Int32(names.count - 1)
      }
      return (codes, names)
    }
    let cases = coded(try column(caseColumn))
    let alternatives = coded(try column(alternativeColumn))
    let columns = try header.map { name in
      let texts = try column(name)
      let numbers = texts.compactMap(Double.init)
      if numbers.count == texts.count {
        return LongTable.Column(name: name, cells: .numbers(numbers))
      }
      let labels = coded(texts)
      return LongTable.Column(name: name, cells: .labels(codes: labels.codes, names: labels.names))
    }
    return LongTable(
      cases: cases.codes, caseNames: cases.names, alternatives: alternatives.codes,
      alternativeNames: alternatives.names,
      chosen: try column(choiceColumn).map { $0 == "1" || $0 == "yes" }, columns: columns)
  }

  struct MissingColumn: Error {
    let name: String
  }
}

/// Choice sets drawn from a known logit, for recovery and invariance tests.
struct SimulatedChoices {
  var starts = [0]
  var values: [Double] = []
  var chosen: [Int] = []
  let names: [String]

  init(
    cases: Int, sizes: ClosedRange<Int>, beta: [Double], using random: inout SeededGenerator
  ) {
    names = beta.indices.map { "x\($0)" }
    for _ in 0..<cases {
      let size = Int.random(in: sizes, using: &random)
      var best = (row: 0, utility: -Double.infinity)
      for row in 0..<size {
        let x = beta.map { _ in random.normal() }
        values.append(contentsOf: x)
        // The largest of V plus Gumbel noise is a logit choice.
        let gumbel = -log(-log(max(random.uniform(), 1e-300)))
        let utility = zip(x, beta).reduce(0) { $0 + $1.0 * $1.1 } + gumbel
        if utility > best.utility { best = (row, utility) }
      }
      chosen.append((starts.last ?? 0) + best.row)
      starts.append((starts.last ?? 0) + size)
    }
  }

  func data() throws -> ChoiceData {
    try ChoiceData(names: names, starts: starts, values: values, chosen: chosen)
  }
}

func exponential(_ x: Double) -> Double { exp(x) }
func logarithm(_ x: Double) -> Double { log(x) }
