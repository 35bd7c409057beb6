import Foundation
import Testing

@Suite("layout")
struct LayoutTests {
  static let longestFile = 500

  @Test("there is no drawer: every folder is named after what it knows")
  func noDrawers() throws {
    let drawers = [
      "core", "common", "shared", "utils", "util", "helpers", "helper", "misc", "base",
    ]
    let folders = (SourceTree.list("Sources") + SourceTree.list("Tests")).flatMap {
      $0.split(separator: "/").dropLast().map { $0.lowercased() }
    }
    for drawer in drawers where folders.contains(drawer) {
      Issue.record("a folder called \(drawer)")
    }
  }

  @Test("no source file is longer than 500 lines")
  func filesAreShort() throws {
    for path in SourceTree.swiftFiles("Sources") {
      let lines = try SourceTree.text(path).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(lines <= Self.longestFile, "\(path) has \(lines) lines: it holds two ideas")
    }
  }

  @Test("every target with code has tests, and every test target has a target")
  func targetsHaveTests() throws {
    let withoutOwn = ["bulian", "SampleDistrict", "CZlib", "CXlsxWriter", "bulian-bench"]
    let beside = [
      "ArchitectureTests", "DocumentationTests", "EndToEndTests", "Expectations", "RunTests",
    ]
    let targets = try SourceTree.entries("Sources")
    let tests = try SourceTree.entries("Tests")
    for target in targets where !withoutOwn.contains(target) {
      if !tests.contains(target + "Tests") {
        Issue.record("Sources/\(target) has no Tests/\(target)Tests")
      }
    }
    for test in tests where !beside.contains(test) {
      if !targets.contains(String(test.dropLast("Tests".count))) {
        Issue.record("Tests/\(test) tests no target")
      }
    }
  }

  @Test("no file names a path of somebody's machine")
  func noMachinePaths() throws {
    // Put together, so that this file does not name them itself.
    let homes = ["root", "home", "Users", "work", "private"].map { "/" + $0 + "/" }
    for path in try SourceTree.textFiles() {
      let text = try SourceTree.text(path)
      for home in homes {
        for range in text.ranges(of: home) {
          let before =
            range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
          // In an address or a relative path the folder has something before it.
          if before.isLetter || before.isNumber || "./}_-)".contains(before) { continue }
          Issue.record("\(path) names \(home)…")
        }
      }
    }
  }

  @Test("the repository speaks of the product, not of how it was typed")
  func noPlaceWords() throws {
    let words = [
      "work" + "tree", "chat" + "bot", "co" + "pilot", "as an " + "AI", "TO" + "DO", "FIX" + "ME",
      "lorem " + "ipsum",
    ]
    for path in try SourceTree.textFiles() {
      let text = try SourceTree.text(path)
      for word in words where text.contains(word) {
        Issue.record("\(path) says \(word)")
      }
    }
  }

  @Test("the library files are found: these tests do not pass on an empty folder")
  func treeIsFound() throws {
    #expect(SourceTree.swiftFiles("Sources").count > 100)
    #expect(try SourceTree.textFiles().contains("README.md"))
  }
}
