import ArgumentParser
import Atlas
import Briefing
import Cards
import Foundation
import Itinerary
import Ledger
import Matching

/// Plans one trip and prints its papers. 排走访
struct VisitsTripCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trip",
    abstract: say(
      "排一次走访：几天、从哪里出发、见谁、先后次序、备选和访后表。",
      "Plan one trip: days, start, whom to see in which order, fallbacks, a sheet for afterwards."),
    discussion: """
      例：bulian visits --start 2026-12-01 --days 3 --from 重庆市荣昌区 -w 荣昌 -o 走访
      取消一家后重排：bulian visits … --keep 走访/visits.json --avoid 某企业 -o 走访2
      """)

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("第一天，YYYY-MM-DD", "first day, YYYY-MM-DD")) var start: String
  @Option(help: .say("几天", "days")) var days: Int
  @Option(help: .say("从哪里出发并返回：区划代码或名称", "where it starts and ends: place code or name")) var from:
    String
  @Option(help: .say("链条编号或名称（默认全部牵头链）", "chain id or name (default: all that the district leads)"))
  var chain: String?
  @Option(
    name: .customLong("per-day"), help: .say("每天最多几家（默认 3）", "firms a day at most (default 3)"))
  var perDay: Int?
  @Option(
    help: .say(
      "必访企业，可多次给出；须同时用 --because 说明理由", "a firm that must be visited, repeatable; needs --because"))
  var must: [String] = []
  @Option(help: .say("回避或已取消的企业，可多次给出", "a firm to leave out, repeatable")) var avoid: [String] = []
  @Option(
    help: .say(
      "对方约定的时间：企业=2026-12-02T14:30，可多次给出", "an appointment: FIRM=2026-12-02T14:30, repeatable"))
  var at: [String] = []
  @Option(help: .say("接待时间，例如 09:00-18:00", "hours of visits, such as 09:00-18:00")) var hours:
    String?
  @Option(
    help: .say(
      "上一次的 visits.json：标了 confirmed 的拜访保持不动，一个都没标就全部保持",
      "an earlier visits.json: visits marked confirmed stay, all of them where none is marked"))
  var keep: String?
  @Option(help: .say("必访的理由，留在审计里", "why it must be visited, kept for the audit")) var because:
    String?
  @Option(help: .say("决定人姓名缩写", "initials of who decides")) var by: String = "-"
  @Option(help: .say("zh-Hans 或 en", "zh-Hans or en")) var language: String?
  @Option(name: .shortAndLong, help: .say("输出文件夹", "output folder")) var output: String?
  @Option(
    help: .say("格式，逗号分开：html,pdf,xlsx,ics,json", "formats with commas: html,pdf,xlsx,ics,json"))
  var formats: String =
    "html,pdf,xlsx,ics,json"
  @Option(help: .say("搜索步数", "search steps")) var iterations: Int = 6000
  @Option(help: .say("随机种子", "random seed")) var seed: UInt64 = 1

  func run() throws {
    let workspace = try options.open()
    guard days <= 31 else {
      throw Failure(
        "BL0141", exit: 64,
        Phrase(
          zh: "一次行程最多 31 天，给的是 \(days) 天：请分几次安排。",
          en: "a trip has at most 31 days, not \(days): split it."))
    }
    guard perDay.map({ $0 >= 1 }) ?? true else {
      throw Failure(
        "BL0142", exit: 64,
        Phrase(zh: "--per-day 至少为 1。", en: "--per-day is at least 1."))
    }
    guard must.isEmpty || because?.contains(where: { !$0.isWhitespace }) == true else {
      throw Failure(
        "BL0143", exit: 64,
        Phrase(
          zh: "--must 须同时用 --because 写明理由，理由会留在审计里。",
          en: "--must needs --because: the reason is kept in the audit."))
    }
    let first = try readDay(start)
    let rules = try loadVisitRules(workspace)
    let (run, snapshot, models, publication) = try lastPublication(workspace)
    let papers = try Papers(
      workspace: workspace, run: run.id, snapshot: snapshot, models: models,
      publication: publication, language: try readLanguage())
    let context = papers.context
    var request = VisitRequest(
      start: first, days: days, from: try place(from, snapshot),
      chain: try workspace.chain(chain, in: snapshot))
    request.perDay = perDay
    request.musts = try must.map { try workspace.firm($0, in: snapshot) }
    request.avoided = try avoid.map { try workspace.firm($0, in: snapshot) }
    request.appointments = try at.map { try appointment($0, workspace, snapshot) }
    request.hours = try hours.map { try readHours($0, rules) }
    request.kept = try keep.map { try readKept($0, workspace, snapshot) } ?? []
    request.kept.removeAll { request.avoided.contains($0.firm) }
    request.leaders = try workspace.ledger.listLeaders().map {
      VisitRequest.LeaderDays(role: $0.role, days: $0.days, chain: $0.chain)
    }
    request.hosts = try workspace.ledger.listHostRoles().compactMap { host in
      snapshot.firms.find(id: host.firm).map { ($0, host.role) }
    }
    request.iterations = max(1, iterations)
    request.seed = seed
    progress(say("排程", "planning"))
    let schedule: VisitSchedule
    do throws(TripError) {
      schedule = try planTrip(context, request, rules)
    } catch {
      throw Failure(visits: error)
    }
    endProgress()
    if let because {
      for firm in request.musts {
        try workspace.ledger.recordExport(
          kind: "must-visit", subject: snapshot.firms.name[firm], run: run.id,
          path: because, digest: "", by: by, at: Clock.now)
      }
    }
    let paper = VisitPaper(context, schedule, because: because)
    if options.format == .json { print(paper.json().pretty, terminator: "") }
    if let output { try deliver(paper, papers, to: output, workspace, run.id) }
    if options.format != .json { show(schedule, context) }
    for failure in papers.failures { failure.print(in: workspace.language) }
    if !papers.failures.isEmpty { throw ExitCode(69) }
  }

  private func deliver(
    _ paper: VisitPaper, _ papers: Papers, to folder: String, _ workspace: Workspace, _ run: String
  ) throws {
    for format in formats.split(separator: ",").map(String.init) {
      let stem = "\(folder)/" + (papers.context.language == .zhHans ? "拜访清单" : "visits")
      let results =
        "\(folder)/" + (papers.context.language == .zhHans ? "走访结果" : "results") + ".xlsx"
      var written: [String] = []
      switch format {
      case "html":
        try write(Data(paper.document().html().utf8), to: "\(stem).html")
        written = ["\(stem).html"]
      case "pdf":
        if try papers.pdf(paper.document(), to: "\(stem).pdf") { written = ["\(stem).pdf"] }
      case "docx":
        if try papers.docx(paper.document(), to: "\(stem).docx") { written = ["\(stem).docx"] }
      case "xlsx":
        try papers.xlsx(paper.workbook(), to: "\(stem).xlsx")
        try papers.xlsx(paper.resultsWorkbook(), to: results)
        written = ["\(stem).xlsx", results]
      case "ics":
        let stamp =
          Clock.now.filter { $0 != "-" && $0 != ":" }
        try write(Data(paper.calendar(stamp: stamp).text.utf8), to: "\(stem).ics")
        written = ["\(stem).ics"]
      case "json":
        try write(Data(paper.json().pretty.utf8), to: "\(folder)/visits.json")
        written = ["\(folder)/visits.json"]
      default: throw Failure.badEnding(format, ["html", "pdf", "docx", "xlsx", "ics", "json"])
      }
      for path in written where options.format != .json { print(say("已写", "wrote") + " \(path)") }
    }
  }

  private func show(_ schedule: VisitSchedule, _ context: PaperContext) {
    for day in schedule.days {
      print("\(day.date.iso)" + (day.leader.map { "  \($0)" } ?? ""))
      for visit in day.visits {
        print(
          "  \(TripChart.clock(visit.begin))–\(TripChart.clock(visit.leave))  "
            + context.snapshot.firms.name[visit.firm]
            + "  \(context.snapshot.places.name[visit.place])  "
            + "\(visit.leg.mode.label[Clock.language]) \(Int(visit.travelMinutes.rounded())) "
            + say("分钟", "min")
            + (visit.isConfirmed ? say("  已确认", "  confirmed") : ""))
      }
    }
    print(
      say(
        "期望值合计 \(whole(schedule.value)) 万元；未列入 \(schedule.left.count) 家。",
        "expected value \(whole(schedule.value)) x 10k yuan in all; \(schedule.left.count) firms left out."
      ))
  }

  /// A place by code or by the end of its full name; the largest of several namesakes only when alone.
  private func place(_ text: String, _ snapshot: Snapshot) throws -> Int {
    let places = snapshot.places
    if let row = places.find(code: text) { return row }
    let found = (0..<places.count).filter { row in
      var names = places.name[row]
      var current = row
      while Int(places.parent[current]) != current {
        current = Int(places.parent[current])
        names = places.name[current] + names
      }
      return places.name[row] == text || names == text
        || ["市", "区", "县", "省"].contains { places.name[row] == text + $0 }
    }
    guard found.count == 1 || Set(found.map { places.name[$0] }).count == 1 && !found.isEmpty else {
      throw Failure.noPlace(text)
    }
    guard found.count == 1 else {
      // A prefecture and its only county of the same name: the wider one.
      let widest = found.min { places.level[$0].rawValue < places.level[$1].rawValue }
      guard let widest, found.allSatisfy({ places.lies($0, in: widest) }) else {
        throw Failure.noPlace(text)
      }
      return widest
    }
    return found[0]
  }

  private func readLanguage() throws -> Language? {
    guard let language else { return nil }
    guard let known = Language(rawValue: language) else {
      throw Failure(
        "BL0124", exit: 64,
        Phrase(zh: "--language 只能是 zh-Hans 或 en。", en: "--language is zh-Hans or en."))
    }
    return known
  }

  private func appointment(
    _ text: String, _ workspace: Workspace, _ snapshot: Snapshot
  ) throws -> VisitRequest.Fixed {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let moment = parts.count == 2 ? parts[1].split(whereSeparator: { $0 == "T" || $0 == " " }) : []
    guard moment.count == 2, let date = Day(moment[0]), let minute = readMinute(moment[1]) else {
      throw Failure(
        "BL0144", exit: 64,
        Phrase(
          zh: "约定“\(text)”无法识别：请写成 企业=2026-12-02T14:30。",
          en: "\"\(text)\" is no appointment: write FIRM=2026-12-02T14:30."))
    }
    return VisitRequest.Fixed(
      firm: try workspace.firm(parts[0], in: snapshot), date: date, begin: minute)
  }

  private func readHours(
    _ text: String, _ rules: VisitRules
  ) throws -> (from: Double, to: Double) {
    let parts = text.split(whereSeparator: { "-–至".contains($0) })
    guard parts.count == 2, let from = readMinute(parts[0]), let to = readMinute(parts[1]),
      from < to
    else {
      throw Failure(
        "BL0145", exit: 64,
        Phrase(
          zh: "接待时间“\(text)”无法识别，或先后颠倒：请写成 09:00-18:00。",
          en: "\"\(text)\" is no span of hours: write 09:00-18:00."))
    }
    guard to - from >= rules.service else {
      throw Failure(
        "BL0146", exit: 64,
        Phrase(
          zh: "接待时间 \(text) 不足一次拜访所需的 \(Int(rules.service)) 分钟：请放宽。",
          en:
            "the hours \(text) are shorter than one visit of \(Int(rules.service)) minutes: widen them."
        ))
    }
    guard to > rules.opens else {
      throw Failure(
        "BL0147", exit: 64,
        Phrase(
          zh:
            "接待时间 \(text) 早于企业开门的 \(TripChart.clock(rules.opens))：请改时间，或改 Models/Visits/parameters.yaml 的 opens。",
          en:
            "the hours \(text) end before firms open at \(TripChart.clock(rules.opens)): change them, or opens in Models/Visits/parameters.yaml."
        ))
    }
    return (from, to)
  }

  /// The visits of an earlier plan that stay: those marked as confirmed, or all when none is.
  private func readKept(
    _ path: String, _ workspace: Workspace, _ snapshot: Snapshot
  ) throws -> [VisitRequest.Fixed] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        "BL0148", exit: 66,
        Phrase(zh: "读不到上一次的行程 \(path)。", en: "cannot read the earlier plan \(path)."))
    }
    guard let plan = try? JSONDecoder().decode(EarlierPlan.self, from: data) else {
      throw Failure(
        "BL0149", exit: 65,
        Phrase(
          zh: "\(path) 不是 visits 写出的 JSON：请用 bulian visits --format json 或输出文件夹里的 visits.json。",
          en: "\(path) is no JSON of visits: use the visits.json that an earlier call wrote."))
    }
    let isMarked = plan.days.contains { $0.stops.contains { $0.confirmed == true } }
    return try plan.days.flatMap { day in
      try day.stops.filter { !isMarked || $0.confirmed == true }.map { stop in
        guard let date = Day(day.date), let begin = readMinute(stop.begin ?? stop.arrive) else {
          throw Failure(
            "BL0139", exit: 65,
            Phrase(
              zh: "\(path) 里有认不出的日期或时间。", en: "\(path) has a date or time that cannot be read."))
        }
        return VisitRequest.Fixed(
          firm: try workspace.firm(stop.firm.id, in: snapshot), date: date, begin: begin)
      }
    }
  }
}

