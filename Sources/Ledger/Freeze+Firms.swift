import Atlas
import GRDB
import GRDBSQLite

/// The cells of a firm while its versions are laid over one another: bytes, so that no text is made
/// on the way from the page to the column. 企业草稿
private struct FirmDraft {
  var id: Int64 = 0
  var batch: Int64 = 0
  var line: Int32 = 0
  var name: [UInt8] = []
  var creditCode: [UInt8] = []
  var stockCode: [UInt8] = []
  var place: [UInt8] = []
  var established: [UInt8] = []
  var status: FirmStatus?
  var employees: Double?
  var revenue: Double?
  var isListed: Bool?
  var isDishonest: Bool?
  var isDoNotContact: Bool?
  var isForeign: Bool?

  /// What `lay` reads, in its order, after the firm.
  static let cells = """
    firmId, batchId, line, name, creditCode, stockCode, placeCode, employees, revenueWanYuan,
    establishedOn, status, isListed, isDishonest, isDoNotContact, isForeign
    """

  /// Forgets everything but the memory it has.
  mutating func begin(_ firm: Int64) {
    id = firm
    name.removeAll(keepingCapacity: true)
    creditCode.removeAll(keepingCapacity: true)
    stockCode.removeAll(keepingCapacity: true)
    place.removeAll(keepingCapacity: true)
    established.removeAll(keepingCapacity: true)
    status = nil
    employees = nil
    revenue = nil
    isListed = nil
    isDishonest = nil
    isDoNotContact = nil
    isForeign = nil
  }

  /// Lays a version over what is known so far; a blank cell erases nothing.
  mutating func lay(_ row: FactRow) {
    batch = row.integer(1)
    line = Int32(truncatingIfNeeded: row.integer(2))
    row.replace(&name, 3)
    row.replace(&creditCode, 4)
    row.replace(&stockCode, 5)
    row.replace(&place, 6)
    employees = row.real(7) ?? employees
    revenue = row.real(8) ?? revenue
    row.replace(&established, 9)
    row.withText(10) { word in
      if let word { status = FirmStatus(word: word) }
    }
    isListed = row.flag(11) ?? isListed
    isDishonest = row.flag(12) ?? isDishonest
    isDoNotContact = row.flag(13) ?? isDoNotContact
    isForeign = row.flag(14) ?? isForeign
  }

  /// Takes over what is not known yet from a firm that was merged into this one.
  mutating func complete(from other: FirmDraft) {
    if creditCode.isEmpty { creditCode = other.creditCode }
    if stockCode.isEmpty { stockCode = other.stockCode }
    if place.isEmpty { place = other.place }
    if established.isEmpty { established = other.established }
    employees = employees ?? other.employees
    revenue = revenue ?? other.revenue
    status = status ?? other.status
    isListed = isListed ?? other.isListed
    isDishonest = isDishonest ?? other.isDishonest
    isDoNotContact = isDoNotContact ?? other.isDoNotContact
    isForeign = isForeign ?? other.isForeign
  }
}

extension Freeze {
  /// The columns of all firms, ascending by id.
  ///
  /// A firm that was merged into another one has no row; it completes the other's.
  /// - Complexity: O(versions), in the order of the table as long as most firms have one version.
  func freezeFirms() throws -> Firms {
    let count = try countFirms()
    let versions = try Int.fetchOne(database, sql: "SELECT count(*) FROM firmFact") ?? 0
    // Where many firms have versions, going by the index is cheaper than going twice.
    if versions <= count + count / 4, let firms = try freezeFirmsAsTheyLie() { return firms }
    return try freezeFirmsInOrder()
  }

  /// The columns read by the index on firms and days.
  func freezeFirmsInOrder() throws -> Firms {
    let merged = try readMerged()
    var columns = FirmColumns(try countFirms(), places: places)
    let drafts = try FirmDrafts(database, sql: versions(where: ""))
    while try drafts.read() { append(&drafts.draft, merged, to: &columns) }
    return columns.firms
  }

