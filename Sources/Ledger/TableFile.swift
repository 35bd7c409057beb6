public import Atlas
import Crypto
import Glibc

/// A file that holds a table: what it is, its digest, and a reader for its rows. 表格文件
public struct TableFile: Sendable {
  public let path: String
  /// SHA-256 of the file as it lies on the disk, hexadecimal.
  public let digest: String
  /// Size in bytes.
  public let size: Int
  /// True for .xlsx, false for delimiter-separated text.
  public let isSpreadsheet: Bool
  let isGzip: Bool
  let encoding: ByteStream.Encoding
  let skip: Int

  /// The last part of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Looks at a file: existence, kind, encoding and digest.
  public init(path: String, workers: Workers = .one) throws(LedgerError) {
    self.path = path
    var head = try TableFile.head(path, gzip: false)
    guard !head.isEmpty else { throw .emptyFile(path) }
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      isSpreadsheet = true
      isGzip = false
      encoding = .utf8
      skip = 0
      (digest, size) = try TableFile.digest(path)
      return
    }
    isSpreadsheet = false
    let isGzip = head.starts(with: [0x1F, 0x8B])
    self.isGzip = isGzip
    if isGzip {
      head = try TableFile.head(path, gzip: true)
      guard !head.isEmpty else { throw .emptyFile(path) }
    }
    try TableFile.refuseOtherKinds(head, path)
    let isUTF16 = head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
    skip = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // Two passes over the bytes that do not know of each other.
    let parts = workers.map(2) {
      part -> Result<(digest: String, size: Int, isUTF8: Bool), LedgerError> in
      do throws(LedgerError) {
        if part == 1 {
          return .success(("", 0, isUTF16 ? false : try TableFile.isUTF8(path, gzip: isGzip)))
        }
        let (digest, size) = try TableFile.digest(path)
        return .success((digest, size, false))
      } catch {
        return .failure(error)
      }
    }
    (digest, size, _) = try parts[0].get()
    encoding = isUTF16 ? .utf16 : try parts[1].get().isUTF8 ? .utf8 : .gb18030
  }

  /// The first bytes of a file; none for an empty one.
  private static func head(_ path: String, gzip: Bool) throws(LedgerError) -> [UInt8] {
    let stream = try ByteStream(path: path, gzip: gzip, encoding: .utf8)
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    return Array(block[..<min(try fill(&block, from: stream), 512)])
  }

  /// SHA-256 of a file as it lies on the disk, and its size.
  private static func digest(_ path: String) throws(LedgerError) -> (digest: String, size: Int) {
    let raw = try ByteStream(path: path, gzip: false, encoding: .utf8)
    var hash = SHA256()
    var size = 0
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    while true {
      let count = try fill(&block, from: raw)
      if count == 0 { return (hash.finalize().map { hexadecimal($0) }.joined(), size) }
      block.withUnsafeBytes {
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      size += count
    }
  }

  /// Opens the rows.
  /// - Parameter sheet: of a spreadsheet; nil for the first.
  func rows(sheet: String?) throws(LedgerError) -> any RowReader {
    if isSpreadsheet { return try SheetReader(path: path, sheet: sheet) }
    let probe = try ByteStream(path: path, gzip: isGzip, encoding: encoding, skip: skip)
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    let count = try TableFile.fill(&block, from: probe)
    let stream = try ByteStream(path: path, gzip: isGzip, encoding: encoding, skip: skip)
    return CSVReader(
      path: path, stream: stream, delimiter: TableFile.delimiter(of: block[..<count]))
  }

  /// The commonest of comma, tab and semicolon on the first lines.
  private static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [0x2C: 0, 0x09: 0, 0x3B: 0]
    var lines = 0
    for byte in bytes {
      if byte == 0x0A {
        lines += 1
        if lines == 3 { break }
      }
      if let count = counts[byte] { counts[byte] = count + 1 }
    }
    let comma = counts[0x2C] ?? 0
    if let tabs = counts[0x09], tabs > comma { return 0x09 }
    if let semicolons = counts[0x3B], semicolons > comma { return 0x3B }
    return 0x2C
  }

  private static func refuseOtherKinds(_ head: [UInt8], _ path: String) throws(LedgerError) {
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldSpreadsheet(path) }
    if head.starts(with: Array("%PDF".utf8)) { throw .notATable(path, "PDF") }
    let text = String(decoding: head, as: UTF8.self).lowercased()
      .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    if text.hasPrefix("<html") || text.hasPrefix("<!doctype html") || text.hasPrefix("<table") {
      throw .notATable(path, "HTML")
    }
    if text.hasPrefix("<?xml") { throw .notATable(path, "XML") }
    if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) || head.starts(with: [0xFF, 0xD8, 0xFF]) {
      throw .notATable(path, "图片 / a picture")
    }
    if head.starts(with: Array("SQLite format 3".utf8)) { throw .notATable(path, "SQLite") }
  }

  private static func isUTF8(_ path: String, gzip: Bool) throws(LedgerError) -> Bool {
    let stream = try ByteStream(path: path, gzip: gzip, encoding: .utf8)
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    var check = UTF8Check()
    while true {
      let count = try fill(&block, from: stream)
      if count == 0 { return check.isComplete }
      guard check.feed(block[..<count]) else { return false }
    }
  }

  private static func fill(_ block: inout [UInt8], from stream: ByteStream) throws(LedgerError)
    -> Int
  {
    var failure: LedgerError?
    let count = block.withUnsafeMutableBytes { bytes -> Int in
      do throws(LedgerError) { return try stream.read(into: bytes) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }
}

/// Checks a stream of bytes for well-formed UTF-8 (Unicode 15, table 3-7).
struct UTF8Check {
  private var wanted = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  var isComplete: Bool { wanted == 0 }

  /// - Returns: false at the first ill-formed byte.
  mutating func feed(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        if wanted == 0 { index = UTF8Check.skip(buffer, from: index) }
        guard index < buffer.count else { break }
        let byte = buffer[index]
        index += 1
        if wanted == 0 {
          if byte < 0x80 { continue }
          low = 0x80
          high = 0xBF
          switch byte {
          case 0xC2...0xDF: wanted = 1
          case 0xE0: (wanted, low) = (2, 0xA0)
          case 0xED: (wanted, high) = (2, 0x9F)
          case 0xE1...0xEF: wanted = 2
          case 0xF0: (wanted, low) = (3, 0x90)
          case 0xF4: (wanted, high) = (3, 0x8F)
          case 0xF1...0xF3: wanted = 3
          default: return false
          }
        } else {
          guard byte >= low, byte <= high else { return false }
          (low, high) = (0x80, 0xBF)
          wanted -= 1
        }
      }
      return true
    }
  }

  /// Goes over the commonest characters: ASCII, and those of three bytes that begin with E1 to EC, EE
  /// or EF.
  private static func skip(_ buffer: CellBytes, from start: Int) -> Int {
    var index = start
    while index + 2 < buffer.count {
      let byte = buffer[index]
      if byte < 0x80 {
        index += 1
      } else if byte > 0xE0, byte < 0xF0, byte != 0xED, buffer[index + 1] & 0xC0 == 0x80,
        buffer[index + 2] & 0xC0 == 0x80
      {
        index += 3
      } else {
        break
      }
    }
    return index
  }
}

/// Two hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
