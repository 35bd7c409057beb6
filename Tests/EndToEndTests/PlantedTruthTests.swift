import Foundation
import Testing

extension EndToEnd {
  /// The sample district holds answers that the ranking must find.
  @Suite("Planted truth")
  struct PlantedTruthTests {
    let entries: [JSON]
    let exclusions: [JSON]

    init() throws {
      let list = try Sample.require().electronics.json()
      entries = list["entries"].items
      exclusions = list["exclusions"].items
    }

    @Test(
      "a screened firm is excluded with its reason",
      arguments: [
        ("惠州示例已注销电路有限公司", "注销"), ("深圳示例失信铜箔有限公司", "失信"),
        ("东莞示例谢绝联系钻针有限公司", "谢绝联系"),
      ])
    func screened(firm: String, word: String) throws {
      #expect(!entries.contains { $0["firm"]["name"].text == firm })
      let exclusion = try #require(exclusions.first { $0["firm"]["name"].text == firm })
      #expect(exclusion["because"].text?.contains(word) == true)
    }

    @Test(
      "a firm of the district is already here",
      arguments: ["荣昌示例电路板有限公司", "荣昌示例覆铜板有限公司", "荣昌示例贴装有限公司", "荣昌示例线路有限公司"])
    func alreadyHere(firm: String) throws {
      #expect(!entries.contains { $0["firm"]["name"].text == firm })
      let exclusion = try #require(exclusions.first { $0["firm"]["name"].text == firm })
      #expect(exclusion["because"].text?.contains("本区") == true)
    }

    @Test("a trading firm is not taken for a maker")
    func trader() throws {
      #expect(!entries.contains { $0["firm"]["name"].text == "深圳示例电路贸易有限公司" })
    }

    @Test("a claim of another district is a warning, never a screen")
    func claimed() throws {
      let entry = try #require(
        entries.first { $0["firm"]["name"].text == "东莞示例钻针有限公司" })
      #expect(entry["warnings"].strings.contains { $0.contains("永川示例区") })
    }

    @Test("a stated relocation of 60,000 万元 into an empty segment is near the top")
    func copperFoil() throws {
      let entry = try #require(
        entries.first { $0["firm"]["name"].text == "惠州示例铜箔科技有限公司" })
      #expect((entry["rank"].number ?? 99) <= 5)
      #expect(entry["project"]["kind"].text == "relocation")
      #expect(entry["project"]["investment"]["value"].number == 60_000)
      #expect(entry["project"]["investment"]["grade"].text == "stated")
    }

    @Test("both firms of the article are at the head of their lists")
    func article() throws {
      let shoes = try Sample.require().shoes.json()["entries"].items
      #expect(shoes.first?["firm"]["name"].text == Article.shoe)
      #expect(entries.prefix(3).contains { $0["firm"]["name"].text == Article.board })
    }
  }
}
