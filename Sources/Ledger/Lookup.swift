import GRDB
import GRDBSQLite

/// A prepared statement driven without boxing its values: for what runs once per imported row. 预编译语句
///
/// A `String` is copied on binding, so that callers need not keep it; bytes are not.
final class Lookup {
  private let statement: Statement
  private let handle: OpaquePointer
  private let database: Database

  init(_ database: Database, sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  func bind(_ index: Int32, _ value: Int64?) {
    if let value {
      sqlite3_bind_int64(handle, index, value)
    } else {
      sqlite3_bind_null(handle, index)
    }
  }

  func bind(_ index: Int32, _ text: String?) {
    guard var text else {
      sqlite3_bind_null(handle, index)
      return
    }
    if text.isEmpty {
      sqlite3_bind_text(handle, index, "", 0, Lookup.transient)
      return
    }
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = sqlite3_bind_text(
          handle, index, characters.baseAddress, Int32(characters.count), Lookup.transient)
      }
    }
  }

  /// Binds a text where it lies: it has to stay there until the statement has run.
  func bind(_ index: Int32, _ text: CellBytes?) {
    bindInPlace(handle, index, text)
  }

  func bind(_ index: Int32, real: Double?) {
    if let real {
      sqlite3_bind_double(handle, index, real)
    } else {
      sqlite3_bind_null(handle, index)
    }
  }

  /// - Returns: true while there is a row; the statement is ready for the next use after false.
  func step() throws -> Bool {
    let result = sqlite3_step(handle)
    if result == SQLITE_ROW { return true }
    defer { sqlite3_reset(handle) }
    if result != SQLITE_DONE { throw database.failure(result) }
    return false
  }

  /// Gives up the remaining rows.
  func reset() { sqlite3_reset(handle) }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func text(_ column: Int32) -> String? {
    sqlite3_column_text(handle, column).map { String(cString: $0) }
  }

  func real(_ column: Int32) -> Double? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_double(handle, column)
  }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// True when the column holds this very text.
  func isText(_ column: Int32, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { isText(column, $0) }
  }

  func isText(_ column: Int32, _ text: CellBytes) -> Bool {
    guard let bytes = sqlite3_column_text(handle, column) else { return false }
    let kept = UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column)))
    return text.elementsEqual(kept)
  }

  /// The C library's mark for "copy this" (SQLITE_TRANSIENT is a cast that Swift does not import).
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// Binds a text where it lies; nil for no text. It has to stay there until the statement has run.
func bindInPlace(_ statement: OpaquePointer, _ index: Int32, _ text: CellBytes?) {
  let start = text?.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
  sqlite3_bind_text(statement, index, start, Int32(text?.count ?? 0), nil)
}

extension Database {
  /// What the library says of a call that has just failed.
  func failure(_ result: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: result),
      message: sqlite3_errmsg(sqliteConnection).map { String(cString: $0) })
  }
}
