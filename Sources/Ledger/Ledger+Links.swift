public import Atlas
import GRDB

/// The texts of one firm, for the linker. 企业文本
public struct FirmText: Sendable, Equatable {
  public let id: Int64
  public let name: String
  public let products: String?
  public let mainBusiness: String?
  public let scope: String?
  public let industry: String?
  public let industryCode: String?
}

/// What the linker found about one firm and one segment. 机器挂链
public struct MachineLink: Sendable, Equatable {
  public enum Class: String, Sendable, CaseIterable {
    case confirmed, uncertain, rejected
  }

  public let firm: Int64
  public let segment: String
  /// In [0, 1].
  public let score: Double
  public let linkClass: Class
  /// Part of the firm's products that the link is about, as its own list of products shows it.
  public let likelyShare: Double?
  /// The words, fields and codes that speak for it, as JSON text.
  public let evidence: String

  public init(
    firm: Int64, segment: String, score: Double, linkClass: Class, likelyShare: Double? = nil,
    evidence: String
  ) {
    self.firm = firm
    self.segment = segment
    self.score = score
    self.linkClass = linkClass
    self.likelyShare = likelyShare
    self.evidence = evidence
  }
}

/// A person's decision about a link; it wins over the machine for ever. 人工挂链
public struct PersonLink: Sendable, Equatable {
  public let firm: Int64
  public let segment: String
  public let isAccepted: Bool
  /// Part of the firm's revenue, when the person knows it.
  public let share: Double?
  /// Initials.
  public let decidedBy: String
  /// Instant, UTC text.
  public let decidedAt: String
  public let because: String

  public init(
    firm: Int64, segment: String, isAccepted: Bool, share: Double? = nil, decidedBy: String,
    decidedAt: String, because: String
  ) {
    self.firm = firm
    self.segment = segment
    self.isAccepted = isAccepted
    self.share = share
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.because = because
  }
}

/// A link as it stands: the machine's finding and what a person said of it. 挂链现状
public struct LinkStanding: Sendable, Equatable {
  public let machine: MachineLink
  /// The last decision; nil while nobody has decided.
  public let decision: PersonLink?
}

extension Ledger {
  /// Streams what every firm says of itself, in ascending order of id, in bounded memory.
  public func forEachFirmText(asOf: Day? = nil, _ body: (FirmText) throws -> Void)
    throws(LedgerError)
  {
    try read { try Ledger.forEachText($0, asOf: asOf, body) }
  }

  private static let textColumns = [
    "name", "products", "mainBusiness", "businessScope", "industry", "industryCode",
  ]

  private static func forEachText(
    _ database: Database, asOf: Day?, _ body: (FirmText) throws -> Void
  ) throws {
    try Facts.forEachLatest(
      database, table: "firmFact", columns: textColumns, asOf: asOf, key: "firmId"
    ) { fact in
      try body(
        FirmText(
          id: fact.key, name: fact.requireText(0), products: fact.text(1),
          mainBusiness: fact.text(2), scope: fact.text(3), industry: fact.text(4),
          industryCode: fact.text(5)))
    }
  }

  /// The texts of firms that have a fact younger than one; ascending by firm.
  private static func forEachChangedText(
    _ database: Database, since fact: Int64, _ body: (FirmText) throws -> Void
  ) throws {
    let changed = try Int64.fetchAll(
      database, sql: "SELECT DISTINCT firmId FROM firmFact WHERE id > ? ORDER BY firmId",
      arguments: [fact])
    let latest = try database.makeStatement(
      sql: """
        SELECT \(textColumns.joined(separator: ", ")) FROM firmFact WHERE firmId = ?
        ORDER BY knownOn DESC, id DESC LIMIT 1
        """)
    let remove = try database.makeStatement(sql: "DELETE FROM machineLink WHERE firmId = ?")
    for firm in changed {
      try remove.execute(arguments: [firm])
      guard let row = try Row.fetchOne(latest, arguments: [firm]) else { continue }
      try body(
        FirmText(
          id: firm, name: row[0], products: row[1], mainBusiness: row[2], scope: row[3],
          industry: row[4], industryCode: row[5]))
    }
  }

