import Expectations
import Foundation
import Testing

extension EndToEnd {
  /// What a reader of the sample's papers reads, line by line, as it was last agreed on.
  ///
  /// `BULIAN_WRITE_GOLDEN=1` writes the files anew; the commit that changes them says why.
  @Suite("Papers as they were agreed on")
  struct GoldenPaperTests {
    struct Golden: Sendable, CustomTestStringConvertible {
      let name: String
      let words: [String]
      /// Ending of the written file whose text is compared.
      let ending: String
      var testDescription: String { name }
    }

    static let all: [Golden] =
      [Article.board, Article.shoe].enumerated().flatMap { index, firm in
        ["office", "firm"].flatMap { edition in
          ["zh-Hans", "en"].map { language in
            Golden(
              name: "brief-\(index == 0 ? "board" : "shoe")-\(edition)-\(language)",
              words: [
                "brief", firm, "--for", edition, "--language", language, "--formats", "html", "-o",
                ".",
              ], ending: "html")
          }
        }
      }
      + ["pcb", "shoes"].flatMap { chain in
        [
          Golden(
            name: "list-\(chain)", words: ["shortlist", "--chain", chain, "-o", "list.csv"],
            ending: "csv"),
          Golden(
            name: "cover-\(chain)", words: ["shortlist", "--chain", chain, "-o", "cover.html"],
            ending: "html"),
          Golden(
            name: "panorama-\(chain)", words: ["panorama", "--chain", chain, "-o", "chain.svg"],
            ending: "svg"),
        ]
      }

    @Test("a paper says what was agreed on, line by line", arguments: all)
    func golden(_ paper: Golden) throws {
      let sample = try Sample.require()
      let folder = try Folder()
      let answer = try Program.run(paper.words + ["-w", sample.path], in: folder.url)
      #expect(answer.code == 0, "\(answer.said)")
      let file = try #require(listFiles(folder.url).first { $0.pathExtension == paper.ending })
      let raw = try String(contentsOf: file, encoding: .utf8)
      let text = (paper.ending == "csv" ? raw : visibleText(raw))
        .split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
      let golden = SharedData.packageRoot.appending(
        path: "Tests/EndToEndTests/Golden/\(paper.name).txt")
      if ProcessInfo.processInfo.environment["BULIAN_WRITE_GOLDEN"] != nil {
        try FileManager.default.createDirectory(
          at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
        try (text.joined(separator: "\n") + "\n").write(
          to: golden, atomically: true, encoding: .utf8)
        return
      }
      let agreed = try String(contentsOf: golden, encoding: .utf8).split(separator: "\n")
        .map(String.init)
      for (line, (new, old)) in zip(text, agreed).enumerated() where new != old {
        Issue.record("line \(line + 1): “\(new.prefix(160))”, agreed was “\(old.prefix(160))”")
        return
      }
      #expect(text.count == agreed.count)
    }
  }
}
