import Atlas
import Matching

extension BriefPaper {
  /// The three-minute page.
  mutating func firstPage() -> [Block] {
    var blocks: [Block] = []
    let snapshot = context.snapshot
    let row = entry.pairing.firm
    let record = cite.record(firmProvenance)
    let open = context.clearance(firmProvenance, firm: row)

    // The firm in two lines: who it is and how large (T7).
    var facts: [String] = []
    if let seat = snapshot.firms.seat[row] {
      facts.append(say("注册地 \(context.place(Int(seat)))", "seat \(context.place(Int(seat)))"))
    }
    if let revenue = snapshot.firms.revenue[row] {
      let figure = Figure(
        Span(Double(revenue)), .wanYuanPerYear, .measured, because: Phrase(same: ""))
      facts.append(say("营业收入 ", "revenue ") + Numeral(figure, language).text)
    }
    if let heads = snapshot.firms.employees[row] {
      facts.append(
        say("职工 \(Numerals.plain(Double(heads))) 人", "\(Numerals.plain(Double(heads))) employees"))
    }
    let name = card.name[language]
    var who: [Sentence] = [
      claim(
        say(
          "\(firmName)主营“\(name)”", "\(firmName) makes \(name)")
          + (facts.isEmpty ? "" : say("；", "; ") + facts.joined(separator: say("，", ", ")))
          + say("。", "."), record, clearance: open)
    ]
    for plant in snapshot.plants[row].prefix(5) {
      let heads =
        plant.heads.map { say("，\(Numerals.plain($0)) 人", ", \(Numerals.plain($0)) people") } ?? ""
      who.append(
        claim(
          say(
            "现有工厂：\(context.place(plant.place))\(plant.product.map { "（\($0)）" } ?? "")\(heads)。",
            "Plant: \(context.place(plant.place))\(plant.product.map { " (\($0))" } ?? "")\(heads)."
          ),
          cite.record(plant.provenance), clearance: context.clearance(plant.provenance, firm: row)))
    }
    let others = snapshot.plants[row].count - 5
    if others > 0 {
      who.append(
        .wording(
          say("另有 \(others) 处工厂，见台账。", "\(others) more plants are in the ledger."), .office))
    }
    blocks.append(.paragraph(who))
    var scale: [Sentence] = [
      claim(say("拟投项目年产值", "Project output "), entry.project.output, say("；", "; "))
    ]
    if let units = entry.project.units, let unit = entry.project.unitName {
      let figure = Figure(
        Span(units), .count, entry.project.output.grade, because: entry.project.output.because,
        provenance: entry.project.output.provenance)
      scale.append(
        .claim(
          Statement(
            [
              .text(say("折合约 ", "about ")),
              .number(
                Numeral(text: "\(Numerals.plain(units)) \(unit[language])", grade: figure.grade)),
              .text(say("；", "; ")),
            ], source: cite.figure(entry.project.output), clearance: clearance(entry.project.output)
          )))
    }
    scale.append(claim(say("用工", "heads "), entry.project.heads, say("；", "; ")))
    scale.append(claim(say("总投资", "investment "), entry.project.investment, say("。", ".")))
    blocks.append(.paragraph(scale))

    // Its decision and our proposition (T1).
    let rivals = entry.yearlyCosts.filter { $0.role == .rival }.map { context.place($0.place) }
    let stay = context.place(entry.origin.main)
    let comma = say("、", ", ")
    blocks.append(
      .paragraph([
        .wording(say("要定的事：", "The decision: ")),
        .question(
          Question(
            say(
              "这个项目落在\(district)、留在\(stay)"
                + (rivals.isEmpty ? "" : "，还是去\(rivals.joined(separator: comma))") + "？",
              "does the project go to \(district), stay at \(stay)"
                + (rivals.isEmpty ? "?" : ", or go to \(rivals.joined(separator: comma))?")),
            clearance: .open)),
      ]))
    let gap = context.gaps(ofChain: chain)?.row(of: entry.pairing.segment)
    blocks.append(
      Block(
        .note(
          title: say("一句话", "In one sentence"),
          [
            claim(
              say(
                "在\(here)建设“\(name)”项目：当地链上\(remedy)，"
                  + "投入品 \(entry.localSourcing.matched)/\(entry.localSourcing.needed) 类可就近配套，"
                  + "进出两项物流、用工和配套逐项列账如下。",
                "Build \(name) at \(here): the local chain \(remedy), "
                  + "\(entry.localSourcing.matched) of \(entry.localSourcing.needed) inputs are within reach, "
                  + "and both freight bills, people and suppliers are accounted for below."),
              cite.model(gap?.because ?? Phrase(zh: "缺口分析", en: "gap analysis")))
          ])))
    blocks.append(Block(.keyNumbers(keyNumbers())))
    blocks += account()
    blocks.append(costTable())
    if let chart = CostChart(entry.yearlyCosts.map { (label($0), $0) }, language).drawing {
      blocks.append(
        Block(
          .figure(
            Illustration(
              drawing: chart, caption: say("年总成本构成（已知项）", "Yearly cost by part (known parts)"),
              sources: [cite.figure(entry.freight.inbound.today)])), clearance: costClearance))
    }
    blocks += payback()
    if let chief = chiefName {
      blocks.append(
        .paragraph([
          .wording(
            say(
              "出席：\(chief)亲自参加并负责跟进。", "Attending: \(chief), in person, who also follows up."))
        ]))
    } else {
      blocks.append(
        .paragraph([
          .question(Question(say("由哪位链长带队？", "Which chief leads the talk?"), clearance: .office))
        ]))
    }
    blocks += asks()
    return blocks
  }

