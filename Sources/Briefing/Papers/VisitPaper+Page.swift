import Atlas
import Matching

extension VisitPaper {
  /// The page: header, drawing, day grids, who stays out, the numbers assumed.
  public func document() -> Document {
    var cite = Citations(context)
    let model = cite.model(
      Phrase(
        zh: "选址模型 \(context.publication.model)", en: "choice model \(context.publication.model)"))
    let travel = cite.model(Phrase(zh: "走访行程参数（全部为假设）", en: "trip parameters (all assumed)"))
    func office(_ text: String, _ source: SourceReference) -> Sentence {
      .claim(Statement([.text(text)], source: source, clearance: .office))
    }
    let visits = schedule.visits
    let value = Numerals.plain(schedule.value.rounded())
    let last = request.start.adding(days: request.days - 1)
    let leaders = schedule.days.compactMap(\.leader)
    let away = schedule.days.filter(\.leaderIsAway).count
    var team =
      leaders.first.map { say("带队 \($0)", "led by \($0)") }
      ?? request.chain.flatMap { context.chief(ofChain: $0) }.map {
        say("链长 \($0)（日程未录入）", "chain chief \($0) (days not recorded)")
      } ?? say("带队人待定", "leader open")
    if away > 0 { team += say("；其中 \(away) 天领导不在", "; away on \(away) days") }
    var blocks: [Block] = [
      .paragraph([
        office(
          say(
            "\(request.start.iso) 至 \(last.iso)，\(context.place(request.from))出发并返回；\(team)。目标：拜访 \(visits.count) 家，每家带回意向等级、障碍和承诺；期望值合计 \(value) 万元（同一环节第二家起按 \(Numerals.plain(schedule.rules.segmentFactor * 100))% 计）。",
            "\(request.start.iso) to \(last.iso), from and back to \(context.place(request.from)); \(team). Goal: \(visits.count) firms, each with intention, obstacle and promise; expected value \(value) 10k yuan in all (from the second firm of a segment at \(Numerals.plain(schedule.rules.segmentFactor * 100)) %)."
          ), model),
        office(
          say(
            "路上合计 \(Numerals.plain(schedule.travelMinutes / 60)) 小时；时间均为估算，出发前请核对车次、航班并与企业确认。",
            "\(Numerals.plain(schedule.travelMinutes / 60)) hours on the way; times are estimates: check trains and flights, confirm with the hosts."
          ), travel),
      ])
    ]
    if let because, !request.musts.isEmpty {
      let names = request.musts.map { context.firm($0) }.joined(separator: say("、", ", "))
      blocks.append(
        .paragraph([
          office(say("必访：\(names)。理由：\(because)", "Must: \(names). Reason: \(because)"), model)
        ]))
    }
    blocks.append(
      Block(
        .figure(
          Illustration(
            drawing: chart,
            caption: say(
              "行程示意图（横轴为时间，不是地图；框为拜访，粗线为路途，虚线为等候或午休）",
              "Schematic (the axis is time, this is no map; boxes are visits, bold lines are ways, dashes are waits)"
            ), sources: [travel]))))
    for day in schedule.days {
      blocks.append(
        .heading(
          1, "\(day.date.iso) \(weekday(day.date)) · " + leader(day)))
      if isWeekend(day.date), !day.visits.isEmpty {
        blocks.append(
          .paragraph([
            .question(
              Question(say("周末，对方是否接待？", "a weekend: does the host receive?"), clearance: .office))
          ]))
      }
      blocks.append(
        day.visits.isEmpty
          ? .paragraph([.wording(say("当日不安排拜访。", "No visit on this day."))])
          : grid(day, model))
      if let back = day.back {
        blocks.append(
          .paragraph([
            office(
              say(
                "返程：\(back.mode.label.zh)约 \(Numerals.fixed(day.backMinutes, places: 0)) 分钟，\(TripChart.clock(day.finish)) 到\(context.place(back.to))。",
                "Back: \(back.mode.label.en) about \(Numerals.fixed(day.backMinutes, places: 0)) min, at \(context.place(back.to)) by \(TripChart.clock(day.finish))."
              ), travel)
          ]))
      }
    }
    blocks += [.heading(1, say("未列入的企业及原因", "Firms left out, and why")), leftTable(20, model)]
    blocks += [
      .heading(1, say("访后 24 小时内", "Within 24 hours")),
      .paragraph([
        .wording(
          say(
            "每家填写：意向 A–D、障碍、承诺、责任岗位、期限。用随附“走访结果”表填好后运行 bulian import outcomes 导入。",
            "For each firm: intention A-D, obstacle, promise, owner, due date. Fill in the sheet of results and run bulian import outcomes."
          ))
      ]), afterTable(),
      .heading(1, say("行程参数（假设）", "Trip parameters (assumed)")), parameterTable(travel),
      .heading(1, say("来源", "Sources")), Block(.sources),
      .heading(1, say("待核实", "To confirm")), Block(.questions),
    ]
    return Document(
      title: title,
      subtitle: "\(context.snapshot.district.name) · \(request.start.iso)–\(last.iso) · "
        + say("数据截至 \(context.snapshot.asOf.iso)", "data as of \(context.snapshot.asOf.iso)"),
      language: language, classification: .office, isSample: context.snapshot.district.isSample,
      subject: nil, blocks: blocks, sources: cite.bibliography.sources, colophon: colophon
    ).edition(.office)
  }

