import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger

/// The state of workspace, data, programs and fonts. 体检
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: say(
      "体检：工作区、数据新旧、导入问题、打印程序和字体。",
      "The state of the workspace: age of data, import issues, soundness of the ledger, programs and fonts."
    ),
    discussion: example("bulian doctor -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions

  func run() throws {
    let workspace = try options.open()
    let day = Clock.today
    let (snapshot, _) = try workspace.freeze(asOf: day)
    print(
      say("工作区：", "workspace: ")
        + "\(workspace.folder.path)｜\(snapshot.district.name)｜" + say("牵头 ", "leads ")
        + snapshot.district.leads.joined(separator: say("、", ", "))
    )
    print(
      say(
        "企业 \(snapshot.firms.count)，挂链 \(snapshot.postings.count)，地点 \(snapshot.places.count)，用工记录 \(snapshot.labour.count)",
        "\(snapshot.firms.count) firms, \(snapshot.postings.count) links, \(snapshot.places.count) places, \(snapshot.labour.count) labour records"
      )
    )
    for source in snapshot.sources {
      print(
        say(
          "  来源 \(source.name)（\(source.kind)）\(source.rows) 行，自 \(source.knownOn.iso) 可知，\(day - source.knownOn) 天前",
          "  source \(source.name) (\(source.kind)), \(source.rows) rows, known since \(source.knownOn.iso), \(day - source.knownOn) days ago"
        )
          + (source.note.map { "｜\($0)" } ?? ""))
    }
    let issues = try workspace.ledger.countIssues()
    for issue in issues {
      print(say("  问题 ", "  issue ") + "\(issue.code) × \(issue.count)：\(issue.example)")
    }
    for program in ["typst", "pandoc", "pdftoppm"] {
      print(
        say("程序 ", "program ") + "\(program)："
          + (find(program)
            ?? say("未找到（相应格式出不了，其余照出）", "not found (its formats are left out, the others come)")))
    }
    progress(say("检查台账", "checking the ledger"))
    let health = try workspace.ledger.checkHealth()
    endProgress()
    print(
      health.isSound
        ? say(
          "台账完好：页、外键、链式日志和每一批事实都对得上。",
          "The ledger is sound: pages, keys, the chain of its journal and the facts of every batch agree."
        )
        : say("台账有问题：", "The ledger is not sound:"))
    let head = try workspace.ledger.journalHead()
    print(
      say(
        "链式日志 \(head.rows) 行，末值 \(head.chain.prefix(16))：抄在别处，可证明以后没有被截短。",
        "journal: \(head.rows) rows, last value \(head.chain.prefix(16)): noted elsewhere it proves that nothing was cut off later."
      ))
    for damage in health.damage { print("  \(damage)") }
    if let broken = health.chainBreak {
      print(
        say(
          "  链式日志从 \(broken) 起对不上：这一行在写入之后被改过、删过或调过次序。",
          "  the chain breaks at \(broken): the row was changed, deleted or reordered after it was written."
        ))
    }
    for batch in health.alteredBatches {
      print(
        say(
          "  第 \(batch) 批导入的事实与当时存下的指纹不符：被改过。",
          "  the facts of batch \(batch) no longer have the digest they were stored with: they were changed."
        ))
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: workspace.folder.path)
    if let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue, mode & 0o077 != 0 {
      print(
        say(
          "提醒：工作区对其他用户开放（权限 \(String(mode, radix: 8))），建议 chmod 700 \(workspace.folder.path)",
          "warning: other users can read the workspace (mode \(String(mode, radix: 8))): chmod 700 \(workspace.folder.path)"
        ))
    }
    guard health.isSound else { throw ExitCode(65) }
  }

  private func find(_ program: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

/// The diary of runs. 批次
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: say("列出历次批次。", "List the runs."),
    discussion: example("bulian runs -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions

  /// What a night noted of its stages up to the publication.
  private struct Diary: Decodable {
    struct Stage: Decodable {
      let wallSeconds: Double
      let peakKilobytes: Int
    }
    var host: String?
    var stages: [Stage]?
  }

  func run() throws {
    let workspace = try options.open()
    if options.format == .json {
      print(
        JSONValue.array(
          try workspace.ledger.listRuns().map { run in
            .object([
              ("run", .string(run.id)), ("asOf", .string(run.asOf.iso)),
              ("sameAs", .optional(run.sameAs)), ("model", .string(run.model)),
              ("snapshotDigest", .string(run.snapshotDigest)),
              ("codeVersion", .string(run.codeVersion)), ("seed", .string("\(run.seed)")),
              ("finishedAt", .string(run.finishedAt)), ("diary", .string(run.diary)),
            ])
          }
        ).pretty, terminator: "")
      return
    }
    printTable(
      [
        say("批次", "run"), say("截至", "as of"), say("同", "same as"), say("模型", "model"),
        say("快照", "snapshot"), say("完成", "finished"), say("主机", "host"), say("用时", "seconds"),
        say("峰值内存", "peak memory"),
      ],
      try workspace.ledger.listRuns().map { run in
        let diary = (try? JSONDecoder().decode(Diary.self, from: Data(run.diary.utf8))) ?? Diary()
        let stages = diary.stages ?? []
        return [
          run.id, run.asOf.iso, run.sameAs ?? "", run.model, String(run.snapshotDigest.prefix(12)),
          run.finishedAt, diary.host ?? "",
          stages.isEmpty ? "" : String(format: "%.1f", stages.reduce(0) { $0 + $1.wallSeconds }),
          stages.map(\.peakKilobytes).max().map { "\($0 / 1024) MB" } ?? "",
        ]
      }, rightAligned: [7, 8])
  }
}
