import ArgumentParser
import Atlas
import Foundation
import Ledger

/// A blank sheet of one kind. 表样
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "空白表样：中文表头、单位、下拉选项和一行示例。",
    discussion:
      "例：bulian template firms -o 企业.xlsx\n种类：\(ImportKind.all.map(\.id).joined(separator: " "))")

  @Argument(help: "种类") var kind: String
  @Option(name: .shortAndLong, help: "输出文件（.xlsx 或 .csv）") var output: String

  func run() throws {
    let kind = try ImportKind.require(kind)
    let header = kind.columns.map(\.header)
    let example = kind.columns.map(\.example)
    guard output.hasSuffix(".csv") else { throw Failure.badEnding(output, [".xlsx", ".csv"]) }
    let text = [header, example].map { $0.map(csvCell).joined(separator: ",") }
      .joined(separator: "\n")
    try write(Data(("\u{FEFF}" + text + "\n").utf8), to: output)
    print(
      "已写 \(output)：第 2 行是示例，填写前请删去。必填：\(kind.columns.filter(\.isRequired).map(\.header).joined(separator: "、"))"
    )
  }
}
