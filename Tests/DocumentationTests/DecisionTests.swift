import Testing

@Suite("decisions")
struct DecisionTests {
  @Test("every decision has the four parts, in order, each with words in it")
  func fourParts() throws {
    for file in try Repository.entries("Documentation/Decisions") {
      let text = try Repository.text("Documentation/Decisions/\(file)")
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map(String.init)
      #expect(
        headings == ["## Context", "## Decision", "## Consequences", "## Alternatives"], "\(file)")
      let parts = text.components(separatedBy: "\n## ").dropFirst()
      for part in parts { #expect(part.count > 80, "\(file): \(part.prefix(20)) says nothing") }
      #expect(text.contains("Good:") && text.contains("Bad:"), "\(file) weighs one side only")
    }
  }

  @Test("decisions are numbered without gaps and called as they are titled")
  func numbered() throws {
    let files = try Repository.entries("Documentation/Decisions")
    #expect(files.count >= 10)
    for (index, file) in files.enumerated() {
      let number = String(index + 1)
      let padded = String(repeating: "0", count: 4 - number.count) + number
      #expect(
        file.hasPrefix(padded + "-") && file.hasSuffix(".md"), "\(file) should be \(padded)-…")
      let title = try Repository.text("Documentation/Decisions/\(file)")
      #expect(title.hasPrefix("# \(padded) "), "\(file) is titled otherwise")
    }
  }

  @Test("a decision is one page")
  func onePage() throws {
    for file in try Repository.entries("Documentation/Decisions") {
      let lines = try Repository.text("Documentation/Decisions/\(file)").split(separator: "\n")
        .count
      #expect(lines <= 60, "\(file) has \(lines) lines")
    }
  }
}