  /// Adds machine links by one statement that is reused.
  private static func linkInserter(_ database: Database) throws -> (MachineLink) throws -> Void {
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO machineLink (firmId, segmentId, score, class, likelyShare, evidence)
        VALUES (?, ?, ?, ?, ?, ?)
        """)
    return { link in
      try statement.execute(arguments: [
        link.firm, link.segment, link.score, link.linkClass.rawValue, link.likelyShare,
        link.evidence,
      ])
    }
  }

  /// Replaces the machine's links as a whole: they are a function of the facts, not a record.
  ///
  /// People's decisions are kept apart and are not touched. `fill` hands over links one by one.
  /// - Returns: how many links were written.
  @discardableResult
  public func replaceMachineLinks(
    _ fill: (_ add: (MachineLink) throws -> Void) throws -> Void
  ) throws(LedgerError) -> Int {
    try write { database in
      try database.execute(sql: "DELETE FROM setting WHERE name = 'machineLinks'")
      try database.execute(sql: "DELETE FROM machineLink")
      let insert = try Ledger.linkInserter(database)
      var count = 0
      try fill { link in
        try insert(link)
        count += 1
      }
      return count
    }
  }

  /// Links firms in one pass and one transaction: memory does not grow with the ledger.
  ///
  /// A link is a function of the firm's own text and of the linker alone. So when the linker is the one
  /// that linked last, only firms with a younger fact are linked again, and the result is that of
  /// linking all.
  /// - Parameters:
  ///   - linker: changes with everything that decides a link; nil links every firm anew.
  ///   - find: the links of one firm.
  /// - Returns: how many firms were read, and how many links the ledger now holds.
  @discardableResult
  public func linkEveryFirm(linker: String? = nil, _ find: (FirmText) throws -> [MachineLink])
    throws(LedgerError) -> (firms: Int, links: Int)
  {
    try write { database in
      let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM firmFact") ?? 0
      let purges = try Int64.fetchOne(database, sql: "SELECT count(*) FROM purge") ?? 0
      let last = try String.fetchOne(
        database, sql: "SELECT value FROM setting WHERE name = 'machineLinks'")
      let parts = (last ?? "").split(separator: " ").map(String.init)
      // A removal may have taken facts away, so that their numbers are given again.
      let since =
        parts.count == 3 && parts[0] == linker && parts[1] == "\(purges)"
        ? Int64(parts[2]).flatMap { $0 <= newest ? $0 : nil } : nil
      let insert = try Ledger.linkInserter(database)
      var firms = 0
      func link(_ text: FirmText) throws {
        firms += 1
        for link in try find(text) {
          try insert(link)
        }
      }
      if let since {
        try Ledger.forEachChangedText(database, since: since, link)
      } else {
        try database.execute(sql: "DELETE FROM machineLink")
        try Ledger.forEachText(database, asOf: nil, link)
      }
      try database.execute(
        sql: """
          INSERT INTO setting (name, value) VALUES ('machineLinks', ?)
          ON CONFLICT (name) DO UPDATE SET value = excluded.value
          """, arguments: ["\(linker ?? "-") \(purges) \(newest)"])
      return (firms, try Int.fetchOne(database, sql: "SELECT count(*) FROM machineLink") ?? 0)
    }
  }

  /// Streams the uncertain links that nobody has decided, by firm and segment.
  public func forEachOpenLink(_ body: (MachineLink) throws -> Void) throws(LedgerError) {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT firmId, segmentId, score, likelyShare, evidence FROM machineLink m
          WHERE class = 'uncertain' AND NOT EXISTS
            (SELECT 1 FROM personLink p WHERE p.firmId = m.firmId AND p.segmentId = m.segmentId)
          ORDER BY firmId, segmentId
          """)
      while let row = try rows.next() {
        try body(
          MachineLink(
            firm: row[0], segment: row[1], score: row[2], linkClass: .uncertain,
            likelyShare: row[3], evidence: row[4]))
      }
    }
  }

  /// How many machine links are confirmed, and how many wait for a person.
  public func countLinks() throws(LedgerError) -> (confirmed: Int, open: Int) {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) FILTER (WHERE class = 'confirmed'),
            count(*) FILTER (WHERE class = 'uncertain' AND NOT EXISTS
              (SELECT 1 FROM personLink p WHERE p.firmId = m.firmId AND p.segmentId = m.segmentId))
          FROM machineLink m
          """)
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// The decision in force for each firm and segment: the last one.
  public func listLinkDecisions() throws(LedgerError) -> [PersonLink] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT firmId, segmentId, isAccepted, share, decidedBy, decidedAt, because FROM personLink
          WHERE id IN (SELECT max(id) FROM personLink GROUP BY firmId, segmentId)
          ORDER BY firmId, segmentId
          """
      ).map {
        PersonLink(
          firm: $0[0], segment: $0[1], isAccepted: $0[2], share: $0[3], decidedBy: $0[4],
          decidedAt: $0[5], because: $0[6])
      }
    }
  }

  /// Records people's decisions about links, append-only.
  public func decideLinks(_ decisions: [PersonLink]) throws(LedgerError) {
    try write { database in
      for decision in decisions {
        try database.execute(
          sql: """
            INSERT INTO personLink
              (firmId, segmentId, isAccepted, share, decidedBy, decidedAt, decidedOn, because)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            decision.firm, decision.segment, decision.isAccepted, decision.share,
            decision.decidedBy, decision.decidedAt, String(decision.decidedAt.prefix(10)),
            decision.because,
          ])
        try Journal.append(
          database, table: "personLink", key: "\(database.lastInsertedRowID)",
          at: decision.decidedAt)
      }
    }
  }

  /// The machine's links of one class with the decisions made about them, by firm and segment.
  public func listLinks(_ linkClass: MachineLink.Class, limit: Int = .max) throws(LedgerError)
    -> [LinkStanding]
  {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT m.firmId, m.segmentId, m.score, m.class, m.evidence, p.isAccepted, p.share,
            p.decidedBy, p.decidedAt, p.because
          FROM machineLink m LEFT JOIN personLink p ON p.id =
            (SELECT max(id) FROM personLink q WHERE q.firmId = m.firmId AND q.segmentId = m.segmentId)
          WHERE m.class = ? ORDER BY m.firmId, m.segmentId LIMIT ?
          """, arguments: [linkClass.rawValue, limit]
      ).map { row in
        let link = MachineLink(
          firm: row[0], segment: row[1], score: row[2], linkClass: linkClass, evidence: row[4])
        let isAccepted: Bool? = row[5]
        let decision = isAccepted.map {
          PersonLink(
            firm: link.firm, segment: link.segment, isAccepted: $0, share: row[6],
            decidedBy: row[7],
            decidedAt: row[8], because: row[9])
        }
        return LinkStanding(machine: link, decision: decision)
      }
    }
  }

  /// The machine's links of one firm, best first.
  public func listLinks(ofFirm firm: Int64) throws(LedgerError) -> [MachineLink] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT firmId, segmentId, score, class, evidence FROM machineLink
          WHERE firmId = ? ORDER BY score DESC, segmentId
          """, arguments: [firm]
      ).map { row in
        MachineLink(
          firm: row[0], segment: row[1], score: row[2],
          linkClass: MachineLink.Class(rawValue: row[3]) ?? .uncertain, evidence: row[4])
      }
    }
  }
}
