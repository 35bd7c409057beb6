import Atlas
import Foundation
import Testing

@testable import Briefing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Document")
struct DocumentTests {
  @Test("a canary of each class is found only where its reader may see it")
  func canaries() throws {
    let paper = canaryPaper(language: .zhHans)
    let own = "CANARY-OWN", office = "CANARY-OFFICE", other = "CANARY-OTHER", open = "CANARY-OPEN"
    for edition in Edition.allCases {
      let seen = paper.edition(edition)
      for text in renderings(of: seen) {
        #expect(text.contains(open))
        #expect(text.contains(own))
        #expect(!text.contains(other), "another firm's confidence is in the \(edition) edition")
        #expect(text.contains(office) == (edition == .office))
      }
    }
    for text in renderings(of: canaryPaper(language: .en).edition(.firm)) {
      #expect(text.contains(open))
      #expect(!text.contains(own), "the English firm edition holds public facts only")
    }
  }

  @Test("a withheld row takes the total with it")
  func totalsDoNotGiveAway() throws {
    let table = Table(
      title: "", columns: [Column("a"), .number("b", unit: "吨")],
      rows: [
        Row([.text("甲"), Cell(.number(7, .measured))]),
        Row([.text("乙"), Cell(.number(5, .measured))], clearance: .office),
        Row([.text("合计"), Cell(.number(12, .measured))], kind: .total),
      ])
    let reader = Reader(edition: .firm, firm: 1, language: .zhHans)
    let seen = try #require(table.readable(by: reader))
    #expect(seen.rows.count == 1)
  }

  @Test("a claim without a source becomes a question in 待核实")
  func unsourcedIsAQuestion() {
    let sentence = Sentence.claimOrQuestion([.text("年产一千万双")], sources: [], clearance: .open)
    var paper = canaryPaper(language: .zhHans)
    paper.blocks = [.paragraph([sentence]), Block(.questions)]
    let seen = paper.edition(.firm)
    #expect(seen.openQuestions.count == 1)
    #expect(seen.html().components(separatedBy: "年产一千万双").count == 3)
    #expect(seen.html().contains("待核实"))
  }

  @Test("hostile names stay names in HTML and JSON, and the page is well-formed")
  func hostileText() throws {
    var paper = canaryPaper(language: .zhHans)
    paper.title = "<script>alert('1')</script> & Co \u{0}\u{202E}gpj.exe"
    paper.blocks.append(
      .table(
        Table(
          title: "\"><img src=x>", columns: [Column("<b>")],
          rows: [Row([.text("=cmd|' /C calc'!A0")])])))
    let html = paper.edition(.office).html()
    #expect(!html.contains("<script"))
    #expect(!html.contains("<img"))
    #expect(!html.contains("\u{202E}"))
    #expect(html.contains("&lt;script&gt;"))
    let body = html.replacing("<!DOCTYPE html>\n", with: "")
    #expect(XMLParser(data: Data(body.utf8)).parse())
    let json = paper.json { "\($0).svg" }.pretty
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
  }

  @Test("a paper renders to the same bytes twice and says its class and sample mark")
  func rendersTheSame() {
    let paper = canaryPaper(language: .zhHans).edition(.firm)
    #expect(paper.html() == paper.html())
    #expect(paper.html().contains("示例数据"))
    #expect(paper.html().contains("企业保密"))
    #expect(canaryPaper(language: .zhHans).edition(.office).html().contains("内部"))
    #expect(paper.html().contains("choice-2026a"))
  }

  private func renderings(of paper: Document) -> [String] {
    [paper.html(), paper.json { "\($0).svg" }.pretty]
  }
}

/// A paper with one canary of each class in every kind of block.
func canaryPaper(language: Language) -> Document {
  var bibliography = Bibliography()
  let classes: [(String, Clearance)] = [
    ("CANARY-OPEN", .open), ("CANARY-OFFICE", .office),
    ("CANARY-OWN", .confidential(of: 7)), ("CANARY-OTHER", .confidential(of: 8)),
  ]
  var blocks: [Block] = []
  for (word, clearance) in classes {
    let source = bibliography.cite(
      Source(title: "source \(word)", date: "2026-11-01", confidence: word, clearance: clearance))
    let claim = Sentence.claim(
      Statement([.text(word)], source: source, clearance: clearance))
    let question = Sentence.question(Question("\(word)?", clearance: clearance))
    blocks += [
      .heading(1, word, clearance: clearance), .paragraph([claim, .wording("label")]),
      Block(.list([[claim], [question]])), Block(.note(title: "note", [claim])),
      Block(
        .keyNumbers([
          KeyNumber(
            label: word, value: Numeral(text: "1", grade: .estimated), note: word,
            sources: [source], clearance: clearance)
        ])),
      Block(.checklist([ChecklistItem(text: word, owner: "o", due: "d", clearance: clearance)])),
      .table(
        Table(
          title: "t", columns: [Column("a"), Column(word, clearance: clearance)],
          rows: [
            Row([.text(word, clearance: clearance), .text("x")]),
            Row([.text(word), .text(word)], clearance: clearance),
          ])),
      Block(
        .figure(
          Illustration(
            drawing: Drawing(
              width: 100, height: 20, description: "d",
              shapes: [.text(Drawing.Label(word, at: Point(1, 10), size: 5, room: 90))]),
            caption: word)), clearance: clearance),
    ]
  }
  blocks += [.heading(1, "annex"), Block(.sources), Block(.questions)]
  return Document(
    title: "paper", subtitle: "sub", language: language, classification: .office, isSample: true,
    subject: 7, blocks: blocks, sources: bibliography.sources,
    colophon: Colophon(
      sourcesAndLicence: "s", cutOff: "2026-11-01", run: "r1", model: "choice-2026a", unknowns: 3,
      exclusions: 4, disclaimer: nil))
}
