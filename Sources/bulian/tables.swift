import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// The rows of a sheet that a person filled in: CSV or XLSX. 读表
func readRows(_ path: String) throws -> [[String]] {
  try TableFile(path: path).texts()
}

/// Writes a plain sheet of text, as CSV or XLSX by the path's ending. 写表
func writeRows(
  header: [String], rows: [[String]], title: String, to path: String, _ workspace: Workspace
) throws {
  if path.hasSuffix(".csv") {
    let text = ([header] + rows).map { CSV.line($0) }
      .joined(separator: "\n")
    try write(Data(("\u{FEFF}" + text + "\n").utf8), to: path)
    return
  }
  throw Failure.badEnding(path, [".csv"])
}

/// Prints rows as a table of columns, Han counted double. 打印表
func printTable(_ header: [String], _ rows: [[String]], rightAligned: Set<Int> = []) {
  func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }
  var widths = header.map(width)
  for row in rows {
    for (column, cell) in row.enumerated() { widths[column] = max(widths[column], width(cell)) }
  }
  for row in [header] + rows {
    var line = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - width(cell))
      line += rightAligned.contains(column) ? padding + cell : cell + padding
      if column < row.count - 1 { line += "  " }
    }
    while line.last == " " { line.removeLast() }
    print(line)
  }
}

/// A money amount of a table, 10k yuan, or 未知.
func money(_ value: Double?) -> String {
  value.map { whole($0) } ?? say("未知", "unknown")
}
