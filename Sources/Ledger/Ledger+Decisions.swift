import GRDB

/// A person's decision about a firm's place on a list, shown beside the machine's. 人工调整
public struct OverrideDecision: Sendable, Equatable {
  public enum Action: String, Sendable, CaseIterable {
    case exclude, include, rank, withdraw
  }

  public let firm: Int64
  public let action: Action
  public let rank: Int?
  public let because: String
  /// Initials.
  public let decidedBy: String
  /// Instant, UTC text.
  public let decidedAt: String
  /// Number of the document behind it.
  public let document: String?

  public init(
    firm: Int64, action: Action, rank: Int? = nil, because: String, decidedBy: String,
    decidedAt: String, document: String? = nil
  ) {
    self.firm = firm
    self.action = action
    self.rank = rank
    self.because = because
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.document = document
  }
}

/// One line of the audit: who did what, when, why. 审计行
public struct AuditEntry: Sendable, Equatable {
  /// override, link, approval, export, recusal, merge.
  public let kind: String
  public let at: String
  public let by: String
  public let subject: String
  public let what: String
  public let because: String
  public let document: String?
}

extension Ledger {
  public func decide(_ decision: OverrideDecision) throws(LedgerError) {
    try append(
      "overrideDecision", at: decision.decidedAt,
      sql: """
        INSERT INTO overrideDecision (firmId, action, rank, because, decidedBy, decidedAt, document)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      [
        decision.firm, decision.action.rawValue, decision.rank, decision.because,
        decision.decidedBy, decision.decidedAt, decision.document,
      ])
  }

  /// The decision in force for each firm: its last one, unless that withdrew it; by firm.
  public func listOverrides() throws(LedgerError) -> [OverrideDecision] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT firmId, action, rank, because, decidedBy, decidedAt, document FROM overrideDecision
          WHERE id IN (SELECT max(id) FROM overrideDecision GROUP BY firmId)
            AND action <> 'withdraw' ORDER BY firmId
          """
      ).map { row in
        OverrideDecision(
          firm: row[0], action: OverrideDecision.Action(rawValue: row[1]) ?? .withdraw,
          rank: row[2],
          because: row[3], decidedBy: row[4], decidedAt: row[5], document: row[6])
      }
    }
  }

  /// Records that a model card was approved by a document.
  public func approve(model: String, digest: String, document: String, by: String, at: String)
    throws(LedgerError)
  {
    try append(
      "approval", at: at,
      sql:
        "INSERT INTO approval (model, digest, document, decidedBy, decidedAt) VALUES (?, ?, ?, ?, ?)",
      [model, digest, document, by, at])
  }

  /// The last approval of a card's digest.
  public func findApproval(digest: String) throws(LedgerError) -> (
    document: String, by: String, at: String
  )? {
    try read { database in
      try Row.fetchOne(
        database,
        sql:
          "SELECT document, decidedBy, decidedAt FROM approval WHERE digest = ? ORDER BY id DESC",
        arguments: [digest]
      ).map { ($0[0], $0[1], $0[2]) }
    }
  }

  /// Records that a paper left the workspace.
  public func recordExport(
    kind: String, subject: String?, run: String?, path: String, digest: String, by: String,
    at: String
  ) throws(LedgerError) {
    try append(
      "exportRecord", at: at,
      sql: """
        INSERT INTO exportRecord (kind, subject, runId, path, digest, exportedBy, exportedAt)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, [kind, subject, run, path, digest, by, at])
  }

  /// Records an officer's declared interest in a firm. 回避
  public func recuse(firm: Int64, officer: String, because: String, at: String) throws(LedgerError)
  {
    try append(
      "recusal", at: at,
      sql: "INSERT INTO recusal (firmId, officer, because, decidedAt) VALUES (?, ?, ?, ?)",
      [firm, officer, because, at])
  }

  /// Every declared interest, oldest first.
  public func listRecusals() throws(LedgerError) -> [(
    firm: Int64, officer: String, because: String, at: String
  )] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT firmId, officer, because, decidedAt FROM recusal ORDER BY id"
      ).map { ($0[0], $0[1], $0[2], $0[3]) }
    }
  }

  /// Everything people decided and took out, oldest first.
  /// - Parameter since: a day as `2026-11-23`; nil for all.
  public func audit(since: String? = nil) throws(LedgerError) -> [AuditEntry] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          WITH names AS (SELECT firmId, max(id) AS id FROM firmFact GROUP BY firmId)
          SELECT * FROM (
            SELECT 'override' AS kind, decidedAt AS at, decidedBy AS by, f.name AS subject,
              action || coalesce(' ' || rank, '') AS what, because, document
            FROM overrideDecision o LEFT JOIN names n ON n.firmId = o.firmId
              LEFT JOIN firmFact f ON f.id = n.id
            UNION ALL SELECT 'link', decidedAt, decidedBy, f.name || ' ' || segmentId,
              CASE isAccepted WHEN 1 THEN 'accept' ELSE 'reject' END, because, NULL
            FROM personLink p LEFT JOIN names n ON n.firmId = p.firmId LEFT JOIN firmFact f ON f.id = n.id
            UNION ALL SELECT 'approval', decidedAt, decidedBy, model, substr(digest, 1, 12), '', document
            FROM approval
            UNION ALL SELECT 'export', exportedAt, exportedBy, coalesce(subject, ''), kind || ' ' || path,
              '', runId FROM exportRecord
            UNION ALL SELECT 'recusal', decidedAt, officer, f.name, 'recuse', because, NULL
            FROM recusal r LEFT JOIN names n ON n.firmId = r.firmId LEFT JOIN firmFact f ON f.id = n.id
            UNION ALL SELECT 'merge', decidedAt, decidedBy, firmId || ' → ' || coalesce(intoFirmId, '-'),
              CASE WHEN intoFirmId IS NULL THEN 'undo' ELSE 'merge' END, because, NULL FROM firmMerge
          ) WHERE at >= ? ORDER BY at, kind, subject
          """, arguments: [since ?? ""]
      ).map { row in
        AuditEntry(
          kind: row[0], at: row[1], by: row[2], subject: row[3] ?? "", what: row[4],
          because: row[5],
          document: row[6])
      }
    }
  }

  private func append(
    _ table: String, at: String, sql: String, _ values: [(any DatabaseValueConvertible)?]
  ) throws(LedgerError) {
    try write { database in
      try database.execute(sql: sql, arguments: StatementArguments(values))
      try Journal.append(database, table: table, key: "\(database.lastInsertedRowID)", at: at)
    }
  }
}
