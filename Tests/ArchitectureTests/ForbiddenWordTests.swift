import Testing

/// A use of a forbidden word that is right, and why.
private struct Allowed {
  let path: String
  let word: String
  let because: String
}

private let allowed: [Allowed] = [
  Allowed(
    path: "Sources/Matching/Numerics/AnalyticHierarchy.swift", word: "Random",
    because: "Saaty's random index is a table of published constants")
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
    try refuse(["Random", "shuffled()", "shuffle()", "randomElement()"], in: "Sources/\(target)") {
      // The protocol a caller's generator conforms to.
      $0.replacing("RandomNumberGenerator", with: "").contains("Random")
        || !$0.contains("RandomNumberGenerator")
    }
  }

  @Test("no code takes a shortcut past the compiler")
  func noShortcuts() throws {
    try refuse(
      ["try!", "fatalError", "nonisolated(unsafe)", "@unchecked", "unsafeBitCast", "as!"],
      in: "Sources")
  }

  @Test("no global variable: state has an owner")
  func noGlobalVariable() throws {
    for path in SourceTree.swiftFiles("Sources") {
      for (number, line) in try SourceTree.code(path).enumerated() {
        let start = line.split(separator: " ").prefix { word in
          ["public", "private", "fileprivate", "internal"].contains(word)
        }.count
        let words = line.split(separator: " ").dropFirst(start)
        if !line.hasPrefix(" "), words.first == "var", !line.hasSuffix("{") {
          Issue.record("\(path):\(number + 1) is a global variable")
        }
      }
    }
  }

  @Test("every exception is still needed and says why")
  func exceptionsAreNeeded() throws {
    for item in allowed {
      #expect(item.because.count > 20, "\(item.path): say why")
      let code = try SourceTree.code(item.path).joined(separator: "\n")
      #expect(code.contains(item.word), "\(item.path) no longer needs \(item.word)")
    }
  }

  private func refuse(
    _ words: [String], in folder: String, where isWrong: (String) -> Bool = { _ in true }
  ) throws {
    for path in SourceTree.swiftFiles(folder) {
      for (number, line) in try SourceTree.code(path).enumerated() {
        for word in words where contains(line, word: word) && isWrong(line) {
          if allowed.contains(where: { $0.path == path && $0.word == word }) { continue }
          Issue.record("\(path):\(number + 1) uses \(word)")
        }
      }
    }
  }

  /// True when the word stands in the line and does not continue a longer lower-case name.
  private func contains(_ line: String, word: String) -> Bool {
    line.ranges(of: word).contains { range in
      let before =
        range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
      let after = range.upperBound < line.endIndex ? line[range.upperBound] : " "
      let isWhole = word.last.map { !$0.isLetter } ?? true || word == "Random" || !after.isLetter
      return isWhole && !(before.isLetter || before.isNumber || before == "_")
    }
  }
}