  /// The columns read in the order of the table, which is that of the firms for all that have one
  /// version; those that have several come by the index and are put between.
  ///
  /// - Returns: nil when a firm with one version does not lie in order, as after a purge.
  func freezeFirmsAsTheyLie() throws -> Firms? {
    let merged = try readMerged()
    var columns = FirmColumns(try countFirms(), places: places)
    let repeated = try FirmDrafts(
      database,
      sql: versions(
        where: """
          AND firmId IN (SELECT firmId FROM firmFact GROUP BY firmId HAVING count(*) > 1)
          """))
    var isWaiting = try repeated.read()
    var single = FirmDraft()
    var last = Int64.min
    var (met, laid) = (0, 0)
    func takeRepeated() throws {
      last = repeated.draft.id
      laid += repeated.versions
      append(&repeated.draft, merged, to: &columns)
      isWaiting = try repeated.read()
    }
    let rows = try FactCursor(
      database, sql: "SELECT \(FirmDraft.cells) FROM firmFact NOT INDEXED WHERE \(scope)")
    while let row = try rows.next() {
      met += 1
      let id = row.integer(0)
      // A later version: it has come by the index, or the count at the end will tell.
      if id <= last { continue }
      while isWaiting, repeated.draft.id < id { try takeRepeated() }
      if isWaiting, repeated.draft.id == id {
        try takeRepeated()
        continue
      }
      single.begin(id)
      single.lay(row)
      append(&single, merged, to: &columns)
      last = id
      laid += 1
    }
    while isWaiting { try takeRepeated() }
    return met == laid ? columns.firms : nil
  }

  /// The columns of an earlier freeze, firms that have changed since read anew.
  /// - Complexity: O(firms) copied, and a look by the index for every changed one.
  func freezeFirms(from kept: Firms, _ change: FirmChange) throws -> Firms {
    let merged = try readMerged()
    var columns = FirmColumns(kept.count + change.firms.count, places: places)
    let drafts = try FirmDrafts(
      database, sql: versions(where: "AND firmId IN (\(change.query))"))
    var isWaiting = try drafts.read()
    try change.lay(over: kept.id, keep: { columns.append(kept, rows: $0) }) { id in
      // A firm without a version by this day has no row.
      guard isWaiting, drafts.draft.id == id else { return }
      append(&drafts.draft, merged, to: &columns)
      isWaiting = try drafts.read()
    }
    return columns.firms
  }

  private func countFirms() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM firm") ?? 0
  }

  /// What is known of firms that were merged, by the firm that each is part of.
  private func readMerged() throws -> [Int64: [FirmDraft]] {
    guard !mergedInto.isEmpty else { return [:] }
    var merged: [Int64: [FirmDraft]] = [:]
    let ids = mergedInto.keys.sorted().map(String.init).joined(separator: ", ")
    let drafts = try FirmDrafts(database, sql: versions(where: "AND firmId IN (\(ids))"))
    while try drafts.read() {
      let (id, into) = (drafts.draft.id, survivor(drafts.draft.id))
      if into != id { merged[into, default: []].append(drafts.draft) }
    }
    return merged
  }

  private var scope: String { "knownOn <= '\(asOf.iso)' AND batchId <= \(through)" }

  /// Versions of firms in ascending order of id, those of one firm in the order they are laid in.
  private func versions(where condition: String) -> String {
    """
    SELECT \(FirmDraft.cells) FROM firmFact WHERE \(scope) \(condition)
    ORDER BY firmId, knownOn, id
    """
  }

  private func append(
    _ draft: inout FirmDraft, _ merged: [Int64: [FirmDraft]], to columns: inout FirmColumns
  ) {
    if !mergedInto.isEmpty {
      guard mergedInto[draft.id] == nil else { return }
      for other in merged[draft.id] ?? [] { draft.complete(from: other) }
    }
    columns.append(
      draft, provenance: provenance(draft.batch, draft.line), isSample: configuration.isSample)
  }
}

