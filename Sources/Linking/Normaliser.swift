/// Brings business text into one form before anything is compared. 规范化
///
/// Width, case, punctuation and traditional characters are folded; zero-width, direction and
/// control characters vanish; blanks stay only between two Latin words. Units are UTF-16 code
/// units of the basic plane; a scalar outside it becomes U+FFFD and matches nothing.
public struct Normaliser: Sendable {
  /// The folded unit of every unit; 0 where the unit vanishes.
  private let fold: [UInt16]

  /// Made once; every normaliser reads the same table.
  private static let table: [UInt16] = {
    var table = (0...UInt16.max).map { $0 }
    removeInvisible(&table)
    foldLatin(&table)
    foldPunctuation(&table)
    let pairs = TraditionalForms.pairs.utf16.filter { $0 > 0x7F }
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      table[Int(pairs[index])] = pairs[index + 1]
    }
    return table
  }()

  public init() { fold = Self.table }

  /// The folded units of a text. Complexity: O(length).
  public func units(of text: String) -> [UInt16] {
    var units: [UInt16] = []
    append(text, to: &units)
    return units
  }

  /// The folded text. 规范文本
  public func text(of text: String) -> String { String(decoding: units(of: text), as: UTF16.self) }

  /// Adds the folded units of a text; the caller keeps the memory.
  public func append(_ text: String, to units: inout [UInt16]) {
    var text = text
    text.withUTF8 { append($0, to: &units) }
  }

  /// The same for a part of a text.
  func append(_ part: Substring, to units: inout [UInt16]) {
    var part = part
    part.withUTF8 { append($0, to: &units) }
  }

  /// - Parameter bytes: of a text, so that they are well-formed.
  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to units: inout [UInt16]) {
    let first = units.count
    // No scalar gives more units than it has bytes, and a kept blank was one itself.
    units.append(contentsOf: repeatElement(0, count: bytes.count))
    let end = units.withUnsafeMutableBufferPointer { units in
      fold.withUnsafeBufferPointer { Self.write(bytes, from: first, into: units, $0) }
    }
    units.removeLast(units.count - end)
  }

  private static func write(
    _ bytes: UnsafeBufferPointer<UInt8>, from first: Int,
    into units: UnsafeMutableBufferPointer<UInt16>, _ fold: UnsafeBufferPointer<UInt16>
  ) -> Int {
    var end = first
    var blank = false
    var index = 0
    while index < bytes.count {
      let lead = Int(bytes[index])
      var unit: UInt16 = 0xFFFD
      if lead < 0x80 {
        unit = fold[lead]
        index += 1
      } else if lead < 0xE0 {
        unit = fold[(lead & 0x1F) << 6 | Int(bytes[index + 1] & 0x3F)]
        index += 2
      } else if lead < 0xF0 {
        unit =
          fold[
            (lead & 0x0F) << 12 | Int(bytes[index + 1] & 0x3F) << 6 | Int(bytes[index + 2] & 0x3F)]
        index += 3
      } else {
        index += 4
      }
      if unit == 0 { continue }
      if unit == Glyph.space {
        blank = true
        continue
      }
      if blank {
        blank = false
        if end > first, Glyph.isLatin(units[end - 1]), Glyph.isLatin(unit) {
          units[end] = Glyph.space
          end += 1
        }
      }
      units[end] = unit
      end += 1
    }
    return end
  }

  private static func removeInvisible(_ table: inout [UInt16]) {
    let ranges: [ClosedRange<UInt16>] = [
      0x0000...0x001F, 0x007F...0x009F, 0x00AD...0x00AD, 0x0300...0x036F, 0x061C...0x061C,
      0x180E...0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F,
      0xFEFF...0xFEFF, 0xD800...0xF8FF,
    ]
    for range in ranges {
      for unit in range { table[Int(unit)] = 0 }
    }
    for unit in [0x09, 0x20, 0xA0, 0x3000] + Array(0x2000...0x200A) + [0x202F, 0x205F] {
      table[unit] = Glyph.space
    }
    for unit in [0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029] { table[unit] = Glyph.semicolon }
  }

  private static func foldLatin(_ table: inout [UInt16]) {
    for unit in 0xFF01...0xFF5E { table[unit] = UInt16(unit - 0xFEE0) }
    for upper in 0x41...0x5A {
      table[upper] = UInt16(upper + 0x20)
      table[upper + 0xFEE0] = UInt16(upper + 0x20)
    }
    table[0x00B5] = 0x03BC
  }

  private static func foldPunctuation(_ table: inout [UInt16]) {
    func set(_ characters: String, to unit: UInt16) {
      for character in characters.utf16 { table[Int(character)] = unit }
    }
    set("([{（［｛【〔〖《〈<＜", to: Glyph.open)
    set(")]}）］｝】〕〗》〉>＞", to: Glyph.close)
    set("，﹐", to: Glyph.comma)
    set("、﹑､", to: Glyph.listComma)
    set("；﹔|｜", to: Glyph.semicolon)
    set("。｡！!？?", to: Glyph.stop)
    set("：︰", to: Glyph.colon)
    set("／\\＼", to: Glyph.slash)
    set("－—–‐‑‒―−", to: Glyph.hyphen)
    set("\"'“”‘’「」『』＂＇·・•‧∙●■◆★*＊", to: 0)
  }
}

/// The few units that the linker treats as structure.
enum Glyph {
  static let space: UInt16 = 0x20
  static let open: UInt16 = 0x28
  static let close: UInt16 = 0x29
  static let comma: UInt16 = 0x2C
  static let hyphen: UInt16 = 0x2D
  static let slash: UInt16 = 0x2F
  static let colon: UInt16 = 0x3A
  static let semicolon: UInt16 = 0x3B
  static let listComma: UInt16 = 0x3001
  static let stop: UInt16 = 0x3002
  /// 的
  static let of: UInt16 = 0x7684
  /// 和 及 与 或
  static let and: UInt16 = 0x548C
  static let alsoAnd: UInt16 = 0x53CA
  static let with: UInt16 = 0x4E0E
  static let or: UInt16 = 0x6216

  @inline(__always) static func isDigit(_ unit: UInt16) -> Bool { unit >= 0x30 && unit <= 0x39 }
  @inline(__always) static func isLetter(_ unit: UInt16) -> Bool { unit >= 0x61 && unit <= 0x7A }
  @inline(__always) static func isLatin(_ unit: UInt16) -> Bool { isDigit(unit) || isLetter(unit) }

  /// Ends a sentence: nothing on one side speaks of the other.
  @inline(__always) static func endsSentence(_ unit: UInt16) -> Bool {
    unit == semicolon || unit == stop
  }

  @inline(__always) static func isBracket(_ unit: UInt16) -> Bool { unit == open || unit == close }

  /// Says nothing in the name of a firm.
  @inline(__always) static func isSilentInNames(_ unit: UInt16) -> Bool {
    unit == space || unit == hyphen
  }

  /// Stands between the members of a list.
  @inline(__always) static func joins(_ unit: UInt16) -> Bool {
    unit == listComma || unit == comma || unit == slash || unit == and || unit == alsoAnd
      || unit == with || unit == or
  }
}
