import Foundation
import Testing

extension EndToEnd {
  @Suite("At the table")
  struct TalkTests {
    @Test("a walk-in gets both editions from a few answers, and the ledger stays as it was")
    func walkIn() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let before = try Program.run("audit", "-w", path, "--format", "json").bytes
      let answer = try Program.run(
        "brief", "--new", "上门示例电路公司", "--place", "广东省惠州市", "--product", "多层板", "--heads", "600",
        "--tonnes-in", "3200", "-w", path, "-o", folder.path("out"), "--formats", "html,json")
      #expect(answer.code == 0, "\(answer.said)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
      #expect(names.count == 4)
      let office = try String(
        contentsOfFile: folder.path("out/上门示例电路公司-洽谈方案-内部.html"), encoding: .utf8)
      #expect(office.contains("会谈中口述"))
      #expect(office.contains("3,200"))
      #expect(try Program.run("audit", "-w", path, "--format", "json").bytes == before)
      #expect(try Program.run("explain", "上门示例电路公司", "-w", path).code == 66)
      let run = try #require(try Sample.require().firstRank.json()["run"].text)
      #expect(try Program.run("replay", run, "-w", path).code == 0)
    }

    @Test("a fact said at the table is reckoned with and marked; the ledger keeps the old one")
    func setsFacts() throws {
      let folder = try Folder()
      let path = try Sample.require().path
      func heads(_ more: [String], _ out: String) throws -> String {
        let answer = try Program.run(
          [
            "brief", Article.board, "-w", path, "-o", folder.path(out), "--for", "office",
            "--formats", "html",
          ]
            + more)
        #expect(answer.code == 0, "\(answer.said)")
        return try String(
          contentsOfFile: folder.path("\(out)/\(Article.board)-洽谈方案-内部.html"), encoding: .utf8)
      }
      let told = try heads(["--set", "用工=943", "--set", "年进料=3217"], "a")
      #expect(told.contains("943") && told.contains("3,217"))
      #expect(told.contains("会谈中口述"))
      let plain = try heads([], "b")
      #expect(!plain.contains("943") && !plain.contains("3,217"))
    }

    @Test("what cannot be reckoned with is refused with a sentence")
    func refuses() throws {
      let folder = try Folder()
      let path = try Sample.require().path
      let cases: [(words: [String], code: Int32, name: String)] = [
        ([], 64, "BL0530"), ([Article.board, "--new", "甲"], 64, "BL0530"),
        (["--new", "甲公司"], 64, "BL0533"),
        (["--new", "甲公司", "--place", "惠州市", "--product", "豆腐", "--heads", "9"], 66, "BL0531"),
        (["--new", "甲公司", "--place", "没有的地方", "--product", "多层板", "--heads", "9"], 64, "BL0532"),
        (["--new", "甲公司", "--place", "惠州市", "--product", "多层板", "--heads", "nan"], 64, "BL0536"),
        (
          ["--new", Article.board, "--place", "惠州市", "--product", "多层板", "--heads", "9"], 64,
          "BL0534"
        ),
        ([Article.board, "--set", "心情=好"], 64, "BL0535"),
        ([Article.board, "--set", "用工=-3"], 64, "BL0532"),
      ]
      for item in cases {
        let answer = try Program.run(
          ["brief"] + item.words + ["-w", path, "-o", folder.path("none"), "--formats", "html"])
        #expect(answer.code == item.code, "\(item.words): \(answer.said)")
        #expect(answer.errors.contains(item.name), "\(item.words): \(answer.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
    }
  }
}
