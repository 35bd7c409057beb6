import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Press

/// A blank sheet of one kind. 表样
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: say(
      "空白表样：中文表头、单位、下拉选项和一行示例。",
      "A blank sheet: Chinese headers, units, drop-downs, one example row."),
    discussion:
      "例：bulian template firms -o 企业.xlsx\n种类：\(ImportKind.all.map(\.id).joined(separator: " "))")

  @Argument(help: .say("种类", "kind")) var kind: String
  @Option(name: .shortAndLong, help: .say("输出文件（.xlsx 或 .csv）", "output file (.xlsx or .csv)"))
  var output: String

  func run() throws {
    let kind = try ImportKind.require(kind)
    let header = kind.columns.map(\.header)
    let example = kind.columns.map(\.example)
    switch URL(fileURLWithPath: output).pathExtension {
    case "csv":
      let text = [header, example].map { CSV.line($0) }
        .joined(separator: "\n")
      try write(Data(("\u{FEFF}" + text + "\n").utf8), to: output)
    case "xlsx":
      try writeTemplate(kind, to: output)
    default: throw Failure.badEnding(output, [".xlsx", ".csv"])
    }
    print(
      say(
        "已写 \(output)：第 2 行是示例，填写前请删去。必填：",
        "wrote \(output): row 2 is an example, delete it before you fill in. Required: ")
        + kind.columns.filter(\.isRequired).map(\.header).joined(separator: "、")
    )
  }
}

/// Writes the blank spreadsheet of one kind: headers, drop-downs, an example row, a sheet of notes.
func writeTemplate(_ kind: ImportKind, to path: String) throws {
  try write(Data(), to: path)
  try Press.template(
    SheetTemplate(
      name: kind.title.zh,
      columns: kind.columns.map {
        SheetTemplate.Column(
          header: $0.header, isRequired: $0.isRequired, choices: $0.choices, example: $0.example)
      }, notes: notes(kind)), to: path)
}

private func notes(_ kind: ImportKind) -> [String] {
  var lines = [
    "\(kind.title.zh)（\(kind.id)）表样说明", "红字表头必填，其余可空；不知道就留空，不要填 0。",
    "第 2 行是示例，填写前请删去。代码类单元格保持文本格式，前面的 0 不要丢。",
    "不要填写姓名、电话、邮箱、身份证号等个人信息：导入时会整列丢弃。", "",
  ]
  for column in kind.columns {
    let also = column.aliases.isEmpty ? "" : "；也认：" + column.aliases.joined(separator: "、")
    let words = column.choices.isEmpty ? "" : "；可填：" + column.choices.joined(separator: "、")
    lines.append("\(column.header)\(column.isRequired ? "（必填）" : "")\(words)\(also)")
  }
  return lines
}
