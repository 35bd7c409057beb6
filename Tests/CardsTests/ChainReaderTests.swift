import Atlas
import Testing

@testable import Cards

/// A chain of two segments, small enough to break in one place at a time.
private func card(
  inputs: String = "{t.yarn: [0.4, 0.3, 0.5, assumed, trade]}",
  occupations: String = "{operator: 80, engineer: 20}", extra: String = "",
  value: String = "[100, 50, 200, assumed, trade]"
) -> String {
  """
  id: t
  name: {zh: 测试, en: Test}
  version: "1"
  inherited: false
  source: "here"
  sources: {trade: "assumption"}
  tiers: [{zh: 上, en: up}, {zh: 下, en: down}]
  defaults:
    cargo: general
    occupations: {operator: 80, engineer: 20}
    valuePerTonne: [100, 50, 200, assumed, trade]
    outputPerWorker: [10, 5, 20, assumed, trade]
    investmentPerOutput: [1, 0, 2, assumed, trade]
    landPerOutput: [0.01, 0, 0.02, assumed, trade]
    powerPerOutput: [0.1, 0, 0.2, assumed, trade]
    nationalOutput: [1000, 500, 2000, assumed, trade]
    inventoryDays: [30, 0, 60, assumed, trade]
  segments:
    - id: t.yarn
      name: {zh: 纱, en: Yarn}
      tier: 0
      aliases: [纱]
    - id: t.cloth
      name: {zh: 布, en: Cloth}
      tier: 1
      aliases: [布]
      inputs: \(inputs)
      occupations: \(occupations)
      valuePerTonne: \(value)
  \(extra)
  """
}

private func refusal(of text: String) -> String? {
  do {
    _ = try readChain(text, card: "Chains/t.yaml")
    return nil
  } catch {
    return error.message.zh
  }
}

@Suite struct ChainReaderTests {
  @Test("a chain keeps every number with unit, range, source and evidence")
  func reads() throws {
    let chain = try readChain(card(), card: "Chains/t.yaml")
    let cloth = try #require(chain.model.segments.last)
    #expect(cloth.id == "t.cloth")
    #expect(cloth.tier == 1)
    #expect(chain.segmentLines == [19, 23])
    #expect(
      cloth.inputs.first
        == SegmentInput(
          segment: "t.yarn",
          coefficient: Parameter(
            value: 0.4, low: 0.3, high: 0.5, unit: "元/元", source: "assumption",
            evidence: .assumed)))
    #expect(cloth.outputPerWorker.unit == "万元/人·年")
    #expect(cloth.product == nil)
  }

  @Test(
    "a wrong card is refused with what, where and what to do",
    arguments: [
      (
        card(inputs: "{t.yarn: [0.6, 0.7, 0.8, assumed, trade]}"),
        "卡片 Chains/t.yaml 第 27 行 t.cloth ← t.yarn：应有 low ≤ value ≤ high，却是 0.7、0.6、0.8。"
      ),
      (
        card(
          inputs:
            "{t.yarn: [0.6, 0.5, 0.8, assumed, trade], t.wool: [0.5, 0.4, 0.6, assumed, trade]}"),
        "卡片 Chains/t.yaml 第 27 行无法读取：环节 t.cloth 的投入合计 1.1，超过 1。"
      ),
      (
        card(inputs: "{t.yarn: [0.6, 0.5, 0.8, assumed, nowhere]}"),
        "卡片 Chains/t.yaml 第 27 行无法读取：t.cloth ← t.yarn 的来源 nowhere 不在 sources 里，请补上来源。"
      ),
      (
        card(inputs: "{t.yarn: [-0.1, -0.2, 0.8, assumed, trade]}"),
        "卡片 Chains/t.yaml 第 27 行 t.cloth ← t.yarn：应大于 0。"
      ),
      (
        card(inputs: "{t.yarn: [0.4, 0.3, 0.8, guessed, trade]}"),
        "卡片 Chains/t.yaml 第 27 行无法读取：依据类别应是 measured、published 或 assumed。"
      ),
      (
        card(inputs: "{t.yarn: [0.4, 0.3, 0.8, assumed]}"),
        "卡片 Chains/t.yaml 第 27 行无法读取：t.cloth ← t.yarn 的简写应是 [值, 低, 高, 依据类别, 来源键] 五项。"
      ),
      (
        card(occupations: "{operator: 80, engineer: 10}"),
        "卡片 Chains/t.yaml 第 28 行无法读取：每百人工种合计应为 100，却是 90.0。"
      ),
      (
        card(value: "[0, 0, 5, assumed, trade]"),
        "卡片 Chains/t.yaml 第 29 行 valuePerTonne：应大于 0。"
      ),
      (
        card(value: "{value: 1, low: 1, high: 1, unit: 元/公斤, evidence: assumed, source: x}"),
        "卡片 Chains/t.yaml 第 29 行 valuePerTonne：单位应是“元/吨”，却写了“元/公斤”。"
      ),
      (
        card(value: "{value: 1, low: 1, high: 1, unit: 元/吨, evidence: assumed}"),
        "卡片 Chains/t.yaml 第 29 行无法读取：缺少 source，请补上。"
      ),
      (
        card(value: "[nan, 0, 5, assumed, trade]"),
        "卡片 Chains/t.yaml 第 29 行无法读取：“nan”不是数字。"
      ),
      (
        card(extra: "    keyword: [x]"),
        "卡片 Chains/t.yaml 第 30 行的键 keyword 不认识：请改正拼写或删除。"
      ),
      (
        card(extra: "  - {id: t.yarn, name: {zh: 纱, en: Yarn}, tier: 0, aliases: []}"),
        "卡片 Chains/t.yaml 第 30 行无法读取：环节编号 t.yarn 在第 19 行已用过。"
      ),
      (
        card(extra: "  - {id: u.yarn, name: {zh: 纱, en: Yarn}, tier: 0, aliases: []}"),
        "卡片 Chains/t.yaml 第 30 行无法读取：环节编号 u.yarn 应以“t.”开头。"
      ),
      (
        card(extra: "  - {id: t.u, name: {zh: 纱, en: Yarn}, tier: 2, aliases: []}"),
        "卡片 Chains/t.yaml 第 30 行无法读取：层级 2 不存在，应在 0 到 1 之间。"
      ),
      (
        card(extra: "  - {id: t.u, name: {zh: 纱}, tier: 1, aliases: []}"),
        "卡片 Chains/t.yaml 第 30 行无法读取：缺少 en，请补上。"
      ),
      (
        card(extra: "note: 1\nnote: 2"),
        "卡片 Chains/t.yaml 第 30 行无法读取：键 note 写了两次，请删去一个。"
      ),
      (
        card(inputs: "{t.yarn: [0.1, 0.1, 0.2, assumed, trade], t.yarn: 3}", extra: "note: 1"),
        "卡片 Chains/t.yaml 第 27 行无法读取：键 t.yarn 写了两次，请删去一个。"
      ),
      ("", "卡片 Chains/t.yaml 第 1 行无法读取：文件是空的，请补上内容。"),
      ("just words", "卡片 Chains/t.yaml 第 1 行无法读取：这里应是“键: 值”的形式。"),
    ])
  func refuses(text: String, sentence: String) {
    #expect(refusal(of: text) == sentence)
  }

  @Test("text that is no YAML is refused at its line")
  func malformed() {
    let sentence = refusal(of: "id: t\nname: {zh: 测试\nversion: 1\n")
    #expect(sentence?.hasPrefix("卡片 Chains/t.yaml 第 3 行无法读取：不是合格的 YAML") == true)
  }
}