  private func grid(_ day: VisitSchedule.TravelDay, _ model: SourceReference) -> Block {
    let semicolon = say("；", "; ")
    return .table(
      Table(
        title: "",
        columns: [
          Column(say("时间", "Time"), weight: 0.8),
          Column(say("企业与地点", "Firm and place"), weight: 1.9),
          Column(say("路上", "Way"), weight: 0.8), Column(say("双方", "Who meets"), weight: 1.2),
          Column(say("本次目标", "Goal"), weight: 1.9), Column(say("一问", "One question"), weight: 1.9),
          Column(say("一供", "One offer"), weight: 1.9),
          Column(say("携带与备选", "Bring; fallback"), weight: 1.7),
        ],
        rows: day.visits.map { visit in
          Row([
            .text(
              "\(TripChart.clock(visit.begin))–\(TripChart.clock(visit.leave))"
                + (visit.isConfirmed ? say(" 已确认", " confirmed") : "")),
            .text(
              context.firm(visit.firm) + semicolon + fullPlace(visit.place)
                + (visit.isMust ? say("（必访）", " (must)") : "")),
            .text(mode(visit)),
            .text(
              say("对方：", "they: ") + host(visit.firm) + semicolon + say("我方：", "we: ")
                + (day.leader ?? say("待定", "open"))),
            .text(goal(visit)), .text(question(visit)), .text(offer(visit)),
            .text(
              papers(visit) + semicolon + say("同乡：", "hometown: ") + hometown(visit.firm)
                + semicolon
                + say("备选：", "fallback: ") + fallback(visit)),
          ])
        }, sources: [model]), clearance: .office)
  }

  private func leftTable(_ limit: Int, _ model: SourceReference) -> Block {
    guard !schedule.left.isEmpty else {
      return .paragraph([.wording(say("没有。", "None."))])
    }
    let more = schedule.left.count - limit
    return .table(
      Table(
        title: "",
        columns: [
          Column(say("企业", "Firm"), weight: 2),
          .number(say("期望值", "Expected value"), unit: say("万元", "10k yuan")),
          Column(say("原因", "Because"), weight: 3),
        ],
        rows: schedule.left.prefix(limit).map { left in
          Row([
            .text(context.firm(left.firm)),
            left.expectedValue.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
            .text(left.because[language]),
          ])
        },
        note: more > 0
          ? say("另有 \(more) 家，见电子表格。", "\(more) more are in the spreadsheet.") : nil,
        sources: [model]), clearance: .office)
  }

