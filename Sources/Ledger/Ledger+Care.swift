import Crypto
import Foundation
import GRDB

/// What a look at the ledger's health found. 体检
public struct LedgerHealth: Sendable, Equatable {
  /// What SQLite itself finds wrong; empty when nothing.
  public let damage: [String]
  /// The first place where the chain over decisions, batches and publications breaks.
  public let chainBreak: String?
  /// Batches whose facts no longer have the digest they were stored with.
  public let alteredBatches: [Int64]
  /// True when other users of the machine can read the file.
  public let isReadableByOthers: Bool
  public let bytes: Int

  public var isSound: Bool { damage.isEmpty && chainBreak == nil && alteredBatches.isEmpty }
}

extension Ledger {
  /// Rows of the journal and its last chain value, the witness to keep outside the ledger.
  public func journalHead() throws(LedgerError) -> (rows: Int, chain: String) {
    try read { try Journal.head($0) }
  }

  /// Checks pages, keys, the chain over the append-only tables, and the facts of every batch.
  /// Complexity: reads the whole file once.
  public func checkHealth() throws(LedgerError) -> LedgerHealth {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o600
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    return try read { database in
      var damage = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter {
        $0 != "ok"
      }
      damage += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map {
        "foreign key: \($0[0] as String? ?? "") \($0[1] as Int64? ?? 0)"
      }
      return LedgerHealth(
        damage: damage, chainBreak: try Journal.findBreak(database),
        alteredBatches: try Ledger.findAlteredBatches(database),
        isReadableByOthers: mode & 0o077 != 0, bytes: size)
    }
  }

  /// Reads the facts of every batch again and compares their digest with the stored one.
  private static func findAlteredBatches(_ database: Database) throws -> [Int64] {
    let purged = Set(
      try String.fetchAll(database, sql: "SELECT batches FROM purge")
        .flatMap { $0.split(separator: ",").compactMap { Int64($0) } })
    var altered: [Int64] = []
    let batches = try Row.fetchAll(
      database, sql: "SELECT id, kind, factsDigest FROM batch ORDER BY id")
    var digests: [Int64: String] = [:]
    for kind in ImportKind.all {
      let fields = kind.fields.compactMap(\.field)
      let firm = kind.id == "firms" ? "firmId" : "0"
      let rows = try Row.fetchCursor(
        database,
        sql:
          "SELECT batchId, line, knownOn, \(firm), \(fields.joined(separator: ", ")) FROM \(kind.table) ORDER BY id"
      )
      var current: Int64?
      var hash = SHA256()
      while let row = try rows.next() {
        let batch: Int64 = row[0]
        if batch != current {
          if let current { digests[current] = hex(hash) }
          current = batch
          hash = SHA256()
        }
        var bytes: [UInt8] = []
        for position in fields.indices {
          let value: DatabaseValue = row[4 + position]
          Canonical.append(value, at: position, to: &bytes)
        }
        Canonical.append(integer: row[3], at: 254, to: &bytes)
        Canonical.append(integer: row[1], at: 255, to: &bytes)
        Canonical.append(text: Array((row[2] as String).utf8)[...], at: 255, to: &bytes)
        hash.update(data: bytes)
      }
      if let current { digests[current] = hex(hash) }
    }
    for row in try Row.fetchAll(
      database, sql: "SELECT batchId, heading, content FROM referenceTable")
    {
      digests[row[0]] = referenceDigest(row[1], row[2])
    }
    for batch in batches {
      let id: Int64 = batch[0]
      if purged.contains(id) { continue }
      if digests[id] ?? hex(SHA256()) != batch[2] as String { altered.append(id) }
    }
    return altered
  }

  private static func hex(_ hash: SHA256) -> String {
    hash.finalize().map { hexadecimal($0) }.joined()
  }

  /// Copies the ledger into a new file while it stays open; the copy is its owner's alone.
  public func backUp(to target: String) throws(LedgerError) {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw .cannotWrite(target, "文件已存在 / exists")
    }
    do {
      guard
        FileManager.default.createFile(
          atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
      else { throw LedgerError.cannotWrite(target, errorText()) }
      let isCopied = try queue.writeWithoutTransaction {
        try copyFile(of: $0, at: path, to: target)
      }
      let copy = try DatabaseQueue(path: target)
      if !isCopied { try queue.backup(to: copy) }
      try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
    } catch {
      throw Ledger.translate(error, target)
    }
  }

  /// Puts a backup in the place of the ledger at `path`; what was there is kept beside it.
  ///
  /// - Returns: where the replaced ledger now lies; nil when there was none.
  /// - Throws: when the backup is not a sound ledger of this version or older; nothing is changed.
  @discardableResult
  public static func restore(from backup: String, to path: String, stamp: String)
    throws(LedgerError)
    -> String?
  {
    let manager = FileManager.default
    guard manager.fileExists(atPath: backup) else { throw .noSuchFile(backup) }
    let fresh = path + ".restoring"
    do {
      try? manager.removeItem(atPath: fresh)
      try manager.copyItem(atPath: backup, toPath: fresh)
      try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: fresh)
    } catch {
      throw .cannotWrite(fresh, "\(error.localizedDescription)")
    }
    do throws(LedgerError) {
      let candidate = try Ledger.open(fresh)
      let health = try candidate.checkHealth()
      guard health.damage.isEmpty else { throw LedgerError.corrupt(backup, health.damage[0]) }
      if let broken = health.chainBreak { throw LedgerError.tampered(broken) }
      do { try candidate.queue.close() } catch { throw Ledger.translate(error, fresh) }
    } catch {
      for suffix in ["", "-wal", "-shm"] { try? manager.removeItem(atPath: fresh + suffix) }
      throw error
    }
    let kept = path + ".before-" + stamp
    let hadOne = manager.fileExists(atPath: path)
    do {
      for suffix in ["-wal", "-shm"] {
        try? manager.removeItem(atPath: fresh + suffix)
        if manager.fileExists(atPath: path + suffix) {
          try manager.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
      }
      if hadOne { try manager.moveItem(atPath: path, toPath: kept) }
      try manager.moveItem(atPath: fresh, toPath: path)
    } catch {
      throw .cannotWrite(path, error.localizedDescription)
    }
    return hadOne ? kept : nil
  }

