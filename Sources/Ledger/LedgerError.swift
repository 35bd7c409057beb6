public import Atlas

/// What stops the ledger's work as a whole: a file that cannot be read, a ledger that cannot be
/// opened. A dirty row is never an error, it is an `ImportIssue`. 台账错误
public struct LedgerError: Error, Sendable, Equatable {
  /// Stable code, such as `BL0201`.
  public let code: String
  /// What is wrong, where, what to do.
  public let message: Phrase
  /// Exit code of the program, contract.md section 2.
  public let exitCode: Int32

  init(_ code: String, _ exitCode: Int32 = 65, zh: String, en: String) {
    self.code = code
    self.exitCode = exitCode
    message = Phrase(zh: zh, en: en)
  }
}

extension LedgerError {
  static func tooNew(_ path: String, found: Int, known: Int) -> LedgerError {
    LedgerError(
      "BL0201",
      zh: "台账 \(path) 由更新的版本写成（结构 \(found)，本程序只认识到 \(known)）：请升级 bulian 后再打开，文件未被改动。",
      en: "the ledger \(path) was written by a newer version (schema \(found), this program knows"
        + " \(known)): upgrade bulian and open it again; the file was not touched.")
  }

  static func corrupt(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0202",
      zh: "台账 \(path) 已损坏（\(detail)）：请用 bulian restore 从备份恢复。",
      en: "the ledger \(path) is damaged (\(detail)): bring a backup back with bulian restore.")
  }

  static func notALedger(_ path: String) -> LedgerError {
    LedgerError(
      "BL0203",
      zh: "\(path) 是数据库，但不是补链台账：请检查工作区路径。",
      en: "\(path) is a database but not a Bulian ledger: check the workspace path.")
  }

  static func cannotWrite(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0204", 73,
      zh: "无法写入 \(path)（\(detail)）：请检查目录是否存在、权限和剩余空间。",
      en:
        "cannot write \(path) (\(detail)): check that the folder exists, its rights and the space left."
    )
  }

  static func busy(_ path: String) -> LedgerError {
    LedgerError(
      "BL0205", 75,
      zh: "台账 \(path) 正被另一个程序使用：请稍后再试。",
      en: "the ledger \(path) is in use by another program: try again later.")
  }

  static func database(_ detail: String) -> LedgerError {
    LedgerError(
      "BL0206",
      zh: "台账拒绝了这一步（\(detail)）：未写入任何内容，请运行 bulian doctor。",
      en: "the ledger refused this step (\(detail)): nothing was written; run bulian doctor.")
  }

  static func noSuchFile(_ path: String) -> LedgerError {
    LedgerError(
      "BL0210", 66,
      zh: "找不到文件 \(path)：请检查文件名和目录。",
      en: "there is no file \(path): check its name and folder.")
  }

  static func unreadable(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0211",
      zh: "无法读取文件 \(path)（\(detail)）：请检查读取权限。",
      en: "cannot read \(path) (\(detail)): check its read permission.")
  }

  static func emptyFile(_ path: String) -> LedgerError {
    LedgerError(
      "BL0212",
      zh: "文件 \(path) 是空的：没有表头也没有数据，请重新导出。",
      en: "the file \(path) is empty, without header or rows: export it again.")
  }

  static func oldSpreadsheet(_ path: String) -> LedgerError {
    LedgerError(
      "BL0213",
      zh: "文件 \(path) 是旧版 Excel（.xls），不论后缀是什么：请在 WPS 或 Excel 中另存为 .xlsx 或 CSV 后再导入。",
      en: "the file \(path) is an old Excel file (.xls), whatever its name says:"
        + " save it as .xlsx or CSV in WPS or Excel and import that.")
  }

  static func notATable(_ path: String, _ what: String) -> LedgerError {
    LedgerError(
      "BL0214",
      zh: "文件 \(path) 其实是 \(what)，不是表格：请导出为 .xlsx 或 CSV。",
      en: "the file \(path) is in truth \(what), not a table: export it as .xlsx or CSV.")
  }

  static func wrongEncoding(_ path: String, line: Int) -> LedgerError {
    LedgerError(
      "BL0215",
      zh: "文件 \(path) 第 \(line) 行附近既不是 UTF-8 也不是 GB18030 编码：请另存为 UTF-8 CSV 后再导入。",
      en: "the file \(path) is neither UTF-8 nor GB18030 near line \(line):"
        + " save it as UTF-8 CSV and import that.")
  }

  static func truncatedSpreadsheet(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0216",
      zh: "表格 \(path) 不完整或已损坏（\(detail)）：多半是下载中断，请重新下载或重新导出。",
      en: "the spreadsheet \(path) is incomplete or damaged (\(detail)),"
        + " most likely an interrupted download: fetch or export it again.")
  }

  static func hostileSpreadsheet(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0217",
      zh: "表格 \(path) 不能安全读取（\(detail)）：请确认来源，另存为 CSV 后再导入。",
      en: "the spreadsheet \(path) cannot be read safely (\(detail)):"
        + " make sure where it comes from and save it as CSV.")
  }

  static func noSuchSheet(_ path: String, _ name: String, _ found: [String]) -> LedgerError {
    LedgerError(
      "BL0218", 66,
      zh: "表格 \(path) 中没有名为 \(name) 的工作表：现有 \(found.joined(separator: "、"))。",
      en: "the spreadsheet \(path) has no sheet \(name): it has \(found.joined(separator: ", ")).")
  }

  static func openQuote(_ path: String, line: Int) -> LedgerError {
    LedgerError(
      "BL0219",
      zh: "文件 \(path) 第 \(line) 行有一个没有闭合的引号（或一行超过 1 MB）：请检查该行的双引号后再导入。",
      en:
        "the file \(path) opens a quote on line \(line) that never closes (or a row exceeds 1 MB):"
        + " check the quotation marks of that line.")
  }

  static func truncatedGzip(_ path: String) -> LedgerError {
    LedgerError(
      "BL0220",
      zh: "压缩文件 \(path) 不完整或已损坏：请重新下载。",
      en: "the compressed file \(path) is incomplete or damaged: fetch it again.")
  }

  static func missingColumn(_ path: String, kind: Phrase, missing: [String], found: [String])
    -> LedgerError
  {
    LedgerError(
      "BL0221",
      zh: "文件 \(path) 缺少“\(kind.zh)”必需的列：\(missing.joined(separator: "、"))。"
        + "现有列：\(found.prefix(30).joined(separator: "、"))。请补上这些列，或用 --profile 指明表格的来源格式。",
      en:
        "the file \(path) lacks columns that \(kind.en) needs: \(missing.joined(separator: ", "))."
        + " It has: \(found.prefix(30).joined(separator: ", "))."
        + " Add them, or name the layout with --profile.")
  }

  static func unknownKind(_ kind: String, known: [String]) -> LedgerError {
    LedgerError(
      "BL0222", 64,
      zh: "不认识的导入类型 \(kind)：可用的有 \(known.joined(separator: "、"))。",
      en: "unknown kind of import \(kind): known are \(known.joined(separator: ", ")).")
  }

  static func unknownProfile(_ name: String, known: [String]) -> LedgerError {
    LedgerError(
      "BL0223", 64,
      zh: "没有名为 \(name) 的导入格式：可用的有 \(known.joined(separator: "、"))。",
      en: "there is no import profile \(name): known are \(known.joined(separator: ", ")).")
  }

  static func profile(_ file: String, line: Int?, zh: String, en: String) -> LedgerError {
    let whereZh = line.map { "第 \($0) 行" } ?? ""
    let whereEn = line.map { " line \($0)" } ?? ""
    return LedgerError("BL0224", zh: "\(file)\(whereZh)：\(zh)", en: "\(file)\(whereEn): \(en)")
  }

  static func tooBig(_ path: String, _ detail: String) -> LedgerError {
    LedgerError(
      "BL0225",
      zh: "文件 \(path) 超出可读的范围（\(detail)）：请拆分后再导入。",
      en: "the file \(path) is beyond what can be read (\(detail)): split it and import the parts.")
  }

  static func noSuchRun(_ id: String) -> LedgerError {
    LedgerError(
      "BL0230", 66,
      zh: "台账中没有批次 \(id)：用 bulian runs 查看已有批次。",
      en: "the ledger has no run \(id): list the runs with bulian runs.")
  }

  static func noSuchFirm(_ name: String) -> LedgerError {
    LedgerError(
      "BL0231", 66,
      zh: "台账中没有企业 \(name)：请检查名称、统一社会信用代码或编号。",
      en: "the ledger has no firm \(name): check the name, credit code or id.")
  }

  static func tampered(_ what: String) -> LedgerError {
    LedgerError(
      "BL0232",
      zh: "台账的历史被改动过（\(what)）：请与备份比对，并告知负责审计的人。",
      en:
        "the ledger's past has been altered (\(what)): compare with a backup and tell the auditor.")
  }
}
