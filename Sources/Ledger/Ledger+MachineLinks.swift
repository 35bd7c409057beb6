import GRDB

extension Ledger {
  /// Replaces the machine's links as a whole: they are a function of the facts, not a record.
  ///
  /// People's decisions are kept apart and are not touched. `fill` hands over links one by one.
  /// - Returns: how many links were written.
  @discardableResult
  public func replaceMachineLinks(
    _ fill: (_ add: (MachineLink) throws -> Void) throws -> Void
  ) throws(LedgerError) -> Int {
    try write { database in
      try LinkMark.forget(database)
      try database.execute(sql: "DELETE FROM machineLink")
      let writer = try LinkWriter(database, .first)
      try fill { try writer.write([$0], of: $0.firm) }
      return writer.tally.total
    }
  }

  /// Links firms in one pass and one transaction: memory does not grow with the ledger.
  ///
  /// A link is a function of the firm's own text and of the linker alone. So when the linker is the one
  /// that linked last, only firms with a younger fact are linked again, and the result is that of
  /// linking all. Links that are found again as they stand are not written.
  /// - Parameters:
  ///   - linker: changes with everything that decides a link; nil links every firm anew.
  ///   - block: how many firms are handed over at once.
  ///   - find: begins to look for the links of a block, and gives what waits for them: those of each
  ///     firm, in its order. One block may be looked for while the one before it is written.
  /// - Returns: how many firms were read, and how many links the ledger now holds.
  @discardableResult
  public func linkEveryFirm(
    linker: String? = nil, block: Int = 4096,
    _ find: ([FirmText]) throws -> () throws -> [[MachineLink]]
  ) throws(LedgerError) -> (firms: Int, links: Int) {
    try write { database in
      let now = try LinkMark.now(database, linker: linker ?? "-")
      var since: Int64?
      if linker != nil, let last = try LinkMark.read(database), last.linker == now.linker,
        last.purges == now.purges, last.fact <= now.fact
      {
        since = last.fact
      }
      let isEmpty =
        try Bool.fetchOne(database, sql: "SELECT NOT EXISTS (SELECT 1 FROM machineLink)") ?? false
      let scope: LinkWriter.Scope =
        isEmpty ? .first : since == nil ? .all : .changed(try LinkTally.read(database))
      let writer = try LinkWriter(database, scope)
      var firms: [FirmText] = []
      var count = 0
      var found: (ids: [Int64], links: () throws -> [[MachineLink]])?
      func writeFound() throws {
        guard let block = found else { return }
        found = nil
        for (id, links) in zip(block.ids, try block.links()) { try writer.write(links, of: id) }
      }
      func linkBlock() throws {
        let next = (ids: firms.map(\.id), links: try find(firms))
        firms.removeAll(keepingCapacity: true)
        try writeFound()
        found = next
        count += next.ids.count
      }
      try Ledger.forEachText(database, since: since) { firm in
        firms.append(firm)
        if firms.count >= block { try linkBlock() }
      }
      if !firms.isEmpty { try linkBlock() }
      try writeFound()
      if case .all = scope {
        try database.execute(
          sql: """
            DELETE FROM machineLink WHERE NOT EXISTS
              (SELECT 1 FROM firmFact WHERE firmFact.firmId = machineLink.firmId)
            """)
      }
      try now.keep(database)
      try writer.tally.keep(database, at: now)
      return (count, writer.tally.total)
    }
  }

  /// How many machine links are confirmed, and how many wait for a person.
  public func countLinks() throws(LedgerError) -> (confirmed: Int, open: Int) {
    try read { database in
      let tally = try LinkTally.read(database)
      let decided = try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM (SELECT DISTINCT firmId, segmentId FROM personLink) p
          CROSS JOIN machineLink m ON m.firmId = p.firmId AND m.segmentId = p.segmentId
          WHERE m.class = 'uncertain'
          """)
      return (tally.confirmed, tally.uncertain - (decided ?? 0))
    }
  }
}
