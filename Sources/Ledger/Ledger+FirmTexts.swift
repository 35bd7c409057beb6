public import Atlas
import GRDB

extension Ledger {
  /// Streams what every firm says of itself, in ascending order of id, in bounded memory.
  public func forEachFirmText(asOf: Day? = nil, _ body: (FirmText) throws -> Void)
    throws(LedgerError)
  {
    try read { try Ledger.forEachText($0, asOf: asOf, body) }
  }

  /// The same for some firms, in ascending order of id; those that are not there are left out.
  public func forEachFirmText(of firms: Set<Int64>, _ body: (FirmText) throws -> Void)
    throws(LedgerError)
  {
    try read { try Ledger.forEachText($0, of: firms, body) }
  }

  /// Per firm the versions up to a day, a later one replacing cells that it fills, as `Facts` reads
  /// them.
  /// - Parameters:
  ///   - since: only firms with a fact younger than this one; nil for all.
  ///   - firms: only these; nil for all.
  static func forEachText(
    _ database: Database, asOf: Day? = nil, since: Int64? = nil, of firms: Set<Int64>? = nil,
    _ body: (FirmText) throws -> Void
  ) throws {
    let isYounger =
      since == nil ? "" : "AND firmId IN (SELECT firmId FROM firmFact WHERE id > ?2)"
    let isWanted =
      firms.map { "AND firmId IN (\($0.sorted().map(String.init).joined(separator: ", ")))" } ?? ""
    let facts = try Lookup(
      database,
      sql: """
        SELECT firmId, name, products, mainBusiness, businessScope, industry, industryCode
        FROM firmFact WHERE knownOn <= ?1 \(isYounger) \(isWanted)
        ORDER BY firmId, knownOn, id
        """)
    facts.bind(1, asOf?.iso ?? "9999-12-31")
    if let since { facts.bind(2, since) }
    var cells = [String?](repeating: nil, count: 6)
    var current: Int64?
    func end() throws {
      guard let current else { return }
      try body(
        FirmText(
          id: current, name: cells[0] ?? "", products: cells[1], mainBusiness: cells[2],
          scope: cells[3], industry: cells[4], industryCode: cells[5]))
    }
    while try facts.step() {
      let firm = facts.integer(0)
      let isNext = firm != current
      if isNext {
        try end()
        current = firm
      }
      for index in cells.indices {
        let text = facts.text(Int32(index) + 1)
        if isNext || text != nil { cells[index] = text }
      }
    }
    try end()
  }
}
