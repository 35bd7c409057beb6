import ArgumentParser
import Atlas
import Foundation
import Ledger

/// Takes a person, or a firm, out of ledger, inbox copies, papers and backups. 清除
struct PurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: say(
      "清除一个人或一家企业：台账、收件箱副本、已出材料、备份里都不留；清除这件事本身记入审计，不含姓名。",
      "Take a person or a firm out of ledger, inbox copies, papers and backups; that it was done is kept, the name is not."
    ),
    discussion: example(
      "bulian purge --person 张某 --person 13900000000 --because 本人要求 --by LJ -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Option(
    help: .say(
      "姓名、电话等一切写过的字样，可多次给出", "name, telephone, whatever was written of the person; repeatable"))
  var person: [String] = []
  @Option(help: .say("企业编号、统一社会信用代码或名称", "firm id, credit code or name")) var firm: String?
  @Option(help: .say("理由", "why")) var because: String?
  @Option(help: .say("决定人姓名缩写", "initials of who decides")) var by: String?

  func run() throws {
    let workspace = try options.open()
    guard person.isEmpty != (firm == nil) else {
      throw Failure(
        "BL0460", exit: 64,
        Phrase(
          zh: "请在 --person（可多次）和 --firm 中写一种。",
          en: "give --person (repeatable) or --firm, not both."))
    }
    let because = try requireReason(because, option: "--because")
    let by = try initials(by)
    let now = Clock.now
    if let firm {
      let found = try workspace.oneFirm(firm)
      let rows = try workspace.ledger.purge(firm: found.id, because: because, by: by, at: now)
      let files = try PurgeFiles.run(
        in: workspace.folder, words: [found.name], because: because, by: by, at: now)
      report(rows, files)
      return
    }
    let short = person.filter { $0.trimmingCharacters(in: .whitespaces).count < 2 }
    guard short.isEmpty else {
      throw Failure(
        "BL0461", exit: 64,
        Phrase(
          zh: "“\(short[0])”太短，会误伤别的字：请写全姓名或完整号码（至少两个字）。",
          en:
            "\"\(short[0])\" is too short and would hit other words: write the full name or number."
        ))
    }
    let rows = try workspace.ledger.purge(person: person, because: because, by: by, at: now)
    let files = try PurgeFiles.run(
      in: workspace.folder, words: person, because: because, by: by, at: now)
    report(rows, files)
  }

  private func report(_ rows: Int, _ files: PurgeFiles) {
    print(
      say(
        "已清除：台账 \(rows) 处，文件涂去 \(files.rewritten.count) 个、删除 \(files.removed.count) 个，备份 \(files.backups.count) 个。",
        "purged: \(rows) rows of the ledger, \(files.rewritten.count) files blacked out, \(files.removed.count) removed, \(files.backups.count) backups."
      ))
    for path in files.removed { print("  \(path)") }
    if !files.removed.isEmpty {
      print(
        say(
          "删掉的材料可用 shortlist、brief 等命令重新出。",
          "Papers that were removed can be printed anew with shortlist, brief and so on."))
    }
  }
}
