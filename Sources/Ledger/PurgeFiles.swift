public import Foundation

/// Takes a person out of the files of a workspace: inbox copies, papers, logs, backups. 清除文件
///
/// Plain text loses the words; anything packed that holds them, and every PDF or picture of a delivery whose
/// readable papers held them, is removed: a page cannot be searched for what it draws.
public struct PurgeFiles: Sendable, Equatable {
  /// Files whose text was blacked out.
  public private(set) var rewritten: [String] = []
  public private(set) var removed: [String] = []
  /// Backups of the ledger that were purged as well.
  public private(set) var backups: [String] = []

  private static let text: Set<String> = [
    "csv", "txt", "html", "json", "svg", "ics", "md", "yaml", "log", "tsv", "prom",
  ]

  /// - Parameter words: what names the person; blanks around them do not count.
  public static func run(
    in folder: URL, words: [String], because: String, by: String, at: String
  ) throws(LedgerError) -> PurgeFiles {
    var done = PurgeFiles()
    let words = words.map(\.trimmingBlanks).filter { $0.count >= 2 }
    let patterns = words.flatMap { PurgeFiles.encodings(of: $0) }
    let files = PurgeFiles.files(in: folder)
    var tainted: Set<String> = []
    for path in files {
      let name = URL(fileURLWithPath: path).lastPathComponent
      if name == "bulian.sqlite" || name.hasSuffix("-wal") || name.hasSuffix("-shm") { continue }
      if name.contains(".sqlite") {
        let ledger = try Ledger.open(path)
        if try ledger.purge(person: words, because: because, by: by, at: at) > 0 {
          done.backups.append(path)
        }
        continue
      }
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
      if text.contains(ending) {
        guard let clean = blackened(data, patterns) else { continue }
        do { try clean.write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
          throw .cannotWrite(path, error.localizedDescription)
        }
        done.rewritten.append(path)
        tainted.insert(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      } else if holds(path, data, patterns) {
        try remove(path)
        done.removed.append(path)
        tainted.insert(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      }
    }
    for path in files where ["pdf", "png"].contains(URL(fileURLWithPath: path).pathExtension) {
      guard tainted.contains(URL(fileURLWithPath: path).deletingLastPathComponent().path),
        FileManager.default.fileExists(atPath: path)
      else { continue }
      try remove(path)
      done.removed.append(path)
    }
    done.removed.sort()
    return done
  }

  private static func remove(_ path: String) throws(LedgerError) {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw .cannotWrite(path, error.localizedDescription)
    }
  }

  /// Plain files below the folder in ascending order; links are not followed.
  private static func files(in folder: URL) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    var found: [String] = []
    for case let name as String in walk {
      let path = folder.appending(path: name).path
      let type =
        try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      if type == .typeRegular { found.append(path) }
    }
    return found.sorted()
  }

  /// The word as UTF-8, as GB18030, as UTF-16 of both orders, and as JSON escapes.
  private static func encodings(of word: String) -> [Data] {
    // GB 18030-2000 by its registered number.
    let chinese = String.Encoding(rawValue: 0x8000_0632)
    let escaped = word.unicodeScalars.map { scalar in
      scalar.isASCII
        ? String(scalar)
        : "\\u" + String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count))
          + String(scalar.value, radix: 16)
    }.joined()
    var all = [Data(word.utf8), Data(escaped.utf8)]
    for encoding in [chinese, .utf16LittleEndian, .utf16BigEndian] {
      if let data = word.data(using: encoding) { all.append(data) }
    }
    return all.filter { $0.count >= 2 }
  }

  private static func blackened(_ data: Data, _ patterns: [Data]) -> Data? {
    var clean = data
    var isChanged = false
    for pattern in patterns {
      while let range = clean.range(of: pattern) {
        clean.replaceSubrange(range, with: Data("*".utf8))
        isChanged = true
      }
    }
    return isChanged ? clean : nil
  }

  /// True when the file, or what is packed in it, contains one of the patterns.
  private static func holds(_ path: String, _ data: Data, _ patterns: [Data]) -> Bool {
    if patterns.contains(where: { data.range(of: $0) != nil }) { return true }
    if data.starts(with: [0x1F, 0x8B]) {
      guard let file = try? TableFile(path: path), let reader = try? file.rows(sheet: nil) else {
        return true
      }
      var row = RawRow()
      while (try? reader.next(&row)) == true {
        for cell in 0..<row.count {
          let text = Data(row.text(cell).utf8)
          if patterns.contains(where: { text.range(of: $0) != nil }) { return true }
        }
      }
      return false
    }
    guard data.starts(with: [0x50, 0x4B]), let archive = try? ZipArchive(path: path) else {
      return false
    }
    for entry in archive.entries {
      guard let stream = try? archive.open(entry) else { return true }
      var content = Data()
      var block = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = block.withUnsafeMutableBytes { (try? stream.read(into: $0)) ?? 0 }
        if count == 0 { break }
        content.append(contentsOf: block.prefix(count))
        if content.count > 1 << 28 { return true }
      }
      if patterns.contains(where: { content.range(of: $0) != nil }) { return true }
    }
    return false
  }
}
