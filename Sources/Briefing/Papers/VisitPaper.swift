import Atlas
import Matching

/// The visit list of one trip: page, spreadsheet, after-visit sheet, calendar and JSON. 拜访清单
public struct VisitPaper: Sendable {
  let context: PaperContext
  let schedule: VisitSchedule
  /// Why the firms that were asked for by name are on the trip.
  let because: String?

  public init(_ context: PaperContext, _ schedule: VisitSchedule, because: String? = nil) {
    self.context = context
    self.schedule = schedule
    self.because = because
  }

  var language: Language { context.language }
  var request: VisitRequest { schedule.request }
  func say(_ zh: String, _ en: String) -> String { context.say(zh, en) }

  public var title: String {
    let chain = request.chain.map { context.chain($0) }
    return say(
      "拜访清单" + (chain.map { "：\($0)产业链" } ?? ""),
      "Visit list" + (chain.map { ": \($0) chain" } ?? ""))
  }

  var colophon: Colophon {
    context.colophon(
      unknowns: schedule.visits.reduce(0) { $0 + ($1.entry?.unknowns.count ?? 0) },
      exclusions: schedule.left.count, disclaimer: context.listDisclaimer)
  }

  /// County and the city around it.
  func fullPlace(_ row: Int) -> String {
    let places = context.snapshot.places
    var names = [places.name[row]]
    var current = row
    while Int(places.parent[current]) != current {
      current = Int(places.parent[current])
      names.append(places.name[current])
    }
    let full = names.reversed().joined(separator: language == .zhHans ? "" : " ")
    return places.level[row] == .province && names.count == 1
      ? full + say("（市县待核实）", " (city to confirm)") : full
  }

  func weekday(_ day: Day) -> String {
    let zh = ["周四", "周五", "周六", "周日", "周一", "周二", "周三"]
    let en = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let index = ((Int(day.number) % 7) + 7) % 7
    return say(zh[index], en[index])
  }

  func isWeekend(_ day: Day) -> Bool { [2, 3].contains(((Int(day.number) % 7) + 7) % 7) }

  func leader(_ day: VisitSchedule.TravelDay) -> String {
    if let leader = day.leader { return leader }
    return day.leaderIsAway
      ? say("领导不在，由分管负责人带队", "leader away: deputy leads")
      : say("待定（领导日程未录入）", "open (leaders' days not recorded)")
  }

  func host(_ firm: Int) -> String {
    let roles = request.hosts.filter { $0.firm == firm }.map(\.role)
    return roles.isEmpty
      ? say("待约（职务）", "to be arranged") : roles.joined(separator: say("、", ", "))
  }

  /// What the meeting is to bring.
  func goal(_ visit: VisitSchedule.Visit) -> String {
    guard let entry = visit.entry else {
      return say("听取投资计划，判断是否入库", "hear its plans; decide whether to list it")
    }
    let segment = context.segment(entry.pairing.segment)
    return say(
      "\(segment)（\(entry.remedy.label.zh)）：问清项目时间表，争取意向 B 级以上",
      "\(segment) (\(entry.remedy.label.en)): learn the project's timetable; intention B or better")
  }

  /// What only the firm knows and the numbers need most.
  func question(_ visit: VisitSchedule.Visit) -> String {
    let snapshot = context.snapshot
    if snapshot.projects[visit.firm].isEmpty {
      return say(
        "今后两年有无扩产、搬迁或新设计划，投资和用工各多少？",
        "any expansion, move or new plant within two years, with what investment and staff?")
    }
    if snapshot.lanes[visit.firm].isEmpty {
      return say(
        "每年进料、出货各多少吨，主要客户和供应商在哪些城市？",
        "how many tonnes a year in and out, and in which cities are customers and suppliers?")
    }
    if snapshot.plants[visit.firm].isEmpty {
      return say("现有厂区在哪里，租约何时到期？", "where are the plants, and when do the leases end?")
    }
    return say("谁来定、何时定？还在比较哪些地方？", "who decides, when, and which places compete?")
  }

  /// The first lever that has a legal basis, else the permitted offer for the firm's weakest term.
  func offer(_ visit: VisitSchedule.Visit) -> String {
    let gate = LegalityGate(context.permitted)
    for lever in visit.entry?.levers ?? [] {
      if case .permitted(let text, let basis) = gate.judge(offer: lever[language]) {
        return text + say("（依据：\(basis.zh)）", " (basis: \(basis.en))")
      }
    }
    let helps: [(term: Term, offer: String)] = [
      (.annualCost, "depot"), (.labourFill, "fair"), (.localSourcing, "supplier"),
    ]
    let weakest = helps.compactMap { help in
      visit.entry?.readings.first { $0.term == help.term.rawValue }?.utility.map {
        (utility: $0.base, offer: help.offer)
      }
    }.min { $0.utility < $1.utility }
    if let id = weakest?.offer, let row = context.permitted.offers.first(where: { $0.id == id }) {
      return row.offer[language] + say("（依据：\(row.basis.zh)）", " (basis: \(row.basis.en))")
    }
    return say("不作承诺：邀请来访，当面算两项物流账", "promise nothing: invite them, show both freight bills")
  }

