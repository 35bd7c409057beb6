import Atlas
import Crypto
import Foundation
import GRDB

/// A chain of digests over every decision, batch and publication: a changed past no longer fits. 链式日志
enum Journal {
  /// Adds the row of `table` whose key is `key` to the chain.
  static func append(_ database: Database, table: String, key: String, at now: String) throws {
    let content = try contentDigest(database, table: table, key: key)
    let last = try String.fetchOne(
      database, sql: "SELECT chain FROM journal ORDER BY id DESC LIMIT 1")
    let chain = link(last ?? "", table, key, content, now)
    try database.execute(
      sql:
        "INSERT INTO journal (tableName, rowKey, contentDigest, at, chain) VALUES (?, ?, ?, ?, ?)",
      arguments: [table, key, content, now, chain])
  }

  private static func link(
    _ last: String, _ table: String, _ key: String, _ content: String, _ at: String
  )
    -> String
  {
    let text = [last, table, key, content, at].joined(separator: "\u{1F}")
    return SHA256.hash(data: Data(text.utf8)).map { hexadecimal($0) }.joined()
  }

  /// SHA-256 over the cells of one row.
  static func contentDigest(_ database: Database, table: String, key: String) throws -> String {
    let condition = table == "publication" ? "runId || '/' || chainId = ?" : "id = ?"
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM \(table) WHERE \(condition)", arguments: [key])
    else { return String(repeating: "0", count: 64) }
    var bytes: [UInt8] = []
    for (position, value) in row.databaseValues.enumerated() {
      Canonical.append(value, at: position, to: &bytes)
    }
    return SHA256.hash(data: Data(bytes)).map { hexadecimal($0) }.joined()
  }

  /// Computes the chain anew after a lawful removal; the caller has lifted the triggers.
  static func rebuild(_ database: Database) throws {
    var last = ""
    for row in try Row.fetchAll(
      database, sql: "SELECT id, tableName, rowKey, at FROM journal ORDER BY id")
    {
      let table: String = row[1]
      let key: String = row[2]
      let content = try contentDigest(database, table: table, key: key)
      last = link(last, table, key, content, row[3])
      try database.execute(
        sql: "UPDATE journal SET contentDigest = ?, chain = ? WHERE id = ?",
        arguments: [content, last, row[0] as Int64])
    }
  }

  /// The first place where the chain or a row no longer fits; nil when all of it does.
  static func findBreak(_ database: Database) throws -> String? {
    var last = ""
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT id, tableName, rowKey, contentDigest, at, chain FROM journal ORDER BY id")
    while let row = try rows.next() {
      let table: String = row[1]
      let key: String = row[2]
      let content: String = row[3]
      let chain: String = row[5]
      guard Schema.appendOnly.contains(table) else { return "journal \(row[0] as Int64)" }
      guard link(last, table, key, content, row[4]) == chain else {
        return "journal \(row[0] as Int64)"
      }
      guard try contentDigest(database, table: table, key: key) == content else {
        return "\(table) \(key)"
      }
      last = chain
    }
    return try findForged(database)
  }

  /// A row of an append-only table that the journal does not know: somebody put it there.
  private static func findForged(_ database: Database) throws -> String? {
    for table in Schema.appendOnly where table != "journal" {
      let key = table == "publication" ? "runId || '/' || chainId" : "CAST(id AS TEXT)"
      let found = try String.fetchOne(
        database,
        sql: """
          SELECT \(key) FROM \(table) WHERE \(key) NOT IN
            (SELECT rowKey FROM journal WHERE tableName = ?) ORDER BY 1 LIMIT 1
          """, arguments: [table])
      if let found { return "\(table) \(found)" }
    }
    return nil
  }

  /// Rows of the journal and its last chain value: written down elsewhere, they show a journal that was cut short.
  static func head(_ database: Database) throws -> (rows: Int, chain: String) {
    let rows = try Int.fetchOne(database, sql: "SELECT count(*) FROM journal") ?? 0
    let chain = try String.fetchOne(
      database, sql: "SELECT chain FROM journal ORDER BY id DESC LIMIT 1")
    return (rows, chain ?? "")
  }
}

extension Canonical {
  static func append(_ value: DatabaseValue, at position: Int, to bytes: inout [UInt8]) {
    switch value.storage {
    case .null: return
    case .int64(let integer): append(integer: integer, at: position, to: &bytes)
    case .double(let real): append(real: real, at: position, to: &bytes)
    case .string(let text): append(text: Array(text.utf8)[...], at: position, to: &bytes)
    case .blob(let data): append(text: Array(data)[...], at: position, to: &bytes)
    }
  }
}
