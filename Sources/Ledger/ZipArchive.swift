import CZlib
import Glibc

/// The directory of a zip file, and its entries as streams. 压缩包
///
/// Reads what spreadsheets need: stored and deflated entries, no encryption, no ZIP64 sizes.
/// Refuses bombs: too many entries, too large or too dense ones.
final class ZipArchive {
  static let entryLimit = 4096
  static let sizeLimit = 1 << 30
  /// Deflate cannot do better than 1:1032; real sheets stay below 1:100.
  static let densityLimit = 400

  struct Entry {
    let name: String
    let method: Int
    let packed: Int
    let size: Int
    let offset: Int
  }

  let path: String
  private(set) var entries: [Entry] = []
  private let descriptor: Int32
  private let length: Int

  init(path: String) throws(LedgerError) {
    self.path = path
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path, errorText()) }
    length = Int(lseek(descriptor, 0, SEEK_END))
    try readDirectory()
  }

  deinit { Glibc.close(descriptor) }

  func find(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// The unpacked bytes of an entry, block after block.
  func open(_ entry: Entry) throws(LedgerError) -> ZipEntryStream {
    let header = try bytes(at: entry.offset, count: 30)
    guard header.starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
      throw .truncatedSpreadsheet(path, entry.name)
    }
    let start = entry.offset + 30 + header.number(26, 2) + header.number(28, 2)
    guard start + entry.packed <= length else { throw .truncatedSpreadsheet(path, entry.name) }
    guard entry.method == 0 || entry.method == 8 else {
      throw .hostileSpreadsheet(path, "\(entry.name): compression \(entry.method)")
    }
    return try ZipEntryStream(archive: self, entry: entry, start: start)
  }

  func bytes(at offset: Int, count: Int) throws(LedgerError) -> [UInt8] {
    guard offset >= 0, offset + count <= length else {
      throw .truncatedSpreadsheet(path, "\(offset) + \(count) > \(length)")
    }
    var result = [UInt8](repeating: 0, count: count)
    let got = result.withUnsafeMutableBytes { read(at: offset, into: $0) }
    guard got == count else { throw .truncatedSpreadsheet(path, errorText()) }
    return result
  }

  /// - Returns: how many bytes were read; fewer than asked only at the end or on failure.
  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < target.count {
      let count = pread(
        descriptor, target.baseAddress?.advanced(by: done), target.count - done, offset + done)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      done += count
    }
    return done
  }

  private func readDirectory() throws(LedgerError) {
    // The end record lies in the last 64 KB: 22 bytes and a comment.
    let tailLength = min(length, 22 + 65_535)
    let tail = try bytes(at: length - tailLength, count: tailLength)
    let mark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    guard tail.count >= 22,
      let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
        tail[$0...].starts(with: mark)
      })
    else { throw .truncatedSpreadsheet(path, "no directory") }
    let count = tail.number(end + 10, 2)
    let size = tail.number(end + 12, 4)
    let offset = tail.number(end + 16, 4)
    guard count <= ZipArchive.entryLimit else {
      throw .hostileSpreadsheet(path, "\(count) parts")
    }
    guard size <= 1 << 24 else { throw .hostileSpreadsheet(path, "directory of \(size) bytes") }
    let directory = try bytes(at: offset, count: size)
    var at = 0
    for _ in 0..<count {
      guard at + 46 <= directory.count, directory[at...].starts(with: [0x50, 0x4B, 0x01, 0x02])
      else { throw .truncatedSpreadsheet(path, "directory") }
      let nameLength = directory.number(at + 28, 2)
      let next = at + 46 + nameLength + directory.number(at + 30, 2) + directory.number(at + 32, 2)
      guard next <= directory.count else { throw .truncatedSpreadsheet(path, "directory") }
      let name = String(decoding: directory[at + 46..<at + 46 + nameLength], as: UTF8.self)
      if directory.number(at + 8, 2) & 1 != 0 {
        throw .hostileSpreadsheet(path, "\(name): encrypted / 已加密")
      }
      let entry = Entry(
        name: name.hasPrefix("/") ? String(name.dropFirst()) : name,
        method: directory.number(at + 10, 2), packed: directory.number(at + 20, 4),
        size: directory.number(at + 24, 4), offset: directory.number(at + 42, 4))
      if entry.size > ZipArchive.sizeLimit {
        throw .hostileSpreadsheet(path, "\(name): \(entry.size) bytes")
      }
      if entry.size > 1 << 24, entry.size / max(1, entry.packed) > ZipArchive.densityLimit {
        throw .hostileSpreadsheet(path, "\(name): 1:\(entry.size / max(1, entry.packed))")
      }
      entries.append(entry)
      at = next
    }
  }
}

/// One part of a zip archive, unpacked block after block.
final class ZipEntryStream {
  private let archive: ZipArchive
  private let entry: ZipArchive.Entry
  private let inflater: Inflater?
  private var offset: Int
  private var left: Int
  private var produced = 0

  fileprivate init(archive: ZipArchive, entry: ZipArchive.Entry, start: Int) throws(LedgerError) {
    self.archive = archive
    self.entry = entry
    offset = start
    left = entry.packed
    inflater = entry.method == 8 ? try Inflater(path: archive.path, windowBits: -15) : nil
  }

  /// - Returns: how many bytes; 0 at the end.
  func read(into block: UnsafeMutableRawBufferPointer) throws(LedgerError) -> Int {
    let count: Int
    if let inflater {
      do throws(LedgerError) {
        count = try inflater.inflate(into: block) { packed throws(LedgerError) in
          self.readPacked(into: packed)
        }
      } catch {
        throw .truncatedSpreadsheet(archive.path, entry.name)
      }
    } else {
      count = readPacked(into: block)
    }
    produced += count
    // The directory may lie about the size: the promise made there holds here too.
    if produced > max(entry.size, 1 << 20), produced > entry.size {
      throw .hostileSpreadsheet(archive.path, "\(entry.name): > \(entry.size) bytes")
    }
    return count
  }

  private func readPacked(into target: UnsafeMutableRawBufferPointer) -> Int {
    let wanted = min(left, target.count)
    guard wanted > 0 else { return 0 }
    let got = archive.read(
      at: offset, into: UnsafeMutableRawBufferPointer(rebasing: target[..<wanted]))
    offset += got
    left -= got
    return got
  }
}

extension [UInt8] {
  /// A little-endian number of `width` bytes at `at`.
  fileprivate func number(_ at: Int, _ width: Int) -> Int {
    var value = 0
    for index in 0..<width { value |= Int(self[at + index]) << (8 * index) }
    return value
  }
}
