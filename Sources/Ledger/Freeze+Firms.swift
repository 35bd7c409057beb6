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
  func freezeFirms() throws -> Firms {
    var merged: [Int64: [FirmDraft]] = [:]
    if !mergedInto.isEmpty {
      let ids = mergedInto.keys.sorted().map(String.init).joined(separator: ", ")
      try forEachDraft(where: "AND firmId IN (\(ids))") { draft in
        if survivor(draft.id) != draft.id { merged[survivor(draft.id), default: []].append(draft) }
      }
    }
    var firms = Firms()
    firms.reserve(try Int.fetchOne(database, sql: "SELECT count(*) FROM firm") ?? 0)
    var seats = SeatRows(places)
    let example = Array("示例".utf8)
    try forEachDraft(where: "") { draft in
      if !mergedInto.isEmpty {
        guard mergedInto[draft.id] == nil else { return }
        for other in merged[draft.id] ?? [] { draft.complete(from: other) }
      }
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
      if configuration.isSample, draft.name.contains(example) { flags.insert(.example) }
      firms.flags.append(flags)
      firms.employees.append(draft.employees.map { Float($0) })
      firms.revenue.append(draft.revenue.map { Float($0) })
      firms.established.append(
        draft.established.isEmpty
          ? nil
          : Day(iso: draft.established) ?? Day(String(decoding: draft.established, as: UTF8.self)))
      firms.provenance.append(provenance(draft.batch, draft.line))
    }
    return firms
  }

  /// Streams firms in ascending order of id, versions of one firm laid over one another.
  private func forEachDraft(where condition: String, _ body: (inout FirmDraft) throws -> Void)
    throws
  {
    var draft = FirmDraft()
    var isOpen = false
    try FactRow.forEach(
      database,
      sql: """
        SELECT firmId, batchId, line, name, creditCode, stockCode, placeCode, employees,
          revenueWanYuan, establishedOn, status, isListed, isDishonest, isDoNotContact, isForeign
        FROM firmFact WHERE knownOn <= '\(asOf.iso)' AND batchId <= \(through) \(condition)
        ORDER BY firmId, knownOn, id
        """
    ) { row in
      let id = row.integer(0)
      if !isOpen || draft.id != id {
        if isOpen { try body(&draft) }
        draft.begin(id)
        isOpen = true
      }
      draft.lay(row)
    }
    if isOpen { try body(&draft) }
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
    guard count >= wanted.count else { return false }
    return (0...count - wanted.count).contains {
      self[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }
}