  func papers(_ visit: VisitSchedule.Visit) -> String {
    visit.entry == nil
      ? say("全景图", "panorama")
      : say("谈判方案（给企业版）、全景图", "brief (firm edition), panorama")
  }

  /// Hometown people who agreed to be asked; never names.
  func hometown(_ firm: Int) -> String {
    let ties = context.snapshot.ties[firm]
    guard let summary = TieSummary(ties) else { return say("无记录", "none recorded") }
    let agreed = summary.lines.filter(\.consent)
    guard !agreed.isEmpty else {
      return say("有线索，待本人同意", "leads, consent pending")
    }
    return agreed.map {
      "\($0.kind?.name[language] ?? say("其他", "other")) \(Numerals.plain($0.count))"
    }.joined(separator: say("、", ", "))
  }

  func fallback(_ visit: VisitSchedule.Visit) -> String {
    visit.fallback.isEmpty
      ? say("改为电话沟通，另约时间", "call instead, agree on another day")
      : visit.fallback.map { context.shortName($0) }.joined(separator: say("、", ", "))
  }

  func mode(_ visit: VisitSchedule.Visit) -> String {
    "\(visit.leg.mode.label[language]) \(Numerals.fixed(visit.travelMinutes, places: 0))"
      + say(" 分钟", " min")
  }

  /// The schematic drawing.
  var chart: Drawing {
    let from = (schedule.rules.setsOff / 60).rounded(.down) * 60
    let to =
      max(
        schedule.days.map(\.finish).max() ?? 0, schedule.rules.closes) + 20
    var night = context.place(request.from)
    let days = schedule.days.map { day -> TripChart.Day in
      let start = night
      if let last = day.visits.last { night = context.place(last.place) }
      return TripChart.Day(
        label: String(day.date.iso.suffix(5)) + " " + weekday(day.date),
        stops: day.visits.map {
          TripChart.Stop(
            firm: context.shortName($0.firm), place: context.place($0.place),
            mode: $0.leg.mode.label[language], travelMinutes: $0.travelMinutes,
            arrive: $0.arrive, begin: $0.begin, leave: $0.leave)
        },
        start: start, end: day.back.map { context.place($0.to) },
        backMode: day.back?.mode.label[language] ?? "", backMinutes: day.backMinutes,
        finish: day.finish)
    }
    return TripChart(days, from: from, to: to, language).drawing
  }

  /// The calendar of the visits.
  public func calendar(stamp: String) -> Calendar {
    Calendar(
      name: title, stamp: stamp,
      events: schedule.days.flatMap { day in
        day.visits.map { visit in
          Calendar.Event(
            id: "visit-\(context.snapshot.firms.id[visit.firm])-\(request.start.iso)@bulian",
            title: say("拜访 ", "Visit ") + context.firm(visit.firm),
            place: fullPlace(visit.place),
            text: [
              say("路上：", "Way: ") + mode(visit), say("目标：", "Goal: ") + goal(visit),
              say("一问：", "Ask: ") + question(visit), say("一供：", "Offer: ") + offer(visit),
              say("携带：", "Bring: ") + papers(visit), say("备选：", "Fallback: ") + fallback(visit),
            ].joined(separator: "\n"),
            day: day.date, from: visit.begin, to: visit.leave)
        }
      })
  }

  /// The answer of the command line, which `--keep` reads back.
  public func json() -> JSONValue {
    func firm(_ row: Int, _ place: Int?) -> JSONValue {
      .object([
        ("id", .string("\(context.snapshot.firms.id[row])")), ("name", .string(context.firm(row))),
        ("place", .optional(place.map { fullPlace($0) })),
      ])
    }
    return .object([
      ("run", .string(context.run)), ("from", .string(fullPlace(request.from))),
      (
        "days",
        .array(
          schedule.days.map { day in
            .object([
              ("date", .string(day.date.iso)), ("leader", .optional(day.leader)),
              (
                "stops",
                .array(
                  day.visits.map { visit in
                    .object([
                      ("firm", firm(visit.firm, visit.place)),
                      ("arrive", .string(TripChart.clock(visit.arrive))),
                      ("begin", .string(TripChart.clock(visit.begin))),
                      ("leave", .string(TripChart.clock(visit.leave))),
                      ("travelMinutes", .number(visit.travelMinutes.rounded())),
                      ("mode", .string(visit.leg.mode.rawValue)),
                      ("expectedValue", .optional(visit.entry?.expectedValue)),
                      ("must", .bool(visit.isMust)), ("confirmed", .bool(visit.isConfirmed)),
                    ])
                  })
              ),
              ("finish", .string(TripChart.clock(day.finish))),
              ("returnMinutes", .number(day.backMinutes.rounded())),
            ])
          })
      ),
      ("value", .number(schedule.value)),
      ("travelMinutes", .number(schedule.travelMinutes.rounded())),
      ("provedBest", .bool(schedule.isProvedBest)), ("iterations", .int(schedule.iterations)),
      (
        "left",
        .array(
          schedule.left.map { left in
            .object([
              ("firm", firm(left.firm, nil)), ("because", .string(left.because[language])),
            ])
          })
      ),
    ])
  }
}
