import Atlas
import Cards
import Matching
import Testing

@Suite("Judgements and fitted cards")
struct JudgementsTests {
  @Test("fractions, Chinese names and a missing mirror are understood; the mirror is the inverse")
  func reads() throws {
    let judgements = try Judgements(
      "指标,链值,两项物流节省,labourFill\n链值,1,3,1/2\nlabourFill,,4,1\n", card: "x.csv")
    #expect(judgements(.worth, .freightSaving) == 3)
    #expect(judgements(.freightSaving, .worth) == 1.0 / 3)
    #expect(judgements(.labourFill, .worth) == 2)
    #expect(judgements(.freightSaving, .labourFill) == 0.25)
    #expect(judgements(.firmSize, .distance) == 1)
    #expect(judgements(.worth, .worth) == 1)
  }

  @Test(
    "an unknown criterion or a judgement that is no positive number is refused at its line",
    arguments: [
      ("指标,链值,魅力\n链值,1,2\n", "第 1 行"), ("criterion,worth,distance\nworth,1,-2\n", "第 2 行"),
      ("criterion,worth,distance\nworth,1,1/0\n", "第 2 行"),
    ])
  func refuses(_ text: String, _ place: String) {
    let error = #expect(throws: CardError.self) { try Judgements(text, card: "x.csv") }
    #expect(error?.message.zh.contains(place) ?? false)
  }

  @Test("a card that was written reads back as the same parameters, hostile sources and all")
  func roundTrip() throws {
    let parameters = [
      (
        name: "b.coefficient",
        parameter: Parameter(
          value: -0.1 + 0.3, low: -1e-17, high: 12_345.678_901_234, unit: "效用/\"百分点\"",
          source: "a: {b}\n- c # d \\ \u{7} \"e\" 'f' %x", evidence: .measured)
      ),
      (
        name: "a",
        parameter: Parameter(
          value: 0, low: 0, high: 0, unit: "个", source: "—", evidence: .published)
      ),
    ]
    let text = choiceCardText(
      name: Phrase(zh: "卡 \"一\"", en: "card: one"), version: "2026-11-25", note: "n: {\"x\"}",
      parameters: parameters)
    let table = try readParameters(text, card: "Choice/x.yaml")
    #expect(table.entries.map(\.name) == ["a", "b.coefficient"])
    #expect(table.entries[0].parameter == parameters[1].parameter)
    let back = table.entries[1].parameter
    #expect(back.value == parameters[0].parameter.value && back.high == 12_345.678_901_234)
    #expect(back.low == -1e-17 && back.evidence == .measured)
    #expect(back.unit == parameters[0].parameter.unit)
    #expect(back.source == "a: {b} - c # d \\  \"e\" 'f' %x")
  }
}
