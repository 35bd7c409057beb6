import Atlas
import Foundation
import Matching
import Testing

@testable import Briefing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Brief")
struct BriefPaperTests {
  @Test(
    "P0-P8: picture, chain, firms, position, factors, suppliers and both bills are in every brief",
    arguments: [Language.zhHans, .en], Edition.allCases)
  func panoramaAndBrief(language: Language, edition: Edition) throws {
    let district = SmallDistrict(language: language)
    for firm in 0..<2 {
      let paper = district.brief(firm, edition)
      let html = paper.html()
      // P0: exactly one whole-sheet picture.
      let sheets = paper.drawings.filter { $0.width > 1000 }
      #expect(sheets.count == 1)
      let svg = try #require(sheets.first).svg()
      // P1: every segment of the chain; P2: a named firm or an explicit 待补.
      for segment in district.snapshot.chains[firm].segments {
        #expect(words(svg).contains(segment.name[language]))
      }
      #expect(svg.contains(language == .en ? "to be filled" : "企业待补"))
      // P3: the firm marked, its tier and neighbours stated with a source.
      #expect(words(svg).contains("★"))
      #expect(words(svg).contains(firm == 0 ? "广东和鑫达" : "福建省中伟"))
      let tier = district.snapshot.chains[firm].tiers[firm == 0 ? 2 : 1][language]
      #expect(html.contains(tier))
      // P4: seven factors.
      let factors =
        language == .en
        ? ["capital", "energy", "land", "labour", "technology", "transport", "materials"]
        : ["资金", "能源", "土地", "用工", "技术", "运输", "原料"]
      for factor in factors { #expect(html.contains(factor)) }
      // P5: a local supplier by name with its distance.
      #expect(html.contains(firm == 0 ? "示例铜箔有限公司" : "示例鞋材有限公司"))
      // P6: both bills separately; an increase is printed as one.
      #expect(html.contains(language == .en ? "Inbound" : "进料"))
      #expect(html.contains(language == .en ? "Outbound" : "出货"))
      #expect(html.contains(language == .en ? "increase of" : "增加"))
      // P8: the leader who attends.
      #expect(html.contains(firm == 0 ? "电子信息产业链链长" : "服饰产业链链长"))
      #expect(html.contains(language == .en ? "Sample data" : "示例数据"))
    }
  }

  @Test(
    "T1-T7: rivals with where we lose, pain first, labour plan, ties, both purposes, next step, scale"
  )
  func talks() throws {
    let district = SmallDistrict()
    let office = district.brief(1, .office)
    let html = office.html()
    #expect(html.contains("赣州") && html.contains("遂宁"))
    #expect(html.contains("我们不如（万元/年）："))
    // T2: people is the shoe firm's largest term, freight the circuit firm's.
    func order(_ paper: Document, _ first: String, _ second: String) throws -> Bool {
      let titles = paper.blocks.compactMap { block -> String? in
        if case .heading(_, let text) = block.content { text } else { nil }
      }
      let a = try #require(titles.firstIndex(of: first))
      let b = try #require(titles.firstIndex(of: second))
      return a < b
    }
    #expect(try order(office, "用工", "进出两项物流"))
    // T3: headcount by occupation with sources and lead time.
    #expect(html.contains("缝纫工") && html.contains("招工日历"))
    // T4: ties counted for the office, never in the firm edition.
    #expect(html.contains("同乡"))
    #expect(!district.brief(1, .firm).html().contains("同乡"))
    // T5, T6, T7.
    #expect(district.brief(1, .office, purpose: .reception).html().contains("来访接待"))
    #expect(html.contains("下一步") && html.contains("2020-12"))
    #expect(html.contains("10,000,000 双"))
  }

  @Test("the firm edition holds no verdict, rank, likelihood, red line, tie, risk or office fact")
  func firmEdition() {
    for language in Language.allCases {
      let district = SmallDistrict(language: language)
      for firm in 0..<2 {
        let paper = district.brief(firm, .firm)
        let texts =
          [paper.html(), paper.json { "\($0).svg" }.pretty, paper.plainHTML(withPictures: false)]
          + paper.drawings.map { $0.svg() }
        for text in texts {
          for word in [
            SmallDistrict.officeCanary, SmallDistrict.otherCanary, "CANARYRISK", "CANARYREDLINE",
            "优先拜访", "期望值", "expected value", "税收返还", "注册地迁入", "送一台机器",
          ] {
            #expect(!text.contains(word), "\(word) in the \(language) firm edition")
          }
        }
        #expect(!paper.html().contains("<script"))
        #expect(!paper.drawings.contains { $0.svg().contains("<script") })
        let office = district.brief(firm, .office).html()
        #expect(office.contains("CANARYREDLINE"))
        #expect(office.contains("税收返还") && office.contains("注册地迁入"))
        #expect(
          XMLParser(data: Data(paper.html().replacing("<!DOCTYPE html>\n", with: "").utf8)).parse())
      }
    }
  }

