import Atlas

/// A small comma-separated table of a card folder, every row with its line. 表
///
/// Follows RFC 4180: fields may be quoted, quotes are doubled, a quoted field may hold line breaks.
/// Lines that begin with `#` before the header are notes and skipped.
public struct Table: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    /// Line of the file where the row begins, the first line being 1.
    public let line: Int
    /// As many cells as the header has; an empty text is an empty cell.
    public let cells: [String]
  }

  /// The file's name in messages.
  public let card: String
  public let header: [String]
  public let rows: [Row]

  /// - Throws: `CardError.malformed` for an empty file, a row of another width than the header,
  ///   two columns of one name, or a quote that does not close.
  public init(_ text: String, card: String) throws(CardError) {
    self.card = card
    var records = try Table.records(of: text, card: card)
    records.removeAll { $0.cells == [""] }
    while let first = records.first, first.cells[0].hasPrefix("#") { records.removeFirst() }
    guard let first = records.first else {
      throw .malformed(
        card: card, line: 1,
        because: Phrase(zh: "文件是空的，请补上表头和内容。", en: "the file is empty; add a header and rows."))
    }
    header = first.cells
    for (index, name) in header.enumerated() where header[..<index].contains(name) {
      throw .malformed(
        card: card, line: first.line,
        because: Phrase(zh: "列“\(name)”出现两次。", en: "column \(name) appears twice."))
    }
    rows = Array(records.dropFirst())
    for row in rows where row.cells.count != header.count {
      throw .malformed(
        card: card, line: row.line,
        because: Phrase(
          zh: "这一行有 \(row.cells.count) 格，表头有 \(header.count) 列。",
          en: "this row has \(row.cells.count) cells, the header has \(header.count) columns."))
    }
  }

  /// The position of a column.
  public func find(column name: String) -> Int? { header.firstIndex(of: name) }

  /// - Throws: `CardError.missing` when the header has no such column.
  public func require(column name: String) throws(CardError) -> Int {
    guard let column = find(column: name) else {
      throw .malformed(
        card: card, line: 1,
        because: Phrase(zh: "缺少列 \(name)，请补上。", en: "the column \(name) is missing; add it."))
    }
    return column
  }

  /// The number in a cell, nil for an empty one.
  public func number(_ row: Row, _ column: Int) throws(CardError) -> Double? {
    let cell = row.cells[column]
    if cell.isEmpty { return nil }
    guard let value = Double(cell), value.isFinite else {
      throw .outOfRange(
        card: card, name: header[column], line: row.line,
        because: Phrase(zh: "“\(cell)”不是数字。", en: "\"\(cell)\" is not a number."))
    }
    return value
  }

  private static func records(of text: String, card: String) throws(CardError) -> [Row] {
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var quoted = false
    var line = 1
    var start = 1
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    func finishCell() {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if quoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
          cell.append(byte)
          index += 1
        } else {
          quoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where cell.isEmpty: quoted = true
      case UInt8(ascii: ","): finishCell()
      case UInt8(ascii: "\r"): break
      case UInt8(ascii: "\n"):
        finishCell()
        rows.append(Row(line: start, cells: cells))
        cells = []
        start = line
      default: cell.append(byte)
      }
    }
    guard !quoted else {
      throw .malformed(
        card: card, line: start,
        because: Phrase(zh: "引号没有结束。", en: "a quote does not close."))
    }
    if !cell.isEmpty || !cells.isEmpty {
      finishCell()
      rows.append(Row(line: start, cells: cells))
    }
    return rows
  }
}
