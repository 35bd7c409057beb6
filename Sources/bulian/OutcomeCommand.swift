import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger

/// What came of contacts and visits, and what was promised. 结果
struct OutcomeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outcome",
    abstract: say(
      "登记和查看联系、走访、意向、签约、落地、谢绝，以及到期的承诺。",
      "Record and list contacts, visits, intentions, signatures, landings, refusals, and commitments due."
    ),
    subcommands: [AddCommand.self, ListCommand.self], defaultSubcommand: ListCommand.self)

  struct AddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: say("登记一条结果。", "Record one outcome."),
      discussion: """
        例：bulian outcome add 示例电路有限公司 --kind visit --site rc-pcb --reason 意向B，担心用工 \
        --promise 送招工方案 --owner 人社局 --due 2026-12-10 -w 荣昌
        办结一项承诺：同样的企业、载体、结果、日期，加 --done
        """)

    @OptionGroup var options: WorkspaceOptions
    @Argument(help: .say("企业编号、统一社会信用代码或名称", "firm id, credit code or name")) var firm: String
    @Option(
      help: .say(
        "contact visit intention signed landed refused，或 联系 走访 意向 签约 落地 谢绝",
        "contact visit intention signed landed refused, or 联系 走访 意向 签约 落地 谢绝")) var kind: String
    @Option(help: .say("载体编号（默认名单建议的载体）", "site id (default: the one the list suggests)")) var site:
      String?
    @Option(help: .say("日期，YYYY-MM-DD（默认今天）", "date, YYYY-MM-DD (default: today)")) var date:
      String?
    @Option(help: .say("责任岗位", "office in charge")) var owner: String?
    @Option(help: .say("原因：意向等级、障碍、谢绝的理由", "reason: degree of intention, obstacle, why refused"))
    var reason: String?
    @Option(help: .say("承诺事项", "what was promised")) var promise: String?
    @Option(help: .say("期限，YYYY-MM-DD", "due date, YYYY-MM-DD")) var due: String?
    @Flag(help: .say("承诺已办结", "the promise is kept")) var done = false

    func run() throws {
      let workspace = try options.open()
      let day = try readDay(date)
      let dueDay = try due.map { try readDay($0) }
      if kind == "refused" || kind == "谢绝" || kind == "拒绝", reason ?? "" == "" {
        throw Failure(
          "BL0161", exit: 64,
          Phrase(
            zh: "登记谢绝须用 --reason 写明理由，以后不再打扰时要能说清。",
            en: "a refusal needs --reason: it has to be told later why nobody calls."))
      }
      let found = try workspace.ledger.findFirms(firm)
      guard let first = found.first else { throw Failure.noFirm(firm) }
      guard found.count == 1 else {
        throw Failure.manyFirms(firm, found.prefix(8).map { "\($0.id) \($0.name)" })
      }
      let siteId = try site ?? defaultSite(workspace, firm: first.id)
      var told = promise
      if done {
        let old = try freeze(workspace).outcomes.first {
          $0.firm == first.id && $0.kind == kindName && $0.date == day
            && ($0.site == nil || $0.site == siteId)
        }?.promise
        let text = promise ?? old ?? ""
        told = text.hasPrefix(outcomeDone) ? text : outcomeDone + text
      }
      let header = ["企业", "载体", "结果", "日期", "责任岗位", "原因", "承诺事项", "期限"]
      let row = [
        first.creditCode ?? first.name, siteId, kind, day.iso, owner ?? "", reason ?? "",
        told ?? "", dueDay?.iso ?? "",
      ]
      let scratch = FileManager.default.temporaryDirectory
        .appending(path: "bulian-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: scratch) }
      let file = scratch.appending(path: "outcome-add-\(day.iso).csv")
      try write(
        Data(
          ([header, row].map { CSV.line($0) }.joined(separator: "\n")
            + "\n").utf8), to: file.path)
      let result = try workspace.ledger.importFile(
        file.path, kind: "outcomes", options: ImportOptions(knownOn: min(day, Clock.today)),
        context: try workspace.importContext())
      guard result.accepted + result.updated + result.unchanged > 0 else {
        let said = result.issues.first?.message
        throw Failure(
          "BL0162", exit: 65,
          Phrase(
            zh: "没有登记：\(said?.zh ?? "这一行无法识别")", en: "nothing recorded: \(said?.en ?? "unreadable")"
          ))
      }
      if options.format == .json {
        print(
          JSONValue.object([
            ("firm", .string(first.name)), ("kind", .string(kind)), ("date", .string(day.iso)),
            ("accepted", .int(result.accepted)), ("updated", .int(result.updated)),
            ("unchanged", .int(result.unchanged)),
          ]).pretty, terminator: "")
      } else {
        print(
          say("已登记：", "recorded: ")
            + "\(first.name) \(VisitPaper.kind(kindName)[Clock.language]) \(day.iso)")
      }
    }

    private var kindName: String {
      switch kind {
      case "联系": "contact"
      case "走访", "拜访": "visit"
      case "意向": "intention"
      case "签约": "signed"
      case "落地", "投产": "landed"
      case "谢绝", "拒绝": "refused"
      default: kind
      }
    }

    /// The site that the last publication proposes for the firm, else the first one.
    private func defaultSite(_ workspace: Workspace, firm: Int64) throws -> String {
      if let last = try? lastPublication(workspace, detailing: ["\(firm)"]),
        let row = last.snapshot.firms.find(id: firm),
        let entry = last.publication.rankings.flatMap(\.entries).first(where: {
          $0.pairing.firm == row
        })
      {
        return last.snapshot.sites[entry.pairing.site].id
      }
      let (snapshot, _) = try workspace.freeze(asOf: Clock.today)
      guard let site = snapshot.sites.first else {
        throw Failure(
          "BL0163", exit: 66,
          Phrase(zh: "台账里没有载体：请用 --site 写明。", en: "the ledger has no site: name one with --site."))
      }
      return site.id
    }

    private func freeze(_ workspace: Workspace) throws -> OutcomeBook {
      try OutcomeBook(workspace, asOf: Clock.today)
    }
  }

  struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: say("列出结果；先列逾期和将到期的承诺。", "List outcomes; commitments overdue and due come first."),
      discussion: example("bulian outcome list -w 荣昌 --since 2026-10-01"))

    @OptionGroup var options: WorkspaceOptions
    @Option(help: .say("只看这一天以后的结果", "only outcomes since this day")) var since: String?
    @Option(help: .say("几天内到期算将到期", "how many days ahead counts as due")) var within: Int = 14

    func run() throws {
      let workspace = try options.open()
      let today = Clock.today
      let since = try since.map { try readDay($0) }
      let book = try OutcomeBook(workspace, asOf: today)
      let rows = book.outcomes.filter { $0.date >= since ?? $0.date }
      let open = book.outcomes.filter(\.isOpenPromise)
      let overdue = open.filter { $0.due.map { $0 < today } ?? false }
      let coming = open.filter { row in
        row.due.map { $0 >= today && $0 - today <= within } ?? false
      }
      let undated = open.filter { $0.due == nil }
      switch options.format {
      case .json:
        print(
          JSONValue.object([
            ("asOf", .string(today.iso)), ("outcomes", .array(rows.map(\.json))),
            ("overdue", .array(overdue.map(\.json))), ("due", .array(coming.map(\.json))),
            ("undated", .array(undated.map(\.json))),
          ]).pretty, terminator: "")
      case .csv:
        print("firm,site,kind,date,owner,reason,promise,due")
        for row in rows { print(CSV.line(row.cells)) }
      case .table:
        for (title, list) in [
          (say("逾期的承诺", "overdue"), overdue),
          (say("\(within) 天内到期的承诺", "due within \(within) days"), coming),
          (say("没有期限的承诺", "without a date"), undated),
        ] where !list.isEmpty {
          print(say("\(title)：\(list.count) 项", "\(title): \(list.count)"))
          printTable(
            [
              say("企业", "firm"), say("承诺事项", "promise"), say("责任岗位", "office"), say("期限", "due"),
              say("逾期天数", "days over"),
            ],
            list.map { row in
              [
                row.name, row.promise ?? "", row.owner ?? say("未定", "open"), row.due?.iso ?? "",
                row.due.map { $0 < today ? "\(today - $0)" : "" } ?? "",
              ]
            }, rightAligned: [4])
          print("")
        }
        guard !rows.isEmpty else {
          print(
            say(
              "还没有登记结果：用 bulian outcome add，或把填好的“走访结果”表导入为 outcomes。",
              "nothing is recorded yet: use bulian outcome add, or import the sheet for afterwards as outcomes."
            ))
          return
        }
        printTable(
          [
            say("日期", "date"), say("结果", "outcome"), say("企业", "firm"), say("载体", "site"),
            say("原因", "reason"), say("承诺事项", "promise"), say("责任岗位", "office"), say("期限", "due"),
          ],
          rows.map(\.printed))
      }
    }
  }
}

