import Atlas

/// The bytes of one cell. 单元格
typealias CellBytes = UnsafeBufferPointer<UInt8>

/// Readings of a cell that the importer shares: blanks, wrappers, numbers, dates. 单元格读法
enum CellReading {
  /// The cell without outer blanks (also U+3000 and U+00A0) and without an `="…"` wrapper.
  static func trimmed(_ cell: CellBytes) -> CellBytes {
    var start = 0
    var end = cell.count
    while start < end {
      let width = blankWidth(cell, at: start, end: end)
      if width == 0 { break }
      start += width
    }
    while end > start {
      let byte = cell[end - 1]
      if byte <= 0x20 || byte == 0x7F {
        end -= 1
      } else if end - start >= 3, cell[end - 3] == 0xE3, cell[end - 2] == 0x80, byte == 0x80 {
        end -= 3
      } else if end - start >= 2, cell[end - 2] == 0xC2, byte == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    if end - start >= 3, cell[start] == 0x3D, cell[start + 1] == 0x22, cell[end - 1] == 0x22 {
      return trimmed(CellBytes(rebasing: cell[start + 2..<end - 1]))
    }
    return CellBytes(rebasing: cell[start..<end])
  }

  private static func blankWidth(_ cell: CellBytes, at index: Int, end: Int) -> Int {
    let byte = cell[index]
    if byte <= 0x20 || byte == 0x7F { return 1 }
    if byte == 0xE3, index + 2 < end, cell[index + 1] == 0x80, cell[index + 2] == 0x80 { return 3 }
    if byte == 0xC2, index + 1 < end, cell[index + 1] == 0xA0 { return 2 }
    if byte == 0xEF, index + 2 < end, cell[index + 1] == 0xBB, cell[index + 2] == 0xBF { return 3 }
    return 0
  }

  /// What spreadsheets and exports write where they have nothing.
  static let missingMarks: [[UInt8]] = [
    "-", "--", "---", "－", "—", "——", "－－", "–", "nan", "NaN", "None", "none", "null", "NULL",
    "N/A", "NA", "#N/A", "n/a", "暂无", "未公开", "不详", "未知", "/", "\\N",
  ].map { Array($0.utf8) }

  /// True for an empty cell and for a mark that stands for one.
  static func isMissing(_ cell: CellBytes, extra: [[UInt8]] = []) -> Bool {
    guard let first = cell.first else { return true }
    if extra.isEmpty, !beginsMark(first) { return false }
    if cell.count > 9 { return extra.contains { cell.elementsEqual($0) } }
    return missingMarks.contains { $0.count == cell.count && cell.elementsEqual($0) }
      || extra.contains { cell.elementsEqual($0) }
  }

  /// True for the first bytes of `missingMarks`.
  private static func beginsMark(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2D, 0xEF, 0xE2, 0x6E, 0x4E, 0x23, 0xE6, 0xE4, 0x2F, 0x5C: true
    default: false
    }
  }

  static func text(_ cell: CellBytes) -> String { String(decoding: cell, as: UTF8.self) }

  /// A number and the unit word behind it; nil when the cell is not a number.
  ///
  /// Accepts thousands separators (half and full width), full-width digits, a sign, an exponent,
  /// a currency sign before it and a unit behind it.
  static func number(_ cell: CellBytes) -> (value: Double, unit: CellBytes)? {
    if let plain = plainNumber(cell) { return plain }
    var digits: [UInt8] = []
    digits.reserveCapacity(24)
    var index = 0
    let count = cell.count
    var sawDigit = false
    scanning: while index < count {
      let byte = cell[index]
      switch byte {
      case 0x30...0x39:
        digits.append(byte)
        sawDigit = true
        index += 1
      case 0x2E:
        digits.append(byte)
        index += 1
      case 0x2B, 0x2D:
        let last = digits.last
        guard digits.isEmpty || last == 0x65 else { break scanning }
        digits.append(byte)
        index += 1
      case 0x2C, 0x20, 0x27:
        index += 1
      case 0x65, 0x45:
        // An exponent, not a unit that begins with e.
        guard sawDigit, index + 1 < count,
          (0x30...0x39).contains(cell[index + 1]) || cell[index + 1] == 0x2B
            || cell[index + 1] == 0x2D
        else { break scanning }
        digits.append(0x65)
        index += 1
      case 0xEF where index + 2 < count && cell[index + 1] == 0xBC:
        let third = cell[index + 2]
        if (0x90...0x99).contains(third) {
          digits.append(third - 0x90 + 0x30)
          sawDigit = true
        } else if third == 0x8E {
          digits.append(0x2E)
        } else if third == 0x8D, digits.isEmpty {
          digits.append(0x2D)
        } else if third != 0x8C {
          break scanning
        }
        index += 3
      case 0xC2 where index + 1 < count && (cell[index + 1] == 0xA5 || cell[index + 1] == 0xA0):
        index += 2
      default:
        break scanning
      }
    }
    guard sawDigit, let value = parse(digits) else { return nil }
    return (value, trimmed(CellBytes(rebasing: cell[index...])))
  }

  /// Up to fifteen digits and a word behind them, the commonest spelling, without a copy.
  private static func plainNumber(_ cell: CellBytes) -> (value: Double, unit: CellBytes)? {
    var value = 0
    var index = 0
    while index < cell.count, index < 16, (0x30...0x39).contains(cell[index]) {
      value = value * 10 + Int(cell[index] - 0x30)
      index += 1
    }
    guard index > 0, index < 16 else { return nil }
    if index < cell.count {
      // Bytes with which a number may go on.
      switch cell[index] {
      case 0x2E, 0x2B, 0x2D, 0x2C, 0x20, 0x27, 0x65, 0x45, 0xEF, 0xC2: return nil
      default: break
      }
    }
    return (Double(value), trimmed(CellBytes(rebasing: cell[index...])))
  }

