import Foundation
import Testing

extension EndToEnd {
  @Suite("Several firms at once, and a firm of which nothing is known")
  struct PortfolioTests {
    @Test("together nobody gets more than alone; one firm alone gets what its own list says")
    func portfolio() throws {
      let path = try Sample.require().path
      let entries = try Sample.require().electronics.json()["entries"].items
      func members(_ top: Int) throws -> [JSON] {
        try #require(
          try Program.run(
            "shortlist", "--portfolio", "--top", "\(top)", "--chain", "pcb", "--format", "json",
            "-w", path
          ).json()["lists"].items.first)["members"].items
      }
      let many = try members(12)
      #expect(many.count == 12)
      for (member, entry) in zip(many, entries) {
        #expect(member["firm"]["name"].text == entry["firm"]["name"].text)
        guard let alone = member["alone"].number else { continue }
        #expect(abs(alone - (entry["localSourcing"]["share"].number ?? .nan)) < 1e-9)
        #expect((member["together"].number ?? .nan) <= alone + 1e-9)
      }
      let one = try #require(try members(1).first)
      #expect(one["alone"] == one["together"])
    }

    @Test("what too little is for all is less than what they want of it")
    func contested() throws {
      let list = try #require(
        try Program.run(
          "shortlist", "--portfolio", "--top", "25", "--chain", "pcb", "--format", "json", "-w",
          try Sample.require().path
        ).json()["lists"].items.first)
      for item in list["contested"].items {
        #expect(
          try #require(item["wanted"].number) > (try #require(item["free"].number)))
      }
      // Where no supplier is short, everyone gets together what it gets alone.
      if list["contested"].items.isEmpty {
        for member in list["members"].items { #expect(member["alone"] == member["together"]) }
      }
    }

    @Test("a firm with a name and a product alone gets a paper that is mostly questions")
    func nothingKnown() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let firms = try folder.file("企业.csv", "企业名称\n无资料电路有限公司\n")
      let links = try folder.file("挂链.csv", "企业,环节\n无资料电路有限公司,pcb.multilayer\n")
      #expect(try Program.run("import", "firms", firms, "-w", path).code == 0)
      #expect(try Program.run("import", "firm-segments", links, "-w", path).code == 0)
      #expect(try Program.run("rank", "-w", path).code == 0)
      let answer = try Program.run(
        "brief", "无资料电路有限公司", "--for", "office", "--formats", "html", "-o",
        folder.path("o"), "-w", path)
      #expect(answer.code == 0, "\(answer.said)")
      let file = try #require(listFiles(folder.url.appending(path: "o")).first)
      let text = visibleText(try String(contentsOf: file, encoding: .utf8))
      #expect(text.ranges(of: "待核实").count >= 8)
      #expect(text.contains("未知") && !text.contains("NaN"))
      // An unknown bill is a word, never a saving of nothing.
      #expect(!text.contains("节省 0 万元") && !text.contains("增加 0 万元"))
    }

    @Test("a foreign-invested firm brings questions with article and date, never a verdict")
    func foreign() throws {
      let folder = try Folder()
      let path = folder.path("w")
      try FileManager.default.copyItem(atPath: try Sample.require().path, toPath: path)
      let firms = try folder.file(
        "企业.csv", "企业名称,所在地,主营产品,营业收入（万元）,外商投资\n外资示例电路有限公司,广东省深圳市,多层板,80000,是\n")
      let answer = try Program.run("import", "firms", firms, "-w", path)
      #expect(answer.code == 0, "\(answer.said)")
      #expect(try Program.run("link", "-w", path).code == 0)
      #expect(try Program.run("rank", "-w", path).code == 0)
      let text = try Program.run("explain", "外资示例电路有限公司", "-w", path).text
      for word in ["负面清单", "第二十八条", "第四条", "2021-01-18", "2024-11-01", "？", "不作结论"] {
        #expect(text.contains(word), "\(word)")
      }
    }
  }
}
