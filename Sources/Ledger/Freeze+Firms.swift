import Atlas
import GRDB
import GRDBSQLite

extension Freeze {
  /// The cells of a firm while its versions are laid over one another.
  private struct Draft {
    var id: Int64
    var batch: Int64 = 0
    var line: Int32 = 0
    var name = ""
    var creditCode: String?
    var stockCode: String?
    var place: String?
    var employees: Double?
    var revenue: Double?
    var established: String?
    var status: String?
    var isListed: Bool?
    var isDishonest: Bool?
    var isDoNotContact: Bool?
    var isForeign: Bool?

    /// Takes over what is not known yet from a firm that was merged into this one.
    mutating func complete(from other: Draft) {
      creditCode = creditCode ?? other.creditCode
      stockCode = stockCode ?? other.stockCode
      place = place ?? other.place
      employees = employees ?? other.employees
      revenue = revenue ?? other.revenue
      established = established ?? other.established
      status = status ?? other.status
      isListed = isListed ?? other.isListed
      isDishonest = isDishonest ?? other.isDishonest
      isDoNotContact = isDoNotContact ?? other.isDoNotContact
      isForeign = isForeign ?? other.isForeign
    }
  }

  func freezeFirms() throws -> Firms {
    var merged: [Int64: [Draft]] = [:]
    if !mergedInto.isEmpty {
      let ids = mergedInto.keys.sorted().map(String.init).joined(separator: ", ")
      try forEachDraft(where: "AND firmId IN (\(ids))") { draft in
        if survivor(draft.id) != draft.id { merged[survivor(draft.id), default: []].append(draft) }
      }
    }
    var firms = Firms()
    var placeRows: [String: Int] = [:]
    try forEachDraft(where: "") { found in
      guard mergedInto[found.id] == nil else { return }
      var draft = found
      for other in merged[draft.id] ?? [] { draft.complete(from: other) }
      firms.id.append(draft.id)
      firms.name.append(draft.name)
      firms.creditCode.append(draft.creditCode)
      firms.stockCode.append(draft.stockCode)
      var seat: Int?
      if let code = draft.place {
        if let known = placeRows[code] {
          seat = known
        } else if let row = places.find(code: code) {
          placeRows[code] = row
          seat = row
        }
      }
      firms.seat.append(seat.map { Int32($0) })
      firms.status.append(FirmStatus(word: draft.status))
      var flags = FirmFlags()
      if draft.isListed == true || draft.stockCode != nil { flags.insert(.listed) }
      if draft.isDishonest == true { flags.insert(.dishonest) }
      if draft.isDoNotContact == true { flags.insert(.doNotContact) }
      if draft.isForeign == true { flags.insert(.foreign) }
      if configuration.isSample, draft.name.contains("示例") { flags.insert(.example) }
      firms.flags.append(flags)
      firms.employees.append(draft.employees.map { Float($0) })
      firms.revenue.append(draft.revenue.map { Float($0) })
      firms.established.append(draft.established.flatMap { Day($0) })
      firms.provenance.append(provenance(draft.batch, draft.line))
    }
    return firms
  }

  /// Streams firms in ascending order of id, versions of one firm laid over one another.
  private func forEachDraft(where condition: String, _ body: (Draft) throws -> Void) throws {
    let statement = try database.makeStatement(
      sql: """
        SELECT firmId, batchId, line, name, creditCode, stockCode, placeCode, employees,
          revenueWanYuan, establishedOn, status, isListed, isDishonest, isDoNotContact, isForeign
        FROM firmFact WHERE knownOn <= '\(asOf.iso)' AND batchId <= \(through) \(condition) ORDER BY firmId, knownOn, id
        """)
    let handle = statement.sqliteStatement
    func text(_ column: Int32) -> String? {
      sqlite3_column_text(handle, column).map { String(cString: $0) }
    }
    func real(_ column: Int32) -> Double? {
      sqlite3_column_type(handle, column) == SQLITE_NULL
        ? nil : sqlite3_column_double(handle, column)
    }
    func flag(_ column: Int32) -> Bool? {
      sqlite3_column_type(handle, column) == SQLITE_NULL
        ? nil : sqlite3_column_int(handle, column) != 0
    }
    var draft: Draft?
    while true {
      let result = sqlite3_step(handle)
      if result == SQLITE_DONE { break }
      guard result == SQLITE_ROW else {
        throw DatabaseError(resultCode: ResultCode(rawValue: result))
      }
      let id = sqlite3_column_int64(handle, 0)
      if let finished = draft, finished.id != id {
        try body(finished)
        draft = nil
      }
      var current = draft ?? Draft(id: id)
      current.batch = sqlite3_column_int64(handle, 1)
      current.line = sqlite3_column_int(handle, 2)
      current.name = text(3) ?? current.name
      current.creditCode = text(4) ?? current.creditCode
      current.stockCode = text(5) ?? current.stockCode
      current.place = text(6) ?? current.place
      current.employees = real(7) ?? current.employees
      current.revenue = real(8) ?? current.revenue
      current.established = text(9) ?? current.established
      current.status = text(10) ?? current.status
      current.isListed = flag(11) ?? current.isListed
      current.isDishonest = flag(12) ?? current.isDishonest
      current.isDoNotContact = flag(13) ?? current.isDoNotContact
      current.isForeign = flag(14) ?? current.isForeign
      draft = current
    }
    if let finished = draft { try body(finished) }
  }

