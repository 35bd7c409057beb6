import Atlas
import Freight
import Matching

extension BriefPaper {
  /// Both savings when fuel, volume or waits change; nothing when they are not known. 敏感性
  mutating func sensitivity(_ bills: FreightBills, _ source: SourceReference) -> [Block] {
    guard !bills.sensitivities.isEmpty, let inbound = bills.inbound.saving.base,
      let outbound = bills.outbound.saving.base
    else { return [] }
    func saving(_ value: Double) -> Cell {
      .text(
        Numeral.saving(
          Figure(Span(value), .wanYuanPerYear, .estimated, because: Phrase(same: "")), language
        ).text)
    }
    func row(_ name: String, _ first: Double, _ second: Double) -> Row {
      // The printed total is the sum of the two printed figures.
      Row(
        [.text(name), saving(first), saving(second), saving(first + second)],
        clearance: costClearance)
    }
    var blocks: [Block] = [
      .table(
        Table(
          title: say("敏感性（基准情景）", "Sensitivity (base scenario)"),
          columns: [
            Column(say("情形", "If"), weight: 1.4),
            Column(say("进料", "Inbound"), alignment: .trailing, weight: 1.3),
            Column(say("出货", "Outbound"), alignment: .trailing, weight: 1.3),
            Column(say("两项合计", "Together"), alignment: .trailing, weight: 1.3),
          ],
          rows: [row(say("现在的价格和货量", "today's prices and volume"), inbound, outbound)]
            + bills.sensitivities.map { row($0.change.label[language], $0.inbound, $0.outbound) },
          sources: [source]))
    ]
    if let tonnes = bills.outbound.tonnes.base, tonnes > 0, inbound < 0, outbound > 0,
      inbound + outbound < 0
    {
      let needed = -inbound / (outbound / tonnes)
      blocks.append(
        .paragraph([
          claim(
            say(
              "进料量不变时，年出货达到约 \(Numerals.plain(needed)) 吨（现按 \(Numerals.plain(tonnes)) 吨），两项物流合计转为节省。",
              "With inbound unchanged, both bills together become a saving from about \(Numerals.plain(needed)) t out a year (now \(Numerals.plain(tonnes)) t)."
            ), source, clearance: costClearance)
        ]))
    }
    return blocks
  }
}
