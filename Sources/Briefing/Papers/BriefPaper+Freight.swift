import Atlas
import Matching

extension BriefPaper {
  /// Page 4: both bills lane by lane, scenarios, break-even, what is unknown (P6).
  mutating func freight() -> [Block] {
    let bills = entry.freight
    let source = cite.figure(bills.inbound.today)
    var blocks: [Block] = [.heading(1, say("进出两项物流", "Freight in and out"))]
    if entry.origin.basis != .plants {
      blocks.append(
        Block(
          .note(
            title: say("按注册地估算", "Estimated from the registered seat"),
            [
              .question(
                Question(
                  say(
                    "贵公司的工厂在哪里？暂以\(context.place(entry.origin.main))为现址，区间已包含其他可能地点。",
                    "Where are your plants? We take \(context.place(entry.origin.main)) as today's site; the range covers other plausible places."
                  ),
                  clearance: .open))
            ])))
    }
    let wan = say("万元/年", "10k yuan/yr")
    func row(_ name: String, _ bill: FreightBill) -> Row {
      Row(
        [
          .text(name), .range(bill.tonnes, language), .range(bill.today, language),
          .range(bill.here, language), .text(Numeral.saving(bill.saving, language).text),
          perTonne(bill),
        ], clearance: costClearance)
    }
    var rows = [
      row(say("进料", "Inbound"), bills.inbound),
      row(say("出货（混合市场）", "Outbound (mixed market)"), bills.outbound),
    ]
    if let total = both(bills) { rows.append(total) }
    blocks.append(
      .table(
        Table(
          title: say("两本账：今日与此地", "Two bills: today and here"),
          columns: [
            Column(say("项目", "Bill"), weight: 1.3),
            .number(say("货量", "Tonnes"), unit: say("吨/年", "t/yr"), weight: 1.5),
            .number(say("现址", "Today"), unit: wan, weight: 1.5),
            .number(say("此地", "Here"), unit: wan, weight: 1.5),
            Column(say("节省或增加", "Saving or increase"), alignment: .trailing, weight: 2),
            Column(
              say("每吨 现址→此地", "Per tonne today→here"), unit: say("元/吨", "yuan/t"),
              alignment: .trailing, weight: 1.5),
          ], rows: rows,
          note: say(
            "低—基准—高为全部参数同取低、基准、高三个情景；现址与此地用同一函数、同一参数。价格按数据年份，不折算。",
            "Low-base-high: all parameters at their low, base, high; the same function and parameters for both sites; prices of the data year."
          ),
          sources: [source])))
    if let chart = FreightChart(bills, language).drawing {
      blocks.append(
        Block(
          .figure(
            Illustration(
              drawing: chart,
              caption: say(
                "两项物流账：现址与此地（线段为低—高）", "Both freight bills, today and here (bars: low to high)"),
              sources: [source])), clearance: costClearance))
    }
    blocks.append(breakEven(bills, source))
    blocks += sensitivity(bills, source)
    if !bills.lanes.isEmpty {
      let rows = bills.lanes.prefix(16).map { lane in
        Row(
          [
            .text(lane.direction == .inbound ? say("进", "in") : say("出", "out")),
            .text(lane.cargo[language]), .text(lane.counterpart[language]),
            .base(lane.tonnes, language), .range(lane.today, language), .range(lane.here, language),
            .text("\(lane.modeToday[language]) → \(lane.modeHere[language])"),
          ], clearance: costClearance)
      }
      blocks.append(
        .table(
          Table(
            title: say("分线路", "Lane by lane"),
            columns: [
              Column(say("向", "Way"), alignment: .centre, weight: 0.4),
              Column(say("货物", "Cargo"), weight: 1.3),
              Column(say("来自或去往", "From or to"), weight: 1.6),
              .number(say("吨/年", "t/yr"), unit: "", weight: 0.9),
              .number(say("现址", "Today"), unit: say("元/吨", "yuan/t"), weight: 1.6),
              .number(say("此地", "Here"), unit: say("元/吨", "yuan/t"), weight: 1.6),
              Column(say("方式 现址→此地", "Mode today→here"), weight: 1.7),
            ], rows: rows, sources: [source])))
    }
    var lines: [Sentence] = []
    for (what, bill) in [
      (say("年进料", "yearly inbound tonnes"), bills.inbound),
      (say("年出货", "yearly outbound tonnes"), bills.outbound),
    ] {
      if let line = lineToConfirm(what, bill.tonnes, formula: handFormula(bill)) {
        lines.append(line)
      }
    }
    if !lines.isEmpty {
      blocks.append(.heading(2, say("请在桌上核对", "Please correct at the table")))
      blocks.append(Block(.list(lines.map { [$0] })))
    }
    return blocks
  }

