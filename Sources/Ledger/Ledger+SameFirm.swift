import GRDB

/// What was last decided about one firm being another. 合并记录
public struct MergeRecord: Sendable, Equatable {
  public let firm: Int64
  /// The firm that it is; nil when it was decided that it stands alone.
  public let into: Int64?
  public let because: String
  /// Initials, or the program's word for itself.
  public let decidedBy: String
  /// Instant, UTC text.
  public let decidedAt: String

  public init(firm: Int64, into: Int64?, because: String, decidedBy: String, decidedAt: String) {
    self.firm = firm
    self.into = into
    self.because = because
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
  }
}

extension Ledger {
  /// Streams the identity of every firm, by id, in bounded memory. 企业身份
  /// - Parameter rows: ascending; only these rows of that order, counted from 0. Nil for all.
  public func forEachFirmEntry(rows: [Int]? = nil, _ body: (FirmEntry) throws -> Void)
    throws(LedgerError)
  {
    try read { database in
      let firms = try Lookup(
        database, sql: "SELECT id, creditCode, stockCode, placeCode FROM firm ORDER BY id")
      let name = try latestNames(database)
      var wanted = rows?.makeIterator()
      var next = wanted?.next()
      var row = 0
      while try firms.step() {
        defer { row += 1 }
        if rows != nil {
          guard row == next else { continue }
          next = wanted?.next()
        }
        try body(
          FirmEntry(
            id: firms.integer(0), name: try name(firms.integer(0)) ?? "", creditCode: firms.text(1),
            stockCode: firms.text(2), placeCode: firms.text(3)))
      }
    }
  }

  /// Streams the firms that lack a credit code or a place; in no order.
  public func forEachOpenFirm(_ body: (_ place: String?, _ hasCode: Bool) throws -> Void)
    throws(LedgerError)
  {
    try read { database in
      let firms = try Lookup(
        database,
        sql: """
          SELECT placeCode, creditCode IS NOT NULL FROM firm
          WHERE creditCode IS NULL OR placeCode IS NULL
          """)
      while try firms.step() { try body(firms.text(0), firms.integer(1) == 1) }
    }
  }

  /// Streams the latest name of every firm with its place, by id, in bounded memory.
  /// - Parameter wants: whether the name of a firm at this place is needed, where few are: others
  ///   come with an empty one. Nil for all names.
  public func forEachFirmName(
    wants: ((_ place: String?) -> Bool)? = nil,
    _ body: (_ name: String, _ place: String?, _ hasCode: Bool) throws -> Void
  ) throws(LedgerError) {
    try read { database in
      let firms = try Lookup(
        database, sql: "SELECT id, placeCode, creditCode IS NOT NULL FROM firm ORDER BY id")
      let latest = try wants == nil ? latestNamesInOrder(database) : latestNames(database)
      while try firms.step() {
        let place = firms.text(1)
        let name = try wants?(place) ?? true ? latest(firms.integer(0)) : nil
        try body(name ?? "", place, firms.integer(2) == 1)
      }
    }
  }

  /// The last decision about each firm that was ever merged or set apart, by firm.
  public func listMerges() throws(LedgerError) -> [MergeRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT firmId, intoFirmId, because, decidedBy, decidedAt FROM firmMerge
          WHERE id IN (SELECT max(id) FROM firmMerge GROUP BY firmId) ORDER BY firmId
          """
      ).map {
        MergeRecord(
          firm: $0[0], into: $0[1], because: $0[2], decidedBy: $0[3], decidedAt: $0[4])
      }
    }
  }

  /// Records merges and separations in one transaction; facts are not touched.
  public func record(_ merges: [MergeRecord]) throws(LedgerError) {
    if merges.isEmpty { return }
    try write { database in
      for merge in merges {
        try database.execute(
          sql: """
            INSERT INTO firmMerge (firmId, intoFirmId, because, decidedBy, decidedAt, decidedOn)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            merge.firm, merge.into, merge.because, merge.decidedBy, merge.decidedAt,
            String(merge.decidedAt.prefix(10)),
          ])
      }
    }
  }
}

/// Finds the latest name of a firm, by a look for each. 最新名称
private func latestNames(_ database: Database) throws -> (Int64) throws -> String? {
  let facts = try Lookup(
    database,
    sql: "SELECT name FROM firmFact WHERE firmId = ? ORDER BY knownOn DESC, id DESC LIMIT 1")
  return { firm in
    facts.bind(1, firm)
    defer { facts.reset() }
    return try facts.step() ? facts.text(0) : nil
  }
}

/// The same for all firms, asked for by ascending id: two passes side by side are cheaper than a look
/// for every firm.
private func latestNamesInOrder(_ database: Database) throws -> (Int64) throws -> String? {
  let facts = try Lookup(
    database, sql: "SELECT firmId, name FROM firmFact ORDER BY firmId, knownOn, id")
  var hasFact = try facts.step()
  return { firm in
    var name: String?
    while hasFact, facts.integer(0) <= firm {
      if facts.integer(0) == firm { name = facts.text(1) }
      hasFact = try facts.step()
    }
    return name
  }
}