  /// Takes every trace of a person out of facts, issues and decisions: cells that contain one of
  /// `words` lose them, host entries lose name and phone. The removal is recorded without the words.
  ///
  /// - Parameter words: name, phone and whatever else was typed of the person; at least two characters.
  /// - Returns: how many rows were changed.
  @discardableResult
  public func purge(person words: [String], because: String, by: String, at: String)
    throws(LedgerError) -> Int
  {
    let words = words.map(\.trimmingBlanks).filter { $0.count >= 2 }
    guard !words.isEmpty else { return 0 }
    return try purge(subject: "person", because: because, by: by, at: at) { database, batches in
      var changed = 0
      for table in try Ledger.tablesWithText(database) {
        for column in table.columns {
          for word in words {
            let found = "instr(\(column), ?1) > 0"
            if table.hasBatch {
              batches.formUnion(
                try Int64.fetchSet(
                  database, sql: "SELECT DISTINCT batchId FROM \(table.name) WHERE \(found)",
                  arguments: [word]))
            }
            try database.execute(
              sql:
                "UPDATE \(table.name) SET \(column) = replace(\(column), ?1, '＊') WHERE \(found)",
              arguments: [word])
            changed += database.changesCount
          }
        }
      }
      return changed
    }
  }

  /// Takes a firm and every fact, link and issue about it out of the ledger.
  @discardableResult
  public func purge(firm: Int64, because: String, by: String, at: String) throws(LedgerError) -> Int
  {
    try purge(subject: "firm", because: because, by: by, at: at) { database, batches in
      var changed = 0
      let tables = ImportKind.all.filter { kind in
        kind.id == "firms" || kind.columns.contains { $0.field == "firmId" }
      }.map(\.table)
      for table in tables {
        for row in try Row.fetchAll(
          database, sql: "SELECT batchId, line FROM \(table) WHERE firmId = ?", arguments: [firm])
        {
          batches.insert(row[0])
          try database.execute(
            sql: "DELETE FROM importIssue WHERE batchId = ? AND line = ?",
            arguments: [row[0] as Int64, row[1] as Int64])
        }
        try database.execute(sql: "DELETE FROM \(table) WHERE firmId = ?", arguments: [firm])
        changed += database.changesCount
      }
      for table in ["machineLink", "personLink", "overrideDecision", "recusal"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE firmId = ?", arguments: [firm])
        changed += database.changesCount
      }
      try database.execute(
        sql: "DELETE FROM firmMerge WHERE firmId = ?1 OR intoFirmId = ?1", arguments: [firm])
      try database.execute(sql: "DELETE FROM firm WHERE id = ?", arguments: [firm])
      return changed
    }
  }

  /// Lifts the append-only triggers for one transaction, works, re-chains, and leaves no old page.
  private func purge(
    subject: String, because: String, by: String, at: String,
    _ work: (Database, inout Set<Int64>) throws -> Int
  ) throws(LedgerError) -> Int {
    try? FileManager.default.removeItem(atPath: FrozenColumns.path(ofLedger: path))
    let changed = try write { database -> Int in
      let triggers = try Row.fetchAll(
        database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
      for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
      var batches: Set<Int64> = []
      let changed = try work(database, &batches)
      try database.execute(
        sql:
          "INSERT INTO purge (subject, because, decidedBy, decidedAt, rows, batches) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          subject, because, by, at, changed,
          batches.sorted().map(String.init).joined(separator: ","),
        ])
      let purgeId = database.lastInsertedRowID
      try Journal.rebuild(database)
      for trigger in triggers { try database.execute(sql: trigger[1] as String) }
      try Journal.append(database, table: "purge", key: "\(purgeId)", at: at)
      return changed
    }
    do {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    } catch {
      throw Ledger.translate(error, path)
    }
    return changed
  }

  private static func tablesWithText(_ database: Database) throws
    -> [(name: String, columns: [String], hasBatch: Bool)]
  {
    let names = try String.fetchAll(
      database,
      sql:
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    let kept: Set<String> = ["journal", "setting", "run"]
    // Columns that hold ids, days and choices cannot hold a person and have checks of their own.
    let fixed: Set<String> = [
      "knownOn", "validOn", "digest", "fileDigest", "profileDigest", "factsDigest", "code",
      "status",
      "kind", "direction", "disclosure", "class", "action", "creditCode", "stockCode", "placeCode",
      "decidedOn", "decidedAt", "importedAt", "exportedAt", "level", "grade", "factor", "runId",
      "segmentId", "chainId", "messageZh", "messageEn", "happenedOn", "dueOn", "sinceOn", "subject",
      "batches", "leaseEndOn", "wantedByOn", "establishedOn",
    ]
    return try names.filter { !kept.contains($0) }.map { name in
      let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(\(name))")
      let texts = columns.filter { ($0["type"] as String) == "TEXT" }.map { $0["name"] as String }
      return (
        name, texts.filter { !fixed.contains($0) },
        columns.contains { ($0["name"] as String) == "batchId" }
      )
    }
  }
}
