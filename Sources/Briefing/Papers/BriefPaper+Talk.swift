import Atlas
import Matching

extension BriefPaper {
  /// Page 6, first half: the places the firm could choose, including where we lose (T1).
  mutating func comparison() -> [Block] {
    let source = cite.figure(entry.freight.inbound.today)
    let lines = entry.yearlyCosts
    let labels: [(String, KeyPath<YearlyCostLine, Span?>)] = [
      (say("进料物流", "Freight in"), \.freightIn), (say("出货物流", "Freight out"), \.freightOut),
      (say("工资", "Wages"), \.wages), (say("能源", "Energy"), \.energy), (say("土地", "Land"), \.land),
    ]
    guard let ours = lines.first(where: { $0.role == .here }) else { return [] }
    var wins: [String] = []
    var loses: [String] = []
    for line in lines where line.role == .rival || line.role == .today {
      var less: [String] = []
      var more: [String] = []
      for (label, part) in labels {
        guard let here = ours[keyPath: part]?.base, let there = line[keyPath: part]?.base else {
          continue
        }
        let difference = Numerals.displayed(there, places: 0) - Numerals.displayed(here, places: 0)
        guard abs(difference) >= 1 else { continue }
        let amount = Numerals.plain(abs(difference))
        if difference > 0 {
          less.append(say("\(label)少 \(amount)", "\(label) \(amount) less"))
        } else {
          more.append(say("\(label)多 \(amount)", "\(label) \(amount) more"))
        }
      }
      let name = context.place(line.place)
      let comma = say("、", ", ")
      if !less.isEmpty {
        wins.append(say("比\(name)", "than \(name): ") + less.joined(separator: comma))
      }
      if !more.isEmpty {
        loses.append(say("比\(name)", "than \(name): ") + more.joined(separator: comma))
      }
    }
    var blocks: [Block] = [
      .heading(1, say("比较：去哪里更合适", "Comparison: where to go"))
    ]
    let comma = say("；", "; ")
    func sentence(_ title: String, _ items: [String], _ none: String) -> Sentence {
      claim(
        title + (items.isEmpty ? none : items.joined(separator: comma)) + say("。", "."), source,
        clearance: costClearance)
    }
    blocks.append(
      .paragraph([
        sentence(
          say("我们占优（万元/年）：", "We are ahead (10k yuan/yr): "), wins,
          say("按已知项没有明显占优之处", "no clear advantage on the known parts"))
      ]))
    blocks.append(
      .paragraph([
        sentence(
          say("我们不如（万元/年）：", "We are behind (10k yuan/yr): "), loses,
          say("按已知项没有明显不如之处", "no clear drawback on the known parts"))
      ]))
    if !entry.readings.isEmpty {
      blocks.append(
        Block(
          .figure(
            Illustration(
              drawing: ContributionChart(entry.readings, language).drawing,
              caption: say(
                "签约可能由什么构成（对数几率，各项相加；仅供内部）",
                "What the likelihood is made of (log-odds, adding up; office only)"),
              sources: [
                cite.model(
                  Phrase(
                    zh: "选址模型 \(context.publication.model)",
                    en: "choice model \(context.publication.model)"))
              ])),
          clearance: .office))
    }
    let unknown = entry.unknowns.prefix(8).map { $0[language] }
    if !unknown.isEmpty {
      blocks.append(
        Block(
          .list(unknown.map { [.question(Question($0, clearance: .office))] }), clearance: .office))
    }
    return blocks
  }

  func label(_ line: YearlyCostLine) -> String {
    let name = context.place(line.place)
    return switch line.role {
    case .here: say("\(here)（此地）", "\(here) (here)")
    case .homeSite: say("\(name)（本区）", "\(name) (same district)")
    case .today: say("\(name)（现址）", "\(name) (today)")
    case .rival: name
    }
  }

