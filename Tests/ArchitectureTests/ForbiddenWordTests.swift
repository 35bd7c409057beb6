import Testing

/// Names that hold the word Random and are right in pure code, each with the reason.
private let allowedNames: [String: String] = [
  "RandomNumberGenerator": "the protocol of a generator that the caller has seeded",
  "RandomIndex": "Saaty's random index, a table of published constants",
]

private let pureTargets = [
  "Atlas", "Linking", "Freight", "Matching", "Calibration", "Itinerary", "Briefing",
]

@Suite("forbidden words")
struct ForbiddenWordTests {
  @Test("pure code reads no file, clock or environment and prints nothing", arguments: pureTargets)
  func pureCodeIsPure(target: String) throws {
    try refuse(
      [
        "print(", "debugPrint(", "FileManager", "FileHandle", "Date(", "ProcessInfo",
        "CommandLine", "ContinuousClock", "async", "await", "Task", "DispatchQueue",
        "getenv", "fopen", "gettimeofday", "clock_gettime", "localtime",
      ], in: "Sources/\(target)")
  }

  @Test("pure code draws only from a generator that its caller has seeded", arguments: pureTargets)
  func randomnessIsSeeded(target: String) throws {
    try refuse(["shuffled()", "shuffle()", "randomElement()"], in: "Sources/\(target)")
    try eachLine(of: "Sources/\(target)") { place, line in
      for name in names(in: line) where name.contains("Random") && allowedNames[name] == nil {
        Issue.record("\(place) uses \(name)")
      }
      if line.contains(".random("), !line.contains("using:") {
        Issue.record("\(place) draws from the system's generator")
      }
    }
  }

  @Test("no code takes a shortcut past the compiler")
  func noShortcuts() throws {
    try refuse(
      ["try!", "fatalError", "nonisolated(unsafe)", "@unchecked", "as!"],
      in: "Sources")
  }

  @Test("nothing is unwrapped by force")
  func noForcedUnwrapping() throws {
    try eachLine(of: "Sources") { place, line in
      for range in line.ranges(of: "!") where range.lowerBound > line.startIndex {
        let before = line[line.index(before: range.lowerBound)]
        let isComparison = line[range.upperBound...].first == "="
        if !isComparison, before.isLetter || before.isNumber || "_)]".contains(before) {
          Issue.record("\(place) unwraps by force")
        }
      }
    }
  }

  @Test("no global variable: state has an owner")
  func noGlobalVariable() throws {
    let levels = ["public", "private", "fileprivate", "internal"]
    try eachLine(of: "Sources") { place, line in
      let words = line.split(separator: " ").drop { levels.contains(String($0)) }
      if !line.hasPrefix(" "), words.first == "var", !line.hasSuffix("{") {
        Issue.record("\(place) is a global variable")
      }
    }
  }

  @Test("every exception is still needed")
  func exceptionsAreNeeded() throws {
    var used: Set<String> = []
    for target in pureTargets {
      try eachLine(of: "Sources/\(target)") { _, line in used.formUnion(names(in: line)) }
    }
    for name in allowedNames.keys.sorted() {
      #expect(used.contains(name), "\(name) is no longer used: take it off the list")
    }
  }

  private func refuse(_ words: [String], in folder: String) throws {
    try eachLine(of: folder) { place, line in
      for word in words where contains(line, word: word) {
        Issue.record("\(place) uses \(word)")
      }
    }
  }

  private func eachLine(of folder: String, _ body: (String, String) -> Void) throws {
    for path in SourceTree.swiftFiles(folder) {
      for (number, line) in try SourceTree.code(path).enumerated() {
        body("\(path):\(number + 1)", line)
      }
    }
  }

  private func names(in line: String) -> [String] {
    line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  /// True when the word stands in the line and is no part of a longer name.
  private func contains(_ line: String, word: String) -> Bool {
    let endsInName = word.last?.isLetter ?? false
    return line.ranges(of: word).contains { range in
      let isStart = range.lowerBound == line.startIndex
      let before = isStart ? " " : line[line.index(before: range.lowerBound)]
      let after = line[range.upperBound...].first ?? " "
      return !(before.isLetter || before.isNumber || before == "_")
        && !(endsInName && (after.isLetter || after.isNumber || after == "_"))
    }
  }
}