  @Test("what the firm did not supply is a line to confirm with the hand formula")
  func linesToConfirm() {
    let html = SmallDistrict().brief(0, .firm).html()
    #expect(html.contains("贵公司年进料约<span class=\"blank\">"))
    #expect(html.contains("我们暂按 1,680–3,360 吨/年估算"))
    #expect(html.contains("每多 1,000 吨，年增加 45 万元"))
    #expect(html.contains("按注册地估算"))
  }

  @Test("printed totals are the sums of the printed parts")
  func totalsAddUp() throws {
    for firm in 0..<2 {
      let paper = SmallDistrict().brief(firm, .office)
      let tables = paper.blocks.compactMap { block -> Table? in
        if case .table(let table) = block.content { table } else { nil }
      }
      let cost = try #require(tables.first { $0.title == "年总成本一览" })
      for row in cost.rows {
        let parts = row.cells[1...6].compactMap { number($0) }
        // A row that lacks a part that another row has prints no total.
        guard let total = number(row.cells[7]) else { continue }
        #expect(parts.map { Numerals.displayed($0, places: 0) }.reduce(0, +) == total)
      }
      let calendar = try #require(tables.first { $0.title == "招工日历" })
      let total = try #require(calendar.rows.first { $0.kind == .total })
      for column in 1..<(calendar.columns.count - 1) {
        let sum = calendar.rows.filter { $0.kind == .body }.compactMap { number($0.cells[column]) }
          .reduce(0, +)
        #expect(number(total.cells[column]) == sum)
      }
    }
  }

