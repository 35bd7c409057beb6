import Atlas

/// The parts of an .xlsx file: which sheet lies in which part. 工作簿
struct Workbook {
  private let path: String
  private var sheets: [(name: String, id: String)] = []
  private var targets: [(id: String, target: String)] = []
  private(set) var uses1904 = false

  init(_ archive: ZipArchive) throws(LedgerError) {
    path = archive.path
    guard let book = archive.find("xl/workbook.xml") else {
      throw .truncatedSpreadsheet(path, "xl/workbook.xml")
    }
    let scanner = XMLScanner(path: path, part: book.name, stream: try archive.open(book))
    reading: while true {
      switch try scanner.next() {
      case .open("sheet", _):
        sheets.append((scanner.attribute("name") ?? "", scanner.attribute("r:id") ?? ""))
      case .open("workbookPr", _):
        uses1904 = ["1", "true"].contains(scanner.attribute("date1904") ?? "")
      case .end: break reading
      default: continue
      }
    }
    guard let links = archive.find("xl/_rels/workbook.xml.rels") else { return }
    let linkScanner = XMLScanner(path: path, part: links.name, stream: try archive.open(links))
    while true {
      switch try linkScanner.next() {
      case .open("Relationship", _):
        targets.append(
          (linkScanner.attribute("Id") ?? "", linkScanner.attribute("Target") ?? ""))
      case .end: return
      default: continue
      }
    }
  }

  /// The part of a sheet by its name; of the first sheet when no name is given.
  func part(ofSheet name: String?) throws(LedgerError) -> String {
    guard let first = sheets.first else { throw .truncatedSpreadsheet(path, "no sheet") }
    var chosen = first
    if let name {
      guard let found = sheets.first(where: { $0.name == name }) else {
        throw .noSuchSheet(path, name, sheets.map(\.name))
      }
      chosen = found
    }
    guard let target = targets.first(where: { $0.id == chosen.id })?.target else {
      return "xl/worksheets/sheet1.xml"
    }
    return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }
}

/// The strings that cells of a sheet point at. 共享字符串
struct SharedStrings {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  init(_ archive: ZipArchive) throws(LedgerError) {
    guard let part = archive.find("xl/sharedStrings.xml") else { return }
    let scanner = XMLScanner(path: archive.path, part: part.name, stream: try archive.open(part))
    var isText = false
    var isPhonetic = false
    while true {
      switch try scanner.next() {
      case .open(let name, let isEmpty):
        if isEmpty {
          if name == "si" { ends.append(bytes.count) }
          continue
        }
        if name == "t" { isText = true }
        if name == "rPh" { isPhonetic = true }
      case .text:
        guard isText, !isPhonetic else { continue }
        bytes += scanner.text
        guard bytes.count <= SheetReader.stringLimit else {
          throw .hostileSpreadsheet(
            archive.path, "\(part.name): > \(SheetReader.stringLimit) bytes")
        }
      case .close(let name):
        if name == "t" { isText = false }
        if name == "rPh" { isPhonetic = false }
        if name == "si" { ends.append(bytes.count) }
      case .end:
        return
      }
    }
  }

  /// The string of an index; empty when the sheet points outside the table.
  subscript(index: Int) -> ArraySlice<UInt8> {
    guard index >= 0, index < ends.count else { return [] }
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }
}

/// Which cell styles print a number as a date. 单元格格式
struct SheetStyles {
  private var dates: [Bool] = []
  private let uses1904: Bool

  init(_ archive: ZipArchive, uses1904: Bool) throws(LedgerError) {
    self.uses1904 = uses1904
    guard let part = archive.find("xl/styles.xml") else { return }
    let scanner = XMLScanner(path: archive.path, part: part.name, stream: try archive.open(part))
    var custom: [Int: Bool] = [:]
    var isCellFormats = false
    while true {
      switch try scanner.next() {
      case .open("numFmt", _):
        if let id = scanner.attribute("numFmtId").flatMap({ Int($0) }) {
          custom[id] = SheetStyles.isDateFormat(scanner.attribute("formatCode") ?? "")
        }
      case .open("cellXfs", let isEmpty):
        isCellFormats = !isEmpty
      case .close("cellXfs"):
        isCellFormats = false
      case .open("xf", _) where isCellFormats:
        let id = scanner.attribute("numFmtId").flatMap { Int($0) } ?? 0
        dates.append(custom[id] ?? SheetStyles.builtIn.contains(id))
      case .end:
        return
      default:
        continue
      }
    }
  }

  func isDate(_ style: Int) -> Bool { style >= 0 && style < dates.count && dates[style] }

  /// The day of a spreadsheet's serial number; serial 60 is the 29 February 1900 that never was.
  func day(serial: Double) -> Day? {
    guard serial.isFinite, serial >= 1, serial < 2_958_466 else { return nil }
    let whole = Int(serial)
    let epoch = uses1904 ? -24_107 : (whole < 60 ? -25_568 : -25_569)
    return Day(number: Int32(whole + epoch))
  }

  /// Date formats of ECMA-376 18.8.30, with those that Chinese editions add.
  private static let builtIn = Set(Array(14...17) + [22] + Array(27...31) + [36] + Array(50...58))

  /// True when a format code prints a year or a day outside quotes and brackets.
  static func isDateFormat(_ code: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    var isEscaped = false
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "\"": isQuoted.toggle()
      case "[": isBracketed = true
      case "]": isBracketed = false
      case "y", "d", "e":
        if !isQuoted, !isBracketed, code.lowercased().contains("y") || character == "d" {
          return true
        }
      default: continue
      }
    }
    return false
  }
}
