/// Streams the rows of one sheet of an .xlsx file. 工作表读取
///
/// Shared, inline and formula strings, dates by number format, booleans, merged cells (the value
/// of the first cell stands in every cell of the merge). Cells with a spreadsheet error (#REF!)
/// are blank.
/// Source: ECMA-376 part 1, 18.3 and 18.8.30.
final class SheetReader: RowReader {
  static let columnLimit = 16_384
  static let stringLimit = 256 << 20

  private let path: String
  private let scanner: XMLScanner
  private let strings: SharedStrings
  private let styles: SheetStyles
  private let merges: [Merge]
  private var mergeValues: [[UInt8]]
  private var rowNumber = 0
  private var isOver = false
  private var cells: [(column: Int, bytes: [UInt8])] = []

  struct Merge {
    let rows: ClosedRange<Int>
    let columns: ClosedRange<Int>
  }

  /// - Parameter sheet: its name; nil for the first sheet.
  init(path: String, sheet: String?) throws(LedgerError) {
    self.path = path
    let archive = try ZipArchive(path: path)
    let book = try Workbook(archive)
    let target = try book.part(ofSheet: sheet)
    guard let entry = archive.find(target) else { throw .truncatedSpreadsheet(path, target) }
    strings = try SharedStrings(archive)
    styles = try SheetStyles(archive, uses1904: book.uses1904)
    merges = try SheetReader.findMerges(archive, entry)
    mergeValues = Array(repeating: [], count: merges.count)
    scanner = XMLScanner(path: path, part: target, stream: try archive.open(entry))
    while true {
      let token = try scanner.next()
      if case .open("sheetData", let isEmpty) = token {
        isOver = isEmpty
        return
      }
      if token == .end { throw .truncatedSpreadsheet(path, target) }
    }
  }

  func next(_ row: inout RawRow) throws(LedgerError) -> Bool {
    row.clear()
    if isOver { return false }
    while true {
      switch try scanner.next() {
      case .open("row", let isEmpty):
        rowNumber = scanner.attribute("r").flatMap { Int($0) } ?? rowNumber + 1
        // No spreadsheet program makes more; a small archive that unpacks to more is a trap.
        guard rowNumber <= 1_048_576 else { throw .tooBig(path, "> 1,048,576") }
        cells.removeAll(keepingCapacity: true)
        if !isEmpty { try readCells() }
        row.line = rowNumber
        fill(&row)
        return true
      case .close("sheetData"), .end:
        isOver = true
        return false
      default:
        continue
      }
    }
  }

  private func readCells() throws(LedgerError) {
    var column = -1
    while true {
      switch try scanner.next() {
      case .open("c", let isEmpty):
        column =
          scanner.attribute("r").flatMap { SheetReader.position($0)?.column } ?? column + 1
        guard column < SheetReader.columnLimit else {
          throw .hostileSpreadsheet(path, "column \(column)")
        }
        let type = scanner.attribute("t") ?? "n"
        let style = scanner.attribute("s").flatMap { Int($0) } ?? 0
        if !isEmpty {
          let bytes = try readCell(type: type, style: style)
          if !bytes.isEmpty { cells.append((column, bytes)) }
        }
      case .close("row"), .end:
        return
      default:
        continue
      }
    }
  }

  private func readCell(type: String, style: Int) throws(LedgerError) -> [UInt8] {
    var value: [UInt8] = []
    var isValue = false
    var isPhonetic = false
    while true {
      switch try scanner.next() {
      case .open(let name, let isEmpty):
        if !isEmpty, name == "v" || name == "t" { isValue = true }
        if !isEmpty, name == "rPh" { isPhonetic = true }
      case .text:
        if isValue, !isPhonetic { value += scanner.text }
      case .close(let name):
        if name == "v" || name == "t" { isValue = false }
        if name == "rPh" { isPhonetic = false }
        if name == "c" { return resolve(value, type: type, style: style) }
      case .end:
        return []
      }
    }
  }

  private func resolve(_ value: [UInt8], type: String, style: Int) -> [UInt8] {
    switch type {
    case "s":
      guard let index = Int(String(decoding: value, as: UTF8.self)) else { return [] }
      return Array(strings[index])
    case "b":
      return Array((value == [0x31] ? "是" : "否").utf8)
    case "e":
      return []
    case "n":
      if styles.isDate(style), let serial = Double(String(decoding: value, as: UTF8.self)),
        let day = styles.day(serial: serial)
      {
        return Array(day.iso.utf8)
      }
      return value
    default:
      return value
    }
  }

  private func fill(_ row: inout RawRow) {
    cells.sort { $0.column < $1.column }
    for (index, merge) in merges.enumerated() where merge.rows.contains(rowNumber) {
      if rowNumber == merge.rows.lowerBound {
        mergeValues[index] =
          cells.first { $0.column == merge.columns.lowerBound }?.bytes ?? []
      }
      guard !mergeValues[index].isEmpty else { continue }
      cells.removeAll { merge.columns.contains($0.column) }
      for column in merge.columns { cells.append((column, mergeValues[index])) }
      cells.sort { $0.column < $1.column }
    }
    var column = 0
    for cell in cells {
      while column < cell.column {
        row.ends.append(row.bytes.count)
        column += 1
      }
      guard column == cell.column else { continue }
      row.bytes += cell.bytes
      row.ends.append(row.bytes.count)
      column += 1
    }
  }

  /// `B12` as column 1, row 12.
  static func position(_ reference: String) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    for byte in reference.utf8 {
      if byte >= 0x41, byte <= 0x5A, row == 0, column < 100_000 {
        column = column * 26 + Int(byte) - 0x40
      } else if byte >= 0x30, byte <= 0x39, row < 100_000_000 {
        row = row * 10 + Int(byte) - 0x30
      } else {
        return nil
      }
    }
    return column > 0 ? (column - 1, row) : nil
  }

  /// The merges stand behind the rows, so they are looked up in a pass of their own.
  private static func findMerges(_ archive: ZipArchive, _ entry: ZipArchive.Entry)
    throws(LedgerError) -> [Merge]
  {
    let stream = try archive.open(entry)
    let mark = Array("<mergeCell ref=\"".utf8)
    var merges: [Merge] = []
    var window: [UInt8] = []
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    while true {
      var failure: LedgerError?
      let count = block.withUnsafeMutableBytes { bytes -> Int in
        do throws(LedgerError) { return try stream.read(into: bytes) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      if count == 0 { return merges }
      window += block[..<count]
      var keepFrom = max(0, window.count - 64)
      window.withUnsafeBufferPointer { bytes in
        var index = 0
        while index + mark.count < bytes.count {
          guard bytes[index] == 0x3C, bytes[index + 1] == 0x6D,
            bytes[index..<index + mark.count].elementsEqual(mark)
          else {
            index += 1
            continue
          }
          guard let quote = bytes[(index + mark.count)...].firstIndex(of: 0x22) else {
            keepFrom = min(keepFrom, index)
            break
          }
          let text = String(decoding: bytes[index + mark.count..<quote], as: UTF8.self)
          let corners = text.split(separator: ":").compactMap { position(String($0)) }
          if corners.count == 2, corners[0].row <= corners[1].row,
            corners[0].column <= corners[1].column, corners[1].column < columnLimit,
            merges.count < 10_000
          {
            merges.append(
              Merge(
                rows: corners[0].row...corners[1].row,
                columns: corners[0].column...corners[1].column))
          }
          index = quote
          keepFrom = max(keepFrom, min(quote, bytes.count))
        }
      }
      window.removeFirst(min(keepFrom, window.count))
    }
  }
}