  /// Page 6, second half: topics in the firm's order, questions, offers with a basis, next step (T2, T6).
  mutating func talkPlan() -> [Block] {
    var blocks: [Block] = [.heading(1, say("谈判安排", "Talk plan"))]
    let names = Topic.ordered(for: entry).map { topic -> String in
      switch topic {
      case .freight: say("进出两项物流", "both freight bills")
      case .labour: say("用工", "people")
      case .suppliers: say("本地配套", "local suppliers")
      }
    }
    blocks.append(
      Block(
        .list(
          names.enumerated().map { index, name in
            [
              .wording(
                say(
                  "第\(index + 1)题：\(name)（讲解：＿＿＿＿）", "Topic \(index + 1): \(name) (speaker: ＿＿＿＿)"))
            ]
          })))
    blocks.append(
      .paragraph([
        .wording(
          request.purpose == .visit
            ? say(
              "上门拜访：先看工厂、后谈账；带全景图一张、两本账一页。",
              "Visit: see the plant first, then the figures; bring the picture and the page with both bills."
            )
            : say(
              "来访接待：白天看\(here)与配套企业，晚上座谈逐项对账。",
              "Reception: by day \(here) and its suppliers, in the evening the figures line by line."
            ))
      ]))
    blocks += questions()
    blocks += offers()
    blocks.append(.heading(2, say("不作的承诺", "Not to be promised")))
    blocks.append(
      Block(
        .list([
          [
            .wording(
              say(
                "公平竞争审查条例不允许的事项：只谈对所有企业同等开放的条件",
                "anything that the Fair Competition Review Regulations forbid: only terms open to every firm"
              ))
          ],
          [.wording(say("未列入承诺依据表的事项", "anything that is not in the table of permitted offers"))],
        ])))
    let steps =
      request.steps.isEmpty
      ? [
        ChecklistItem(
          text: say(
            "按核对后的数字重算并回送本方案", "recompute with the corrected figures and send this paper again"),
          owner: chiefName ?? say("责任人待定", "owner to be named"),
          due: context.publication.asOf.adding(days: 7).iso),
        ChecklistItem(
          text: say("带队回访，商定协议条款", "return visit led by the chief, to settle the terms"),
          owner: chiefName ?? say("责任人待定", "owner to be named"),
          due: context.publication.asOf.adding(days: 18).iso),
      ]
      : request.steps.map { ChecklistItem(text: $0.text, owner: $0.owner, due: $0.due) }
    blocks.append(.heading(2, say("下一步", "Next steps")))
    blocks.append(Block(.checklist(steps)))
    if !request.spoken.isEmpty {
      blocks.append(.heading(2, say("会谈中口述", "Told in the talk")))
      blocks.append(
        Block(
          .list(request.spoken.map { [.question(Question($0, clearance: own))] }), clearance: own))
    }
    return blocks
  }

  /// Likely questions with answers from the data.
  private mutating func questions() -> [Block] {
    var rows: [Row] = []
    let model = cite.figure(entry.freight.inbound.saving)
    func add(
      _ question: String, _ answer: String, _ source: SourceReference,
      _ clearance: Clearance = .open
    ) {
      rows.append(
        Row([.text(question), Cell(.text(answer), sources: [source])], clearance: clearance))
    }
    add(
      say("搬来以后运费是多还是少？", "Does freight become dearer or cheaper?"),
      say("进料", "inbound: ") + Numeral.saving(entry.freight.inbound.saving, language).text
        + say("，出货", ", outbound: ") + Numeral.saving(entry.freight.outbound.saving, language).text,
      model, costClearance)
    if let occupation = entry.labour.occupation {
      add(
        say("人招得到吗？", "Can the people be found?"),
        say(
          "最紧的是\(context.occupation(occupation))：需 \(Numeral(entry.labour.needed, language).text)，预计可招 \(Numeral(entry.labour.available, language).text)"
            + (entry.labour.fillProbability.map { "，招满概率 \(Numerals.plain($0 * 100))%" } ?? ""),
          "the scarcest is \(context.occupation(occupation)): needed \(Numeral(entry.labour.needed, language).text), expected \(Numeral(entry.labour.available, language).text)"
            + (entry.labour.fillProbability.map {
              ", filled with probability \(Numerals.plain($0 * 100))%"
            } ?? "")),
        cite.figure(entry.labour.available))
    }
    add(
      say("原料在当地买得到吗？", "Can the inputs be bought there?"),
      say(
        "\(entry.localSourcing.matched)/\(entry.localSourcing.needed) 类可就近配套，其余见“本地配套”",
        "\(entry.localSourcing.matched) of \(entry.localSourcing.needed) kinds; the rest is under local suppliers"
      ),
      cite.model(Phrase(zh: "本地配套流量解", en: "local sourcing flow")))
    for lever in entry.levers.prefix(3) {
      add(
        say("还能做什么？", "What else can be done?"), lever[language],
        cite.model(Phrase(zh: "选址模型的边际变化", en: "marginal change in the choice model")), .office)
    }
    return [
      .table(
        Table(
          title: say("可能被问到的问题", "Likely questions"),
          columns: [
            Column(say("问题", "Question"), weight: 1), Column(say("回答", "Answer"), weight: 2.4),
          ],
          rows: rows))
    ]
  }

  /// Typed offers through the gate; what was blocked is said in the office edition.
  private func offers() -> [Block] {
    var blocks: [Block] = []
    let findings = request.offers.map { gate.judge(offer: $0.text, basis: $0.basis) }
    let permitted = findings.compactMap { finding -> Row? in
      guard case .permitted(let text, let basis) = finding else { return nil }
      return Row([.text(text), .text(basis[language])])
    }
    if !permitted.isEmpty {
      blocks.append(
        .table(
          Table(
            title: say("可作的承诺及依据", "Permitted offers and their basis"),
            columns: [Column(say("承诺", "Offer")), Column(say("法律依据", "Legal basis"), weight: 1.6)],
            rows: permitted)))
    }
    let blocked =
      (findings + request.asks.map { gate.judge(ask: $0) }).compactMap { finding -> [Sentence]? in
        guard case .blocked(let text, let because) = finding else { return nil }
        return [
          .wording(say("已拦下：\(text)（\(because.zh)）", "Blocked: \(text) (\(because.en))"), .office)
        ]
      }
    if !blocked.isEmpty {
      blocks.append(.heading(2, say("合规提示：以下内容未印出", "Legality: not printed"), clearance: .office))
      blocks.append(Block(.list(blocked), clearance: .office))
    }
    return blocks
  }
}