  /// The value of ASCII decimal digits, correctly rounded.
  private static func parse(_ digits: [UInt8]) -> Double? {
    var mantissa: UInt64 = 0
    var decimals = 0
    var seenPoint = false
    var isNegative = false
    var isSimple = digits.count <= 17
    if isSimple {
      for (index, byte) in digits.enumerated() {
        switch byte {
        case 0x30...0x39:
          mantissa = mantissa * 10 + UInt64(byte - 0x30)
          if seenPoint { decimals += 1 }
        case 0x2E where !seenPoint: seenPoint = true
        case 0x2D where index == 0: isNegative = true
        case 0x2B where index == 0: break
        default: isSimple = false
        }
      }
    }
    // Both operands are exact doubles, so one division rounds correctly.
    if isSimple, mantissa < 1 << 53, decimals <= 22 {
      let value = Double(mantissa) / powersOfTen[decimals]
      return isNegative ? -value : value
    }
    guard let value = Double(String(decoding: digits, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// A calendar day: ISO, slashes, dots, Chinese, eight digits, a spreadsheet serial, a date with
  /// a time behind it; nil when it is none or lies outside 1800 to 2200.
  static func day(_ cell: CellBytes) -> Day? {
    if let day = plainDay(cell) { return day }
    let whole = text(cell)
    let dated =
      whole.split(whereSeparator: { $0 == " " || $0 == "T" }).first.map(String.init) ?? whole
    if let day = Day(dated), isPlausible(day) { return day }
    // A number that lost its format: serials of 1954 to 2119.
    if let serial = Double(dated), serial >= 20_000, serial < 80_000 {
      return Day(number: Int32(serial) - 25_569)
    }
    if let seconds = Int(dated), seconds > 10_000_000_000, seconds < 7_000_000_000_000 {
      return Day(number: Int32(seconds / 86_400_000))
    }
    return nil
  }

  /// True for a day that is written as it is kept: `2026-11-23`.
  static func isPlainDay(_ cell: CellBytes) -> Bool { plainDay(cell) != nil }

  /// `2026-11-23`, the commonest spelling, without making a text of it.
  private static func plainDay(_ cell: CellBytes) -> Day? {
    Day(iso: cell).flatMap { isPlausible($0) ? $0 : nil }
  }

  private static func isPlausible(_ day: Day) -> Bool { (1800...2200).contains(day.civil.year) }

  /// True for a text that neither `cleaned` nor `PersonalColumns.redacted` would change; of the
  /// others a few are plain too, and those two find out.
  static func isPlain(_ cell: CellBytes) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    /// The top bit of every byte below `limit` (up to 0x80), and perhaps of bytes above such a one.
    func below(_ limit: UInt64, _ word: UInt64) -> UInt64 { (word &- ones &* limit) & ~word & tops }
    let raw = UnsafeRawBufferPointer(cell)
    var digits = 0
    var index = 0
    func isPlain(_ word: UInt64, from index: Int) -> Bool {
      digits += below(10, word ^ ones &* 0x30).nonzeroBitCount
      if below(0x20, word) | below(1, word ^ ones &* 0x7F) | below(1, word ^ ones &* 0x40) != 0 {
        return false
      }
      guard below(1, word ^ ones &* 0xE2) | below(1, word ^ ones &* 0xEF) != 0 else { return true }
      for at in index..<min(index + 8, cell.count) where cell[at] == 0xE2 || cell[at] == 0xEF {
        guard at + 1 < cell.count else { continue }
        let next = cell[at + 1]
        if cell[at] == 0xE2 ? next == 0x80 || next == 0x81 : next == 0xBB { return false }
      }
      return true
    }
    while index + 8 <= cell.count {
      guard isPlain(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self), from: index) else {
        return false
      }
      index += 8
    }
    if index < cell.count {
      // The rest of the word is filled with letters.
      var word = ones &* 0x61
      for at in index..<cell.count { word = word << 8 | UInt64(cell[at]) }
      guard isPlain(word, from: index) else { return false }
    }
    return digits < 7
  }

  /// Text safe to keep: control characters, zero-width and direction-changing characters removed,
  /// line breaks as blanks, runs of blanks as one.
  ///
  /// - Returns: false when nothing had to change and `cell` itself can be kept.
  static func cleaned(_ cell: CellBytes, into target: inout [UInt8]) -> Bool {
    var isDirty = false
    for (index, byte) in cell.enumerated() {
      if byte < 0x20 || byte == 0x7F { isDirty = true }
      // U+200B to U+200F, U+202A to U+202E, U+2060 to U+206F: E2 80/81 xx
      if byte == 0xE2, index + 1 < cell.count, cell[index + 1] == 0x80 || cell[index + 1] == 0x81 {
        isDirty = true
      }
      if byte == 0xEF, index + 2 < cell.count, cell[index + 1] == 0xBB { isDirty = true }
    }
    guard isDirty else { return false }
    target.removeAll(keepingCapacity: true)
    var lastWasBlank = true
    for scalar in text(cell).unicodeScalars {
      switch scalar.value {
      case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFD:
        continue
      case 0..<0x21, 0x7F, 0x2028, 0x2029:
        if !lastWasBlank { target.append(0x20) }
        lastWasBlank = true
      default:
        target.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        lastWasBlank = false
      }
    }
    if target.last == 0x20 { target.removeLast() }
    return true
  }
}
