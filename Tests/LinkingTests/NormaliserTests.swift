import Testing

@testable import Linking

@Suite struct NormaliserTests {
  let normaliser = Normaliser()

  @Test(
    "width, case, traditional forms and invisible characters do not matter",
    arguments: [
      ("ＰＣＢ線路板", "pcb线路板"), ("電\u{200B}路\u{FEFF}板", "电路板"), ("覆銅板（ＣＣＬ）", "覆铜板(ccl)"),
      ("HDI 板", "hdi板"), ("Printed  Circuit Board", "printed circuit board"),
      ("\u{202E}銅箔\u{202C}", "铜箔"), ("軟硬結合板", "软硬结合板"), ("4.5～12µm", "4.5~12μm"),
      ("生產，銷售；製造", "生产,销售;制造"), ("【電子】［級］", "(电子)(级)"), ("", ""),
      ("廣東東莞電鍍廠", "广东东莞电镀厂"),
    ])
  func folds(raw: String, plain: String) { #expect(normaliser.text(of: raw) == plain) }

  @Test("folding twice changes nothing")
  func idempotent() {
    for value in stride(from: 1, to: 0xFFFF, by: 1) where !(0xD800...0xDFFF).contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let once = normaliser.text(of: String(scalar))
      #expect(normaliser.text(of: once) == once, "\(String(value, radix: 16))")
    }
  }

  @Test("a character outside the basic plane matches nothing and breaks nothing")
  func astral() { #expect(normaliser.units(of: "板𠮷板") == [0x677F, 0xFFFD, 0x677F]) }

  @Test("a text folds as its scalars do, one by one, with blanks kept between Latin words only")
  func byScalar() {
    var random = RandomTexts(seed: 4)
    let pieces = RandomTexts.awkward + ["a", "B", "9", " ", "  ", "板", "銅", "é", "；", "\u{A0}"]
    for _ in 0..<4000 {
      let text = random.text(of: pieces, upTo: 12)
      var plain: [UInt16] = []
      var blank = false
      for scalar in text.unicodeScalars {
        let one = normaliser.units(of: String(scalar))
        if [0x09, 0x20, 0xA0, 0x3000].contains(scalar.value) { blank = true }
        guard let unit = one.first else { continue }
        if blank, let last = plain.last, Glyph.isLatin(last), Glyph.isLatin(unit) {
          plain.append(Glyph.space)
        }
        blank = false
        plain.append(unit)
      }
      #expect(normaliser.units(of: text) == plain, "\(text.debugDescription)")
    }
  }
}
