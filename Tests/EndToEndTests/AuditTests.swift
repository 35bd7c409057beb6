import Foundation
import Testing

extension EndToEnd {
  @Suite("Who decided what")
  struct AuditTests {
    /// A ranked copy of the sample that a test may change.
    private func workspace() throws -> (folder: Folder, path: String) {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      return (folder, path)
    }

    private func list(_ path: String) throws -> [JSON] {
      try Program.run("shortlist", "-w", path, "--chain", "pcb", "--format", "json").json()[
        "entries"
      ]
      .items
    }

    @Test(
      "an override moves the list, the machine's rank stays beside it, and withdrawing undoes it")
    func overrides() throws {
      let (folder, path) = try workspace()
      _ = folder
      let before = try list(path)
      let last = try #require(before.last?["firm"]["name"].text)
      let rank = try #require(before.last?["rank"].number)
      let said = try Program.run(
        "override", last, "--rank", "1", "--because", "链长已约见", "--by", "LJ", "--document",
        "会纪2026-12", "-w", path)
      #expect(said.code == 0, "\(said.said)")
      let after = try list(path)
      #expect(after.first?["firm"]["name"].text == last)
      #expect(after.first?["rank"].number == 1)
      #expect(after.first?["machineRank"].number == rank)
      #expect(after.first?["override"]["by"].text == "LJ")
      #expect(after.first?["override"]["document"].text == "会纪2026-12")
      #expect(after[1]["machineRank"].number == 1)
      #expect(after.count == before.count)
      let sheet = folder.path("list.csv")
      #expect(
        try Program.run("shortlist", "-w", path, "--chain", "pcb", "-o", sheet).code == 0)
      let text = try String(contentsOfFile: sheet, encoding: .utf8)
      #expect(text.contains("链长已约见") && text.contains("机器第 \(Int(rank)) 名"))
      #expect(
        try Program.run("override", last, "--withdraw", "--because", "改期", "-w", path).code == 0)
      #expect(
        try list(path).map { $0["firm"]["name"].text } == before.map { $0["firm"]["name"].text })
    }

    @Test("an excluded firm stays in the answer with who, why and the machine's reason untouched")
    func excludes() throws {
      let (folder, path) = try workspace()
      _ = folder
      let first = try #require(try list(path).first?["firm"]["name"].text)
      #expect(
        try Program.run(
          "override", first, "--exclude", "--because", "环评未过", "--by", "QX", "-w", path
        ).code == 0)
      let answer = try Program.run("shortlist", "-w", path, "--chain", "pcb", "--format", "json")
        .json()
      #expect(!answer["entries"].items.contains { $0["firm"]["name"].text == first })
      let exclusion = answer["exclusions"].items.first { $0["firm"]["name"].text == first }
      #expect(exclusion?["reason"].text == "override")
      #expect(exclusion?["because"].text?.contains("环评未过") == true)
      #expect(exclusion?["because"].text?.contains("QX") == true)
    }

    @Test("decisions need one choice and a reason; nothing is recorded without")
    func refuses() throws {
      let (folder, path) = try workspace()
      _ = folder
      let before = try Program.run("audit", "-w", path, "--format", "json").bytes
      let firm = Article.board
      for (words, code) in [
        (["--because", "x"], "BL0620"), (["--exclude", "--include", "--because", "x"], "BL0620"),
        (["--exclude"], "BL0621"), (["--rank", "0", "--because", "x"], "BL0622"),
      ] {
        let answer = try Program.run(["override", firm] + words + ["-w", path])
        #expect(answer.code == 64)
        #expect(answer.errors.contains(code), "\(answer.errors)")
      }
      #expect(try Program.run("recuse", firm, "-w", path).code == 64)
      #expect(
        try Program.run("override", "没有这家", "--exclude", "--because", "x", "-w", path).code == 66)
      #expect(try Program.run("audit", "-w", path, "--format", "json").bytes == before)
    }

    @Test("the audit holds overrides, recusals, approvals and exports; a recused firm is marked")
    func audits() throws {
      let (folder, path) = try workspace()
      #expect(
        try Program.run(
          "recuse", Article.board, "--by", "WM", "--because", "配偶任职", "-w", path
        ).code == 0)
      #expect(
        try Program.run("model", "approve", "--by", "LJ", "--document", "荣府办2026-8", "-w", path)
          .code
          == 0)
      #expect(
        try Program.run(
          "brief", Article.board, "-w", path, "-o", folder.path("out"), "--formats", "json"
        )
        .code == 0)
      let entries = try Program.run("audit", "-w", path, "--format", "json").json().items
      for kind in ["recusal", "approval", "export"] {
        #expect(entries.contains { $0["kind"].text == kind }, "\(kind)")
      }
      #expect(
        entries.allSatisfy { $0["at"].text?.isEmpty == false && $0["by"].text?.isEmpty == false })
      #expect(
        try Program.run("audit", "-w", path, "--since", "2999-01-01", "--format", "json").json()
          .items
          .isEmpty)
      let entry = try list(path).first { $0["firm"]["name"].text == Article.board }
      #expect(entry?["warnings"].items.contains { $0["kind"].text == "recusal" } == true)
      let cover = folder.path("cover.html")
      #expect(try Program.run("shortlist", "-w", path, "--chain", "pcb", "-o", cover).code == 0)
      #expect(try String(contentsOfFile: cover, encoding: .utf8).contains("荣府办2026-8"))
    }

    @Test("doctor finds a decision that was changed, deleted or forged behind the program's back")
    func tampering() throws {
      let (folder, path) = try workspace()
      #expect(
        try Program.run(
          "override", Article.board, "--rank", "1", "--because", "已约见", "--by", "LJ", "-w", path
        ).code == 0)
      #expect(try Program.run("doctor", "-w", path).code == 0)
      let attacks = [
        "UPDATE overrideDecision SET because = '另有安排'", "DELETE FROM overrideDecision",
        "UPDATE journal SET at = '2020-01-01T00:00:00Z' WHERE id = 3",
        "UPDATE firmFact SET name = name || '甲' WHERE id = 5",
        "UPDATE publication SET payload = x'7B7D'",
        "INSERT INTO overrideDecision (firmId, action, because, decidedBy, decidedAt) VALUES (1, 'exclude', 'x', 'y', '2026-01-01')",
        "INSERT INTO approval (model, digest, document, decidedBy, decidedAt) VALUES ('a', 'b', 'c', 'd', '2026-01-01')",
      ]
      for (number, attack) in attacks.enumerated() {
        let copy = folder.path("tampered\(number)")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        try SQL.run(copy + "/bulian.sqlite", attack)
        let answer = try Program.run("doctor", "-w", copy)
        #expect(answer.code == 65, "\(attack): \(answer.said.suffix(300))")
      }
    }
  }
}

/// Somebody with a database tool of their own: triggers are lifted before the change.
enum SQL {
  static func run(_ path: String, _ statement: String) throws {
    let script = """
      import sqlite3, sys
      database = sqlite3.connect(sys.argv[1])
      for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
          database.execute(f'DROP TRIGGER "{name}"')
      database.execute(sys.argv[2])
      database.commit()
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, path, statement]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }
}
