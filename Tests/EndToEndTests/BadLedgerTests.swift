import Foundation
import Testing

extension EndToEnd {
  @Suite("Bad ledgers and cards", .plainWorkspace)
  struct BadLedgerTests {
    /// Every command that opens a ledger says the same of it, and leaves its bytes alone.
    private func expectRefused(
      _ workspace: PlainWorkspace, code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let before = try Data(contentsOf: workspace.ledger)
      let file = try workspace.folder.file("firms.csv", SmallTable.all[2].text)
      for words in [["rank"], ["gaps"], ["import", "firms", file], ["doctor"], ["link"]] {
        let answer = try Program.run(words + ["-w", workspace.path])
        #expect(answer.code == 65, "\(answer.testDescription)", sourceLocation: sourceLocation)
        #expect(
          answer.errors.contains(code), "\(answer.testDescription)", sourceLocation: sourceLocation)
      }
      #expect(
        try Data(contentsOf: workspace.ledger) == before, "the ledger's bytes were touched",
        sourceLocation: sourceLocation)
    }

    @Test("a ledger of a newer version is left alone")
    func newer() throws {
      let (workspace, _) = try PlainScope.copy()
      var bytes = try Data(contentsOf: workspace.ledger)
      // SQLite file format, header: user_version, four bytes at offset 60, big-endian.
      bytes.replaceSubrange(60..<64, with: [0, 0, 0x27, 0x0F])
      try bytes.write(to: workspace.ledger)
      try expectRefused(workspace, code: "BL0201")
    }

    @Test("a file of words is no ledger")
    func words() throws {
      let (workspace, _) = try PlainScope.copy()
      try Data("这不是数据库，只是一段话。".utf8).write(to: workspace.ledger)
      try expectRefused(workspace, code: "BL0202")
    }

    @Test("damaged pages are told as damage")
    func damaged() throws {
      let (workspace, _) = try PlainScope.copy()
      var bytes = try Data(contentsOf: workspace.ledger)
      for offset in 4096 * 2..<min(4096 * 40, bytes.count) { bytes[offset] = 0xA5 }
      try bytes.write(to: workspace.ledger)
      try expectRefused(workspace, code: "BL0202")
    }

    @Test("a ledger cut short is told as damage")
    func cutShort() throws {
      let (workspace, _) = try PlainScope.copy()
      let bytes = try Data(contentsOf: workspace.ledger)
      try bytes.prefix(bytes.count / 2).write(to: workspace.ledger)
      try expectRefused(workspace, code: "BL0202")
    }

    @Test("another program's database is no ledger and is never written into")
    func foreign() throws {
      let (workspace, _) = try PlainScope.copy()
      try Self.foreignDatabase.write(to: workspace.ledger)
      try expectRefused(workspace, code: "BL0203")
    }

    /// `CREATE TABLE a(b)` in a database of two pages of 512 bytes.
    static let foreignDatabase: Data = {
      var bytes = Data(count: 1024)
      for (offset, part) in [
        (0, "U1FMaXRlIGZvcm1hdCAzAAIAAQEAQCAgAAAAAQAAAAI="), (35, "AAAAAAAAAAABAAAABA=="),
        (51, "AAAAAAAAAAAB"), (87, "AAAAAAAAAAABAC5jAQ0AAAABAd8AAd8="),
        (471, "AAAAAAAAAAAfAQYXDw8BL3RhYmxlYWECQ1JFQVRFIFRBQkxFIGEoYikNAAAAAAI="),
      ] {
        guard let piece = Data(base64Encoded: part) else { continue }
        bytes.replaceSubrange(offset..<offset + piece.count, with: piece)
      }
      return bytes
    }()

    @Test("a card with an unknown key stops every command and names file, line and key")
    func unknownKey() throws {
      let (workspace, before) = try PlainScope.copy()
      let models = workspace.folder.url.appending(path: "Models")
      try FileManager.default.copyItem(at: Program.models, to: models)
      let card = try #require(
        listFiles(models.appending(path: "Choice")).first { $0.pathExtension == "yaml" })
      let text = try String(contentsOf: card, encoding: .utf8)
      try (text + "\nnonsenseKey: 3\n").write(to: card, atomically: true, encoding: .utf8)
      for words in [["rank", "-w", workspace.path], ["model", "check"], ["model", "list"]] {
        let answer = try Program.run(words + ["--models", models.path])
        #expect(answer.code == 65, "\(answer.testDescription)")
        #expect(answer.errors.contains("nonsenseKey"))
        #expect(answer.errors.contains(card.lastPathComponent))
        #expect(answer.errors.contains("第 "))
      }
      #expect(try workspace.digest() == before)
    }

    @Test("the shipped cards are valid and as published")
    func shipped() throws {
      let answer = try Program.run("model", "check", "--models", Program.models.path)
      #expect(answer.code == 0, "\(answer.testDescription)")
    }
  }
}
