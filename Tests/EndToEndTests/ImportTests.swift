import Foundation
import Testing

extension EndToEnd {
  @Suite("Imports", .plainWorkspace)
  struct ImportTests {
    @Test("importing a table twice changes nothing, whatever its kind", arguments: SmallTable.all)
    func twice(table: SmallTable) throws {
      let (workspace, _) = try PlainScope.copy()
      let same = try workspace.folder.file("again.csv", table.text)
      let again = try workspace.importFile(table.kind, same, "--format", "json")
      #expect(again.code == 0)
      let told = try again.json()
      #expect(told["accepted"].number == 0)
      #expect(told["updated"].number == 0)
      #expect(told["unchanged"].number == 1)
      let wider = try workspace.folder.file("wider.csv", table.adding([("无关列", "x")]))
      let other = try workspace.importFile(table.kind, wider, "--format", "json").json()
      #expect(other["accepted"].number == 0)
      #expect(other["unchanged"].number == 1)
    }

    @Test("importing every table twice leaves the digest as it was")
    func digestStays() throws {
      let (workspace, before) = try PlainScope.copy()
      for table in SmallTable.all {
        let file = try workspace.folder.file("\(table.kind)-again.csv", table.text)
        #expect(try workspace.importFile(table.kind, file).code == 0)
      }
      #expect(try workspace.digest() == before)
    }

    @Test("one changed cell changes the digest")
    func digestMoves() throws {
      let (workspace, before) = try PlainScope.copy()
      let text = SmallTable.all[2].text.replacing("25000", with: "26000")
      let answer = try workspace.importFile(
        "firms", try workspace.folder.file("firms.csv", text), "--format", "json")
      #expect(try answer.json()["updated"].number == 1)
      #expect(try workspace.digest() != before)
    }

    /// 企业名称,所在地,员工人数（人） / 国标编码示例有限公司,440300,12 in GB18030.
    static let gb18030: [UInt8] = [
      0xC6, 0xF3, 0xD2, 0xB5, 0xC3, 0xFB, 0xB3, 0xC6, 0x2C, 0xCB, 0xF9, 0xD4, 0xDA, 0xB5, 0xD8,
      0x2C, 0xD4, 0xB1, 0xB9, 0xA4, 0xC8, 0xCB, 0xCA, 0xFD, 0xA3, 0xA8, 0xC8, 0xCB, 0xA3, 0xA9,
      0x0A, 0xB9, 0xFA, 0xB1, 0xEA, 0xB1, 0xE0, 0xC2, 0xEB, 0xCA, 0xBE, 0xC0, 0xFD, 0xD3, 0xD0,
      0xCF, 0xDE, 0xB9, 0xAB, 0xCB, 0xBE, 0x2C, 0x34, 0x34, 0x30, 0x33, 0x30, 0x30, 0x2C, 0x31,
      0x32, 0x0A,
    ]
    static let unicode = "企业名称,所在地,员工人数（人）\n国标编码示例有限公司,440300,12\n"

    @Test("the same table in GB18030, with a byte order mark, in UTF-16 and gzipped is the same")
    func encodings() throws {
      let (workspace, _) = try PlainScope.copy()
      let first = try workspace.folder.file("gb.csv", Data(Self.gb18030))
      #expect(
        try workspace.importFile("firms", first, "--format", "json").json()["accepted"].number == 1)
      let text = Data(Self.unicode.utf8)
      let utf16 = try #require(Self.unicode.data(using: .utf16))
      for (name, data) in [
        ("plain.csv", text), ("mark.csv", Data([0xEF, 0xBB, 0xBF]) + text), ("wide.csv", utf16),
        ("packed.csv.gz", Archives.gzip(text)),
        ("packed-gb.csv.gz", Archives.gzip(Data(Self.gb18030))),
      ] {
        let file = try workspace.folder.file(name, data)
        let told = try workspace.importFile("firms", file, "--format", "json").json()
        #expect(told["accepted"].number == 0, "\(name)")
        #expect(told["unchanged"].number == 1, "\(name)")
      }
    }

    @Test("a workbook holds what the same table as text holds", arguments: SmallTable.all)
    func workbooks(table: SmallTable) throws {
      let (workspace, _) = try PlainScope.copy()
      let rows = [table.header, table.row].map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let file = try workspace.folder.file("table.xlsx", Archives.workbook(rows))
      let told = try workspace.importFile(table.kind, file, "--format", "json").json()
      #expect(told["accepted"].number == 0)
      #expect(told["unchanged"].number == 1)
    }

    @Test("the template of every kind is written and names its columns", arguments: SmallTable.all)
    func templates(table: SmallTable) throws {
      let folder = try Folder()
      let answer = try Program.run("template", table.kind, "-o", folder.path("t.csv"))
      #expect(answer.code == 0)
      let text = try String(contentsOfFile: folder.path("t.csv"), encoding: .utf8)
      let header = text.split(whereSeparator: \.isNewline).first ?? ""
      for column in table.header.split(separator: ",") {
        #expect(header.contains(column), "\(table.kind) lacks \(column)")
      }
    }

    @Test("the example row of the firms template is one that the program itself accepts")
    func exampleRow() throws {
      let (workspace, _) = try PlainScope.copy()
      let path = workspace.folder.path("t.xlsx")
      _ = try Program.run("template", "firms", "-o", path)
      let told = try workspace.importFile("firms", path, "--format", "json").json()
      #expect(told["accepted"].number == 1)
    }
  }
}