  @Test("the account in words is that of the table: what is dearer here is said to be dearer")
  func accountInWords() throws {
    var said = 0
    for firm in 0..<2 {
      let paper = SmallDistrict().brief(firm, .firm)
      let html = paper.html()
      let cost = try #require(
        paper.blocks.compactMap { block -> Table? in
          if case .table(let table) = block.content { table } else { nil }
        }.first { $0.title == "年总成本一览" })
      func printed(_ row: Row) -> [Double]? {
        let parts = row.cells[1...6].compactMap { number($0) }
          .map { Numerals.displayed($0, places: 0) }
        return parts.count == 6 ? parts : nil
      }
      func plain(_ value: Double) -> String { Numerals.plain(abs(value)) }
      func word(_ value: Double) -> String {
        value == 0 ? "持平" : "\(value > 0 ? "多" : "少") \(plain(value)) 万元"
      }
      guard let here = printed(cost.rows[0]) else {
        #expect(!html.contains("年总成本此地"))
        continue
      }
      let total = here.reduce(0, +)
      if let today = printed(cost.rows[1]) {
        said += 1
        let difference = total - today.reduce(0, +)
        #expect(html.contains("年总成本此地 \(plain(total)) 万元，比现址\(word(difference))"))
        let most = zip(here, today).map { $0 - $1 }.max { abs($0) < abs($1) } ?? 0
        #expect(most == 0 || html.contains("（\(word(most))）"))
      } else {
        #expect(!html.contains("比现址"))
      }
      let others = cost.rows.dropFirst(2).compactMap(printed).map { $0.reduce(0, +) }
      if let cheapest = others.min() {
        said += 1
        #expect(
          html.contains(
            cheapest < total
              ? "比此地低 \(plain(total - cheapest)) 万元"
              : cheapest > total ? "高 \(plain(cheapest - total)) 万元" : "均为最低"))
      }
    }
    #expect(said > 0)
  }

  @Test("every claim of a brief has a source in the annex")
  func sourcesAreListed() {
    let paper = SmallDistrict().brief(0, .office)
    #expect(!paper.citedNumbers.isEmpty)
    #expect(paper.citedNumbers.allSatisfy { (1...paper.sources.count).contains($0) })
    let html = paper.html()
    for number in paper.citedNumbers {
      #expect(html.contains("<td class=\"centre\">[\(number)]</td>"))
    }
    #expect(html.contains("重庆日报2021.csv 第 2 行"))
  }

  @Test("the gate blocks what has no basis and what hides its words behind spaces")
  func gate() {
    let gate = LegalityGate(SmallDistrict.permitted)
    #expect(
      gate.judge(offer: "建共享 集散仓")
        == .permitted(text: "建共享 集散仓", basis: SmallDistrict.permitted.offers[0].basis))
    for text in ["税 收·返 还", "共享集散仓并税收返还", "随便什么"] {
      if case .permitted = gate.judge(offer: text) { Issue.record("\(text) got through") }
    }
    if case .permitted = gate.judge(offer: "随便什么", basis: "nosuch") {
      Issue.record("no such basis")
    }
    if case .permitted = gate.judge(ask: "将注册地迁入") { Issue.record("a forbidden ask got through") }
  }

  @Test(
    "the printed total of both bills is the sum of the two printed savings",
    arguments: Language.allCases)
  func savingsAddUp(language: Language) throws {
    for firm in 0..<2 {
      let paper = SmallDistrict(language: language).brief(firm, .office)
      let bills = try #require(
        paper.blocks.compactMap { block -> Table? in
          if case .table(let table) = block.content { table } else { nil }
        }.first { $0.columns.count == 6 && $0.rows.last?.kind == .total })
      let printed = bills.rows.map { row -> Double in
        guard case .text(let text) = row.cells[4].content else { return .nan }
        // "增加 109 万元/年（…）", "increase of 1.09 million yuan/yr (…)": the first number.
        let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." || $0 == "," }
        let value = Double(digits.replacing(",", with: "")) ?? .nan
        return text.hasPrefix("增加") || text.hasPrefix("increase") ? -value : value
      }
      #expect(printed.count == 3)
      #expect(abs(printed[0] + printed[1] - printed[2]) < 1e-9, "\(printed)")
    }
  }

  @Test("the order of sections is fixed by the firm's own terms, whatever the district prefers")
  func orderFollowsTerms() {
    let entries = SmallDistrict().publication.rankings.map { $0.entries[0] }
    // Wages differ by 6,000 and fill weighs most for the shoe firm.
    #expect(Topic.ordered(for: entries[1]).first == .labour)
    for entry in entries { #expect(Set(Topic.ordered(for: entry)).count == 3) }
  }

  @Test("a brief is the same bytes twice")
  func deterministic() {
    let district = SmallDistrict()
    #expect(district.brief(0, .firm).html() == district.brief(0, .firm).html())
  }

  private func number(_ cell: Cell) -> Double? {
    if case .number(let value, _) = cell.content { value } else { nil }
  }

  /// Text of a picture without its tags: a wrapped name counts as one.
  private func words(_ svg: String) -> String {
    svg.replacing(/<[^>]*>/, with: "").replacing("\n", with: "").replacing("&amp;", with: "&")
  }
}
