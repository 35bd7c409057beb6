import Atlas
import Testing

@testable import Cards

@Suite struct ParameterReaderTests {
  private func refusal(_ text: String) -> String? {
    do {
      _ = try readParameters(text, card: "Choice/x.yaml")
      return nil
    } catch {
      return error.message.zh
    }
  }

  @Test("a parameter comes with its line")
  func reads() throws {
    let table = try readParameters(
      """
      name: {zh: 卡, en: Card}
      parameters:
        b:
          {value: 2, low: 1, high: 3, unit: 元, evidence: published, source: "A 2020"}
        a: {value: 1, low: 1, high: 1, unit: 元, evidence: assumed, source: s}
      """, card: "Choice/x.yaml")
    #expect(table.entries.map(\.name) == ["a", "b"])
    #expect(table.entries.map(\.line) == [5, 4])
    #expect(try table.require("b").evidence == .published)
    #expect(throws: CardError.missing(card: "Choice/x.yaml", name: "c")) { try table.require("c") }
  }

  @Test(
    "a wrong parameter is refused with its line",
    arguments: [
      (
        "parameters:\n  a: {value: 1, low: 2, high: 3, unit: 元, evidence: assumed, source: s}",
        "卡片 Choice/x.yaml 第 2 行 a：应有 low ≤ value ≤ high，却是 2.0、1.0、3.0。"
      ),
      (
        "parameters:\n  a: {value: 1, low: 1, high: 3, unit: 元, source: s}",
        "卡片 Choice/x.yaml 第 2 行无法读取：缺少 evidence，请补上。"
      ),
      (
        "parameters:\n  a: {value: 1, low: 1, high: 3, unit: 元, evidence: assumed, source: s, sigma: 1}",
        "卡片 Choice/x.yaml 第 2 行的键 sigma 不认识：请改正拼写或删除。"
      ),
      (
        "parameters:\n  a: {value: many, low: 1, high: 3, unit: 元, evidence: assumed, source: s}",
        "卡片 Choice/x.yaml 第 2 行无法读取：“many”不是数字。"
      ),
      (
        "parameters:\n  a: {value: 1, low: 1, high: 3, unit: 元, evidence: assumed, source: \"\"}",
        "卡片 Choice/x.yaml 第 2 行无法读取：这里不能为空。"
      ),
      ("parameter: {}", "卡片 Choice/x.yaml 第 1 行的键 parameter 不认识：请改正拼写或删除。"),
      ("parameters: [1]", "卡片 Choice/x.yaml 第 1 行无法读取：这里应是“键: 值”的形式。"),
    ])
  func refuses(text: String, sentence: String) { #expect(refusal(text) == sentence) }
}
