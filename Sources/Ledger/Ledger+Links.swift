import Atlas
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

/// What the linker found about one firm and one segment; why is read from the firm's text again when
/// somebody asks. 机器挂链
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

  public init(
    firm: Int64, segment: String, score: Double, linkClass: Class, likelyShare: Double? = nil
  ) {
    self.firm = firm
    self.segment = segment
    self.score = score
    self.linkClass = linkClass
    self.likelyShare = likelyShare
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

extension Ledger {
  /// Streams the uncertain links that nobody has decided, by firm and segment.
  public func forEachOpenLink(_ body: (MachineLink) throws -> Void) throws(LedgerError) {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT firmId, segmentId, score, likelyShare FROM machineLink m
          WHERE class = 'uncertain' AND NOT EXISTS
            (SELECT 1 FROM personLink p WHERE p.firmId = m.firmId AND p.segmentId = m.segmentId)
          ORDER BY firmId, segmentId
          """)
      while let row = try rows.next() {
        try body(
          MachineLink(
            firm: row[0], segment: row[1], score: row[2], linkClass: .uncertain,
            likelyShare: row[3]))
      }
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
}
