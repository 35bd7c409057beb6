import Atlas
import Crypto
import Foundation
import GRDB

/// The machine's links as columns, by firm and then segment, rejected ones left out. 机器挂链列
struct MachineLinkColumns: Equatable {
  /// Ledger id, ascending; that of the firm whose text was linked, whatever it was merged into.
  var firm: [Int64] = []
  /// Global row; −1 for a segment that no chain has.
  var segment: [Int32] = []
  var score: [Float] = []
  var isConfirmed: [UInt8] = []
  /// 1 where the firm lists no products.
  var likelyShare: [Double] = []

  var count: Int { firm.count }

  mutating func append(_ other: MachineLinkColumns, rows: Range<Int>) {
    firm.append(contentsOf: other.firm[rows])
    segment.append(contentsOf: other.segment[rows])
    score.append(contentsOf: other.score[rows])
    isConfirmed.append(contentsOf: other.isConfirmed[rows])
    likelyShare.append(contentsOf: other.likelyShare[rows])
  }
}

/// The columns of an earlier freeze, kept in a file beside the ledger: a freeze reads what has changed
/// since and copies the rest. 冻结列存
///
/// The file holds nothing that the ledger does not hold, gives the same snapshot bit by bit, and may be
/// deleted at any time. It is used only where the ledger's past up to it is the one it was made from.
struct FrozenColumns {
  /// What the columns depend on besides facts.
  struct Ground: Codable, Equatable {
    /// To be raised with every change of what a freeze makes of the same facts.
    var format = 1
    let isSample: Bool
    let places: String
    let segments: String
    /// Changes with everything but facts that decides a link.
    let linker: String
  }

  /// How far the ledger was read.
  struct Mark: Codable, Equatable {
    /// `Day.number`.
    let asOf: Int32
    let batch: Int64
    /// Youngest fact of a firm that columns and links know.
    let fact: Int64
    let journalRows: Int
    let chain: String
  }

  var ground: Ground
  var mark: Mark
  /// The firm that each merged firm was part of.
  var merges: [Int64: Int64]
  var firms: Firms
  var links: MachineLinkColumns

  static func path(ofLedger path: String) -> String { path + "-columns" }

  private struct Head: Codable {
    let ground: Ground
    let mark: Mark
  }

  private static let magic = Array("BuLiCol1".utf8)
  private static let digestSize = SHA256.byteCount

}

extension FrozenColumns {
  /// Writes the file whole or not at all; that it cannot be written harms nothing.
  func write(to path: String) {
    let partial = path + ".partial"
    let manager = FileManager.default
    guard
      manager.createFile(
        atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: partial)
    else { return }
    do {
      defer { try? file.close() }
      var hash = SHA256()
      // The digest of what follows comes first.
      try file.write(
        contentsOf: FrozenColumns.magic + [UInt8](repeating: 0, count: FrozenColumns.digestSize))
      let writer = ColumnWriter { bytes in
        hash.update(bufferPointer: bytes)
        try file.write(contentsOf: bytes)
      }
      try writer.add(Array(JSONEncoder().encode(Head(ground: ground, mark: mark))))
      let merged = merges.keys.sorted()
      try writer.add(merged)
      try writer.add(merged.map { merges[$0] ?? 0 })
      try firms.write(to: writer)
      try writer.add(links.firm)
      try writer.add(links.segment)
      try writer.add(links.score)
      try writer.add(links.isConfirmed)
      try writer.add(links.likelyShare)
      try file.seek(toOffset: UInt64(FrozenColumns.magic.count))
      try file.write(contentsOf: Array(hash.finalize()))
    } catch {
      try? manager.removeItem(atPath: partial)
      return
    }
    if rename(partial, path) != 0 { try? manager.removeItem(atPath: partial) }
  }

  /// Reads a file; nil where there is none, or it is not whole, or it was made on other ground.
  init?(path: String, ground: Ground) {
    guard
      let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
      let read = data.withUnsafeBytes({ FrozenColumns($0, ground: ground) })
    else { return nil }
    self = read
  }

