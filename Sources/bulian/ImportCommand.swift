import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger

/// Imports files of one kind. 导入
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "导入 CSV（UTF-8、GB18030，可 .gz）或 XLSX；脏数据逐行说明，不丢一行。",
    discussion:
      "例：bulian import firms 企业.xlsx -w 荣昌\n种类：\(ImportKind.all.map(\.id).joined(separator: " "))")

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: "种类") var kind: String
  @Argument(help: "文件") var files: [String]
  @Option(help: "版式名") var profile: String?
  @Option(help: "工作表名") var sheet: String?
  @Option(name: .customLong("known-on"), help: "自何日可知，YYYY-MM-DD") var knownOn: String?
  @Option(help: "密级：public、office、confidential") var disclosure: String?
  @Option(help: "备注，例如“假设”") var note: String?
  @Flag(help: "有一行拒收即以 65 退出") var strict = false
  @Option(help: "把问题清单写入此文件（.csv 或 .json）") var issues: String?

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
    let context = try workspace.importContext()
    var rejected = 0
    var kept = 0
    var rows = 0
    var answers: [JSONValue] = []
    var lines: [[String]] = [["file", "row", "column", "kind", "excerpt", "message"]]
    for file in files {
      progress("导入 \(file)")
      let result = try workspace.ledger.importFile(
        file, kind: kind,
        options: ImportOptions(
          profile: profile, sheet: sheet, knownOn: day,
          disclosure: disclosure.flatMap(Disclosure.init(rawValue:)), note: note),
        context: context)
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
        "\(file)：新增 \(result.accepted)，更新 \(result.updated)，未变 \(result.unchanged)，拒收 \(result.rejected)"
          + (result.profile.map { "（版式 \($0)）" } ?? ""))
      if !result.droppedColumns.isEmpty {
        print("  已丢弃含个人信息的列：\(result.droppedColumns.joined(separator: "、"))")
      }
      for issue in issues.prefix(20) {
        print(
          "  \(issue.kind) 第 \(issue.row) 行 \(issue.column ?? "")：\(issue.message[workspace.language])"
        )
      }
      if result.issueCount > 20 { print("  另有 \(result.issueCount - 20) 条问题，用 --issues 文件 取全。") }
    }
    if options.format == .json {
      print((answers.count == 1 ? answers[0] : .array(answers)).pretty, terminator: "")
    }
    if let issues {
      let text =
        issues.hasSuffix(".json")
        ? JSONValue.array(answers).pretty
        : lines.map { $0.map(csvCell).joined(separator: ",") }.joined(separator: "\n") + "\n"
      try write(Data(text.utf8), to: issues)
    }
    if rejected > 0 {
      FileHandle.standardError.write(Data("拒收 \(rejected) 行，接受 \(kept) 行。\n".utf8))
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

/// A cell of a comma-separated file, quoted where needed and never a formula. CSV 单元格
func csvCell(_ text: String) -> String {
  var text = text
  if let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil { text = "'" + text }
  guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
  return "\"" + text.replacing("\"", with: "\"\"") + "\""
}
