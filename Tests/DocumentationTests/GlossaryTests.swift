import Foundation
import Testing

@Suite("glossary")
struct GlossaryTests {
  @Test("every term has its Chinese, and a sentence")
  func everyTermHasChinese() throws {
    let rows = try rows()
    #expect(rows.count >= 40)
    for row in rows {
      #expect(row.count == 4, "\(row): four columns")
      guard row.count == 4 else { continue }
      #expect(row[1].contains { $0.isHan }, "\(row[0]) has no Chinese")
      #expect(row[2].count > 20, "\(row[0]) is not explained")
    }
  }

  @Test("no term is explained twice")
  func termsAreUnique() throws {
    let terms = try rows().compactMap(\.first)
    #expect(Set(terms).count == terms.count)
  }

  @Test("the code words of the glossary are in the code")
  func codeWordsExist() throws {
    var code = ""
    for file in FileManager.default.enumerator(
      atPath: Repository.root.appending(path: "Sources").path)?.compactMap({ $0 as? String }) ?? []
    where file.hasSuffix(".swift") {
      code += try Repository.text("Sources/\(file)")
    }
    for row in try rows() where row.count == 4 {
      for (index, word) in row[3].split(separator: "`").enumerated() where index % 2 == 1 {
        #expect(code.contains(word), "\(row[0]): no \(word) in Sources")
      }
    }
  }

  /// The cells of every row of the glossary's tables.
  private func rows() throws -> [[String]] {
    try Repository.text("Documentation/Glossary.md").split(separator: "\n")
      .filter { $0.hasPrefix("|") && !$0.hasPrefix("|---") && !$0.hasPrefix("| term") }
      .map { line in
        line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
          .map { $0.trimmingCharacters(in: .whitespaces) }
      }
  }
}
