import Atlas
import Foundation
import Ledger
import Nightly

/// The files that were dropped into a workspace's inbox. 收件箱
///
/// The kind of a file is told by the folder it lies in (`inbox/firms/…`) or by its name: an import kind's id or Chinese
/// title as a word of it (`firms-2026.csv`, `2026年企业.xlsx`).
struct NightInbox {
  struct File {
    let url: URL
    let kind: String?
  }

  let folder: URL

  init(_ workspace: Workspace) { folder = workspace.folder.appending(path: "inbox") }

  /// Firms before what speaks of firms, then by path; hidden, temporary and finished ones are left out.
  func list() -> [File] {
    let manager = FileManager.default
    guard let walk = manager.enumerator(atPath: folder.path) else { return [] }
    var found: [File] = []
    for case let name as String in walk {
      let parts = name.split(separator: "/").map(String.init)
      let last = parts.last ?? name
      let isOurs = ["done", "rejected"].contains(parts.first ?? "")
      let isTemporary =
        last.hasPrefix(".") || last.hasPrefix("~$") || last.hasPrefix(".~")
        || [".tmp", ".part", ".crdownload", ".partial"].contains { last.hasSuffix($0) }
      let url = folder.appending(path: name)
      let type = try? manager.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
      guard !isOurs, !isTemporary, type == .typeRegular else { continue }
      found.append(File(url: url, kind: NightInbox.kind(of: parts)))
    }
    let order = ImportKind.all.map(\.id)
    func place(_ file: File) -> Int {
      file.kind.flatMap { order.firstIndex(of: $0) } ?? order.count
    }
    return found.sorted { (place($0), $0.url.path) < (place($1), $1.url.path) }
  }

  /// The folder's name, else the longest id or title that the file's name contains.
  static func kind(of parts: [String]) -> String? {
    if parts.count > 1,
      let kind = ImportKind.all.first(where: { $0.id == parts[0] || $0.title.zh == parts[0] })
    {
      return kind.id
    }
    let name = (parts.last ?? "").lowercased()
    let named = ImportKind.all.flatMap { kind in
      [kind.id, kind.title.zh].filter { name.contains($0) }.map {
        (kind: kind.id, length: $0.utf8.count)
      }
    }
    return named.max { ($0.length, $1.kind) < ($1.length, $0.kind) }?.kind
  }

  /// True when nobody is writing the file: its size and time stay the same for a moment.
  static func isSettled(_ url: URL, seconds: Double) -> Bool {
    func look() -> (size: Int, changed: Date)? {
      guard let found = try? FileManager.default.attributesOfItem(atPath: url.path),
        let size = (found[.size] as? NSNumber)?.intValue,
        let changed = found[.modificationDate] as? Date
      else { return nil }
      return (size, changed)
    }
    guard let first = look() else { return false }
    if Date().timeIntervalSince(first.changed) > seconds { return true }
    Thread.sleep(forTimeInterval: seconds)
    guard let second = look() else { return false }
    return first == second
  }

  /// Moves a finished file out of the way. What was read as a table is kept without columns of persons; the
  /// original's digest stands in the ledger.
  func archive(_ file: File, to part: String, headerRow: Int?, stamp: String) throws {
    let manager = FileManager.default
    let target = folder.appending(path: part)
    do {
      try manager.createDirectory(
        at: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure.cannotWrite(target.path, "") }
    let name = "\(stamp)-\(file.url.lastPathComponent)"
    if let headerRow {
      let stem = (name as NSString).deletingPathExtension
      let copy = target.appending(path: stem + ".csv").path
      try? manager.removeItem(atPath: copy)
      if (try? RedactedCopy.write(file.url.path, to: copy, headerRow: headerRow, workers: .machine))
        != nil
      {
        try manager.removeItem(at: file.url)
        return
      }
      try? manager.removeItem(atPath: copy)
    }
    let place = target.appending(path: name)
    try? manager.removeItem(at: place)
    do {
      try manager.moveItem(at: file.url, to: place)
      try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: place.path)
    } catch { throw Failure.cannotWrite(place.path, "") }
  }
}