@Suite struct CheckChainsTests {
  private func findings(_ inputs: String) throws -> [String] {
    let text = card(inputs: inputs)
    return checkChains([try readChain(text, card: "Chains/t.yaml")]).map(\.message.zh)
  }

  @Test("chains that fit together have no findings")
  func clean() throws {
    #expect(try findings("{t.yarn: [0.4, 0.3, 0.5, assumed, trade]}").isEmpty)
  }

  @Test("an input from a segment that no chain defines is a finding at its line")
  func unknownSegment() throws {
    #expect(
      try findings("{t.wool: [0.4, 0.3, 0.5, assumed, trade]}") == [
        "卡片 Chains/t.yaml 第 27 行无法读取：环节 t.cloth 的投入 t.wool 在所有产业链里都找不到，请改正编号。"
      ])
  }

  @Test("a cycle is a finding unless it is marked as recycling")
  func cycle() throws {
    #expect(
      try findings("{t.cloth: [0.1, 0.05, 0.2, assumed, trade]}") == [
        "卡片 Chains/t.yaml 第 27 行无法读取：环节之间成环：t.cloth ← t.cloth；确是回用的，请在这条投入上写 recycled: true。"
      ])
    #expect(
      try findings("{t.cloth: {coefficient: [0.1, 0.05, 0.2, assumed, trade], recycled: true}}")
        .isEmpty)
  }

  @Test("a cycle through several segments is found and named")
  func longCycle() throws {
    let first = try readChain(card(), card: "Chains/t.yaml")
    let text = card(inputs: "{t.cloth: [0.1, 0.05, 0.2, assumed, trade]}")
      .replacing("t.yarn", with: "u.yarn").replacing("id: t.cloth", with: "id: u.cloth")
      .replacing("id: t\n", with: "id: u\n")
    let second = try readChain(text, card: "Chains/u.yaml")
    #expect(checkChains([first, second]).isEmpty)
    let back = card(inputs: "{u.cloth: [0.1, 0.05, 0.2, assumed, trade]}")
    let closed = try readChain(back, card: "Chains/t.yaml")
    #expect(
      checkChains([closed, second]).map(\.message.en) == [
        "card Chains/u.yaml line 27 cannot be read: segments form a cycle: t.cloth ← u.cloth ← t.cloth; if the flow is recycling, mark this input recycled: true."
      ])
  }

  @Test("two chains cannot define one segment, and every occupation is in the labour model")
  func shared() throws {
    let chain = try readChain(card(), card: "Chains/t.yaml")
    let messages = checkChains([chain, chain], occupations: ["operator"]).map(\.message.zh)
    #expect(messages.count == 6)
    #expect(
      messages[0]
        == "卡片 Chains/t.yaml 第 19 行无法读取：环节 t.yarn 的工种 engineer 不在 Labour/occupations.yaml 里。")
    #expect(messages[2] == "卡片 Chains/t.yaml 第 19 行无法读取：环节编号 t.yarn 在 Chains/t.yaml 里已用过。")
  }
}
