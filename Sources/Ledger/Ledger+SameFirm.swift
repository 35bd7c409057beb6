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
  public func forEachFirmEntry(_ body: (FirmEntry) throws -> Void) throws(LedgerError) {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id,
            (SELECT name FROM firmFact WHERE firmId = firm.id ORDER BY knownOn DESC, id DESC LIMIT 1),
            creditCode, stockCode, placeCode
          FROM firm ORDER BY id
          """)
      while let row = try rows.next() {
        try body(
          FirmEntry(
            id: row[0], name: row[1] ?? "", creditCode: row[2], stockCode: row[3],
            placeCode: row[4]))
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
