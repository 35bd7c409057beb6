import Atlas
import Testing

@testable import Cards

@Suite struct OccupationCardTests {
  private func card(_ rows: String) -> String {
    "sources: {s: assumption}\noccupations:\n" + rows
  }

  private func row(_ id: String, _ group: String) -> String {
    "  - {id: \(id), name: {zh: 工, en: w}, critical: true, \(group)"
      + "trainingWeeks: [2, 1, 4, assumed, s], wageFactor: [1, 1, 1, assumed, s]}\n"
  }

  @Test("an occupation may be counted by a census group or by none")
  func reads() throws {
    let list = try readOccupations(
      card(row("a", "group: g, shareOfGroup: [0.3, 0.2, 0.6, assumed, s], ") + row("b", "")),
      card: "o.yaml")
    #expect(list.map(\.group) == ["g", nil])
    #expect(list[0].shareOfGroup?.high == 0.6)
    #expect(list[1].shareOfGroup == nil)
  }

  @Test(
    "occupations that cannot be are refused",
    arguments: [
      ("|", "卡片 o.yaml 第 4 行无法读取：工种编号 a 重复。"),
      ("a|group: g, ", "卡片 o.yaml 第 3 行无法读取：工种 a 的 group 和 shareOfGroup 要么都写，要么都不写。"),
      (
        "b|group: g, shareOfGroup: [0.6, 0.5, 0.7, assumed, s], ",
        "卡片 o.yaml 第 4 行无法读取：“g”各工种份额的上限合计超过 1，同一批人会被算两次。"
      ),
    ])
  func refuses(kind: String, sentence: String) {
    let parts = kind.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let text =
      parts[0] == "a"
      ? row("a", parts[1])
      : row("a", parts[1]) + row(parts[0].isEmpty ? "a" : parts[0], parts[1])
    do {
      _ = try readOccupations(card(text), card: "o.yaml")
      Issue.record("accepted")
    } catch {
      #expect(error.message.zh == sentence)
    }
  }
}
