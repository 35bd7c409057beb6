import CZlib
import Glibc

/// The bytes of a file, unpacked and in UTF-8, block after block. 字节流
///
/// Not a text reader: it knows nothing of lines. Memory is bounded by two blocks.
final class ByteStream {
  enum Encoding: Equatable {
    case utf8, gb18030, utf16
  }

  static let blockSize = 1 << 18

  private let path: String
  private let descriptor: Int32
  private var inflater: Inflater?
  private var decoder: TextDecoder?
  private var pending: [UInt8] = []
  private var pendingStart = 0
  /// Bytes to drop at the start: a byte-order mark.
  private var skip: Int

  init(path: String, gzip: Bool, encoding: Encoding, skip: Int = 0) throws(LedgerError) {
    self.path = path
    self.skip = skip
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .noSuchFile(path) : .unreadable(path, errorText())
    }
    if gzip { inflater = try Inflater(path: path, windowBits: 31) }
    if encoding != .utf8 {
      decoder = try TextDecoder(path: path, from: encoding == .gb18030 ? "GB18030" : "UTF-16")
    }
  }

  deinit { close(descriptor) }

  /// Fills `block` with the next bytes.
  /// - Returns: how many bytes; 0 at the end.
  func read(into block: UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int {
    guard let decoder else { return try readUnpacked(into: block) }
    while true {
      let count = decoder.take(into: block)
      if count > 0 { return count }
      if decoder.isFinished { return 0 }
      var raw = [UInt8](repeating: 0, count: ByteStream.blockSize)
      let got = try readUnpacked(&raw)
      try decoder.feed(raw[..<got], isLast: got == 0)
    }
  }

  private func readUnpacked(_ block: inout [UInt8]) throws(LedgerError) -> Int {
    var failure: LedgerError?
    let count = block.withUnsafeMutableBytes { bytes -> Int in
      do throws(LedgerError) { return try readUnpacked(into: bytes) } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  private func readUnpacked(into block: UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int {
    while true {
      let count: Int
      if let inflater {
        count = try inflater.inflate(into: block) { raw throws(LedgerError) in
          try self.readRaw(into: raw)
        }
      } else {
        count = try readRaw(into: block)
      }
      guard skip > 0, count > 0 else { return count }
      let dropped = min(skip, count)
      skip -= dropped
      let rest = count - dropped
      if rest == 0 { continue }
      if let base = block.baseAddress { memmove(base, base + dropped, rest) }
      return rest
    }
  }

  private func readRaw(into block: UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int {
    while true {
      let count = Glibc.read(descriptor, block.baseAddress, block.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .unreadable(path, errorText()) }
    }
  }
}

/// The sentence of the C library for the last failure.
func errorText() -> String { String(cString: strerror(errno)) }

/// Unpacks deflate data: gzip members, or the raw entries of a zip archive.
final class Inflater {
  private let path: String
  private var stream = z_stream()
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var isFinished = false
  private var sawInput = false
  private let isGzip: Bool

  /// - Parameter windowBits: 31 for gzip, -15 for a raw stream.
  init(path: String, windowBits: Int32) throws(LedgerError) {
    self.path = path
    isGzip = windowBits > 15
    let result = inflateInit2_(
      &stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .unreadable(path, "zlib \(result)") }
  }

  deinit { inflateEnd(&stream) }

  /// - Parameter more: reads packed bytes; 0 at the end.
  /// - Returns: how many bytes were unpacked; 0 at the end.
  func inflate(
    into output: UnsafeMutableRawBufferPointer,
    more: (UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int
  ) throws(LedgerError) -> Int {
    guard let outputBase = output.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    var failure: LedgerError?
    let produced = input.withUnsafeMutableBytes { raw -> Int in
      guard let inputBase = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
      do throws(LedgerError) {
        stream.next_out = outputBase
        stream.avail_out = UInt32(output.count)
        while stream.avail_out > 0 {
          if stream.avail_in == 0 {
            let count = try more(raw)
            if count == 0 {
              if !isFinished { throw .truncatedGzip(path) }
              break
            }
            stream.next_in = inputBase
            stream.avail_in = UInt32(count)
            sawInput = true
          }
          if isFinished {
            // Another gzip member may follow; anything else is padding.
            if isGzip, stream.next_in.pointee == 0x1F {
              inflateReset(&stream)
              isFinished = false
            } else {
              stream.avail_in = 0
              continue
            }
          }
          let result = CZlib.inflate(&stream, Z_NO_FLUSH)
          if result == Z_STREAM_END {
            isFinished = true
            if !isGzip { break }
          } else if result != Z_OK, result != Z_BUF_ERROR {
            throw .truncatedGzip(path)
          }
        }
      } catch {
        failure = error
      }
      return output.count - Int(stream.avail_out)
    }
    if let failure { throw failure }
    return produced
  }
}

/// Turns GB18030 or UTF-16 into UTF-8 with the C library's iconv.
final class TextDecoder {
  private let path: String
  private let converter: iconv_t
  private var rest: [UInt8] = []
  private var output: [UInt8] = []
  private var outputStart = 0
  private(set) var isFinished = false
  private var line = 1

  init(path: String, from encoding: String) throws(LedgerError) {
    self.path = path
    converter = iconv_open("UTF-8", encoding)
    guard Int(bitPattern: converter) != -1 else {
      throw .unreadable(path, "iconv \(encoding)")
    }
  }

  deinit { iconv_close(converter) }

  func take(into block: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(block.count, output.count - outputStart)
    guard count > 0 else { return 0 }
    output.withUnsafeBytes { bytes in
      block.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[outputStart..<outputStart + count]))
    }
    outputStart += count
    if outputStart == output.count {
      output.removeAll(keepingCapacity: true)
      outputStart = 0
    }
    return count
  }

  func feed(_ raw: ArraySlice<UInt8>, isLast: Bool) throws(LedgerError) {
    rest.append(contentsOf: raw)
    if isLast { isFinished = true }
    guard !rest.isEmpty else { return }
    output = [UInt8](repeating: 0, count: rest.count * 3 + 16)
    outputStart = 0
    var failed = false
    var left = rest.count
    var room = output.count
    rest.withUnsafeMutableBytes { source in
      output.withUnsafeMutableBytes { target in
        var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var into = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = iconv(converter, &from, &left, &into, &room)
        // An incomplete character at the end of a block waits for the next block.
        if result == Int(bitPattern: UInt.max) { failed = errno != EINVAL }
      }
    }
    output.removeLast(room)
    for byte in output where byte == 0x0A { line += 1 }
    rest.removeFirst(rest.count - left)
    if failed || (isLast && !rest.isEmpty) { throw .wrongEncoding(path, line: line) }
  }
}
