import Briefing
import Crypto
import Foundation
import Glibc

/// A folder of papers that appears whole or not at all. 交付
///
/// Papers are written into a hidden folder, flushed, listed in `manifest.json` with their digests, and renamed into
/// place; `latest` moves last. What a killed night leaves behind is removed by the next.
public struct Delivery {
  /// One paper of the delivery. 材料
  public struct Paper: Sendable, Equatable {
    public let kind: String
    /// Name of a firm or id of a chain.
    public let subject: String
    /// True when `subject` is a firm.
    public let isFirm: Bool
    public let title: String
    public let language: String
    /// Relative to the delivery, forward slashes.
    public let path: String

    public init(
      kind: String, subject: String, isFirm: Bool, title: String, language: String, path: String
    ) {
      self.kind = kind
      self.subject = subject
      self.isFirm = isFirm
      self.title = title
      self.language = language
      self.path = path
    }

    public var format: String { URL(fileURLWithPath: path).pathExtension }
  }

  public let outbox: URL
  /// Where papers are written until the delivery is complete.
  public let folder: URL
  public private(set) var papers: [Paper] = []

  /// Makes the hidden folder; whatever an interrupted night left in it is removed.
  public init(outbox: URL, name: String) throws(NightError) {
    self.outbox = outbox
    folder = outbox.appending(path: ".\(name).partial")
    let manager = FileManager.default
    do {
      let left = (try? manager.contentsOfDirectory(atPath: outbox.path)) ?? []
      for entry in left where entry.hasPrefix(".") && entry.hasSuffix(".partial") {
        try manager.removeItem(at: outbox.appending(path: entry))
      }
      try manager.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .cannotWrite(folder.path, because: error.localizedDescription)
    }
  }

  public mutating func add(_ paper: Paper) { papers.append(paper) }

  /// Manifest, flush, rename, and last of all `latest`.
  /// - Parameters:
  ///   - run: id of the run the papers were made from.
  ///   - step: called between the steps, for tests that interrupt here.
  /// - Returns: the delivered folder.
  public func publish(
    as name: String, run: String, asOf: String, step: (String) throws(NightError) -> Void
  ) throws(NightError) -> URL {
    let manager = FileManager.default
    try write(manifest(run: run, asOf: asOf), to: folder.appending(path: "manifest.json"))
    try step("manifest")
    try flush(folder)
    var target = outbox.appending(path: name)
    var number = 2
    while manager.fileExists(atPath: target.path) {
      target = outbox.appending(path: "\(name)-\(number)")
      number += 1
    }
    guard rename(folder.path, target.path) == 0 else {
      throw .cannotWrite(target.path, because: String(cString: strerror(errno)))
    }
    try step("renamed")
    try pointLatest(to: target)
    try flush(outbox)
    return target
  }

  /// `latest` as a link that is replaced in one step; where links are refused a plain copy.
  private func pointLatest(to target: URL) throws(NightError) {
    let latest = outbox.appending(path: "latest").path
    let fresh = outbox.appending(path: ".latest.partial").path
    let manager = FileManager.default
    try? manager.removeItem(atPath: fresh)
    if symlink(target.lastPathComponent, fresh) == 0 {
      let isLink =
        (try? manager.attributesOfItem(atPath: latest)[.type] as? FileAttributeType)
        == .typeSymbolicLink
      if !isLink, manager.fileExists(atPath: latest) { try? manager.removeItem(atPath: latest) }
      if rename(fresh, latest) == 0 { return }
    }
    do {
      try manager.copyItem(atPath: target.path, toPath: fresh)
      try? manager.removeItem(atPath: latest)
      try manager.moveItem(atPath: fresh, toPath: latest)
    } catch {
      throw .cannotWrite(latest, because: error.localizedDescription)
    }
  }

  private func manifest(run: String, asOf: String) throws(NightError) -> Data {
    var rows: [JSONValue] = []
    for paper in papers {
      let path = folder.appending(path: paper.path)
      guard let data = FileManager.default.contents(atPath: path.path) else {
        throw .cannotWrite(path.path, because: "the paper is not there")
      }
      let digest = SHA256.hash(data: data).map {
        ($0 < 16 ? "0" : "") + String($0, radix: 16)
      }.joined()
      rows.append(
        .object([
          ("kind", .string(paper.kind)), (paper.isFirm ? "firm" : "chain", .string(paper.subject)),
          ("language", .string(paper.language)), ("format", .string(paper.format)),
          ("path", .string(paper.path)), ("sha256", .string(digest)), ("bytes", .int(data.count)),
        ]))
    }
    return Data(
      JSONValue.object([
        ("run", .string(run)), ("asOf", .string(asOf)), ("papers", .array(rows)),
      ]).pretty.utf8)
  }

  /// Keeps the newest `count` deliveries; the one that `latest` leads to always stays.
  /// - Returns: names of the removed folders.
  public static func retain(_ count: Int, in outbox: URL) -> [String] {
    let manager = FileManager.default
    let latest = try? manager.destinationOfSymbolicLink(
      atPath: outbox.appending(path: "latest").path)
    let names = ((try? manager.contentsOfDirectory(atPath: outbox.path)) ?? []).filter { name in
      // A delivery begins with a day: 2026-11-25-a1b2c3.
      let head = name.prefix(10)
      return head.count == 10 && head.allSatisfy { $0.isNumber || $0 == "-" }
        && head.filter(\.isNumber).count == 8
        && manager.fileExists(atPath: outbox.appending(path: name + "/manifest.json").path)
    }.sorted(by: >)
    var removed: [String] = []
    for name in names.dropFirst(max(1, count)) where name != latest {
      if (try? manager.removeItem(at: outbox.appending(path: name))) != nil { removed.append(name) }
    }
    return removed
  }
}

/// Writes beside the target, flushes and renames, so that a reader never sees half a file.
public func write(_ data: Data, to url: URL) throws(NightError) {
  let fresh = url.deletingLastPathComponent().appending(
    path: ".\(url.lastPathComponent).partial")
  let descriptor = open(fresh.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else {
    throw .cannotWrite(url.path, because: String(cString: strerror(errno)))
  }
  var done = 0
  var failure: Int32 = 0
  data.withUnsafeBytes { bytes in
    while done < bytes.count, failure == 0 {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count < 0, errno != EINTR { failure = errno }
      if count > 0 { done += count }
    }
  }
  if failure == 0, fsync(descriptor) != 0 { failure = errno }
  close(descriptor)
  if failure == 0, rename(fresh.path, url.path) != 0 { failure = errno }
  guard failure == 0 else {
    unlink(fresh.path)
    throw .cannotWrite(url.path, because: String(cString: strerror(failure)))
  }
}

/// Flushes every file below a folder, then the folders themselves.
func flush(_ folder: URL) throws(NightError) {
  var paths = [folder.path]
  if let walk = FileManager.default.enumerator(atPath: folder.path) {
    for case let name as String in walk { paths.append(folder.appending(path: name).path) }
  }
  for path in paths.reversed() {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { continue }
    let code = fsync(descriptor)
    let problem = errno
    close(descriptor)
    guard code == 0 || problem == EINVAL else {
      throw .cannotWrite(path, because: String(cString: strerror(problem)))
    }
  }
}
