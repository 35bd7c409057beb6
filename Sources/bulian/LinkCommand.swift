import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Linking

/// Links firms to segments, joins rows that are one firm, and takes people's decisions. 挂链
struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: say(
      "把企业挂到链条环节，附依据；待核的写入复核表，人工决定永远优先。",
      "Put firms on segments with evidence; the doubtful ones go to a review sheet, a person's word wins."
    ),
    discussion: """
      例：bulian link -w 荣昌 --review 待核.xlsx
          在“决定”列填 是 或 否，存盘，再 bulian link -w 荣昌 --accept 待核.xlsx --by LJ
      学习：bulian link -w 荣昌 --train 标注.csv；检验：bulian link --evaluate 标注.csv --format json
      同一企业：bulian link -w 荣昌 --merge 甲厂 --into 甲有限公司 --because 改制 --by LJ
      """)

  @OptionGroup var options: WorkspaceOptions
  @Option(
    help: .say(
      "把待核挂链写入此文件（.xlsx 或 .csv），最值得判断的在前",
      "write the doubtful links to this file (.xlsx or .csv), the most worthwhile first"))
  var review: String?
  @Flag(help: .say("复核表也列出不影响名单的挂链", "list links that change no list as well")) var all = false
  @Option(help: .say("读回复核表（决定列：是/否）", "read a filled review sheet (column 决定: 是/否)")) var accept:
    String?
  @Option(help: .say("决定人姓名缩写（记录决定时必填）", "initials of who decides (needed to record a decision)"))
  var by: String?
  @Option(
    help: .say(
      "按标注学习（股票代码、信用代码或企业编号，加标签列：环节编号或行业）",
      "learn from labels (stock code, credit code or firm id, and a label: segment id or industry)")
  ) var train: String?
  @Option(
    help: .say(
      "按标注检验，输出准确率、召回率、F1、召回率@1/3/5", "check against labels: precision, recall, F1, recall@1/3/5"))
  var evaluate: String?
  @Option(help: .say("记录此企业与 --into 是同一家", "record that this firm is the one named by --into"))
  var merge: String?
  @Option(help: .say("合并到哪家企业", "the firm that remains")) var into: String?
  @Option(help: .say("撤销此企业的合并", "undo the merge of this firm")) var unmerge: String?
  @Option(help: .say("合并或撤销的理由", "why it is merged or undone")) var because: String?

  func run() throws {
    if let evaluate { return try runEvaluation(evaluate) }
    let workspace = try options.open()
    if merge != nil || unmerge != nil { return try runMerge(workspace) }
    var fields: [(key: String, value: JSONValue)] = []
    var lines: [String] = []
    if let accept {
      let taken = try acceptReview(accept, by: try requireInitials(), workspace)
      fields.append(("accepted", taken.json))
      lines.append(taken.sentence)
    }
    if let train {
      let card = try LearnedCard.train(train, workspace)
      fields.append(("learned", card.json))
      lines.append(card.sentence)
    }
    let joined = try joinSameFirms(workspace)
    if joined.merged > 0 {
      lines.append(
        say(
          "并为同一企业 \(joined.merged) 条（link --unmerge 可撤销）。",
          "merged as one firm: \(joined.merged) (link --unmerge undoes it)."))
    }
    let count = try relink(workspace)
    let counts = try workspace.ledger.countLinks()
    let decided = try workspace.ledger.listLinkDecisions().count
    fields += [
      ("links", .int(count)), ("confirmed", .int(counts.confirmed)),
      ("uncertain", .int(counts.open)), ("decided", .int(decided)),
      ("merged", .int(joined.merged)), ("doubts", .int(joined.doubts.count)),
    ]
    lines.append(
      say(
        "挂链 \(count) 条：确认 \(counts.confirmed)，待核 \(counts.open)，已有人工决定 \(decided)。",
        "\(count) links: \(counts.confirmed) confirmed, \(counts.open) doubtful, \(decided) decided by a person."
      )
        + (review == nil && counts.open > 0
          ? say("用 --review 待核.xlsx 取出待核的。", " Take the doubtful ones out with --review FILE.xlsx.")
          : ""))
    if let review {
      let written = try writeReview(
        to: review, doubts: joined.doubts, includingAll: all, workspace)
      fields.append(("review", written.json))
      lines.append(written.sentence)
    } else if !joined.doubts.isEmpty {
      lines.append(
        say(
          "疑似同一企业 \(joined.doubts.count) 对，用 --review 一并取出。",
          "perhaps the same firm: \(joined.doubts.count) pairs; --review takes them out as well."))
    }
    switch options.format {
    case .json: print(JSONValue.object(fields).pretty, terminator: "")
    case .table, .csv: for line in lines { print(line) }
    }
  }

  /// Who decides: nobody's decision is recorded without initials.
  private func requireInitials() throws -> String {
    let initials = (by ?? "").trimmingCharacters(in: .whitespaces)
    guard !initials.isEmpty, initials != "-", initials.count <= 12 else {
      throw Failure(
        "BL0171", exit: 64,
        Phrase(
          zh: "缺少决定人：请加 --by 姓名缩写，例如 --by LJ；决定要留下何人、何时、为何。",
          en: "nobody decides: add --by with your initials, such as --by LJ."))
    }
    return initials
  }

  private func runEvaluation(_ path: String) throws {
    let answer = try evaluateLinks(path, options)
    switch options.format {
    case .json: print(answer.json.pretty, terminator: "")
    case .table, .csv: printTable(answer.header, answer.rows, rightAligned: Set(1..<9))
    }
  }

  private func runMerge(_ workspace: Workspace) throws {
    let initials = try requireInitials()
    guard let because, !because.isEmpty else {
      throw Failure(
        "BL0172", exit: 64,
        Phrase(zh: "缺少理由：请加 --because，例如 --because 改制更名。", en: "no reason: add --because."))
    }
    if let unmerge {
      let firm = try findOne(unmerge, workspace)
      guard
        try workspace.ledger.listMerges().contains(where: { $0.firm == firm.id && $0.into != nil })
      else {
        throw Failure(
          "BL0173", exit: 66,
          Phrase(
            zh: "\(firm.name)（\(firm.id)）没有并入别的企业：请用被并入一方的编号。",
            en: "\(firm.name) (\(firm.id)) is merged into no firm: give the id that was merged."))
      }
      try workspace.ledger.unmerge(firm: firm.id, because: because, by: initials, at: Clock.now)
      print(
        say(
          "已撤销：\(firm.name)（\(firm.id)）单独成户。",
          "undone: \(firm.name) (\(firm.id)) stands alone again."))
      return
    }
    guard let merge, let into else {
      throw Failure(
        "BL0174", exit: 64,
        Phrase(
          zh: "合并要两家企业：--merge 甲 --into 乙。", en: "a merge needs two firms: --merge A --into B."))
    }
    let firm = try findOne(merge, workspace)
    let other = try findOne(into, workspace)
    let standing = Dictionary(
      try workspace.ledger.listMerges().map { ($0.firm, $0.into) }, uniquingKeysWith: { $1 })
    var survivor = other.id
    for _ in 0..<8 {
      guard let next = standing[survivor] ?? nil else { break }
      survivor = next
    }
    guard survivor != firm.id else {
      throw Failure(
        "BL0175", exit: 64,
        Phrase(
          zh: "\(firm.name)（\(firm.id)）与 \(other.name)（\(other.id)）已是同一家或就是同一条，未作改动。",
          en: "\(firm.id) and \(other.id) are one firm already; nothing was changed."))
    }
    try workspace.ledger.merge(
      firm: firm.id, into: survivor, because: because, by: initials, at: Clock.now)
    print(
      say(
        "已合并：\(firm.name)（\(firm.id)）并入 \(other.name)（\(survivor)）。",
        "merged: \(firm.name) (\(firm.id)) into \(other.name) (\(survivor))."))
  }

  private func findOne(_ text: String, _ workspace: Workspace) throws -> FirmEntry {
    let found = try workspace.ledger.findFirms(text, limit: 9)
    guard let first = found.first else { throw Failure.noFirm(text) }
    guard found.count == 1 else {
      throw Failure.manyFirms(text, found.prefix(8).map { "\($0.id) \($0.name)" })
    }
    return first
  }
}
