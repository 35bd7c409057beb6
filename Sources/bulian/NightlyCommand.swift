import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Logging
import Nightly

/// The whole night, unattended. 夜批
struct NightlyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nightly",
    abstract: say(
      "夜批：备份、收件箱导入、挂链、匹配、发布、出材料、交付、变化报告；没有变化的一步跳过，被打断的下次接着做。",
      "The night: back up, import the inbox, link, match, publish, compose, deliver, report; what has not changed is skipped, what was interrupted goes on."
    ), discussion: example("bulian nightly -w 荣昌\n    bulian nightly -w 荣昌 --dry-run"))

  @OptionGroup var options: WorkspaceOptions
  @Option(
    name: .customLong("as-of"),
    help: .say("按哪一天，YYYY-MM-DD（默认今天）", "as of which day (default: today)"))
  var asOf: String?
  @Flag(name: .customLong("dry-run"), help: .say("只打印将要做的各步", "print what would be done"))
  var dryRun = false
  @Option(help: .say("随机种子", "random seed")) var seed: UInt64 = 20_260_101
  @Option(help: .say("日志：human 或 json", "log lines: human or json")) var log: String = "human"
  @Option(help: .say("收件箱文件静止几秒才算写完", "seconds a file of the inbox must rest")) var settle: Double =
    2

  func run() throws {
    let folder = options.folder
    guard FileManager.default.fileExists(atPath: folder.appending(path: "bulian.yaml").path) else {
      throw Failure.noWorkspace(folder.path)
    }
    guard let style = NightLog.Style(rawValue: log) else {
      throw Failure.badChoice("--log", log, NightLog.Style.allCases.map(\.rawValue))
    }
    let day = try asOf.map { try readDay($0) }
    let holder = NightLock.Holder(
      pid: ProcessInfo.processInfo.processIdentifier, host: ProcessInfo.processInfo.hostName,
      start: Clock.now)
    let place = folder.appending(path: ".night")
    do {
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure.cannotWrite(place.path, "") }
    let path = place.appending(path: "lock").path
    guard let lock = try NightLock.take(path, as: holder) else {
      let other = NightLock.holder(of: path)
      throw NightError.busy(
        pid: other?.pid ?? 0, host: other?.host ?? "?", start: other?.start ?? "?")
    }
    let logger = Logger(label: "bulian.nightly") { _ in
      NightLog(style: style) { Date().formatted(.iso8601) }
    }
    try withExtendedLifetime(lock) {
      let report = NightReport(folder: folder)
      do {
        let night = try Night(
          workspace: options.open(), asOf: day, seed: seed, settle: settle, log: logger)
        if dryRun {
          show(try night.plan())
          return
        }
        try night.perform()
        try report.write(night)
        if options.format == .json {
          print(night.answer.pretty, terminator: "")
        } else {
          print(report.text(night), terminator: "")
        }
        for failure in night.missingPrograms { failure.print(in: Clock.language) }
        if !night.missingPrograms.isEmpty {
          report.runOnFailure(night.workspace.configuration, 69)
          throw ExitCode(69)
        }
      } catch let code as ExitCode {
        throw code
      } catch {
        let failure = Failure(error)
        if !dryRun { report.write(failure) }
        throw failure
      }
    }
  }

  private func show(_ plan: [NightStep]) {
    if options.format == .json {
      print(
        JSONValue.array(
          plan.map {
            .object([
              ("stage", .string($0.stage)), ("run", .bool($0.isDue)),
              ("because", .string($0.because[Clock.language])),
            ])
          }
        ).pretty, terminator: "")
      return
    }
    printTable(
      [say("步骤", "stage"), say("做不做", "due"), say("原因", "because")],
      plan.map {
        [$0.stage, $0.isDue ? say("做", "run") : say("跳过", "skip"), $0.because[Clock.language]]
      })
  }
}

/// One stage of the plan: whether it is due, and why. 计划
struct NightStep {
  let stage: String
  let isDue: Bool
  let because: Phrase
}