  /// Each further 1,000 tonnes changes the bill by so much: one multiplication with a pen.
  private func handFormula(_ bill: FreightBill) -> String {
    guard let saving = bill.saving.base, let tonnes = bill.tonnes.base, tonnes > 0 else {
      return say("缺货量或运价，暂不能给出手算式。", "No hand formula yet: tonnes or rates are missing.")
    }
    let each = saving / tonnes * 1000
    let word = Numeral.savingWord(each)[language]
    return say(
      "手算：每多 1,000 吨，年\(word) \(Numerals.plain(abs(each))) 万元。",
      "By hand: every further 1,000 t is a \(word) \(Numerals.plain(abs(each))) (10k yuan/yr).")
  }

  /// Both bills together: every figure is the sum of the two printed above it.
  private func both(_ bills: FreightBills) -> Row? {
    guard let inToday = bills.inbound.today.base, let outToday = bills.outbound.today.base,
      let inHere = bills.inbound.here.base, let outHere = bills.outbound.here.base,
      let inSaving = bills.inbound.saving.base, let outSaving = bills.outbound.saving.base
    else { return nil }
    let saving = sumAsPrinted(inSaving, outSaving)
    return Row(
      [
        .text(say("合计（基准）", "Together (base)")), .blank,
        Cell(.number(Numerals.total([inToday, outToday], places: 0), .estimated)),
        Cell(.number(Numerals.total([inHere, outHere], places: 0), .estimated)),
        .text(
          Numeral.saving(
            Figure(Span(saving), .wanYuanPerYear, .estimated, because: Phrase(same: "")), language
          ).text), .blank,
      ], kind: .total, clearance: costClearance)
  }

  /// Savings are printed by the rounding rule; their sum is of what is printed.
  private func sumAsPrinted(_ left: Double, _ right: Double) -> Double {
    func printed(_ value: Double) -> Double {
      // English prints millions with two decimals, which are whole 万元.
      Numerals.displayed(value, places: language == .en ? 0 : Numerals.places(for: value))
    }
    return printed(left) + printed(right)
  }

  private func perTonne(_ bill: FreightBill) -> Cell {
    guard let tonnes = bill.tonnes.base, tonnes > 0, let today = bill.today.base,
      let here = bill.here.base
    else { return Cell(.unknown("")) }
    return .text(
      Numerals.plain(today * 10_000 / tonnes) + " → " + Numerals.plain(here * 10_000 / tonnes))
  }

  /// The share of near sales at which both bills turn into a saving, and the three markets.
  private mutating func breakEven(_ bills: FreightBills, _ source: SourceReference) -> Block {
    let sentence: String
    if bills.neverSaves {
      sentence = say(
        "在所列参数下，就近销售占比无论多少，两项物流合计都不会转为节省。",
        "With these parameters both bills together never become a saving, whatever the share of near sales."
      )
    } else if let share = bills.breakEvenNearShare {
      sentence =
        share <= 0
        ? say(
          "无论就近销售占比多少，两项物流合计都是节省。", "Both bills together save at any share of near sales.")
        : say(
          "就近（300 公里内）销售占比超过 \(Numerals.plain(share * 100))% 时，两项物流合计转为节省。",
          "Above \(Numerals.plain(share * 100))% of sales to customers within 300 km, both bills together become a saving."
        )
    } else {
      return .paragraph([
        .question(
          Question(
            say(
              "贵公司产品销往哪里、各占多少？（盈亏平衡销售占比暂不能算）",
              "Where do you sell, and how much? (no break-even share yet)"),
            clearance: .open))
      ])
    }
    let near = bills.nearShare.ordered
    let scenarios = [
      (MarketScenario.today, bills.outboundToday), (.near, bills.outboundNear),
      (.mix, bills.outbound),
    ].map { scenario, bill in
      scenario.label[language] + say("：", ": ") + Numeral.saving(bill.saving, language).text
    }.joined(separator: say("；", "; "))
    return .paragraph([
      claim(sentence, source, clearance: costClearance),
      claim(
        say(
          "混合市场假设就近销售占 \(Numerals.plain(near.base * 100))%（\(Numerals.plain(near.low * 100))–\(Numerals.plain(near.high * 100))%）。出货账按市场：\(scenarios)。",
          "The mixed market takes \(Numerals.plain(near.base * 100))% near sales (\(Numerals.plain(near.low * 100))-\(Numerals.plain(near.high * 100))%). Outbound by market: \(scenarios)."
        ),
        source, clearance: costClearance),
    ])
  }
}
