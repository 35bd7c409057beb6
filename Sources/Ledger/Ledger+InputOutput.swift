import Atlas
import Foundation

extension Ledger {
  /// Reads a national input-output table, checks its accounts, and keeps it whole. 投入产出表导入
  ///
  /// Layout: `code`, optional `description_zh`, `description_en` and `origin` (Domestic, Imports), one
  /// column a sector headed by its code, `TFU` (or `FU…` and `EX`), `IM` unless imports have rows of
  /// their own, `ERR` where there is one, `GO`; below the sectors a row `TVA`. 10k yuan.
  /// Idempotent by the file.
  /// - Throws: `BL0294`, `BL0298`, `BL0299`, `BL0289` for a column or row that is missing, `BL0295` for a cell that is no number,
  ///   `BL0296` naming the sector whose accounts do not close, `BL0297` for a sector that buys as much
  ///   as it makes; the ledger is unchanged.
  public func importInputOutput(
    _ path: String, options: ImportOptions, context: ImportContext
  ) throws(LedgerError) -> ImportResult {
    let file = try TableFile(path: path)
    if let known = try findImported(
      .inputOutput, fileDigest: file.digest, profileDigest: "", context: context)
    {
      return known
    }
    let texts = try file.texts(sheet: options.sheet)
    let table = try InputOutputReader(texts, name: file.name).table
    var content = Data()
    for list in [
      table.intermediate, table.finalUse, table.imports, table.valueAdded, table.output,
    ] {
      for value in list {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { content.append(contentsOf: $0) }
      }
    }
    let sectors = table.codes.indices.map {
      "\(table.codes[$0])\t\(table.names[$0].zh)\t\(table.names[$0].en)"
    }
    return try store(
      .inputOutput, name: file.name, bytes: file.size, fileDigest: file.digest, profileDigest: "",
      heading: ([table.year.map { "\($0)" } ?? ""] + sectors).joined(separator: "\n"),
      content: content, rows: texts.count - 1, options: options, context: context)
  }
}

/// The cells of an input-output table as accounts that close.
struct InputOutputReader {
  let table: NationalTable

