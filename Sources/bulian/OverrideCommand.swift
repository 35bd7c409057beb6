import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// A person's decision on a firm's place on a list: append-only, shown beside the machine's. 人工调整
struct OverrideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "override",
    abstract: say(
      "人工调整名单：剔除、列入、定名次或撤回；只增不改，与机器名次并列显示。",
      "Decide on a firm's place: off the list, on it, at a rank, or withdrawn; kept for ever beside the machine's."
    ),
    discussion: example(
      "bulian override 示例电路有限公司 --rank 1 --because 链长已约见 --by LJ --document 会纪〔2026〕12号 -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("企业编号、统一社会信用代码或名称", "firm id, credit code or name")) var firm: String
  @Flag(help: .say("从名单上剔除", "take the firm off the list")) var exclude = false
  @Flag(help: .say("列入名单，不论名单截到第几名", "keep the firm on the list however short it is cut"))
  var include =
    false
  @Option(help: .say("定为第几名，从 1 起", "put the firm at this rank, from 1")) var rank: Int?
  @Flag(help: .say("撤回以前的决定", "withdraw the earlier decision")) var withdraw = false
  @Option(help: .say("理由（必填，留在审计里）", "why; required, kept for the audit")) var because: String?
  @Option(help: .say("决定人姓名缩写", "initials of who decides")) var by: String?
  @Option(help: .say("依据的文件号", "number of the document behind it")) var document: String?

  func run() throws {
    let workspace = try options.open()
    guard [exclude, include, rank != nil, withdraw].count(where: { $0 }) == 1 else {
      throw Failure(
        "BL0620", exit: 64,
        Phrase(
          zh: "请在 --exclude、--include、--rank N、--withdraw 中选一个。",
          en: "choose one of --exclude, --include, --rank N, --withdraw."))
    }
    let because = try requireReason(because, option: "--because")
    if let rank, rank < 1 {
      throw Failure(
        "BL0622", exit: 64, Phrase(zh: "--rank 从 1 起。", en: "--rank starts at 1."))
    }
    let found = try workspace.oneFirm(firm)
    let by = try initials(by)
    try workspace.ledger.decide(
      OverrideDecision(
        firm: found.id,
        action: exclude ? .exclude : include ? .include : rank != nil ? .rank : .withdraw,
        rank: rank, because: because, decidedBy: by, decidedAt: Clock.now, document: document))
    print(
      say(
        "已记录：\(found.name)。名单会并列显示机器名次和人工决定；bulian audit 可查。",
        "recorded: \(found.name). Lists show the machine's rank beside the decision; see bulian audit."
      ))
  }
}

/// An officer's declared interest in a firm. 回避
struct RecuseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recuse",
    abstract: say(
      "登记回避：经办人与某企业有利害关系，不参与这家企业的事。",
      "Record a recusal: an officer with an interest in a firm stays out of its case."),
    discussion: example("bulian recuse 示例电路有限公司 --by LJ --because 配偶在该企业任职 -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("企业编号、统一社会信用代码或名称", "firm id, credit code or name")) var firm: String
  @Option(help: .say("回避人姓名缩写", "initials of the officer")) var by: String?
  @Option(help: .say("缘由", "the interest")) var because: String?

  func run() throws {
    let workspace = try options.open()
    let because = try requireReason(because, option: "--because")
    let found = try workspace.oneFirm(firm)
    let by = try initials(by)
    try workspace.ledger.recuse(firm: found.id, officer: by, because: because, at: Clock.now)
    print(
      say(
        "已登记回避：\(by) 不参与 \(found.name)。名单和审计里会标明。",
        "recorded: \(by) stays out of \(found.name); lists and the audit say so."))
  }
}

