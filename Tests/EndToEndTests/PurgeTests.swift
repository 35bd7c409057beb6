import Foundation
import Testing

extension EndToEnd {
  @Suite("A person is gone")
  struct PurgeTests {
    @Test("after a purge no byte of the person is left: ledger, inbox copies, papers, backups")
    func purges() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let words = ["钱某示", "13911112222"]
      let hosts = try folder.file(
        "hosts.csv", "企业,职务,本人同意,姓名,电话\n\(Article.board),总经理,是,钱某示,13911112222\n")
      #expect(try Program.run("import", "hosts", hosts, "-w", path).code == 0)
      #expect(
        try Program.run(
          "outcome", "add", Article.board, "--kind", "visit", "--reason", "钱某示说再看看", "-w", path
        ).code == 0)
      // What an office has lying about: a copy in the inbox, a paper, a picture of it, an archive, a backup.
      let manager = FileManager.default
      for name in ["inbox/done", "outbox/a", "backups"] {
        try manager.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
      }
      try manager.copyItem(atPath: hosts, toPath: path + "/inbox/done/hosts.csv")
      try Data("<p>钱某示</p>".utf8).write(to: URL(fileURLWithPath: path + "/outbox/a/brief.html"))
      try Data("%PDF-1.7 drawn".utf8).write(to: URL(fileURLWithPath: path + "/outbox/a/brief.pdf"))
      try Data("a\u{4F60}".utf8).write(to: URL(fileURLWithPath: path + "/outbox/other.pdf"))
      try manager.copyItem(
        atPath: path + "/bulian.sqlite", toPath: path + "/backups/20260101T000000Z.sqlite")
      let run = try #require(try Sample.require().firstRank.json()["run"].text)
      let answer = try Program.run(
        "purge", "--person", words[0], "--person", words[1], "--because", "本人要求", "--by", "LJ",
        "-w",
        path)
      #expect(answer.code == 0, "\(answer.said)")
      for file in try files(below: path) {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        for word in words { #expect(data.range(of: Data(word.utf8)) == nil, "\(file)") }
      }
      #expect(!manager.fileExists(atPath: path + "/outbox/a/brief.pdf"))
      #expect(manager.fileExists(atPath: path + "/outbox/other.pdf"))
      #expect(try Program.run("doctor", "-w", path).code == 0)
      let replay = try Program.run("replay", run, "-w", path, "--format", "json")
      #expect(try replay.json()["isEqual"] == .bool(true), "\(replay.said)")
    }

    @Test("a purge needs a reason, something to look for, and words long enough")
    func refuses() throws {
      let path = try Sample.require().path
      for (words, code) in [
        (["--because", "x"], "BL0460"), (["--person", "张三"], "BL0621"),
        (["--person", "张", "--because", "x"], "BL0461"),
        (["--person", "张三", "--firm", "1", "--because", "x"], "BL0460"),
      ] {
        let answer = try Program.run(["purge"] + words + ["-w", path])
        #expect(answer.code == 64)
        #expect(answer.errors.contains(code), "\(answer.errors)")
      }
    }

    private func files(below folder: String) throws -> [String] {
      let walk = try #require(FileManager.default.enumerator(atPath: folder))
      return walk.compactMap { ($0 as? String).map { folder + "/" + $0 } }.filter {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
          && !isFolder.boolValue
      }
    }
  }

  @Suite("Replay and restore")
  struct ReplayTests {
    @Test(
      "a run comes out the same, byte for byte; a later correction is named as the reason why not")
    func replays() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let run = try #require(try Sample.require().firstRank.json()["run"].text)
      let same = try Program.run("replay", run, "-w", path)
      #expect(same.code == 0, "\(same.said)")
      #expect(try Program.run("replay", "没有的批次", "-w", path).code == 66)
      let merged = try Program.run(
        "link", "-w", path, "--merge", "广州示例多层板有限公司", "--into", Article.board, "--because", "改制",
        "--by", "LJ")
      #expect(merged.code == 0, "\(merged.said)")
      let other = try Program.run("replay", run, "-w", path)
      #expect(other.code == 65)
      #expect(other.text.contains("快照不同"))
    }

    @Test("restore puts a backup in place, keeps what was there, and refuses a damaged one")
    func restores() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let backup = folder.path("backup.sqlite")
      try FileManager.default.copyItem(atPath: path + "/bulian.sqlite", toPath: backup)
      #expect(
        try Program.run(
          "override", Article.board, "--exclude", "--because", "试", "--by", "A", "-w", path
        ).code == 0)
      let answer = try Program.run("restore", backup, "-w", path)
      #expect(answer.code == 0, "\(answer.said)")
      let audit = try Program.run("audit", "-w", path, "--format", "json").json().items
      #expect(!audit.contains { $0["kind"].text == "override" })
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: path).contains {
          $0.contains(".before-")
        })
      var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
      for index in 4096..<min(bytes.count, 60_000) { bytes[index] = 0x55 }
      let damaged = folder.path("damaged.sqlite")
      try bytes.write(to: URL(fileURLWithPath: damaged))
      #expect(try Program.run("restore", damaged, "-w", path).code == 65)
      #expect(try Program.run("restore", folder.path("none"), "-w", path).code == 66)
      #expect(try Program.run("rank", "-w", path).code == 0)
    }
  }
}