/// What is read back of an earlier plan. 上一次行程
private struct EarlierPlan: Decodable {
  struct Day: Decodable {
    let date: String
    let stops: [Stop]
  }
  struct Stop: Decodable {
    let firm: Firm
    let arrive: String
    let begin: String?
    let confirmed: Bool?
  }
  struct Firm: Decodable {
    let id: String

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        id = text
      } else {
        let fields = try decoder.container(keyedBy: Key.self)
        id = try fields.decode(String.self, forKey: .id)
      }
    }
    private enum Key: String, CodingKey { case id }
  }
  let days: [Day]
}

private func readMinute(_ text: some StringProtocol) -> Double? {
  let parts = text.split(separator: ":")
  guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
    (0...23).contains(hour), (0...59).contains(minute)
  else { return nil }
  return Double(hour * 60 + minute)
}

/// The card of trips. 行程参数卡
func loadVisitRules(_ workspace: Workspace) throws -> VisitRules {
  let path = "Visits/parameters.yaml"
  guard
    let text = try? String(
      contentsOf: workspace.modelsFolder.appending(path: path), encoding: .utf8)
  else { throw LibraryError.unreadable(path: path) }
  return try VisitRules(try readParameters(text, card: path))
}

extension Failure {
  /// Why a trip is impossible, with a code for each reason.
  init(visits error: TripError) {
    let code =
      switch error {
      case .noStops: "BL0150"
      case .noDays: "BL0151"
      case .dayIsEmpty, .dayCannotEnd: "BL0152"
      case .spanIsEmpty: "BL0153"
      case .appointmentOutsideTrip, .appointmentOutsideDay: "BL0154"
      case .appointmentsClash: "BL0155"
      case .mustAndAvoided: "BL0156"
      case .mustIsClosed, .mustNeedsLeader, .mustIsOutOfReach, .mustsDoNotFitTogether: "BL0157"
      case .keptStopIsUnknown: "BL0158"
      case .repeatedStop, .unknownPlace, .badNumber: "BL0159"
      }
    self.init(code, exit: 65, Phrase(zh: error.chineseSentence, en: error.sentence))
  }
}
