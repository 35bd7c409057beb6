import Foundation
import Testing

extension EndToEnd {
  /// Names as an attacker, a broken export or a joker would write them.
  @Suite("Hostile text")
  struct HostileTextTests {
    static let names = [
      "<script>alert(1)</script>示例有限公司", "=cmd|' /C calc'!A0", "+SUM(1,1)*示例", "@import示例",
      "甲\u{202E}司公限有\u{200B}示例\u{200D}有限公司", "上一行\n下一行示例有限公司",
      "'); DROP TABLE firmFact; --示例", "../../../../tmp/bulian-escaped示例",
      "\"><img src=x onerror=alert(1)>示例", "示例&amp;]]></svg>有限公司", "C:\\..\\nul:示例有限公司",
    ]
    static let long = String(repeating: "长", count: 10_000) + "示例有限公司"

    /// A workspace whose candidates bear the hostile names.
    private func workspace(_ names: [String]) throws -> (PlainWorkspace, Answer) {
      let workspace = try PlainWorkspace()
      var text = "企业名称,所在地,员工人数（人）,营业收入（万元）,登记状态,主营产品,主营业务\n"
      for (row, name) in names.enumerated() {
        let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
        let product = "\"HDI板、<b>\(row)</b>=1+1\""
        text += "\(cell),440300,\(300 + row),\(90_000 + 1_000 * row),存续,\(product),印制电路板制造\n"
      }
      for table in SmallTable.all where ["places", "chain-targets"].contains(table.kind) {
        let file = try workspace.folder.file("\(table.kind).csv", table.text)
        try #require(try workspace.importFile(table.kind, file).code == 0)
      }
      let file = try workspace.folder.file("firms.csv", text)
      let answer = try workspace.importFile("firms", file, "--format", "json")
      for words in [["link"], ["rank"]] {
        let step = try Program.run(words + ["-w", workspace.path])
        try #require(step.code == 0, "\(step.testDescription)")
      }
      return (workspace, answer)
    }

    @Test("hostile names come out of the list as data, never as formulas, rows or markup")
    func shortlist() throws {
      let (workspace, imported) = try workspace(Self.names)
      let told = try imported.json()
      #expect(told["accepted"].number == Double(Self.names.count), "\(imported.testDescription)")
      let list = try Program.run(
        "shortlist", "-w", workspace.path, "--chain", "pcb", "--format", "json"
      ).json()
      let found = list["entries"].items.compactMap { $0["firm"]["name"].text }
      #expect(found.count == Self.names.count)
      #expect(found.contains { $0.contains("<script>") })
      #expect(!found.contains { $0.contains("\n") })

      let path = workspace.folder.path("list.csv")
      #expect(
        try Program.run("shortlist", "-w", workspace.path, "--chain", "pcb", "-o", path).code == 0)
      let rows = readCSV(try String(contentsOfFile: path, encoding: .utf8))
      let width = try #require(rows.first).count
      #expect(width > 10)
      let body = rows.filter { $0.count == width }
      #expect(body.count > Self.names.count)
      for cell in rows.flatMap({ $0 }) {
        let isNumber = Double(cell.replacing(",", with: "")) != nil
        #expect(
          isNumber || !["=", "+", "-", "@", "\t", "\r"].contains(String(cell.prefix(1))),
          "a cell is a formula: \(cell.prefix(60))")
      }
    }

    @Test("a brief of every hostile firm stays inside its folder and carries no live markup")
    func briefs() throws {
      let names = [0, 4, 5, 7, 9].map { Self.names[$0] }
      let (workspace, _) = try workspace(names)
      let list = try Program.run(
        "shortlist", "-w", workspace.path, "--chain", "pcb", "--format", "json"
      ).json()
      let ids = list["entries"].items.compactMap { $0["firm"]["id"].text }
      #expect(ids.count == names.count)
      let output = workspace.folder.url.appending(path: "deep/er/papers")
      for id in ids {
        let answer = try Program.run(
          "brief", id, "-w", workspace.path, "--for", "firm", "--formats", "html,json", "-o",
          output.path)
        #expect(answer.code == 0, "\(answer.testDescription)")
      }
      let written = listFiles(workspace.folder.url).filter { $0.pathExtension == "html" }
      #expect(!written.isEmpty)
      for file in written {
        #expect(file.deletingLastPathComponent().standardizedFileURL.path == output.path)
        #expect(!file.lastPathComponent.unicodeScalars.contains { $0.properties.isBidiControl })
        let text = try String(contentsOf: file, encoding: .utf8).lowercased()
        for live in ["<script>alert", "<img src=x", "]]></svg>", "<b>0</b>", "javascript:"] {
          #expect(!text.contains(live), "\(live) in \(file.lastPathComponent)")
        }
        #expect(text.ranges(of: "<svg").count == text.ranges(of: "</svg>").count)
      }
      for file in listFiles(output) where file.pathExtension == "json" {
        _ = try JSON(Data(contentsOf: file))
      }
      #expect(!FileManager.default.fileExists(atPath: "/tmp/bulian-escaped示例"))
    }

    @Test("a name of ten thousand characters is refused or cut, and nothing breaks")
    func longName() throws {
      let (workspace, imported) = try workspace([Self.long])
      #expect([0, 65].contains(imported.code))
      let list = try Program.run(
        "shortlist", "-w", workspace.path, "--chain", "pcb", "--format", "json"
      ).json()
      for entry in list["entries"].items {
        let id = try #require(entry["firm"]["id"].text)
        let answer = try Program.run(
          "brief", id, "-w", workspace.path, "--formats", "html", "--for", "firm", "-o",
          workspace.folder.path("papers"))
        #expect(answer.code == 0, "\(answer.testDescription)")
      }
    }

    @Test("SQL text in an argument finds nothing and harms nothing")
    func sql() throws {
      let (workspace, _) = try workspace(["普通示例有限公司"])
      let before = try workspace.digest()
      let answer = try Program.run(
        "explain", "x'; DELETE FROM firm; --", "-w", workspace.path)
      #expect(answer.code == 66)
      let kind = try Program.run(
        "import", "firms; DROP TABLE firm", workspace.folder.path("firms.csv"), "-w",
        workspace.path)
      #expect(kind.code == 64)
      #expect(try workspace.digest() == before)
    }
  }
}

/// The rows of a comma-separated text (RFC 4180).
func readCSV(_ text: String) -> [[String]] {
  var rows: [[String]] = []
  var row: [String] = []
  var cell = ""
  var quoted = false
  var characters = Array(text)[...]
  while let character = characters.popFirst() {
    if quoted {
      if character == "\"" {
        if characters.first == "\"" {
          cell.append("\"")
          characters.removeFirst()
        } else {
          quoted = false
        }
      } else {
        cell.append(character)
      }
    } else if character == "\"" {
      quoted = true
    } else if character == "," {
      row.append(cell)
      cell = ""
    } else if character.isNewline {
      rows.append(row + [cell])
      row = []
      cell = ""
    } else {
      cell.append(character)
    }
  }
  if !cell.isEmpty || !row.isEmpty { rows.append(row + [cell]) }
  return rows
}
