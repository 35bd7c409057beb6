import Atlas
import Testing

@testable import Briefing

@Suite("Numerals")
struct NumeralsTests {
  @Test("numbers follow one rounding rule with thousands separators")
  func rounding() {
    #expect(Numerals.plain(1234.5) == "1,235")
    #expect(Numerals.plain(9.94) == "9.9")
    #expect(Numerals.plain(9.96) == "10")
    #expect(Numerals.plain(3.0) == "3")
    #expect(Numerals.plain(-1234567.4) == "−1,234,567")
    #expect(Numerals.plain(0) == "0")
    #expect(Numerals.plain(-0.01) == "0")
    #expect(Numerals.fixed(0.05, places: 1) == "0.1")
    #expect(Numerals.fixed(-0.05, places: 1) == "−0.1")
  }

  @Test("a range keeps its signs apart")
  func ranges() {
    #expect(Numerals.range(1800, 3200, .zhHans) == "1,800–3,200")
    #expect(Numerals.range(-300, 80, .zhHans) == "−300 至 80")
    #expect(Numerals.range(5, 5, .en) == "5")
  }

  @Test("a displayed total is the sum of its displayed addends")
  func totals() {
    var random = Generator(seed: 1)
    for _ in 0..<500 {
      let addends = (0..<7).map { _ in (random.uniform() - 0.3) * 500 }
      let shown = addends.map { Numerals.displayed($0, places: 0) }.reduce(0, +)
      #expect(Numerals.total(addends, places: 0) == shown)
      let parts = Numerals.apportion(addends.map { abs($0) }, total: 100)
      #expect(parts.reduce(0, +) == 100)
    }
  }

  @Test("a negative saving is printed as an increase in the same place")
  func increases() {
    let worse = Figure(
      Span(low: -500, base: -320, high: -100), .wanYuanPerYear, .estimated,
      because: Phrase(same: "x"))
    #expect(Numeral.saving(worse, .zhHans).text == "增加 320 万元/年（100–500）")
    let mixed = Figure(
      Span(low: -80, base: 120, high: 300), .wanYuanPerYear, .estimated, because: Phrase(same: "x"))
    #expect(Numeral.saving(mixed, .zhHans).text == "节省 120 万元/年（增加 80 至 节省 300）")
    #expect(Numeral.saving(mixed, .zhHans).mark(.zhHans) == "估")
    #expect(
      Numeral.saving(mixed, .en).text
        == "saving of 1.2 million yuan/yr (increase of 0.8 to saving of 3)")
  }

  @Test("an unknown number is a word, never a zero; 3.2 亿元 is written as people write it")
  func unknownAndLarge() {
    let missing = Figure.unknown(.tonnesPerYear, missing: Phrase(same: "lanes"))
    #expect(Numeral(missing, .zhHans).text == "未知")
    let large = Figure(Span(32_000), .wanYuan, .stated, because: Phrase(same: "x"))
    #expect(Numeral(large, .zhHans).text == "3.2 亿元")
    #expect(Numeral(large, .zhHans).mark(.zhHans) == nil)
  }

  @Test("no text is taken for narrower than it prints")
  func widths() {
    #expect(TextMetrics.width("荣昌", size: 10) == 20)
    #expect(abs(TextMetrics.width("0123456789", size: 10) - 55.5) < 1e-9)
    #expect(abs(TextMetrics.width("HDI", size: 10, weight: .bold) - 18.01) < 1e-9)
    for width in [40.0, 55, 130] {
      for line in wrap("高密度互连板 HDI（任意层），high-density interconnect。", width: width, size: 9) {
        #expect(TextMetrics.width(line, size: 9) <= width)
        #expect(!line.hasPrefix("，") && !line.hasPrefix("。"))
      }
    }
  }
}