/// Firms one after the other, versions of one firm laid over one another. 逐户叠加
private final class FirmDrafts {
  private let rows: FactCursor
  private var waiting: FactRow?
  var draft = FirmDraft()
  /// How many versions were laid for the draft.
  private(set) var versions = 0

  init(_ database: Database, sql: String) throws {
    rows = try FactCursor(database, sql: sql)
    waiting = try rows.next()
  }

  /// Reads the next firm into `draft`; false after the last one.
  func read() throws -> Bool {
    guard let first = waiting else { return false }
    draft.begin(first.integer(0))
    versions = 0
    while let row = waiting, row.integer(0) == draft.id {
      draft.lay(row)
      versions += 1
      waiting = try rows.next()
    }
    return true
  }
}

/// The columns of firms while they fill.
private struct FirmColumns {
  private(set) var firms = Firms()
  private var seats: SeatRows
  private static let example = Array("示例".utf8)

  init(_ count: Int, places: Places) {
    firms.reserve(count)
    seats = SeatRows(places)
  }

  mutating func append(_ other: Firms, rows: Range<Int>) { firms.append(other, rows: rows) }

  mutating func append(_ draft: FirmDraft, provenance: Provenance, isSample: Bool) {
    firms.id.append(draft.id)
    draft.name.withUnsafeBufferPointer { firms.name.append(utf8: $0) }
    draft.creditCode.withUnsafeBufferPointer { firms.creditCode.append(utf8: $0) }
    draft.stockCode.withUnsafeBufferPointer { firms.stockCode.append(utf8: $0) }
    firms.seat.append(seats.find(draft.place))
    firms.status.append(draft.status ?? .unknown)
    var flags = FirmFlags()
    if draft.isListed == true || !draft.stockCode.isEmpty { flags.insert(.listed) }
    if draft.isDishonest == true { flags.insert(.dishonest) }
    if draft.isDoNotContact == true { flags.insert(.doNotContact) }
    if draft.isForeign == true { flags.insert(.foreign) }
    if isSample, draft.name.contains(FirmColumns.example) { flags.insert(.example) }
    firms.flags.append(flags)
    firms.employees.append(draft.employees.map { Float($0) })
    firms.revenue.append(draft.revenue.map { Float($0) })
    firms.established.append(
      draft.established.isEmpty
        ? nil
        : draft.established.withUnsafeBufferPointer { Day(iso: $0) }
          ?? Day(String(decoding: draft.established, as: UTF8.self)))
    firms.provenance.append(provenance)
  }
}

/// Rows of places by the code a firm was registered at; files repeat few codes many times.
private struct SeatRows {
  private let places: Places
  private var known: [UInt64: Int32] = [:]

  init(_ places: Places) { self.places = places }

  mutating func find(_ code: [UInt8]) -> Int32? {
    guard !code.isEmpty else { return nil }
    guard code.count < 8 else {
      return places.find(code: String(decoding: code, as: UTF8.self)).map { Int32($0) }
    }
    var key: UInt64 = 1
    for byte in code { key = key << 8 | UInt64(byte) }
    if let row = known[key] { return row < 0 ? nil : row }
    let row = places.find(code: String(decoding: code, as: UTF8.self)).map { Int32($0) }
    known[key] = row ?? -1
    return row
  }
}

extension FirmStatus {
  init(word: UnsafeBufferPointer<UInt8>) {
    switch word.first {
    case UInt8(ascii: "a"): self = .active
    case UInt8(ascii: "c"): self = .cancelled
    case UInt8(ascii: "r"): self = .revoked
    case UInt8(ascii: "s"): self = .suspended
    default: self = .unknown
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
    return withUnsafeBufferPointer { own in
      for start in 0...(own.count - wanted.count) where own[start] == first {
        if own[start..<start + wanted.count].elementsEqual(wanted) { return true }
      }
      return false
    }
  }
}