  /// Lines to fill in with a pen.
  private func afterTable() -> Block {
    .table(
      Table(
        title: "",
        columns: [
          Column(say("企业", "Firm"), weight: 1.8),
          Column(say("意向 A–D", "Intention"), alignment: .centre, weight: 0.7),
          Column(say("障碍", "Obstacle"), weight: 1.6), Column(say("承诺事项", "Promise"), weight: 1.6),
          Column(say("责任岗位", "Owner")), Column(say("期限", "Due"), weight: 0.9),
        ],
        rows: schedule.visits.map { visit in
          Row([.text(context.firm(visit.firm)), .blank, .blank, .blank, .blank, .blank])
        }))
  }

  private func parameterTable(_ travel: SourceReference) -> Block {
    .table(parameters(withSource: false, sources: [travel]))
  }

  func parameters(withSource: Bool, sources: [SourceReference] = []) -> Table {
    var columns: [Column] = [
      Column(say("参数", "Parameter"), weight: 2), .number(say("取值", "Value"), unit: "", places: 2),
      .number(say("低", "Low"), unit: "", places: 2),
      .number(say("高", "High"), unit: "", places: 2), Column(say("单位", "Unit")),
    ]
    if withSource {
      columns += [Column(say("依据类别", "Evidence")), Column(say("来源", "Source"), weight: 3)]
    }
    return Table(
      title: say("参数", "Parameters"), columns: columns,
      rows: schedule.rules.table.entries.map { item in
        let parameter = item.parameter
        var cells: [Cell] = [
          .text(VisitPaper.parameterName(item.name)?[language] ?? item.name),
          Cell(.number(parameter.value, .measured)), Cell(.number(parameter.low, .measured)),
          Cell(.number(parameter.high, .measured)), .text(parameter.unit),
        ]
        if withSource {
          let evidence: Phrase =
            switch parameter.evidence {
            case .measured: Phrase(zh: "实测", en: "measured")
            case .published: Phrase(zh: "公开发表", en: "published")
            case .assumed: Phrase(zh: "假设", en: "assumed")
            }
          cells += [.text(evidence[language]), .text(parameter.source)]
        }
        return Row(cells)
      }, sources: sources)
  }

  static func parameterName(_ name: String) -> Phrase? {
    switch name {
    case "citySpeed": Phrase(zh: "市内车速", en: "speed inside a city")
    case "roadSpeed": Phrase(zh: "城际车速", en: "speed between cities")
    case "roadCircuity": Phrase(zh: "公路绕行系数", en: "road circuity")
    case "railSpeed": Phrase(zh: "高铁均速（直线）", en: "rail speed (great circle)")
    case "railAccess": Phrase(zh: "高铁进出站", en: "rail access")
    case "railFrom": Phrase(zh: "高铁起用距离", en: "rail from")
    case "airSpeed": Phrase(zh: "航班均速", en: "air speed")
    case "airAccess": Phrase(zh: "机场进出与候机", en: "air access")
    case "airFrom": Phrase(zh: "航班起用距离", en: "air from")
    case "nextDoor": Phrase(zh: "同县两家之间", en: "between firms of one county")
    case "buffer": Phrase(zh: "跨县路段缓冲", en: "buffer between counties")
    case "service": Phrase(zh: "每家拜访时长", en: "length of a visit")
    case "opens": Phrase(zh: "接待开始（自零时）", en: "hosts receive from (after midnight)")
    case "closes": Phrase(zh: "接待结束（自零时）", en: "visits over by (after midnight)")
    case "lunchFrom": Phrase(zh: "午休开始（自零时）", en: "lunch from (after midnight)")
    case "lunchTo": Phrase(zh: "午休结束（自零时）", en: "lunch to (after midnight)")
    case "setsOff": Phrase(zh: "早上出发（自零时）", en: "team sets off (after midnight)")
    case "isHome": Phrase(zh: "末日返回（自零时）", en: "home on the last day (after midnight)")
    case "eveningTravel": Phrase(zh: "晚间可赶路", en: "evening travel")
    case "perDay": Phrase(zh: "每日家数上限", en: "most firms a day")
    case "segmentFactor": Phrase(zh: "同环节递减", en: "factor for the same segment")
    case "restDays": Phrase(zh: "重复走访间隔", en: "days before another visit")
    default: nil
    }
  }
}
