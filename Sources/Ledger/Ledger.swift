import Foundation
import GRDB
import GRDBSQLite

/// The database file of a workspace: what was imported, decided and published, and when. 台账
///
/// One writer at a time; facts are versions that are never overwritten; a file of a newer version
/// is refused untouched.
public final class Ledger: Sendable {
  public let path: String
  let queue: DatabaseQueue

  /// Opens the ledger at `path`, making it when there is none; older schemas are brought forward.
  ///
  /// The file is created for its owner alone (0600).
  /// - Throws: `BL0201` too new, `BL0202` damaged, `BL0203` another database, `BL0204` cannot be
  ///   written, `BL0205` in use.
  public static func open(_ path: String) throws(LedgerError) -> Ledger {
    try Ledger(path: path)
  }

  private init(path: String) throws(LedgerError) {
    self.path = path
    let isNew = !FileManager.default.fileExists(atPath: path)
    if isNew {
      let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw .cannotWrite(path, errorText()) }
      close(descriptor)
    } else {
      try Ledger.refuseForeign(path)
    }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.journalMode = .wal
    configuration.label = "bulian"
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      try database.execute(sql: "PRAGMA cache_size = -65536")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
      try database.execute(sql: "PRAGMA secure_delete = ON")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try Ledger.migrate(queue, path: path, isNew: isNew)
    } catch {
      throw Ledger.translate(error, path)
    }
  }

  /// The schema version of this program.
  public static var schemaVersion: Int { Schema.version }

  /// Looks at the header only, so that a file that is not ours is never touched.
  private static func refuseForeign(_ path: String) throws(LedgerError) {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path, errorText())
    }
    defer { try? handle.close() }
    let header = (try? handle.read(upToCount: 100)) ?? Data()
    if header.isEmpty { return }
    guard header.count == 100, header.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw .corrupt(path, "header")
    }
    func number(_ at: Int) -> Int {
      (0..<4).reduce(0) { $0 << 8 | Int(header[header.startIndex + at + $1]) }
    }
    // A fresh file in WAL mode has its header written before the first migration.
    let version = number(60)
    let application = number(68)
    if application != Int(Schema.applicationId), version != 0 || application != 0 {
      throw .notALedger(path)
    }
    // A database without a version of its own is still somebody's: tables take more than one page.
    if version == 0, application == 0, number(28) > 1 { throw .notALedger(path) }
    if version > Schema.version { throw .tooNew(path, found: version, known: Schema.version) }
  }

  private static func migrate(_ queue: DatabaseQueue, path: String, isNew: Bool) throws {
    let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    let application = try queue.read { try Int.fetchOne($0, sql: "PRAGMA application_id") ?? 0 }
    if found > Schema.version {
      throw LedgerError.tooNew(path, found: found, known: Schema.version)
    }
    if found > 0, application != Int(Schema.applicationId) { throw LedgerError.notALedger(path) }
    for version in found..<Schema.version {
      try queue.write { database in
        try database.execute(sql: Schema.migrations[version])
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationId)")
        try database.execute(sql: "PRAGMA user_version = \(version + 1)")
      }
    }
    if found > 0, found < Schema.version { try giveBackPages(queue) }
    // Reading every page of a large ledger takes seconds: `checkHealth` does that on request.
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?
      .intValue
    if found > 0, size ?? 0 < 32 << 20 {
      let check = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") ?? "" }
      if check != "ok" { throw LedgerError.corrupt(path, check) }
    }
  }

  /// Makes the file smaller when a migration has left more than a quarter of it empty; where the disk
  /// has no room for that, the empty pages stay and are used again.
  private static func giveBackPages(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      let empty = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
      if empty > pages / 4 { try? database.execute(sql: "VACUUM") }
    }
  }

  /// Runs `work` in one transaction that is undone whole when it throws.
  func write<Value>(_ work: (Database) throws -> Value) throws(LedgerError) -> Value {
    do { return try queue.write(work) } catch { throw Ledger.translate(error, path) }
  }

  /// The same without looking every reference up again: for rows whose references were just read or
  /// made in it. `work` says whether they are to be kept; what has to be sorted may wait in files.
  func writeUnchecked<Value>(
    _ work: (Database) throws -> (Value, Database.TransactionCompletion)
  ) throws(LedgerError) -> Value {
    do {
      return try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE")
        defer {
          try? database.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")
        }
        var result: Value?
        try database.inTransaction(.immediate) {
          let (value, completion) = try work(database)
          result = value
          return completion
        }
        guard let result else { preconditionFailure("a transaction that ends has a result") }
        return result
      }
    } catch { throw Ledger.translate(error, path) }
  }

  func read<Value>(_ work: (Database) throws -> Value) throws(LedgerError) -> Value {
    do { return try queue.read(work) } catch { throw Ledger.translate(error, path) }
  }

  static func translate(_ error: any Error, _ path: String) -> LedgerError {
    if let error = error as? LedgerError { return error }
    guard let error = error as? DatabaseError else { return .database("\(error)") }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return .corrupt(path, error.message ?? "\(error.resultCode)")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_PERM:
      return .cannotWrite(path, error.message ?? "\(error.resultCode)")
    default: return .database(error.message ?? "\(error.resultCode)")
    }
  }
}
