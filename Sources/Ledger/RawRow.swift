/// One row of a table as it stands in the file: the bytes of its cells one after another. 原始行
struct RawRow {
  var bytes: [UInt8] = []
  /// Where each cell ends in `bytes`.
  var ends: [Int] = []
  /// Line of the file (or row of the sheet) where the row begins; the first is 1.
  var line = 0

  var count: Int { ends.count }

  func range(_ cell: Int) -> Range<Int> {
    (cell == 0 ? 0 : ends[cell - 1])..<ends[cell]
  }

  /// The text of a cell; for headers and messages, not for the hot path.
  func text(_ cell: Int) -> String {
    cell < ends.count ? String(decoding: bytes[range(cell)], as: UTF8.self) : ""
  }

  var texts: [String] { (0..<count).map(text) }

  /// True when no cell holds anything but blanks.
  var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}

/// Reads a table row by row in bounded memory. 行读取器
protocol RowReader: AnyObject {
  /// Reads the next row into `row`, reusing its memory.
  /// - Returns: false at the end.
  func next(_ row: inout RawRow) throws(LedgerError) -> Bool
}