  init(_ rows: [[String]], name: String) throws(LedgerError) {
    guard let header = rows.first.map({ $0.map { $0.trimmingCharacters(in: .whitespaces) } }),
      let codeColumn = header.firstIndex(where: { ["code", "代码"].contains($0.lowercased()) })
    else {
      throw LedgerError(
        "BL0294", zh: "\(name) 没有 code 列：不是投入产出表的版式。",
        en: "\(name) has no column code: not the layout of an input-output table.")
    }
    let origin = header.firstIndex { $0.lowercased() == "origin" || $0 == "来源" }
    let zh = header.firstIndex { $0 == "description_zh" || $0 == "名称" }
    let en = header.firstIndex { $0 == "description_en" }
    func cell(_ row: [String], _ column: Int?) -> String {
      guard let column, column < row.count else { return "" }
      return row[column].trimmingCharacters(in: .whitespaces)
    }
    // Sectors are the rows that also head a column.
    let heads = Set(header)
    var codes: [String] = []
    var lines: [(row: Int, isImport: Bool, sector: Int)] = []
    for (index, row) in rows.enumerated().dropFirst() {
      let code = cell(row, codeColumn)
      guard heads.contains(code), !code.isEmpty else { continue }
      let isImport = cell(row, origin).lowercased().hasPrefix("import") || cell(row, origin) == "进口"
      if !isImport, !codes.contains(code) { codes.append(code) }
      guard let sector = codes.firstIndex(of: code) else { continue }
      lines.append((index, isImport, sector))
    }
    let count = codes.count
    guard count > 1 else {
      throw LedgerError(
        "BL0298", zh: "\(name) 没有两个以上既是行又是列的部门：不是投入产出表的版式。",
        en:
          "\(name) has no two sectors that are rows and columns: not the layout of an input-output table."
      )
    }
    let columnOfSector = codes.map { code in header.firstIndex(of: code) ?? 0 }
    let split = lines.contains { $0.isImport }
    func column(_ title: String) -> Int? { header.firstIndex(of: title) }
    let finals =
      column("TFU").map { [$0] }
      ?? header.indices.filter { header[$0].hasPrefix("FU") || header[$0] == "EX" }
    guard let output = column("GO"), !finals.isEmpty, split || column("IM") != nil else {
      throw LedgerError(
        "BL0299",
        zh: "\(name) 缺列：要有 GO（总产出）、TFU（最终使用合计），以及 IM（进口）或按 origin 分开的进口行。",
        en: "\(name) lacks columns: GO, TFU, and IM or rows of imports told apart by origin.")
    }
    func number(_ row: Int, _ column: Int) throws(LedgerError) -> Double {
      let text = cell(rows[row], column)
      if text.isEmpty { return 0 }
      guard let value = Double(text.replacing(",", with: "")), value.isFinite else {
        throw LedgerError(
          "BL0295",
          zh: "\(name) 第 \(row + 1) 行 \(header[column]) 列“\(text.prefix(20))”不是数：请改正后再导入。",
          en:
            "\(name), line \(row + 1), column \(header[column]): \"\(text.prefix(20))\" is no number."
        )
      }
      return value
    }
    var intermediate = [Double](repeating: 0, count: count * count)
    var finalUse = [Double](repeating: 0, count: count)
    var imports = finalUse
    var made = finalUse
    for line in lines {
      for sector in 0..<count {
        intermediate[line.sector * count + sector] += try number(line.row, columnOfSector[sector])
      }
      for column in finals { finalUse[line.sector] += try number(line.row, column) }
      // The statisticians' error closes the row as a final use would.
      if let error = column("ERR"), !line.isImport {
        finalUse[line.sector] += try number(line.row, error)
      }
      if line.isImport {
        imports[line.sector] += try number(line.row, output)
      } else {
        made[line.sector] += try number(line.row, output)
        if !split, let column = column("IM") {
          imports[line.sector] += try number(line.row, column)
        }
      }
    }
    guard let added = rows.indices.dropFirst().first(where: { cell(rows[$0], codeColumn) == "TVA" })
    else {
      throw LedgerError(
        "BL0289", zh: "\(name) 缺 TVA（增加值合计）行。", en: "\(name) lacks the row TVA (value added).")
    }
    var valueAdded: [Double] = []
    for column in columnOfSector { valueAdded.append(try number(added, column)) }
    func names(_ sector: Int) -> Phrase {
      let row = rows[lines.first { $0.sector == sector && !$0.isImport }?.row ?? 0]
      func clean(_ text: String) -> String {
        text.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
      }
      return Phrase(zh: clean(cell(row, zh)), en: clean(cell(row, en)))
    }
    let table = NationalTable(
      year: InputOutputReader.year(in: name), codes: codes, names: (0..<count).map(names),
      intermediate: intermediate, finalUse: finalUse, imports: imports, valueAdded: valueAdded,
      output: made, provenance: Provenance(source: 0, line: 1))
    if let wrong = table.findImbalance() {
      let sector = "\(table.codes[wrong.sector]) \(table.names[wrong.sector].zh)"
      throw LedgerError(
        "BL0296",
        zh:
          "\(name) 的账不平：部门 \(sector) 的\(wrong.identity == .row ? "行（中间使用＋最终使用－进口）" : "列（中间投入＋增加值）")合计 \(wrong.found)，总产出 \(wrong.expected) 万元；没有导入，请核对这个部门。",
        en:
          "\(name) does not balance: the \(wrong.identity == .row ? "row (intermediate + final use − imports)" : "column (inputs + value added)") of sector \(table.codes[wrong.sector]) \(table.names[wrong.sector].en) sums to \(wrong.found), its output is \(wrong.expected) (10k yuan); nothing was imported."
      )
    }
    for sector in 0..<count {
      let bought = (0..<count).reduce(0.0) { $0 + intermediate[$1 * count + sector] }
      guard made[sector] >= 0, bought <= made[sector] * 1.5 || made[sector] == 0 else {
        throw LedgerError(
          "BL0297",
          zh: "\(name) 的部门 \(codes[sector]) \(table.names[sector].zh) 总产出为负，或投入远超产出：没有导入，请核对。",
          en:
            "sector \(codes[sector]) of \(name) has negative output, or buys far more than it makes: nothing was imported."
        )
      }
    }
    self.table = table
  }

  /// The year that stands in a file's name.
  static func year(in name: String) -> Int? {
    var digits = ""
    for character in name + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        if digits.count == 4, let year = Int(digits), (1980...2100).contains(year) { return year }
        digits = ""
      }
    }
    return nil
  }
}
