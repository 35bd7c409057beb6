public import Atlas
import GRDB

/// A firm as the ledger knows it, for lists and for choosing among namesakes. 企业条目
public struct FirmEntry: Sendable, Equatable {
  public let id: Int64
  public let name: String
  public let creditCode: String?
  public let stockCode: String?
  public let placeCode: String?
}

extension Ledger {
  /// The firms that a text can mean: a ledger id, credit code, stock code, exact name, and only
  /// when none of these fits, firms whose name contains it.
  public func findFirms(_ text: String, limit: Int = 20) throws(LedgerError) -> [FirmEntry] {
    try read { database in
      func fetch(_ condition: String, _ values: any DatabaseValueConvertible...) throws
        -> [FirmEntry]
      {
        try Row.fetchAll(
          database,
          sql: """
            SELECT firm.id,
              (SELECT name FROM firmFact WHERE firmId = firm.id ORDER BY knownOn DESC, id DESC LIMIT 1),
              creditCode, stockCode, placeCode
            FROM firm WHERE \(condition) ORDER BY id LIMIT ?
            """, arguments: StatementArguments(values + [limit])
        ).map {
          FirmEntry(
            id: $0[0], name: $0[1] ?? "", creditCode: $0[2], stockCode: $0[3], placeCode: $0[4])
        }
      }
      if let code = CreditCode(text) {
        let found = try fetch("creditCode = ?", code.text)
        if !found.isEmpty { return found }
      }
      if let stock = FirmName.stockCode(text), text.utf8.count >= 6 {
        let found = try fetch("stockCode = ?", stock)
        if !found.isEmpty { return found }
      }
      let named = try fetch("nameKey = ?", FirmName.key(text))
      if !named.isEmpty { return named }
      if let id = Int64(text) {
        let found = try fetch("id = ?", id)
        if !found.isEmpty { return found }
      }
      let escaped = text.map { "%_\\".contains($0) ? "\\\($0)" : String($0) }.joined()
      return try fetch(
        "id IN (SELECT firmId FROM firmFact WHERE name LIKE ? ESCAPE '\\' OR shortName = ?)",
        "%\(escaped)%", text)
    }
  }

  /// Records that two entries are one firm; undone by `unmerge`. Facts are not touched.
  public func merge(firm: Int64, into other: Int64, because: String, by: String, at: String)
    throws(LedgerError)
  {
    try writeMerge(firm: firm, into: other, because: because, by: by, at: at)
  }

  /// Takes a merge back.
  public func unmerge(firm: Int64, because: String, by: String, at: String) throws(LedgerError) {
    try writeMerge(firm: firm, into: nil, because: because, by: by, at: at)
  }

  private func writeMerge(firm: Int64, into other: Int64?, because: String, by: String, at: String)
    throws(LedgerError)
  {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO firmMerge (firmId, intoFirmId, because, decidedBy, decidedAt, decidedOn)
          VALUES (?, ?, ?, ?, ?, ?)
          """, arguments: [firm, other, because, by, at, String(at.prefix(10))])
    }
  }

  /// How many current facts of each kind the ledger holds, and the newest day each was known.
  public func countFacts() throws(LedgerError) -> [(kind: String, facts: Int, newest: Day?)] {
    try read { database in
      try ImportKind.all.map { kind in
        let key = kind.id == "firms" ? "firmId" : "factKey"
        let row = try Row.fetchOne(
          database, sql: "SELECT count(DISTINCT \(key)), max(knownOn) FROM \(kind.table)")
        let newest: String? = row?[1]
        return (kind.id, row?[0] ?? 0, newest.flatMap { Day($0) })
      }
    }
  }
}
