import GRDB
import GRDBSQLite

/// One row of a statement as the library holds it: cells are read where they lie. 原样行
///
/// For tables of a million rows; bytes are valid until the next row.
struct FactRow {
  private let handle: OpaquePointer

  /// Calls `body` for every row of a statement without parameters.
  static func forEach(_ database: Database, sql: String, _ body: (FactRow) throws -> Void) throws {
    let rows = try FactCursor(database, sql: sql)
    while let row = try rows.next() { try body(row) }
  }

  fileprivate init(handle: OpaquePointer) { self.handle = handle }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func real(_ column: Int32) -> Double? {
    sqlite3_column_type(handle, column) == SQLITE_NULL
      ? nil : sqlite3_column_double(handle, column)
  }

  func flag(_ column: Int32) -> Bool? {
    sqlite3_column_type(handle, column) == SQLITE_NULL
      ? nil : sqlite3_column_int(handle, column) != 0
  }

  /// Hands over the bytes of a text; nil for an empty cell.
  func withText<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>?) throws -> Result)
    rethrows -> Result
  {
    // Asked for as a blob, the bytes are neither copied nor closed with a zero.
    guard let start = sqlite3_column_blob(handle, column) else { return try body(nil) }
    let count = Int(sqlite3_column_bytes(handle, column))
    return try body(
      UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count))
  }

  /// Puts a text in place of what the bytes hold; an empty cell leaves them.
  func replace(_ bytes: inout [UInt8], _ column: Int32) {
    withText(column) { text in
      guard let text else { return }
      bytes.removeAll(keepingCapacity: true)
      bytes.append(contentsOf: text)
    }
  }
}

/// The rows of a statement without parameters, one after the other. 逐行
final class FactCursor {
  private let database: Database
  private let statement: Statement

  init(_ database: Database, sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
  }

  deinit { sqlite3_reset(statement.sqliteStatement) }

  /// The next row; valid until the one after it is asked for.
  func next() throws -> FactRow? {
    let result = sqlite3_step(statement.sqliteStatement)
    if result == SQLITE_DONE { return nil }
    guard result == SQLITE_ROW else { throw database.failure(result) }
    return FactRow(handle: statement.sqliteStatement)
  }
}