  private var remedy: String {
    switch entry.remedy {
    case .supplement: say("缺这一环", "lacks this link")
    case .strengthen: say("这一环还薄弱", "is thin at this link")
    case .extend: say("可由此向下延伸", "can be extended by this link")
    case .steady, .outside, .unknown: say("与这一环相接", "adjoins this link")
    }
  }

  /// Both bills, people, suppliers: each with its range.
  private mutating func keyNumbers() -> [KeyNumber] {
    let bySeat =
      entry.origin.basis == .plants
      ? "" : say("按注册地估算；", "estimated from the registered seat; ")
    func bill(_ label: String, _ bill: FreightBill, _ source: SourceReference) -> KeyNumber {
      var note = bySeat
      if let today = bill.today.base, let here = bill.here.base {
        note += say(
          "今 \(Numerals.plain(today))，此地 \(Numerals.plain(here)) 万元/年",
          "today \(Numerals.plain(today)), here \(Numerals.plain(here)) (10k yuan/yr)")
      } else {
        note += bill.saving.because[language]
      }
      return KeyNumber(
        label: label, value: Numeral.saving(bill.saving, language, withRange: false),
        range: Numeral.savingRange(bill.saving, language), note: note, sources: [source],
        clearance: clearance(bill.saving))
    }
    let inbound = cite.figure(entry.freight.inbound.saving)
    let outbound = cite.figure(entry.freight.outbound.saving)
    var numbers = [
      bill(say("进料物流", "Freight in"), entry.freight.inbound, inbound),
      bill(say("出货物流", "Freight out"), entry.freight.outbound, outbound),
    ]
    let labour = entry.labour
    let occupation =
      labour.occupation.map { context.occupation($0) } ?? say("关键工种", "binding occupation")
    numbers.append(
      KeyNumber(
        label: say("可招\(occupation)", "\(occupation) available"),
        value: Numeral(labour.available, language, withRange: false),
        range: Numeral.range(of: labour.available, language),
        note: say("需要 ", "needed ") + Numeral(labour.needed, language).text,
        sources: [cite.figure(labour.available)], clearance: clearance(labour.available)))
    let sourcing = entry.localSourcing
    let text =
      sourcing.needed > 0
      ? say("\(sourcing.matched)/\(sourcing.needed) 类", "\(sourcing.matched) of \(sourcing.needed)")
      : Grade.unknown.label[language]
    let share = sourcing.share.map { Numerals.plain($0 * 100) }
    numbers.append(
      KeyNumber(
        label: say("就近配套", "Suppliers within reach"),
        value: Numeral(text: text, grade: sourcing.needed > 0 ? sourcing.grade : .unknown),
        note: share.map { say("按价值 \($0)%", "\($0)% by value") }
          ?? say("投入清单未知", "bill of inputs unknown"),
        sources: [cite.model(Phrase(zh: "本地配套流量解", en: "local sourcing flow"))], clearance: .open))
    return numbers
  }

