import Atlas
import Freight
import Matching

extension BriefPaper {
  /// One-off moving cost and the months in which a yearly saving earns it back. 一次性费用与回收期
  ///
  /// What is not known stays a question with its blank; a cost that is never earned back says so.
  mutating func payback() -> [Block] {
    var blocks: [Block] = []
    if let moving = entry.moving { blocks.append(movingCost(moving)) }
    guard let here = total(.here), let today = total(.today) else {
      let asksCost = entry.moving == nil
      blocks.append(
        .paragraph([
          .question(
            Question(
              say(
                "现址或此地的年总成本有未知项，回收期暂不能算：贵公司现址人均年工资约＿＿元、电价约＿＿元/千瓦时？"
                  + (asksCost ? "搬迁或新建的一次性费用约＿＿万元？" : ""),
                "Part of the yearly cost is unknown, so no payback yet: what are the yearly wage (＿＿ yuan) and the price of power (＿＿ yuan/kWh) at today's plant?"
                  + (asksCost ? " One-off cost of the move: about ＿＿ (10k yuan)?" : "")),
              clearance: .open))
        ]))
      return blocks
    }
    let saving = today - here
    let source = cite.figure(entry.freight.inbound.saving)
    guard saving > 0 else {
      blocks.append(
        .paragraph([
          claim(
            say(
              "按基准估算，此地年总成本比现址增加 \(Numerals.plain(-saving)) 万元，一次性费用不能由成本节省收回；决定应看市场、配套和用工。",
              "At base, the yearly cost here is \(Numerals.plain(-saving)) (10k yuan) higher than today: the one-off cost is not paid back by savings; market, suppliers and people decide."
            ), source, clearance: costClearance)
        ]))
      return blocks
    }
    if let moving = entry.moving, let cost = moving.total?.ordered, cost.base > 0 {
      func months(_ value: Double) -> String { Numerals.plain(value / saving * 12) }
      blocks.append(
        .paragraph([
          claim(
            say(
              "按每年节省 \(Numerals.plain(saving)) 万元，约 \(months(cost.base)) 个月收回（\(months(cost.low))–\(months(cost.high))）。",
              "At \(Numerals.plain(saving)) (10k yuan) saved a year it is earned back in about \(months(cost.base)) months (\(months(cost.low))–\(months(cost.high)))."
            ), source, clearance: costClearance)
        ]))
      return blocks
    }
    // New capacity moves nothing: there is no one-off cost to earn back.
    guard entry.project.kind == .relocation else { return blocks }
    blocks.append(
      .paragraph([
        .question(
          Question(
            [
              .text(say("一次性费用约", "One-off cost: about ")), .blank(unit: say("万元", "10k yuan")),
              .text(
                say(
                  "；除以每月节省约 \(Numerals.plain(saving / 12)) 万元，即为回收月数＿＿个月。",
                  "; divided by about \(Numerals.plain(saving / 12)) (10k yuan) saved a month gives ＿＿ months of payback."
                )),
            ], clearance: costClearance))
      ]))
    return blocks
  }

  /// The total of one line as printed: the sum of its printed parts; nil when one is unknown.
  private func total(_ role: YearlyCostLine.Role) -> Double? {
    entry.yearlyCosts.first { $0.role == role }.flatMap(PrintedCost.init)?.total
  }

  private mutating func movingCost(_ moving: MovingCost) -> Block {
    let assumption = cite.model(
      Phrase(
        zh: "物流卡的一次性费用参数（均为假设，见参数表）",
        en: "one-off cost parameters of the freight card (all assumed)"))
    guard entry.project.kind == .relocation else {
      return .paragraph([
        claim(
          say(
            "\(entry.project.kind == .branch ? "分厂" : "扩产")项目不拆旧厂，没有搬迁和遣散费用；新厂投资见上。",
            "New capacity leaves the old plant standing: no cost of moving or of severance; the investment is above."
          ), assumption)
      ])
    }
    var parts: [String] = []
    var asked: [String] = []
    for (name, part) in [
      (say("设备拆装运输", "equipment"), moving.equipment), (say("停产损失", "lost margin"), moving.downtime),
      (say("经济补偿", "severance"), moving.severance),
    ] {
      if let part = part?.ordered {
        parts.append(
          "\(name) \(Numerals.plain(part.base))（\(Numerals.range(part.low, part.high, language))）")
      } else {
        asked.append(name)
      }
    }
    var sentences: [Sentence] = []
    if moving.total != nil {
      // The printed total is the sum of the printed parts.
      let sum = [moving.equipment, moving.downtime, moving.severance].compactMap { $0?.ordered }
      func added(_ value: KeyPath<Span, Double>) -> Double {
        sum.reduce(0) { $0 + Numerals.displayed($1[keyPath: value], places: 0) }
      }
      sentences.append(
        claim(
          say("搬迁一次性费用约 ", "Moving costs once about ")
            + "\(Numerals.plain(added(\.base)))（\(Numerals.range(added(\.low), added(\.high), language))）"
            + say(" 万元，假设：", " (10k yuan), assumed: ") + parts.joined(separator: say("、", ", "))
            + say("。", "."), assumption, clearance: costClearance))
    } else {
      if !parts.isEmpty {
        sentences.append(
          claim(
            say("搬迁一次性费用（万元，假设）：", "Moving costs once (10k yuan, assumed): ")
              + parts.joined(separator: say("、", ", ")) + say("。", "."), assumption,
            clearance: costClearance))
      }
      sentences.append(
        .question(
          Question(
            say("未知：", "Unknown: ") + asked.joined(separator: say("、", ", "))
              + say("约＿＿万元？", ", about ＿＿ (10k yuan)?"), clearance: .open)))
    }
    return .paragraph(sentences)
  }
}