/// What stands before a promise that was kept.
let outcomeDone = "已办结："

/// All outcomes of a ledger with the firms' names, newest first. 结果簿
struct OutcomeBook {
  struct Row {
    let firm: Int64
    let name: String
    let site: String?
    let kind: String
    let date: Day
    let owner: String?
    let reason: String?
    let promise: String?
    let due: Day?
    /// 10k yuan, as the firm stated it.
    let investment: Double?

    var isOpenPromise: Bool {
      guard let promise, !promise.isEmpty else { return false }
      return !promise.hasPrefix(outcomeDone)
    }
    var printed: [String] {
      [date.iso, VisitPaper.kind(kind)[Clock.language], name]
        + [site, reason, promise, owner, due?.iso]
        .map { $0 ?? "" }
    }
    var cells: [String] {
      [
        name, site ?? "", kind, date.iso, owner ?? "", reason ?? "", promise ?? "", due?.iso ?? "",
      ]
    }
    var json: JSONValue {
      .object([
        ("firm", .object([("id", .string("\(firm)")), ("name", .string(name))])),
        ("site", .optional(site)), ("kind", .string(kind)), ("date", .string(date.iso)),
        ("owner", .optional(owner)), ("reason", .optional(reason)),
        ("promise", .optional(promise)), ("due", .optional(due?.iso)),
        ("done", .bool(promise?.hasPrefix(outcomeDone) ?? false)),
      ])
    }
  }
  let outcomes: [Row]

  init(_ workspace: Workspace, asOf: Day) throws {
    let (snapshot, _) = try workspace.freeze(asOf: asOf)
    var rows: [Row] = []
    for firm in 0..<snapshot.firms.count {
      let outcomes = snapshot.outcomes[firm]
      guard !outcomes.isEmpty else { continue }
      let stated = snapshot.projects[firm].compactMap(\.investment)
      for outcome in outcomes {
        rows.append(
          Row(
            firm: snapshot.firms.id[firm], name: snapshot.firms.name[firm], site: outcome.site,
            kind: outcome.kind, date: outcome.date, owner: outcome.owner, reason: outcome.reason,
            promise: outcome.promise, due: outcome.due,
            investment: stated.isEmpty ? nil : stated.reduce(0, +)))
      }
    }
    outcomes = rows.sorted { ($1.date, $0.firm, $0.kind) < ($0.date, $1.firm, $1.kind) }
  }
}
