import Foundation
import Testing

/// A file that cannot be taken in, and what the program must say of it.
struct BadFile: Sendable, CustomTestStringConvertible {
  let what: String
  let kind: String
  let name: String
  let bytes: Data
  let code: String
  let word: String

  var testDescription: String { what }

  init(
    _ what: String, _ kind: String, _ name: String, _ bytes: Data, _ code: String, _ word: String
  ) {
    self.what = what
    self.kind = kind
    self.name = name
    self.bytes = bytes
    self.code = code
    self.word = word
  }

  init(_ what: String, _ kind: String, _ text: String, _ code: String, _ word: String) {
    self.init(what, kind, "bad.csv", Data(text.utf8), code, word)
  }

  static let all: [BadFile] = [
    BadFile("a missing column", "firms", "所在地,员工人数（人）\n440300,5\n", "BL0221", "企业名称"),
    BadFile(
      "bytes of no Chinese encoding", "firms", "bad.csv",
      Data("企业名称\n".utf8) + Data([0x43, 0x61, 0x66, 0xE9, 0x20, 0xFF, 0x80, 0x0A]), "BL0215",
      "UTF-8"),
    BadFile(
      "a failing check digit", "firms", "企业名称,统一社会信用代码\n错码有限公司,91500000MA00000000\n", "BL0306",
      "校验"),
    BadFile("a negative headcount", "firms", "企业名称,员工人数（人）\n负人有限公司,-5\n", "BL0303", "负数"),
    BadFile("an unknown segment", "firm-segments", "企业,环节\n测试铜箔有限公司,pcb.nosuch\n", "BL0312", "环节"),
    BadFile("a place without coordinates", "places", "代码,名称,经度,纬度\n500999,某区,,\n", "BL0317", "坐标"),
    BadFile("an empty file", "firms", "", "BL0212", "空"),
    BadFile(
      "a truncated workbook", "firms", "bad.xlsx",
      Archives.workbook([["企业名称"], ["截断有限公司"]]).prefix(900), "BL0216", "不完整"),
    BadFile(
      "an .xls renamed .csv", "firms", "bad.csv",
      Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 4096), "BL0213", ".xls"),
    BadFile(
      "a truncated gzip", "firms", "bad.csv.gz",
      Archives.gzip(Data("企业名称\n截断有限公司\n".utf8)).prefix(24), "BL0220", "压缩"),
    BadFile("a quote that never closes", "firms", "企业名称\n\"没有闭合\n", "BL0219", "引号"),
    BadFile("a firm nobody knows", "plants", "企业,地点\n查无此厂有限公司,440300\n", "BL0310", "企业"),
    BadFile("a firm without a name", "firms", "企业名称,员工人数（人）\n,5\n", "BL0301", "必填"),
  ]
}

extension EndToEnd {
  @Suite("Bad input", .plainWorkspace)
  struct BadInputTests {
    @Test("a bad file is refused with its sentence and nothing changes", arguments: BadFile.all)
    func refused(bad: BadFile) throws {
      let (workspace, before) = try PlainScope.copy()
      let file = try workspace.folder.file(bad.name, bad.bytes)
      let answer = try workspace.importFile(bad.kind, file)
      #expect(answer.code == 65, "\(answer.testDescription)")
      #expect(answer.said.contains(bad.code), "\(answer.testDescription)")
      #expect(answer.said.contains(bad.word), "\(answer.testDescription)")
      #expect(!answer.crashed)
      #expect(try workspace.digest() == before)
    }

    @Test("a repeated credit code keeps the first firm and refuses the second")
    func duplicateCode() throws {
      let (workspace, before) = try PlainScope.copy()
      let text = """
        企业名称,统一社会信用代码
        同码甲电路有限公司,91440300MA5EXAMP2J
        同码乙制鞋有限公司,91440300MA5EXAMP2J

        """
      let file = try workspace.folder.file("twice.csv", text)
      let answer = try workspace.importFile("firms", file, "--format", "json")
      #expect(answer.code == 0)
      let told = try answer.json()
      #expect(told["accepted"].number == 1)
      #expect(told["rejected"].number == 1)
      #expect(told["issues"].items.contains { $0["kind"].text == "BL0314" })
      #expect(told["issues"].items.first?["row"].number == 3)
      #expect(answer.errors.contains("拒收 1 行"))
      let kept = try workspace.digest()
      #expect(kept != before)
      let strict = try workspace.importFile("firms", file, "--strict")
      #expect(strict.code == 65)
      #expect(try workspace.digest() == kept)
    }

    @Test("a file, a kind and a workspace that do not exist")
    func absent() throws {
      let (workspace, before) = try PlainScope.copy()
      let nothing = try workspace.importFile("firms", workspace.folder.path("nothing.csv"))
      #expect(nothing.code == 66 && nothing.errors.contains("BL0210"))
      let file = try workspace.folder.file("firms.csv", SmallTable.all[2].text)
      let kind = try workspace.importFile("firmz", file)
      #expect(kind.code == 64 && kind.errors.contains("BL0222"))
      let elsewhere = try Program.run("rank", "-w", workspace.folder.path("elsewhere"))
      #expect(elsewhere.code == 66 && elsewhere.errors.contains("BL0101"))
      #expect(try workspace.digest() == before)
    }

    @Test("a folder that cannot be written is told, and nothing else is touched")
    func unwritable() throws {
      let (workspace, _) = try PlainScope.copy()
      let file = try workspace.folder.file("firms.csv", SmallTable.all[2].text)
      for words in [
        ["init", file + "/x"], ["template", "firms", "-o", file + "/x/t.csv"],
        ["import", "firms", file, "-w", workspace.path, "--issues", file + "/x.csv"],
      ] {
        let answer = try Program.run(words)
        #expect(answer.code == 73, "\(answer.testDescription)")
        #expect(answer.errors.contains("BL0103"), "\(answer.testDescription)")
      }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == SmallTable.all[2].text)
      let taken = try Program.run("init", workspace.path)
      #expect(taken.code == 73 && taken.errors.contains("BL0102"))
    }
  }
}
