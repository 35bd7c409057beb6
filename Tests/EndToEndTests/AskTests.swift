import Foundation
import Testing

extension EndToEnd {
  @Suite("Whom to call")
  struct AskTests {
    @Test("at most ten questions, the most valuable first, and an answered one is not asked again")
    func asks() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let first = try Program.run("ask", "-w", path, "--format", "json").json()["questions"].items
      #expect(!first.isEmpty && first.count <= 10)
      let gains = first.compactMap { $0["gain"].number }
      #expect(gains == gains.sorted(by: >))
      for item in first {
        let change = try #require(item["expectedChange"].number)
        #expect(change >= 0 && change <= 0.5)
      }
      let sheet = folder.path("ask.xlsx")
      #expect(try Program.run("ask", "-w", path, "-o", sheet).code == 0)
      // An empty sheet changes nothing.
      let title = ["projects": "拟投项目", "plants": "工厂", "firm-lanes": "企业线路"]
      let table = try #require(first[0]["table"].text)
      let empty = try Program.run(
        "import", table, sheet, "--sheet", title[table] ?? "", "-w", path, "--format", "json")
      #expect(try empty.json()["accepted"].number == 0)
      let asked = first.first { $0["table"].text == "plants" }
      let firm = try #require(asked?["firm"]["name"].text)
      let answer = try folder.file("工厂.csv", "企业,地点\n\(firm),广东省惠州市\n")
      #expect(try Program.run("import", "plants", answer, "-w", path).code == 0)
      let later = try Program.run("ask", "-w", path, "--format", "json").json()["questions"].items
      #expect(
        !later.contains { $0["firm"]["name"].text == firm && $0["table"].text == "plants" })
      #expect(try Program.run("ask", "--top", "11", "-w", path).code == 64)
    }
  }
}
