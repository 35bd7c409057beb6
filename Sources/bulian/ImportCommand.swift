import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger

/// Imports files of one kind. 导入
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: say(
      "导入 CSV（UTF-8、GB18030，可 .gz）或 XLSX；脏数据逐行说明，不丢一行。",
      "Read CSV (UTF-8, GB18030, .gz) or XLSX; every dirty row is explained, none is lost."),
    discussion:
      "例：bulian import firms 企业.xlsx -w 荣昌\n种类：\((ImportKind.all.map(\.id) + ReferenceImport.allCases.map(\.rawValue)).joined(separator: " "))"
  )

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("种类", "kind")) var kind: String
  @Argument(help: .say("文件", "file")) var files: [String]
  @Option(help: .say("版式名", "name of a profile")) var profile: String?
  @Option(help: .say("工作表名", "name of a sheet")) var sheet: String?
  @Option(
    name: .customLong("known-on"),
    help: .say("自何日可知，YYYY-MM-DD", "since when it could be known, YYYY-MM-DD")) var knownOn: String?
  @Option(
    help: .say("密级：public、office、confidential", "who may read it: public, office, confidential"))
  var disclosure: String?
  @Option(help: .say("备注，例如“假设”", "a note, such as \"assumed\"")) var note: String?
  @Flag(help: .say("有一行拒收即以 65 退出", "exit with 65 when a single row is refused")) var strict = false
  @Option(
    help: .say("把问题清单写入此文件（.csv 或 .json）", "write the list of issues to this file (.csv or .json)"))
  var issues: String?

  private func importWhole(
    _ kind: ReferenceImport, _ workspace: Workspace, _ options: ImportOptions
  ) throws {
    let results = try kind.run(workspace, files: files, options: options)
    if self.options.format == .json {
      let answers = results.map { answer($0, workspace.language) }
      print((answers.count == 1 ? answers[0] : .array(answers)).pretty, terminator: "")
    } else {
      for result in results {
        print(
          say(
            "新增 \(result.accepted)，未变 \(result.unchanged)，\(result.rows) 行",
            "\(result.accepted) new, \(result.unchanged) unchanged, \(result.rows) rows")
            + (result.rejected > 0
              ? say("；\(result.rejected) 行不可用、未计入", "; \(result.rejected) rows left out") : ""))
        print(try "  " + kind.said(workspace))
      }
    }
    if strict, results.contains(where: { $0.rejected > 0 }) { throw ExitCode(65) }
  }

  func run() throws {
    let workspace = try options.open()
    let day = try knownOn.map { text throws -> Day in
      guard let day = Day(text) else {
        throw Failure(
          "BL0111", exit: 64,
          Phrase(
            zh: "日期“\(text)”无法识别：请写成 2026-11-23。", en: "\"\(text)\" is no date: write 2026-11-23."))
      }
      return day
    }
    if let disclosure, Disclosure(rawValue: disclosure) == nil {
      throw Failure.badChoice("--disclosure", disclosure, Disclosure.allCases.map(\.rawValue))
    }
    if let whole = ReferenceImport(rawValue: kind) {
      return try importWhole(
        whole, workspace,
        ImportOptions(
          sheet: sheet, knownOn: day, disclosure: disclosure.flatMap(Disclosure.init(rawValue:)),
          note: note))
    }
    let context = try workspace.importContext()
    var rejected = 0
    var kept = 0
    var rows = 0
    var answers: [JSONValue] = []
    var lines: [[String]] = [["file", "row", "column", "kind", "excerpt", "message"]]
    for file in files {
      progress(say("导入 \(file)", "importing \(file)"))
      let result = try workspace.ledger.importFile(
        file, kind: kind,
        options: ImportOptions(
          profile: profile, sheet: sheet, knownOn: day,
          disclosure: disclosure.flatMap(Disclosure.init(rawValue:)), note: note),
        context: context, workers: .machine)
      endProgress()
      rejected += result.rejected
      kept += result.accepted + result.updated + result.unchanged
      rows += result.rows
      let issues = result.issues
      for issue in issues {
        lines.append([
          file, "\(issue.row)", issue.column ?? "", issue.kind,
          issue.excerpt ?? "", issue.message[workspace.language],
        ])
      }
      answers.append(answer(result, workspace.language))
      guard options.format == .table else { continue }
      print(
        say(
          "\(file)：新增 \(result.accepted)，更新 \(result.updated)，未变 \(result.unchanged)，拒收 \(result.rejected)",
          "\(file): \(result.accepted) new, \(result.updated) updated, \(result.unchanged) unchanged, \(result.rejected) refused"
        )
          + (result.profile.map { say("（版式 \($0)）", " (profile \($0))") } ?? ""))
      if !result.droppedColumns.isEmpty {
        print(
          say("  已丢弃含个人信息的列：", "  columns of persons dropped: ")
            + result.droppedColumns.joined(separator: "、"))
      }
      for issue in issues.prefix(20) {
        print(
          "  \(issue.kind) "
            + say("第 \(issue.row) 行", "line \(issue.row)")
            + " \(issue.column ?? "")：\(issue.message[Clock.language])"
        )
      }
      if result.issueCount > 20 {
        print(
          say(
            "  另有 \(result.issueCount - 20) 条问题，用 --issues 文件 取全。",
            "  \(result.issueCount - 20) more issues: --issues FILE writes them all."))
      }
    }
    if options.format == .json {
      print((answers.count == 1 ? answers[0] : .array(answers)).pretty, terminator: "")
    }
    if let issues {
      let text =
        issues.hasSuffix(".json")
        ? JSONValue.array(answers).pretty
        : lines.map { CSV.line($0) }.joined(separator: "\n") + "\n"
      try write(Data(text.utf8), to: issues)
    }
    if rejected > 0 {
      FileHandle.standardError.write(
        Data(
          say("拒收 \(rejected) 行，接受 \(kept) 行。\n", "\(rejected) rows refused, \(kept) accepted.\n")
            .utf8))
    }
    if rows > 0, kept == 0 { throw ExitCode(65) }
    if strict, rejected > 0 { throw ExitCode(65) }
  }

  private func answer(_ result: ImportResult, _ language: Language) -> JSONValue {
    .object([
      ("kind", .string(result.kind)), ("accepted", .int(result.accepted)),
      ("updated", .int(result.updated)), ("unchanged", .int(result.unchanged)),
      ("rejected", .int(result.rejected)), ("rows", .int(result.rows)),
      ("profile", .optional(result.profile)), ("knownOn", .string(result.knownOn.iso)),
      ("droppedColumns", .array(result.droppedColumns.map { .string($0) })),
      (
        "issues",
        .array(
          result.issues.map { issue in
            .object([
              ("row", .int(issue.row)), ("column", .optional(issue.column)),
              ("kind", .string(issue.kind)), ("excerpt", .optional(issue.excerpt)),
              ("message", .string(issue.message[language])),
            ])
          })
      ),
    ])
  }
}
