/// Streams delimiter-separated text: quotes, doubled quotes, line breaks inside quotes, LF, CRLF
/// and CR ends. CSV 读取
///
/// Source: RFC 4180, read liberally: a quote inside an unquoted cell is an ordinary character.
/// Memory: one block and one row; a row beyond `rowLimit` bytes is refused, because it means that
/// a quote was never closed.
final class CSVReader: RowReader {
  static let rowLimit = 1 << 20

  private let path: String
  private let stream: ByteStream
  private let delimiter: UInt8
  private var block: [UInt8]
  private var position = 0
  private var filled = 0
  private var line = 1
  private var isAtEnd = false

  init(path: String, stream: ByteStream, delimiter: UInt8 = 0x2C) {
    self.path = path
    self.stream = stream
    self.delimiter = delimiter
    block = [UInt8](repeating: 0, count: ByteStream.blockSize)
  }

  private enum State {
    case cellStart, plain, quoted, quoteInQuoted
  }

  func next(_ row: inout RawRow) throws(LedgerError) -> Bool {
    row.clear()
    row.line = line
    var state = State.cellStart
    var sawAnything = false
    while true {
      if position == filled {
        if !isAtEnd { isAtEnd = try !refill() }
        if isAtEnd {
          if state == .quoted { throw .openQuote(path, line: row.line) }
          guard sawAnything else { return false }
          row.ends.append(row.bytes.count)
          return true
        }
      }
      if pendingLineFeed {
        pendingLineFeed = false
        if block[position] == 0x0A {
          position += 1
          continue
        }
      }
      sawAnything = true
      if scan(&row, &state) { return true }
      if row.bytes.count > CSVReader.rowLimit { throw .openQuote(path, line: row.line) }
    }
  }

  /// Consumes bytes of the block up to the end of the row or of the block.
  /// - Returns: true when the row is complete.
  private func scan(_ row: inout RawRow, _ state: inout State) -> Bool {
    let delimiter = delimiter
    let filled = filled
    var index = position
    var line = line
    defer {
      position = index
      self.line = line
    }
    return block.withUnsafeBufferPointer { bytes -> Bool in
      func copy(_ range: Range<Int>) {
        if !range.isEmpty {
          row.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        }
      }
      var start = index
      while index < filled {
        let byte = bytes[index]
        switch state {
        case .cellStart, .plain:
          if byte == 0x22, state == .cellStart {
            state = .quoted
            index += 1
            start = index
          } else if byte == delimiter {
            copy(start..<index)
            row.ends.append(row.bytes.count)
            state = .cellStart
            index += 1
            start = index
          } else if byte == 0x0A || byte == 0x0D {
            copy(start..<index)
            row.ends.append(row.bytes.count)
            index += 1
            line += 1
            // The LF of a CRLF may lie in the next block: the next row swallows it.
            if byte == 0x0D { pendingLineFeed = true }
            return true
          } else {
            state = .plain
            index += 1
            while index < filled {
              let next = bytes[index]
              if next == delimiter || next == 0x0A || next == 0x0D { break }
              index += 1
            }
          }
        case .quoted:
          if byte == 0x22 {
            copy(start..<index)
            state = .quoteInQuoted
            index += 1
            start = index
          } else {
            if byte == 0x0A { line += 1 }
            index += 1
            while index < filled, bytes[index] != 0x22, bytes[index] != 0x0A { index += 1 }
          }
        case .quoteInQuoted:
          if byte == 0x22 {
            // The second quote of a pair is the character itself.
            start = index
            state = .quoted
            index += 1
          } else {
            // Whatever follows a closing quote belongs to the cell as it stands.
            start = index
            state = .plain
          }
        }
      }
      copy(start..<index)
      return false
    }
  }

  private var pendingLineFeed = false

  private func refill() throws(LedgerError) -> Bool {
    var failure: LedgerError?
    let count = block.withUnsafeMutableBytes { bytes -> Int in
      do throws(LedgerError) { return try stream.read(into: bytes) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    position = 0
    filled = count
    return count > 0
  }
}