  /// Which firms sit on which segment: what people said first, then the linker.
  ///
  /// A person's refusal takes a link away for ever, unless a file imported later states it.
  /// Shares that nobody stated divide what the stated ones leave: a confirmed link counts 1, an
  /// uncertain one 1/4; the sum over a firm never exceeds 1. What the machine reads of a firm's own
  /// list of products caps its part: one product among ten is not the whole firm.
  func freezePostings() throws -> Postings {
    struct Link {
      var segment: Int
      var firm: Int
      var share: Double?
      var likelyShare: Double?
      var score: Double
      var linkClass: LinkClass
      var capacity: Double?
      var quality: Double?
      var provenance: Provenance?
    }
    var links: [Link] = []
    var placed: [UInt64: Int] = [:]
    func key(_ segment: Int, _ firm: Int) -> UInt64 { UInt64(segment) << 40 | UInt64(firm) }

    var refused: [UInt64: String] = [:]
    var accepted: [(segment: Int, firm: Int, share: Double?)] = []
    let decisions = try Row.fetchCursor(
      database,
      sql: """
        SELECT firmId, segmentId, isAccepted, share, decidedOn FROM personLink
        WHERE id IN (SELECT max(id) FROM personLink WHERE decidedOn <= ? GROUP BY firmId, segmentId)
        ORDER BY firmId, segmentId
        """, arguments: [asOf.iso])
    while let decision = try decisions.next() {
      guard let firm = row(ofFirm: decision[0]), let segment = segments.find(decision[1]) else {
        continue
      }
      if decision[2] as Bool {
        accepted.append((segment, firm, decision[3]))
      } else {
        refused[key(segment, firm)] = decision[4]
      }
    }
    try Facts.forEachLatest(
      database, table: "firmSegmentFact",
      columns: ["firmId", "segmentId", "share", "capacityWanYuanPerYear", "quality"], asOf: asOf,
      through: through
    ) { fact in
      guard let firm = row(ofFirm: fact.integer(0)),
        let segment = segments.find(fact.requireText(1))
      else { return }
      let place = key(segment, firm)
      if let day = refused[place],
        let known = sources[Int(provenance(fact).source)].knownOn.iso as String?,
        known <= day
      {
        return
      }
      guard placed[place] == nil else { return }
      placed[place] = links.count
      links.append(
        Link(
          segment: segment, firm: firm, share: fact.real(2).flatMap { $0 > 0 ? $0 : nil }, score: 1,
          linkClass: .confirmed, capacity: fact.real(3), quality: fact.real(4),
          provenance: provenance(fact)))
    }
    for link in accepted {
      let place = key(link.segment, link.firm)
      if let index = placed[place] {
        links[index].share = links[index].share ?? link.share
        continue
      }
      placed[place] = links.count
      links.append(
        Link(
          segment: link.segment, firm: link.firm, share: link.share, score: 1, linkClass: .confirmed
        ))
    }
    let machine = try Row.fetchCursor(
      database,
      sql:
        "SELECT firmId, segmentId, score, class, likelyShare FROM machineLink WHERE class <> 'rejected' ORDER BY firmId, segmentId"
    )
    while let link = try machine.next() {
      guard let firm = row(ofFirm: link[0]), let segment = segments.find(link[1]) else { continue }
      let place = key(segment, firm)
      guard placed[place] == nil, refused[place] == nil else { continue }
      placed[place] = links.count
      links.append(
        Link(
          segment: segment, firm: firm, likelyShare: link[4], score: link[2],
          linkClass: link[3] as String == "confirmed" ? .confirmed : .uncertain))
    }

    links.sort { ($0.firm, $0.segment) < ($1.firm, $1.segment) }
    var shares = [Double](repeating: 0, count: links.count)
    var start = 0
    while start < links.count {
      var end = start
      while end < links.count, links[end].firm == links[start].firm { end += 1 }
      var stated = 0.0
      var weight = 0.0
      for index in start..<end {
        if let share = links[index].share {
          stated += share
        } else {
          weight += links[index].linkClass == .confirmed ? 1 : 0.25
        }
      }
      // Where the stated shares leave nothing, an unstated link still is something: one percent.
      let rest = max(1 - stated, weight > 0 ? 0.01 : 0)
      var sum = 0.0
      for index in start..<end {
        let own = links[index].linkClass == .confirmed ? 1 : 0.25
        shares[index] =
          links[index].share
          ?? min(rest * own / max(weight, 1e-12), links[index].likelyShare ?? 1)
        sum += shares[index]
      }
      if sum > 1 { for index in start..<end { shares[index] /= sum } }
      start = end
    }

    let order = links.indices.sorted {
      (links[$0].segment, links[$0].firm) < (links[$1].segment, links[$1].firm)
    }
    var postings = Postings()
    postings.offset = [Int32](repeating: 0, count: segments.count + 1)
    for index in order {
      let link = links[index]
      postings.offset[link.segment + 1] += 1
      postings.firm.append(Int32(link.firm))
      postings.share.append(Float(shares[index]))
      postings.shareKnown.append(link.share != nil)
      postings.score.append(Float(link.score))
      postings.linkClass.append(link.linkClass)
      postings.capacity.append(link.capacity.map { Float($0) })
      postings.quality.append(link.quality.map { UInt8(clamping: Int($0)) })
      postings.provenance.append(link.provenance)
    }
    for segment in 0..<segments.count { postings.offset[segment + 1] += postings.offset[segment] }
    return postings
  }
}

extension FirmStatus {
  init(word: String?) {
    switch word {
    case "active": self = .active
    case "cancelled": self = .cancelled
    case "revoked": self = .revoked
    case "suspended": self = .suspended
    default: self = .unknown
    }
  }
}
