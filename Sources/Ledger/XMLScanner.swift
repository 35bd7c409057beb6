/// A forward-only scanner for the XML inside spreadsheets: tags, attributes, text. 标记扫描
///
/// Knows the five named entities and character references, nothing else: a document with a
/// DOCTYPE is refused, so nothing can expand. Namespace prefixes are dropped from names.
/// Memory: one window; a single tag or text beyond `tokenLimit` bytes is refused.
final class XMLScanner {
  static let tokenLimit = 1 << 22

  enum Token: Equatable {
    /// `isEmpty` for `<a/>`; no separate close follows it.
    case open(String, isEmpty: Bool)
    case close(String)
    case text
    case end
  }

  private let path: String
  private let part: String
  private let stream: ZipEntryStream
  private var window: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// The bytes of the last tag, for `attribute`.
  private var tag: Range<Int> = 0..<0
  /// The bytes of the last text with entities resolved.
  private(set) var text: [UInt8] = []
  private var depth = 0

  init(path: String, part: String, stream: ZipEntryStream) {
    self.path = path
    self.part = part
    self.stream = stream
  }

  func next() throws(LedgerError) -> Token {
    while true {
      guard try require(1) else {
        if depth > 0 { throw .truncatedSpreadsheet(path, part) }
        return .end
      }
      if window[position] != 0x3C {
        if try readText() { return .text }
        continue
      }
      guard try require(2) else { throw .truncatedSpreadsheet(path, part) }
      switch window[position + 1] {
      case 0x3F:
        try skip(past: [0x3F, 0x3E])
      case 0x21:
        guard try require(4) else { throw .truncatedSpreadsheet(path, part) }
        if window[position + 2] == 0x2D {
          try skip(past: [0x2D, 0x2D, 0x3E])
        } else if window[position + 2] == 0x5B {
          try readCharacterData()
          return .text
        } else {
          throw .hostileSpreadsheet(path, "\(part): DOCTYPE")
        }
      default:
        return try readTag()
      }
    }
  }

  /// The value of an attribute of the last opened tag.
  func attribute(_ name: StaticString) -> String? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    var index = tag.lowerBound
    while index < tag.upperBound {
      // name = " value "
      while index < tag.upperBound, isBlank(window[index]) { index += 1 }
      let start = index
      while index < tag.upperBound, window[index] != 0x3D, !isBlank(window[index]) { index += 1 }
      let nameEnd = index
      while index < tag.upperBound, window[index] != 0x22, window[index] != 0x27 { index += 1 }
      guard index < tag.upperBound else { return nil }
      let quote = window[index]
      index += 1
      let valueStart = index
      while index < tag.upperBound, window[index] != quote { index += 1 }
      if window[start..<nameEnd].elementsEqual(wanted) {
        var value: [UInt8] = []
        appendResolved(valueStart..<index, to: &value)
        return String(decoding: value, as: UTF8.self)
      }
      index += 1
    }
    return nil
  }

  private func readTag() throws(LedgerError) -> Token {
    var length = 1
    var quote: UInt8 = 0
    while true {
      guard try require(length + 1) else { throw .truncatedSpreadsheet(path, part) }
      let byte = window[position + length]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      length += 1
    }
    let start = position + 1
    let end = position + length
    position = end + 1
    if window[start] == 0x2F {
      depth -= 1
      guard depth >= 0 else { throw .truncatedSpreadsheet(path, part) }
      return .close(localName(start + 1..<end))
    }
    let isEmpty = end > start && window[end - 1] == 0x2F
    var nameEnd = start
    while nameEnd < end, !isBlank(window[nameEnd]), window[nameEnd] != 0x2F { nameEnd += 1 }
    tag = nameEnd..<(isEmpty ? end - 1 : end)
    if !isEmpty {
      depth += 1
      guard depth <= 64 else { throw .hostileSpreadsheet(path, "\(part): depth") }
    }
    return .open(localName(start..<nameEnd), isEmpty: isEmpty)
  }

  /// - Returns: false when the text was blank.
  private func readText() throws(LedgerError) -> Bool {
    text.removeAll(keepingCapacity: true)
    var length = 0
    while try require(length + 1), window[position + length] != 0x3C { length += 1 }
    appendResolved(position..<position + length, to: &text)
    position += length
    return !text.isEmpty
  }

  private func readCharacterData() throws(LedgerError) {
    let start = 9
    var length = start
    while true {
      guard try require(length + 3) else { throw .truncatedSpreadsheet(path, part) }
      if window[position + length] == 0x5D, window[position + length + 1] == 0x5D,
        window[position + length + 2] == 0x3E
      {
        break
      }
      length += 1
    }
    text = Array(window[position + start..<position + length])
    position += length + 3
  }

  private func skip(past mark: [UInt8]) throws(LedgerError) {
    while true {
      guard try require(mark.count) else { throw .truncatedSpreadsheet(path, part) }
      if window[position..<position + mark.count].elementsEqual(mark) {
        position += mark.count
        return
      }
      position += 1
    }
  }

  /// Makes sure that `count` bytes lie in the window from `position` on.
  private func require(_ count: Int) throws(LedgerError) -> Bool {
    while window.count - position < count {
      if isAtEnd { return false }
      guard count < XMLScanner.tokenLimit else {
        throw .hostileSpreadsheet(path, "\(part): > \(XMLScanner.tokenLimit) bytes")
      }
      if position > 0 {
        window.removeFirst(position)
        position = 0
        tag = 0..<0
      }
      let before = window.count
      window.append(contentsOf: repeatElement(0, count: ByteStream.blockSize))
      var failure: LedgerError?
      let got = window.withUnsafeMutableBytes { bytes -> Int in
        do throws(LedgerError) {
          return try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[before...]))
        } catch {
          failure = error
          return 0
        }
      }
      window.removeLast(ByteStream.blockSize - got)
      if let failure { throw failure }
      if got == 0 { isAtEnd = true }
    }
    return true
  }

  private func localName(_ range: Range<Int>) -> String {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(window[end - 1]) { end -= 1 }
    let name = window[range.lowerBound..<end]
    if let colon = name.firstIndex(of: 0x3A) {
      return String(decoding: name[(colon + 1)...], as: UTF8.self)
    }
    return String(decoding: name, as: UTF8.self)
  }

  private func appendResolved(_ range: Range<Int>, to target: inout [UInt8]) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = window[index]
      guard byte == 0x26 else {
        target.append(byte)
        index += 1
        continue
      }
      guard let semicolon = window[index..<min(range.upperBound, index + 12)].firstIndex(of: 0x3B)
      else {
        target.append(byte)
        index += 1
        continue
      }
      let name = String(decoding: window[index + 1..<semicolon], as: UTF8.self)
      switch name {
      case "lt": target.append(0x3C)
      case "gt": target.append(0x3E)
      case "amp": target.append(0x26)
      case "quot": target.append(0x22)
      case "apos": target.append(0x27)
      default:
        var code: UInt32?
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
          code = UInt32(name.dropFirst(2), radix: 16)
        } else if name.hasPrefix("#") {
          code = UInt32(name.dropFirst(1))
        }
        if let scalar = code.flatMap(Unicode.Scalar.init) {
          target.append(contentsOf: Array(String(Character(scalar)).utf8))
        }
      }
      index = semicolon + 1
    }
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
