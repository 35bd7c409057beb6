public import Atlas
import Crypto
public import Foundation
import GRDB

/// One computation over one snapshot: what went in, when, and what came of it. 批次
public struct RunRecord: Sendable, Equatable {
  /// Such as `20261123-a1b2c3`.
  public let id: String
  /// SHA-256 of snapshot digest, model digests, code version, day and seed.
  public let fingerprint: String
  public let snapshotDigest: String
  /// Behaviour digests of the cards, by name, in ascending order.
  public let modelDigests: [String]
  public let codeVersion: String
  public let asOf: Day
  public let seed: UInt64
  /// Id of the choice card.
  public let model: String
  public let startedAt: String
  public let finishedAt: String
  /// The run whose rankings this one repeats; such a run publishes nothing.
  public let sameAs: String?
  /// Time and memory of the stages, as JSON text.
  public let diary: String

  public init(
    id: String, fingerprint: String, snapshotDigest: String, modelDigests: [String],
    codeVersion: String, asOf: Day, seed: UInt64, model: String, startedAt: String,
    finishedAt: String, sameAs: String? = nil, diary: String = "{}"
  ) {
    self.id = id
    self.fingerprint = fingerprint
    self.snapshotDigest = snapshotDigest
    self.modelDigests = modelDigests
    self.codeVersion = codeVersion
    self.asOf = asOf
    self.seed = seed
    self.model = model
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.sameAs = sameAs
    self.diary = diary
  }

  /// The fingerprint of a run's inputs.
  public static func fingerprint(
    snapshotDigest: String, modelDigests: [String], codeVersion: String, asOf: Day, seed: UInt64
  ) -> String {
    let text = ([snapshotDigest, codeVersion, asOf.iso, "\(seed)"] + modelDigests)
      .joined(separator: "\u{1F}")
    return SHA256.hash(data: Data(text.utf8)).map { hexadecimal($0) }.joined()
  }
}

/// What one run says of one chain; never changed once stored. 发布
public struct PublicationRecord: Sendable, Equatable {
  public let run: String
  public let chain: String
  /// Full readings and tables, as JSON.
  public let payload: Data
  /// One packed standing for every other firm.
  public let standings: Data
  /// SHA-256 of payload and standings.
  public let digest: String

  public init(run: String, chain: String, payload: Data, standings: Data) {
    self.run = run
    self.chain = chain
    self.payload = payload
    self.standings = standings
    var hash = SHA256()
    hash.update(data: payload)
    hash.update(data: standings)
    digest = hash.finalize().map { hexadecimal($0) }.joined()
  }
}

extension Ledger {
  /// SHA-256 of some bytes, hexadecimal.
  public static func digest(of data: Data) -> String {
    SHA256.hash(data: data).map { hexadecimal($0) }.joined()
  }