/// Everything people decided, exported or stayed out of, oldest first. 审计
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: say(
      "审计：人工调整、挂链决定、批准、导出、回避、合并，何时何人为何。",
      "The audit: overrides, link decisions, approvals, exports, recusals, merges; who, when, why."),
    discussion: example("bulian audit --since 2026-10-01 -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("只看这一天以后，YYYY-MM-DD", "since this day, YYYY-MM-DD")) var since: String?

  func run() throws {
    let workspace = try options.open()
    let day = try since.map { try readDay($0).iso }
    let entries = try workspace.ledger.audit(since: day)
    switch options.format {
    case .json:
      print(
        JSONValue.array(
          entries.map {
            .object([
              ("kind", .string($0.kind)), ("at", .string($0.at)), ("by", .string($0.by)),
              ("subject", .string($0.subject)), ("what", .string($0.what)),
              ("because", .string($0.because)), ("document", .optional($0.document)),
            ])
          }
        ).pretty, terminator: "")
    case .csv:
      print("kind,at,by,subject,what,because,document")
      for entry in entries {
        print(
          [
            entry.kind, entry.at, entry.by, entry.subject, entry.what, entry.because,
            entry.document ?? "",
          ].map(CSV.field).joined(separator: ","))
      }
    case .table:
      printTable(
        [
          say("时间", "at"), say("类别", "kind"), say("经办", "by"), say("对象", "subject"),
          say("内容", "what"), say("理由", "because"), say("文件", "document"),
        ],
        entries.map {
          [
            String($0.at.prefix(19)), AuditCommand.word($0.kind), $0.by, $0.subject, $0.what,
            $0.because, $0.document ?? "",
          ]
        })
      if entries.isEmpty { print(say("还没有人工决定或导出。", "nobody decided or exported anything yet.")) }
    }
  }

  private static func word(_ kind: String) -> String {
    switch kind {
    case "override": say("人工调整", "override")
    case "link": say("挂链决定", "link")
    case "approval": say("批准", "approval")
    case "export": say("导出", "export")
    case "recusal": say("回避", "recusal")
    case "merge": say("合并企业", "merge")
    default: kind
    }
  }
}

/// The reason that a decision cannot do without.
func requireReason(_ text: String?, option: String) throws -> String {
  guard let text, text.contains(where: { !$0.isWhitespace }) else {
    throw Failure(
      "BL0621", exit: 64,
      Phrase(
        zh: "请用 \(option) 写明理由：它留在审计里，以后要能说清。",
        en: "give the reason with \(option): it is kept for the audit."))
  }
  return text
}

/// `--by`, else `$BULIAN_BY`, else the name of the account.
func initials(_ given: String?) throws -> String {
  // An account without a name, as in a bare container, still has a number.
  let account = NSUserName().isEmpty ? "uid-\(getuid())" : NSUserName()
  let name = given ?? ProcessInfo.processInfo.environment["BULIAN_BY"] ?? account
  guard name.contains(where: { !$0.isWhitespace }) else {
    throw Failure(
      "BL0623", exit: 64,
      Phrase(zh: "请用 --by 写明决定人姓名缩写。", en: "name who decides with --by (initials)."))
  }
  return name
}

extension Workspace {
  /// The one firm of the ledger that a text names.
  func oneFirm(_ text: String) throws -> (id: Int64, name: String) {
    let found = try ledger.findFirms(text)
    guard let first = found.first else { throw Failure.noFirm(text) }
    guard found.count == 1 else {
      throw Failure.manyFirms(text, found.prefix(8).map { "\($0.id) \($0.name)" })
    }
    return (first.id, first.name)
  }

  /// The decisions in force, for the rows of a snapshot.
  func overrides(in snapshot: Snapshot) throws -> [ListOverride] {
    try ledger.listOverrides().compactMap { decision in
      guard let row = snapshot.firms.find(id: decision.firm) else { return nil }
      let action: ListOverride.Action
      switch decision.action {
      case .exclude: action = .exclude
      case .include: action = .include
      case .rank: action = .rank(decision.rank ?? 1)
      case .withdraw: return nil
      }
      return ListOverride(
        firm: row, action: action, because: decision.because, by: decision.decidedBy,
        at: decision.decidedAt, document: decision.document)
    }
  }

  /// A ranking as people see it: with their decisions, and with recusals marked.
  func shown(_ ranking: Ranking, in snapshot: Snapshot) throws -> Ranking {
    let recusals = try ledger.listRecusals()
    var listed = ranking.overridden(by: try overrides(in: snapshot))
    for position in listed.entries.indices {
      let id = snapshot.firms.id[listed.entries[position].pairing.firm]
      for recusal in recusals where recusal.firm == id {
        listed.entries[position].warnings.append(
          Warning(
            kind: "recusal",
            text: Phrase(
              zh: "\(recusal.officer) 回避（\(recusal.at.prefix(10))）",
              en: "\(recusal.officer) is recused (\(recusal.at.prefix(10)))")))
      }
    }
    return listed
  }
}
