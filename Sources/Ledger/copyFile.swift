import Foundation
import GRDB
import GRDBSQLite
import Glibc

/// Copies a ledger's file as it lies while nobody can write, in large reads instead of one a page. 整份复制
///
/// The bytes come through the library's own handle: a second handle of this process on the file
/// would give up the library's locks when it is closed.
/// - Returns: false, and nothing copied, while somebody reads an older state or has just written.
func copyFile(of database: Database, at path: String, to target: String) throws -> Bool {
  // A reader of an older state is not waited for.
  let patience = try Int.fetchOne(database, sql: "PRAGMA busy_timeout") ?? 0
  try database.execute(sql: "PRAGMA busy_timeout = 0")
  let isBusy = try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)") != 0
  try database.execute(sql: "PRAGMA busy_timeout = \(patience)")
  if isBusy { return false }
  try database.beginTransaction(.immediate)
  defer { try? database.rollback() }
  let journal = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
  guard (journal?[.size] as? NSNumber)?.intValue ?? 0 == 0 else { return false }
  var file: UnsafeMutablePointer<sqlite3_file>?
  sqlite3_file_control(database.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file)
  guard let file, let methods = file.pointee.pMethods?.pointee, let read = methods.xRead,
    let measure = methods.xFileSize
  else { return false }
  var size: sqlite3_int64 = 0
  guard measure(file, &size) == SQLITE_OK else { return false }
  let descriptor = open(target, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw LedgerError.cannotWrite(target, errorText()) }
  defer { close(descriptor) }
  let part = 4 << 20
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: part, alignment: 4096)
  defer { buffer.deallocate() }
  var offset: sqlite3_int64 = 0
  while offset < size {
    let count = min(part, Int(size - offset))
    let result = read(file, buffer.baseAddress, Int32(count), offset)
    guard result == SQLITE_OK else { throw database.failure(result) }
    var written = 0
    while written < count {
      let step = Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, count - written)
      guard step > 0 else { throw LedgerError.cannotWrite(target, errorText()) }
      written += step
    }
    offset += sqlite3_int64(count)
  }
  guard fsync(descriptor) == 0 else { throw LedgerError.cannotWrite(target, errorText()) }
  return true
}
