import Atlas
import Foundation
import Matching
import Testing

@testable import Briefing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
  @Test(
    "no chart writes or draws outside its frame, and all are well-formed",
    arguments: Language.allCases)
  func insideTheFrame(language: Language) throws {
    let district = SmallDistrict(language: language)
    for entry in district.publication.rankings.flatMap(\.entries) {
      var drawings = [
        ContributionChart(entry.readings, language).drawing,
        RankChart([("某某公司", entry), ("另一家名称很长很长很长很长很长的公司", entry)], language).drawing,
        RouteChart(
          [
            RouteChart.Leg(from: "广州", to: "钦州港", mode: "公路", km: 560),
            RouteChart.Leg(from: "钦州港", to: "团结村", mode: "铁路", km: 1200),
            RouteChart.Leg(from: "团结村", to: "荣昌", mode: "公路", km: 90),
          ], language
        ).drawing,
      ]
      drawings.append(try #require(FreightChart(entry.freight, language).drawing))
      drawings.append(
        try #require(CostChart(entry.yearlyCosts.map { ("某地产业园（此地）", $0) }, language).drawing))
      for drawing in drawings {
        let page = Frame(x: 0, y: 0, width: drawing.width, height: drawing.height)
        for shape in drawing.shapes {
          switch shape {
          case .text(let label):
            #expect(page.contains(label.frame), "\(label.text) leaves \(drawing.description)")
          case .rectangle(let frame, _, _, _):
            #expect(page.contains(frame), "a bar leaves \(drawing.description)")
          case .path: break
          }
        }
        #expect(XMLParser(data: Data(drawing.svg().utf8)).parse())
      }
    }
  }

  @Test("the waterfall's last bar is the sum of its bars")
  func waterfall() throws {
    let readings = SmallDistrict().publication.rankings[0].entries[0].readings
    let svg = ContributionChart(readings, .zhHans).drawing.svg()
    let sum = readings.compactMap(\.utility?.base).reduce(0, +)
    #expect(svg.contains(">\(Numerals.fixed(sum, places: 2))<"))
  }

  @Test("a bill that nobody knows is drawn as unknown, never as a bar of zero")
  func unknownBill() {
    let missing = Figure.unknown(.wanYuanPerYear, missing: Phrase(same: "lanes"))
    let bill = FreightBill(tonnes: missing, today: missing, here: missing, saving: missing)
    let bills = FreightBills(
      inbound: bill, outbound: bill, outboundToday: bill, outboundNear: bill,
      breakEvenNearShare: nil, neverSaves: false, nearShare: Span(0.5), lanes: [])
    #expect(FreightChart(bills, .zhHans).drawing == nil)
  }
}
