import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// One brief of a firm of the article: what was asked for, and what a reader sees.
struct Paper: Sendable, CustomTestStringConvertible {
  let firm: String
  let edition: String
  let purpose: String
  let language: String

  var isChinese: Bool { language == "zh-Hans" }
  var isForFirm: Bool { edition == "firm" }
  var isBoard: Bool { firm == Article.board }
  var testDescription: String { "\(firm) \(edition) \(purpose) \(language)" }

  /// Each pair of values of edition, purpose and language occurs for both firms.
  static let all: [Paper] = [Article.board, Article.shoe].flatMap { firm in
    [
      Paper(firm: firm, edition: "office", purpose: "visit", language: "zh-Hans"),
      Paper(firm: firm, edition: "firm", purpose: "reception", language: "zh-Hans"),
      Paper(firm: firm, edition: "office", purpose: "reception", language: "en"),
      Paper(firm: firm, edition: "firm", purpose: "visit", language: "en"),
    ]
  }

  func pick(_ chinese: String, _ english: String) -> String { isChinese ? chinese : english }
}

extension EndToEnd {
  /// outputs.md: P0-P8, what won 和鑫达; T1-T7, what won 中伟; both editions, purposes, languages.
  @Suite("Briefs of the two firms of the article")
  struct BriefTests {
    let sample: Sample

    init() throws { sample = try Sample.require() }