  /// Stores a run with its publications in one transaction.
  public func record(_ run: RunRecord, publications: [PublicationRecord]) throws(LedgerError) {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO run (id, fingerprint, snapshotDigest, modelDigests, codeVersion, asOf, seed,
            model, startedAt, finishedAt, sameAs, diary)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.id, run.fingerprint, run.snapshotDigest, run.modelDigests.joined(separator: "\n"),
          run.codeVersion, run.asOf.iso, Int64(bitPattern: run.seed), run.model, run.startedAt,
          run.finishedAt, run.sameAs, run.diary,
        ])
      try Journal.append(database, table: "run", key: run.id, at: run.finishedAt)
      for publication in publications {
        try database.execute(
          sql: """
            INSERT INTO publication (runId, chainId, payload, standings, digest)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [
            run.id, publication.chain, publication.payload, publication.standings,
            publication.digest,
          ])
        try Journal.append(
          database, table: "publication", key: "\(run.id)/\(publication.chain)", at: run.finishedAt)
      }
    }
  }

  /// The run that has these inputs and published.
  public func findRun(fingerprint: String) throws(LedgerError) -> RunRecord? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: "SELECT * FROM run WHERE fingerprint = ? AND sameAs IS NULL ORDER BY rowid LIMIT 1",
        arguments: [fingerprint]
      ).map(Ledger.run)
    }
  }

  /// A run by its id, or for nil the one that the last run published or repeated.
  /// - Throws: `BL0230`.
  public func requireRun(_ id: String?) throws(LedgerError) -> RunRecord {
    let row = try read { database in
      try Row.fetchOne(
        database,
        sql: id == nil
          ? """
          SELECT * FROM run WHERE id =
            (SELECT coalesce(sameAs, id) FROM run ORDER BY rowid DESC LIMIT 1)
          """
          : "SELECT * FROM run WHERE id = ?", arguments: id.map { [$0] } ?? []
      ).map(Ledger.run)
    }
    guard let row else { throw .noSuchRun(id ?? "-") }
    return row
  }

  /// The publication that came before a run's; nil for the first.
  public func findRun(before id: String) throws(LedgerError) -> RunRecord? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT * FROM run WHERE sameAs IS NULL
            AND rowid < (SELECT rowid FROM run WHERE id = ?) ORDER BY rowid DESC LIMIT 1
          """, arguments: [id]
      ).map(Ledger.run)
    }
  }

  /// Every run, newest first.
  public func listRuns(limit: Int = 100) throws(LedgerError) -> [RunRecord] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM run ORDER BY rowid DESC LIMIT ?", arguments: [limit]
      )
      .map(Ledger.run)
    }
  }

  /// Kind and day of every batch, oldest first.
  public func listSources() throws(LedgerError) -> [(kind: String, knownOn: Day)] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT kind, knownOn FROM batch ORDER BY id").compactMap {
        row in Day(row[1] as String).map { (row[0] as String, $0) }
      }
    }
  }

  /// Number of the last batch of facts; 0 for none.
  public func lastBatch() throws(LedgerError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM batch") ?? 0 }
  }

  /// The last batch of facts that a run could know, by the order of the journal; 0 for none.
  public func lastBatch(before run: String) throws(LedgerError) -> Int64 {
    try read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT max(CAST(rowKey AS INTEGER)) FROM journal WHERE tableName = 'batch'
            AND id < (SELECT min(id) FROM journal WHERE tableName = 'run' AND rowKey = ?)
          """, arguments: [run]) ?? 0
    }
  }

  /// Digest of what the linker reads of firms: it changes with every new or changed firm and every merge.
  public func linkTextDigest() throws(LedgerError) -> String {
    try read { database in
      let facts = try Int64.fetchOne(database, sql: "SELECT max(id) FROM firmFact") ?? 0
      let merges = try Int64.fetchOne(database, sql: "SELECT max(id) FROM firmMerge") ?? 0
      return "\(facts)|\(merges)"
    }
  }

  /// Digest of everything that can change a ranking: facts, decisions and links, not runs and exports.
  /// Complexity: O(1): links are a function of facts and linker, whose mark stands for them; they are
  /// counted only where they were put in by other means.
  public func stateDigest() throws(LedgerError) -> String {
    try read { database in
      let chain = try String.fetchOne(
        database,
        sql: """
          SELECT chain FROM journal WHERE tableName NOT IN ('run', 'publication', 'exportRecord')
          ORDER BY id DESC LIMIT 1
          """)
      let mark = try String.fetchOne(
        database, sql: "SELECT value FROM setting WHERE name = 'machineLinks'")
      let links =
        try mark
        ?? Row.fetchOne(
          database, sql: "SELECT count(*), total(score), total(firmId) FROM machineLink")?
        .description
      let merges = try Int.fetchOne(database, sql: "SELECT max(id) FROM firmMerge") ?? 0
      let text = "\(chain ?? "")|\(links ?? "")|\(merges)"
      return Ledger.digest(of: Data(text.utf8))
    }
  }

  /// Which firms anything new is known or decided of since a run, and of which kinds; by firm, then
  /// kind.
  ///
  /// New are facts of later batches, facts of earlier ones that were dated after the run's day, and
  /// what people decided about links and merges since the run began.
  /// - Complexity: O(new facts) and one look at the tables that hold facts of later days.
  public func listNews(after batch: Int64, since run: RunRecord) throws(LedgerError) -> [FirmNews] {
    try read { database in
      var news: [FirmNews] = []
      for kind in ImportKind.all {
        let hasFirm = kind.id == "firms" || kind.columns.contains { $0.field == "firmId" }
        guard hasFirm else { continue }
        // Facts are numbered in the order of their batches.
        let first =
          try Int64.fetchOne(
            database,
            sql: "SELECT id FROM \(kind.table) WHERE batchId <= ? ORDER BY id DESC LIMIT 1",
            arguments: [batch]) ?? 0
        var condition = "id > \(first)"
        let isLater = try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM batch WHERE kind = ?1 AND knownOn > ?2)",
          arguments: [kind.id, run.asOf.iso])
        if isLater == true { condition += " OR knownOn > '\(run.asOf.iso)'" }
        let rows = try Row.fetchAll(
          database,
          sql: """
            SELECT firmId, max(EXISTS (SELECT 1 FROM \(kind.table) o WHERE o.firmId = n.firmId
              AND o.id < n.id AND o.batchId <= ?1)) FROM \(kind.table) n
            WHERE (\(condition)) AND firmId IS NOT NULL GROUP BY firmId ORDER BY firmId
            """, arguments: [batch])
        news += rows.map { FirmNews(firm: $0[0], kind: kind.id, isCorrection: $0[1]) }
      }
      let decided = try Int64.fetchAll(
        database,
        sql: """
          SELECT firmId FROM personLink WHERE decidedAt > ?1
          UNION SELECT firmId FROM firmMerge WHERE decidedAt > ?1
          UNION SELECT intoFirmId FROM firmMerge WHERE decidedAt > ?1 AND intoFirmId IS NOT NULL
          """, arguments: [run.startedAt])
      news += decided.map { FirmNews(firm: $0, kind: "decisions", isCorrection: true) }
      return news.sorted { ($0.firm, $0.kind) < ($1.firm, $1.kind) }
    }
  }

  /// The chains that a run published, in ascending order.
  public func listPublications(run: String) throws(LedgerError) -> [String] {
    try read { database in
      try String.fetchAll(
        database, sql: "SELECT chainId FROM publication WHERE runId = ? ORDER BY chainId",
        arguments: [run])
    }
  }

  public func findPublication(run: String, chain: String) throws(LedgerError) -> PublicationRecord?
  {
    try read { database in
      try Row.fetchOne(
        database,
        sql:
          "SELECT runId, chainId, payload, standings FROM publication WHERE runId = ? AND chainId = ?",
        arguments: [run, chain]
      ).map { PublicationRecord(run: $0[0], chain: $0[1], payload: $0[2], standings: $0[3]) }
    }
  }

  private static func run(_ row: Row) -> RunRecord {
    RunRecord(
      id: row["id"], fingerprint: row["fingerprint"], snapshotDigest: row["snapshotDigest"],
      modelDigests: (row["modelDigests"] as String).split(separator: "\n").map(String.init),
      codeVersion: row["codeVersion"], asOf: Day(row["asOf"] as String) ?? Day(number: 0),
      seed: UInt64(bitPattern: row["seed"] as Int64), model: row["model"],
      startedAt: row["startedAt"], finishedAt: row["finishedAt"], sameAs: row["sameAs"],
      diary: row["diary"])
  }
}

/// A firm about which a table has brought something since. 企业新消息
public struct FirmNews: Sendable, Equatable {
  public let firm: Int64
  /// The import kind.
  public let kind: String
  /// True when the table said something of the firm before.
  public let isCorrection: Bool
}