  /// Total yearly cost here, today and at each rival; the total is the sum of the printed parts.
  private mutating func costTable() -> Block {
    let output = entry.project.output.base
    let unit = entry.project.unitName?[language]
    let wan = say("万元/年", "10k yuan/yr")
    var columns = [
      Column(say("地点", "Place"), weight: 1.7), .number(say("进料物流", "Freight in"), unit: wan),
      .number(say("出货物流", "Freight out"), unit: wan), .number(say("工资", "Wages"), unit: wan),
      .number(say("能源", "Energy"), unit: wan), .number(say("土地", "Land"), unit: wan),
      .number(say("环保处理", "Treatment"), unit: wan),
      .number(say("合计", "Total"), unit: wan),
      .number(say("物流占比", "Freight share"), unit: "%", places: 1),
    ]
    let units = entry.project.units
    if let unit, units != nil {
      columns.append(
        .number(say("单位成本", "Per unit"), unit: say("元/\(unit)", "yuan/\(unit)"), places: 1))
    } else {
      columns.append(.number(say("占产值", "Of output"), unit: "%", places: 1))
    }
    // A total that lacks a part another row has would look cheap; it is left unknown.
    let most = entry.yearlyCosts.map { $0.parts.compactMap(\.self).count }.max() ?? 0
    let rows = entry.yearlyCosts.map { line -> Row in
      let parts = line.parts.map { $0.map { Numerals.displayed($0.base, places: 0) } }
      let known = parts.compactMap(\.self)
      let complete = known.count == parts.count
      let total = known.reduce(0, +)
      let freight = (parts[0] ?? 0) + (parts[1] ?? 0)
      var cells: [Cell] = [.text(label(line))]
      cells += parts.map { part in
        part.map { Cell(.number($0, .estimated)) }
          ?? Cell(.unknown(say("缺数据", "missing")))
      }
      cells.append(
        known.isEmpty || known.count < most
          ? Cell(.unknown(say("缺数据", "missing"))) : Cell(.number(total, .estimated)))
      cells.append(
        complete && total > 0
          ? Cell(.number(freight / total * 100, .estimated)) : Cell(.unknown("")))
      if unit != nil, let units, units > 0 {
        cells.append(
          complete ? Cell(.number(total * 10_000 / units, .estimated)) : Cell(.unknown("")))
      } else if let output, output > 0 {
        cells.append(
          complete ? Cell(.number(total / output * 100, .estimated)) : Cell(.unknown("")))
      } else {
        cells.append(Cell(.unknown("")))
      }
      return Row(cells, clearance: costClearance)
    }
    return .table(
      Table(
        title: say("年总成本一览", "Total yearly cost"), columns: columns, rows: rows,
        note: say(
          "合计为本行已列各项之和，未知项不计入；环保处理按产值的固定比例假设，各地相同，待各地报价替换。",
          "The total is the sum of the parts printed in its row; unknown parts are not in it; treatment is an assumed share of output, the same everywhere until places quote prices."
        ),
        sources: [cite.figure(entry.freight.inbound.today)]))
  }

  /// The bills rest on what the firm told us, where it did.
  var costClearance: Clearance {
    let inputs = [
      entry.project.output, entry.project.heads, entry.freight.inbound.tonnes,
      entry.freight.outbound.tonnes,
    ]
    let narrowest = inputs.reduce(Clearance.open) { $0.narrower(clearance($1)) }
    return narrowest.narrowedToFirm(own)
  }

  /// What we ask today, and the lines that are not crossed.
  private func asks() -> [Block] {
    var blocks: [Block] = []
    let standard = [
      say("核对下页起标出的待填数字", "check the figures marked to confirm on the next pages"),
      say("说明最看重的两项条件", "name the two conditions that matter most"),
      say("商定下一次见面的时间", "agree on the next meeting"),
    ]
    let typed = request.asks.compactMap { text -> String? in
      if case .permitted(let text, _) = gate.judge(ask: text) { text } else { nil }
    }
    blocks.append(.heading(2, say("今天希望商定", "What we ask today")))
    blocks.append(Block(.list((typed + standard).prefix(5).map { [.wording($0)] })))
    let red =
      request.redLines + [
        say(
          "不作没有依据的承诺：未列入承诺依据表的事项一律不谈",
          "no promise without a basis: nothing outside the table of permitted offers")
      ]
    blocks.append(.heading(2, say("底线", "Red lines"), clearance: .office))
    blocks.append(Block(.list(red.map { [.wording($0, .office)] }), clearance: .office))
    return blocks
  }
}

extension Clearance {
  /// An office fact behind a computed bill does not hide the bill from the firm it is about.
  func narrowedToFirm(_ own: Clearance) -> Clearance {
    disclosure == .public ? self : own
  }
}