    @Test("a brief holds what won the two firms", arguments: Paper.all)
    func contents(paper: Paper) throws {
      let folder = try Folder()
      let answer = try Program.run(
        "brief", paper.firm, "-w", sample.path, "--for", paper.edition, "--purpose", paper.purpose,
        "--language", paper.language, "--formats", "html,json", "-o", folder.url.path)
      #expect(answer.code == 0, "\(answer.testDescription)")
      #expect(answer.errors.isEmpty)
      let files = listFiles(folder.url)
      #expect(files.count == 2)
      let html = try String(
        contentsOf: try #require(files.first { $0.pathExtension == "html" }), encoding: .utf8)
      let json = try JSON(
        Data(contentsOf: try #require(files.first { $0.pathExtension == "json" })))
      let text = visibleText(html)
      #expect(json["language"].text == paper.language)
      checkEveryPaper(paper, html: html, text: text)
      try checkWhatWon(paper, html: html, text: text)
      if paper.isChinese && !paper.isForFirm && !paper.isBoard { checkDilemma(text) }
      if paper.isForFirm {
        try checkFirmEdition(paper, text: text + json.strings.joined(separator: "\n"))
      }
    }

    private func checkEveryPaper(_ paper: Paper, html: String, text: String) {
      shows(text, paper.pick("示例数据", "Sample data"))
      shows(text, paper.pick("数据截至", "data as of"))
      shows(text, paper.pick("模型卡", "model card"))
      shows(text, paper.pick("批次", "run "))
      for outside in ["<script", "http-equiv", "src=\"http", "url(http"] { hides(html, outside) }
      for word in ["NaN", "nil\n", "Optional("] { hides(text, word) }
      if paper.isForFirm {
        hides(text, paper.pick("内部版", "office edition"))
      } else {
        shows(text, paper.pick("内部", "Internal"))
      }
    }

    private func checkWhatWon(_ paper: Paper, html: String, text: String) throws {
      let chain = paper.isBoard ? "pcb" : "shoes"
      // P0, one sheet in A3 landscape proportions.
      #expect(html.ranges(of: "viewBox=\"0 0 1190.55 841.89\"").count == 1, "P0")
      // P1, every segment is named.
      let gaps = try #require(sample.gaps[chain])
      let segments = try gaps.json()["rows"].items.compactMap { $0["segment"]["name"].text }
      #expect(segments.count > 10)
      if paper.isChinese {
        for segment in segments { shows(text, segment, "P1 \(segment)") }
      }
      // P2, a named firm or an explicit blank.
      shows(text, paper.pick("待补", "to be filled"), "P2")
      shows(text, paper.isBoard ? "苏州示例玻纤布" : "泉州示例飞织", "P2")
      // P3, its position.
      let position = paper.pick(
        "\(paper.firm)位于第 4 层", "\(paper.firm) stands in tier 4")
      shows(text, position, "P3")
      shows(text, "★", "P3")
      // P4, seven factors.
      let factors =
        paper.isChinese
        ? ["资金", "能源", "土地", "用工", "技术", "运输", "原料"]
        : ["capital", "energy", "land", "labour", "technology", "transport", "materials"]
      for factor in factors { shows(text, factor, "P4 \(factor)") }
      // P5, suppliers with their distance.
      shows(text, paper.isBoard ? "荣昌示例覆铜板" : "荣昌示例鞋底", "P5")
      shows(text, paper.pick("距离", "Distance"), "P5")
      shows(text, paper.pick("（区内）", "(here)"), "P5")
      shows(text, paper.pick("本地尚无配套", "Not available locally yet"), "P5")
      // P6, two bills, each with low, base and high.
      for bill in [paper.pick("进料", "Inbound"), paper.pick("出货", "Outbound")] {
        shows(text, bill, "P6 \(bill)")
      }
      shows(text, paper.pick("低—基准—高", "Low-base-high"), "P6")
      let ranges = text.contains(/[\d.,]+ ?\([\d.,]+[–-][\d.,]+\)|[\d.,]+（[\d.,]+[–-][\d.,]+）/)
      #expect(ranges, "P6, low and high")
      let saving = paper.pick("节省", "saving of")
      let increase = paper.pick("增加", "increase of")
      let tells = text.contains(saving) || text.contains(increase)
      #expect(tells, "P6, a saving or an increase")
      // P8 and T6, the leader, the next step and its date.
      let leader = paper.isBoard ? "常务副区长（电子信息产业链链长）" : "区委常委（服饰产业链链长）"
      #expect(text.ranges(of: leader).count >= 2, "P8")
      let dated = text.contains(/20\d\d-\d\d-\d\d/)
      #expect(dated, "T6")
      // T1, the rivals, and where we lose.
      for rival in ["遂宁市", "赣州市", "黄石市", "西永微电园"] { shows(text, rival, "T1") }
      shows(text, paper.pick("我们不如", "We are behind"), "T1")
      // T3, people by occupation.
      for word in [paper.pick("技工", "Technicians"), paper.pick("招工日历", "Hiring calendar")] {
        shows(text, word, "T3 \(word)")
      }
      // T5, both directions.
      let direction =
        paper.purpose == "visit"
        ? paper.pick("上门拜访", "visit") : paper.pick("来访接待", "reception")
      shows(text.lowercased(), direction, "T5")
      // T7, the size of the firm.
      shows(text, paper.isBoard ? paper.pick("3.2 亿元", "320 million yuan") : "9,800,000", "T7")
    }

    /// definitions.md 12: what is laid on the table says nothing of how the firm was weighed.
    private func checkFirmEdition(_ paper: Paper, text: String) throws {
      let words = [
        "优先拜访", "可拜访", "暂缓", "期望值", "签约可能", "链值", "名次", "底线", "风险提示", "剔除原因",
        "verdict", "expected value", "likelihood of", "red line", "risk flag", "refus",
        "同乡管理人员", "两年内不再布局",
      ]
      for word in words { hides(text.lowercased(), word) }
      let list = try (paper.isBoard ? sample.electronics : sample.shoes).json()
      let entry = try #require(
        list["entries"].items.first { $0["firm"]["name"].text == paper.firm })
      let value = try #require(entry["expectedValue"].number)
      let grouped = Int(value.rounded()).formatted(.number.locale(Locale(identifier: "en_US")))
      if value >= 1_000 { hides(text, grouped) }
      shows(text, "＿＿＿＿", "a line to confirm")
      shows(text, paper.pick("手算", "By hand"), "a hand formula")
    }

    /// T2 and T4, for the shoe maker's office: its pain comes first, its hometown people are named
    /// by kind and number, never by name.
    private func checkDilemma(_ text: String) {
      for word in ["人脉", "已联系", "已同意"] { shows(text, word, "T4") }
      shows(text, "同乡", "T4")
      if let labour = text.range(of: "分工种：需要、可招、工资"),
        let freight = text.range(of: "两本账：今日与此地")
      {
        #expect(labour.lowerBound < freight.lowerBound, "T2")
      } else {
        Issue.record("T2: the labour and freight sections are there")
      }
    }

    @Test("a dishonest firm and one that wants no contact are not shown to others as main firms")
    func noScreenedFirmOnThePicture() throws {
      let folder = try Folder()
      let path = folder.path("p.svg")
      let answer = try Program.run(
        "panorama", "--chain", "pcb", "--for", "firm", "-w", sample.path, "-o", path)
      #expect(answer.code == 0, "\(answer.testDescription)")
      let svg = try String(contentsOfFile: path, encoding: .utf8)
      #expect(XMLParser(data: Data(svg.utf8)).parse())
      let text = visibleText(svg).replacing("\n", with: "")
      for firm in ["失信铜箔", "谢绝联系", "已注销"] { hides(text, firm) }
    }
  }
}

/// Expects a word in a text, without printing the whole text when it is not there.
private func shows(
  _ text: String, _ word: String, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let found = text.contains(word)
  #expect(found, "\(what) lacks “\(word)”", sourceLocation: sourceLocation)
}

private func hides(
  _ text: String, _ word: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let found = text.contains(word)
  #expect(!found, "shows “\(word)”", sourceLocation: sourceLocation)
}

/// What a reader sees of a page: its text without marks, styles and entities.
func visibleText(_ html: String) -> String {
  html.replacing(/<style[\s\S]*?<\/style>/, with: "").replacing(/<[^>]+>/, with: "\n")
    .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
    .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    .replacing(/\s*\n\s*/, with: "\n")
}
