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

  /// Looks at a file: existence, kind, encoding and digest, in one pass.
  public init(path: String) throws(LedgerError) {
    self.path = path
    var hash = SHA256()
    var head: [UInt8] = []
    var total = 0
    let raw = try ByteStream(path: path, gzip: false, encoding: .utf8)
    var block = [UInt8](repeating: 0, count: ByteStream.blockSize)
    while true {
      let count = try TableFile.fill(&block, from: raw)
      if count == 0 { break }
      if head.isEmpty { head = Array(block[..<min(count, 512)]) }
      block.withUnsafeBytes {
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      total += count
    }
    guard total > 0 else { throw .emptyFile(path) }
    size = total
    digest = hash.finalize().map { hexadecimal($0) }.joined()

    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      isSpreadsheet = true
      isGzip = false
      encoding = .utf8
      skip = 0
      return
    }
    isSpreadsheet = false
    isGzip = head.starts(with: [0x1F, 0x8B])
    if isGzip {
      let unpacked = try ByteStream(path: path, gzip: true, encoding: .utf8)
      let count = try TableFile.fill(&block, from: unpacked)
      guard count > 0 else { throw .emptyFile(path) }
      head = Array(block[..<min(count, 512)])
    }
    try TableFile.refuseOtherKinds(head, path)
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      encoding = .utf16
      skip = 0
    } else {
      skip = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      encoding = try TableFile.isUTF8(path, gzip: isGzip) ? .utf8 : .gb18030
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
      for byte in buffer {
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
}

/// Two hexadecimal digits.
func hexadecimal(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
