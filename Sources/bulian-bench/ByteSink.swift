import ArgumentParser
import CZlib
import Glibc

/// A file that is written in blocks, packed when its name ends in .gz.
final class ByteSink {
  var bytes: [UInt8] = []
  private let path: String
  private var plain: Int32 = -1
  private var packed: gzFile?

  init(path: String) throws {
    self.path = path
    if path.hasSuffix(".gz") {
      packed = gzopen(path, "wb6")
      if packed == nil { throw ValidationError("\(path) cannot be written: \(reason)") }
    } else {
      plain = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      if plain < 0 { throw ValidationError("\(path) cannot be written: \(reason)") }
    }
    bytes.reserveCapacity(1 << 20)
  }

  private var reason: String { String(cString: strerror(errno)) }

  func append(_ text: String) { bytes += text.utf8 }

  func flushIfFull() throws { if bytes.count >= 1 << 19 { try flush() } }

  private func flush() throws {
    try bytes.withUnsafeBytes { block in
      var start = 0
      while start < block.count {
        guard let base = block.baseAddress else { return }
        let count =
          packed.map { Int(gzwrite($0, base + start, UInt32(block.count - start))) }
          ?? write(plain, base + start, block.count - start)
        guard count > 0 else { throw ValidationError("\(path) cannot be written: \(reason)") }
        start += count
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  func close() throws {
    try flush()
    if let packed {
      guard gzclose(packed) == Z_OK else {
        throw ValidationError("\(path) cannot be written: \(reason)")
      }
    } else {
      guard Glibc.close(plain) == 0 else {
        throw ValidationError("\(path) cannot be written: \(reason)")
      }
    }
  }
}