  private init?(_ bytes: UnsafeRawBufferPointer, ground: Ground) {
    let start = FrozenColumns.magic.count + FrozenColumns.digestSize
    guard bytes.count > start,
      bytes[..<FrozenColumns.magic.count].elementsEqual(FrozenColumns.magic)
    else { return nil }
    let content = UnsafeRawBufferPointer(rebasing: bytes[start...])
    var reader = ColumnReader(content)
    guard let head = reader.take(UInt8.self),
      let read = try? JSONDecoder().decode(Head.self, from: Data(head)), read.ground == ground
    else { return nil }
    var hash = SHA256()
    hash.update(bufferPointer: content)
    guard hash.finalize().elementsEqual(bytes[FrozenColumns.magic.count..<start]) else {
      return nil
    }
    guard let merged = reader.take(Int64.self), let into = reader.take(Int64.self),
      merged.count == into.count, let firms = Firms(from: &reader),
      let firm = reader.take(Int64.self), let segment = reader.take(Int32.self),
      let score = reader.take(Float.self), let isConfirmed = reader.take(UInt8.self),
      let likelyShare = reader.take(Double.self),
      [segment.count, score.count, isConfirmed.count, likelyShare.count].allSatisfy({
        $0 == firm.count
      })
    else { return nil }
    self.ground = read.ground
    mark = read.mark
    merges = Dictionary(zip(merged, into)) { first, _ in first }
    self.firms = firms
    links = MachineLinkColumns(
      firm: firm, segment: segment, score: score, isConfirmed: isConfirmed,
      likelyShare: likelyShare)
  }
}

extension FrozenColumns.Ground {
  /// - Returns: nil while the machine's links are not those of one linker.
  init?(_ freeze: Freeze) throws {
    guard let mark = try LinkMark.read(freeze.database) else { return nil }
    func digest(_ texts: [String]) -> String {
      Ledger.digest(of: Data(texts.joined(separator: "\u{1F}").utf8))
    }
    self.init(
      isSample: freeze.configuration.isSample, places: digest(freeze.places.code),
      segments: digest(freeze.chains.flatMap(\.segments).map(\.id)),
      linker: "\(mark.linker) \(mark.purges)")
  }
}

extension FrozenColumns.Mark {
  /// How far a freeze has read.
  init(_ freeze: Freeze) throws {
    let database = freeze.database
    let facts = try Int64.fetchOne(database, sql: "SELECT max(id) FROM firmFact") ?? 0
    let head = try Journal.head(database)
    self.init(
      asOf: freeze.asOf.number,
      batch: try Int64.fetchOne(database, sql: "SELECT max(id) FROM batch") ?? 0,
      fact: min(facts, try LinkMark.read(database)?.fact ?? 0), journalRows: head.rows,
      chain: head.chain)
  }
}

/// The firms that have to be read anew since columns were kept. 变动企业
struct FirmChange {
  /// Ledger ids, ascending.
  let firms: [Int64]
  /// SQL for the same.
  let query: String

  /// Walks along kept rows: hands over the runs between changed firms, and each changed firm where its
  /// rows stand or would.
  /// - Parameter ids: the firm of each kept row, ascending.
  func lay(
    over ids: [Int64], keep: (Range<Int>) -> Void, renew: (Int64) throws -> Void
  ) rethrows {
    var row = 0
    for firm in firms {
      var next = row
      while next < ids.count, ids[next] < firm { next += 1 }
      keep(row..<next)
      while next < ids.count, ids[next] == firm { next += 1 }
      row = next
      try renew(firm)
    }
    keep(row..<ids.count)
  }

  /// - Returns: nil where the columns are of another past or of a later day, where older batches have
  ///   come into sight since, or where so many firms have changed that reading all is as cheap.
  init?(since kept: FrozenColumns, in freeze: Freeze) throws {
    let (database, mark) = (freeze.database, kept.mark)
    guard freeze.through == .max, mark.asOf <= freeze.asOf.number else { return nil }
    let chain = try String.fetchOne(
      database, sql: "SELECT chain FROM journal ORDER BY id LIMIT 1 OFFSET ?",
      arguments: [mark.journalRows - 1])
    guard mark.journalRows > 0, chain == mark.chain else { return nil }
    let isLater =
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM batch WHERE id <= ? AND knownOn > ? AND knownOn <= ?)
          """, arguments: [mark.batch, Day(number: mark.asOf).iso, freeze.asOf.iso]) ?? true
    if isLater { return nil }
    let renewed = try Int64.fetchSet(
      database, sql: "SELECT DISTINCT firmId FROM firmFact WHERE id > ?", arguments: [mark.fact])
    var changed = renewed
    // Whoever belongs to another firm now, and whoever gained or lost by it.
    for firm in Set(kept.merges.keys).union(freeze.mergedInto.keys) {
      let (before, now) = (
        Freeze.survivor(firm, in: kept.merges), Freeze.survivor(firm, in: freeze.mergedInto)
      )
      if before != now { changed.formUnion([firm, before, now]) }
    }
    // What is new of a part is new of the whole.
    for firm in changed { changed.insert(freeze.survivor(firm)) }
    guard changed.count <= kept.firms.count / 4 else { return nil }
    firms = changed.sorted()
    // Most are found by their facts; only the others are named.
    let others = changed.subtracting(renewed).sorted()
    guard others.count <= 50_000 else { return nil }
    query = """
      SELECT firmId FROM firmFact WHERE id > \(mark.fact) UNION
      SELECT value FROM json_each('[\(others.map(String.init).joined(separator: ","))]')
      """
  }
}
