import Atlas
import Foundation
import Matching
import Testing

@testable import Briefing

@Suite("Shortlist")
struct ShortlistPaperTests {
  private func paper(_ language: Language = .zhHans) -> ShortlistPaper {
    let district = SmallDistrict(language: language)
    return ShortlistPaper(district.context, ranking: district.publication.rankings[0], top: 30)
  }

  @Test("the workbook has the five sheets and the list's columns in order")
  func sheets() {
    let book = paper().workbook()
    #expect(book.sheets.map(\.name) == ["名单", "依据", "剔除及原因", "参数", "数据缺口"])
    let titles = book.sheets[0].table.columns.map(\.title)
    #expect(Array(titles.prefix(4)) == ["名次", "名次区间(90%)", "结论", "企业"])
    #expect(book.sheets[2].table.rows.count == 1)
    #expect(book.colophon.disclaimer == "本名单仅用于安排走访，不作为奖补、资格认定或准入依据")
  }

  @Test("CSV spreads a saving over low, base, high and disarms formulas")
  func csv() throws {
    let text = paper().csv()
    let lines = text.split(separator: "\r\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains("进料物流节省（万元/年） 低"))
    let saving = 62.4 - 171.3
    func four(_ value: Double) -> Double { (value * 1e4).rounded() / 1e4 }
    #expect(
      lines[1].contains("\(four(saving - 90)),\(four(saving)),\(four(saving + 120))"))
    #expect(CSV.field("=cmd|'/C calc'!A0") == "'=cmd|'/C calc'!A0")
    #expect(CSV.field("a,\"b\"\r\n") == "\"a,\"\"b\"\"\r\n\"")
    #expect(text == paper().csv())
  }

  @Test("a plain negative number stays a number in CSV; what only looks like one is disarmed")
  func numbers() {
    #expect(CSV.field("-3") == "-3" && CSV.field("-3.25") == "-3.25")
    for text in ["-", "-3-4", "-1.2.3", "-.5", "-3+cmd", "+3", "-３", "=1", "-1e5"] {
      #expect(CSV.field(text).hasPrefix("'"), "\(text)")
    }
    #expect(CSV.line(["a,b", "-2", "@x"]) == "\"a,b\",-2,'@x")
  }

  @Test("the cover says the funnel, the taus, the weights' evidence and the disclaimer")
  func cover() {
    let html = paper().cover().html()
    #expect(html.contains("剔除 1 家"))
    #expect(html.contains("本名单主要反映地区"))
    #expect(html.contains("3 项公开发表、9 项假设"))
    #expect(html.contains("不作为奖补、资格认定或准入依据"))
    #expect(paper(.en).cover().html().contains("1 excluded"))
  }

  @Test("a binder links every paper by a relative, encoded path")
  func binder() {
    let binder = Binder(
      title: "文书夹", lines: [],
      items: [
        Binder.Item(group: "<b>甲", title: "方案", path: "briefs/甲 \"x\".html", format: "html"),
        Binder.Item(group: "<b>甲", title: "方案", path: "javascript:alert(1)", format: "pdf"),
      ], language: .zhHans, isSample: true)
    let html = binder.html()
    #expect(html.contains("./briefs/%E7%94%B2%20%22x%22.html"))
    #expect(html.contains("./javascript%3Aalert%281%29"))
    #expect(!html.contains("<b>甲"))
    #expect(fileName(from: "../../etc/passwd") == "etc-passwd")
    #expect(fileName(from: "甲/乙\\丙:*?\"<>|") == "甲-乙-丙")
    #expect(fileName(from: "///") == "unnamed")
  }
}
