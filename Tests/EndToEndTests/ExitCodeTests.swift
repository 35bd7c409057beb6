import Foundation
import Testing

extension EndToEnd {
  @Suite("Exit codes and help", .plainWorkspace)
  struct ExitCodeTests {
    let workspace: PlainWorkspace

    init() throws {
      workspace = try PlainScope.copy().workspace
      let ranked = try Program.run("rank", "-w", workspace.path)
      try #require(ranked.code == 0, "\(ranked.testDescription)")
    }

    @Test(
      "a command line that makes no sense is 64",
      arguments: [
        ["nosuch"], ["rank", "--nosuch"], ["import"], ["import", "firms"], ["rank", "--seed", "x"],
        ["freight", "荣昌区", "广州市"], ["rank", "--format", "yaml"],
      ])
    func usage(words: [String]) throws {
      let answer = try Program.run(words)
      #expect(answer.code == 64, "\(answer.testDescription)")
      #expect(answer.bytes.isEmpty)
      #expect(!answer.errors.isEmpty)
    }

    @Test("a value out of its range is 64 and told with a code")
    func values() throws {
      for (words, code) in [
        (["rank", "-w", workspace.path, "--as-of", "2026-13-45"], "BL0111"),
        (["freight", "荣昌区", "广州市", "--tonnes=-5", "--value", "1"], "BL0114"),
        (["freight", "荣昌区", "广州市", "--tonnes", "nan", "--value", "1"], "BL0114"),
        (["freight", "荣昌区", "广州市", "--tonnes", "5", "--value", "1", "--modes", "mule"], "BL0117"),
      ] {
        let answer = try Program.run(words)
        #expect(answer.code == 64, "\(answer.testDescription)")
        #expect(answer.errors.contains(code), "\(answer.testDescription)")
      }
    }

    @Test("what is not there is 66, an unclear name lists its candidates")
    func absent() throws {
      let folder = try Folder()
      let local = try folder.file("local.csv", "企业名称,所在地,主营产品\n测试本地电路有限公司,500153,多层板\n")
      #expect(try workspace.importFile("firms", local).code == 0)
      #expect(try Program.run("link", "-w", workspace.path).code == 0)
      for (words, exit, code) in [
        (["shortlist", "--chain", "nosuch"], Int32(66), "BL0107"),
        (["explain", "没有这家"], 66, "BL0105"),
        (["explain", "测试"], 64, "BL0106"),
        (["brief", "没有这家", "-o", folder.path("x")], 66, "BL0105"),
        (["brief", "测试本地电路有限公司", "-o", folder.path("x")], 66, "BL0121"),
      ] {
        let answer = try Program.run(words + ["-w", workspace.path])
        #expect(answer.code == exit, "\(answer.testDescription)")
        #expect(answer.errors.contains(code), "\(answer.testDescription)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path("x")))
      let place = try Program.run("freight", "荣昌区", "某地方", "--tonnes", "1", "--value", "1")
      #expect(place.code == 66 && place.errors.contains("BL0109"))
    }

    @Test("an ending that is no format is 64, a folder below a file 73")
    func outputs() throws {
      let folder = try Folder()
      let file = try folder.file("file", "x")
      for (words, exit, code) in [
        (["shortlist", "--chain", "pcb", "-o", folder.path("a.doc")], Int32(64), "BL0110"),
        (["shortlist", "--chain", "pcb", "-o", file + "/a.csv"], 73, "BL0103"),
        (["brief", "测试铜箔有限公司", "--formats", "json", "-o", file + "/b"], 73, "BL0103"),
        (["panorama", "--chain", "pcb", "-o", file + "/b.svg"], 73, "BL0103"),
      ] {
        let answer = try Program.run(words + ["-w", workspace.path])
        #expect(answer.code == exit, "\(answer.testDescription)")
        #expect(answer.errors.contains(code), "\(answer.testDescription)")
      }
      #expect(listFiles(folder.url).count == 1)
    }

    @Test("asking for help or the version is done, 0")
    func help() throws {
      #expect(try Program.run("--version").code == 0)
      for words in [["--help"], ["help"], ["rank", "--help"], ["import", "--help"]] {
        let answer = try Program.run(words)
        #expect(answer.code == 0, "\(answer.testDescription)")
        #expect(answer.text.contains("bulian"))
        #expect(!answer.errors.contains("BL0900"))
      }
    }
  }
}
