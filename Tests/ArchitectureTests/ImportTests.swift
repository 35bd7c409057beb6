import Testing

/// What a target may import, besides Glibc. Source: Documentation/Architecture.md, section Targets.
private let pure: [String: Set<String>] = [
  "Atlas": [],
  "Linking": ["Atlas"],
  "Freight": ["Atlas", "HeapModule"],
  "Matching": ["Atlas", "Freight"],
  "Calibration": ["Atlas", "Matching"],
  "Itinerary": ["Atlas"],
  "Briefing": ["Atlas", "Freight", "Matching", "Itinerary"],
]

private let thin: [String: Set<String>] = [
  "SampleDistrict": ["Atlas", "Foundation"],
  "Cards": ["Atlas", "Linking", "Freight", "Matching", "Yams", "Crypto", "Foundation"],
  "Press": ["Atlas", "Briefing", "CXlsxWriter", "Foundation", "Synchronization"],
  "Nightly": ["Atlas", "Briefing", "Crypto", "Foundation", "Glibc", "Logging"],
  "Ledger": Set(pure.keys).union([
    "Cards", "GRDB", "GRDBSQLite", "CZlib", "Yams", "Crypto", "Foundation", "Synchronization",
  ]),
]

@Suite("imports")
struct ImportTests {
  @Test(
    "a pure target imports only what its line of the architecture allows",
    arguments: pure.keys.sorted())
  func pureTargets(target: String) throws {
    try check(target, allowed: pure[target] ?? [])
  }

  @Test(
    "a thin target imports only what its line of the architecture allows",
    arguments: thin.keys.sorted())
  func thinTargets(target: String) throws {
    try check(target, allowed: thin[target] ?? [])
  }

  @Test("every folder of Sources is a target that these tests know")
  func everyTargetIsKnown() throws {
    let known = Set(pure.keys).union(thin.keys)
      .union(["bulian", "bulian-bench", "CZlib", "CXlsxWriter", "Nightly", "Web"])
    for folder in try SourceTree.entries("Sources") where !known.contains(folder) {
      Issue.record("Sources/\(folder) has no line in the architecture: add it there and here")
    }
  }

  private func check(_ target: String, allowed: Set<String>) throws {
    let found = try imports(of: target)
    #expect(!SourceTree.swiftFiles("Sources/\(target)").isEmpty, "no sources of \(target) found")
    for (path, line, module) in found where !allowed.contains(module) && module != "Glibc" {
      Issue.record("\(path):\(line) imports \(module), which \(target) may not")
    }
  }

  private func imports(of target: String) throws -> [(path: String, line: Int, module: String)] {
    try SourceTree.swiftFiles("Sources/\(target)").flatMap { path in
      try SourceTree.code(path).enumerated().compactMap { number, line in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at + 1 < words.count,
          words[..<at].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
        else { return nil }
        // `import struct Foundation.Data` names the module after the kind.
        let name = words.last?.split(separator: ".").first.map(String.init) ?? ""
        return (path, number + 1, name)
      }
    }
  }
}
