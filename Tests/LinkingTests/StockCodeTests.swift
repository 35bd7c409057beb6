import Testing

@testable import Linking

@Suite struct StockCodeTests {
  @Test(
    "a stock is the same however it is written",
    arguments: ["600373SH", "600373.SH", "sh600373", "600373", " ６００３７３ｓｈ ", "SH.600373"])
  func same(text: String) { #expect(StockCode(text)?.text == "600373SH") }

  @Test(
    "exchanges follow the number",
    arguments: [
      ("000001", "000001SZ"), ("300476", "300476SZ"), ("688700", "688700SH"),
      ("830799", "830799BJ"), ("920001", "920001BJ"),
    ])
  func exchange(text: String, whole: String) { #expect(StockCode(text)?.text == whole) }

  @Test(
    "what is no stock is not read",
    arguments: ["", "60037", "6003733", "600373SZ", "700001", "600373XX", "12SH3456"])
  func refused(text: String) { #expect(StockCode(text) == nil) }
}
