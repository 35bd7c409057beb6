import Atlas
import GRDB
import GRDBSQLite

/// What a file or a person says of a link beyond that it is there.
private struct StatedLink {
  var share: Double?
  var capacity: Double?
  var quality: Double?
  var provenance: Provenance?
}

/// The links of a freeze while their shares are settled. 挂链草稿
private struct LinkDraft {
  var segment: Int32
  var firm: Int32
  var score: Float
  var isConfirmed: Bool
  /// Row of what is stated of the link; −1 for what the machine found.
  var stated: Int32
  /// The part of the firm's own list of products that the link stands in; 1 where it lists none.
  var likelyShare: Double
}

extension Freeze {
  /// Which firms sit on which segment: what people said first, then the linker.
  ///
  /// A person's refusal takes a link away for ever, unless a file imported later states it.
  /// Shares that nobody stated divide what the stated ones leave: a confirmed link counts 1, an
  /// uncertain one 1/4; the sum over a firm never exceeds 1. What the machine reads of a firm's own
  /// list of products caps its part: one product among ten is not the whole firm.
  /// - Complexity: O(links + firms): grouping counts, nothing is sorted.
  func freezePostings() throws -> Postings {
    var (links, stated) = try listLinks()
    links = grouped(links, by: \.firm, count: firms.count)
    var shares = [Double](repeating: 0, count: links.count)
    var start = 0
    while start < links.count {
      var end = start + 1
      while end < links.count, links[end].firm == links[start].firm { end += 1 }
      if end - start > 1 { links[start..<end].sort { $0.segment < $1.segment } }
      settleShares(links[start..<end], stated, into: &shares)
      start = end
    }

    var offset = [Int32](repeating: 0, count: segments.count + 1)
    for link in links { offset[Int(link.segment) + 1] += 1 }
    for segment in 0..<segments.count { offset[segment + 1] += offset[segment] }
    var order = [Int32](repeating: 0, count: links.count)
    var next = offset
    for (row, link) in links.enumerated() {
      order[Int(next[Int(link.segment)])] = Int32(row)
      next[Int(link.segment)] += 1
    }
    var postings = Postings()
    postings.offset = offset
    postings.reserve(links.count)
    for row in order {
      let link = links[Int(row)]
      let said = link.stated < 0 ? nil : stated[Int(link.stated)]
      postings.firm.append(link.firm)
      postings.share.append(Float(shares[Int(row)]))
      postings.shareKnown.append(said?.share != nil)
      postings.score.append(link.score)
      postings.linkClass.append(link.isConfirmed ? .confirmed : .uncertain)
      postings.capacity.append(said?.capacity.map { Float($0) })
      postings.quality.append(said?.quality.map { UInt8(clamping: Int($0)) })
      postings.provenance.append(said?.provenance)
    }
    return postings
  }

  /// The links of one firm, whose shares sum to at most one.
  private func settleShares(
    _ own: ArraySlice<LinkDraft>, _ stated: [StatedLink], into shares: inout [Double]
  ) {
    func share(_ link: LinkDraft) -> Double? {
      link.stated < 0 ? nil : stated[Int(link.stated)].share
    }
    var known = 0.0
    var weight = 0.0
    for link in own {
      if let share = share(link) { known += share } else { weight += link.isConfirmed ? 1 : 0.25 }
    }
    // Where the stated shares leave nothing, an unstated link still is something: one percent.
    let rest = max(1 - known, weight > 0 ? 0.01 : 0)
    var sum = 0.0
    for (index, link) in zip(own.indices, own) {
      let part = link.isConfirmed ? 1 : 0.25
      shares[index] = share(link) ?? min(rest * part / max(weight, 1e-12), link.likelyShare)
      sum += shares[index]
    }
    if sum > 1 { for index in own.indices { shares[index] /= sum } }
  }

  private func listLinks() throws -> (links: [LinkDraft], stated: [StatedLink]) {
    var links: [LinkDraft] = []
    var stated: [StatedLink] = []
    var placed: [UInt64: Int] = [:]
    func key(_ segment: Int, _ firm: Int) -> UInt64 { UInt64(segment) << 40 | UInt64(firm) }
    func add(_ segment: Int, _ firm: Int, _ said: StatedLink) {
      placed[key(segment, firm)] = links.count
      links.append(
        LinkDraft(
          segment: Int32(segment), firm: Int32(firm), score: 1, isConfirmed: true,
          stated: Int32(stated.count), likelyShare: 1))
      stated.append(said)
    }

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
      add(
        segment, firm,
        StatedLink(
          share: fact.real(2).flatMap { $0 > 0 ? $0 : nil }, capacity: fact.real(3),
          quality: fact.real(4), provenance: provenance(fact)))
    }
    for link in accepted {
      if let index = placed[key(link.segment, link.firm)] {
        let said = Int(links[index].stated)
        stated[said].share = stated[said].share ?? link.share
      } else {
        add(link.segment, link.firm, StatedLink(share: link.share))
      }
    }

    var rows = FirmCursor(firms)
    // A link of a firm that was merged may be that of the firm it is part of.
    let joined = Set(mergedInto.keys.compactMap { row(ofFirm: $0) })
    links.reserveCapacity(links.count + machineLinks.count)
    for link in 0..<machineLinks.count {
      let id = machineLinks.firm[link]
      let segment = Int(machineLinks.segment[link])
      guard segment >= 0, let firm = mergedInto.isEmpty ? rows.find(id) : row(ofFirm: id)
      else { continue }
      if !placed.isEmpty || !refused.isEmpty || !joined.isEmpty {
        let place = key(segment, firm)
        guard placed[place] == nil, refused[place] == nil else { continue }
        if joined.contains(firm) { placed[place] = links.count }
      }
      links.append(
        LinkDraft(
          segment: Int32(segment), firm: Int32(firm), score: machineLinks.score[link],
          isConfirmed: machineLinks.isConfirmed[link] == 1, stated: -1,
          likelyShare: machineLinks.likelyShare[link]))
    }
    return (links, stated)
  }

  /// The machine's links as they stand, of all firms or of some.
  func readMachineLinks(where condition: String = "") throws -> MachineLinkColumns {
    var links = MachineLinkColumns()
    var ids = SegmentCursor(segments)
    try FactRow.forEach(
      database,
      sql: """
        SELECT firmId, segmentId, score, class, likelyShare FROM machineLink
        WHERE class <> 'rejected' \(condition) ORDER BY firmId, segmentId
        """
    ) { link in
      links.firm.append(link.integer(0))
      links.segment.append(Int32(link.withText(1) { ids.find($0) } ?? -1))
      links.score.append(Float(link.real(2) ?? 0))
      links.isConfirmed.append(
        link.withText(3) { $0?.first == UInt8(ascii: "c") } ? 1 : 0)
      links.likelyShare.append(link.real(4) ?? 1)
    }
    return links
  }

  /// The links of an earlier freeze, those of changed firms read anew.
  func readMachineLinks(
    from kept: MachineLinkColumns, _ change: FirmChange
  ) throws -> MachineLinkColumns {
    let fresh = try readMachineLinks(where: "AND firmId IN (\(change.query))")
    var links = MachineLinkColumns()
    var new = 0
    change.lay(over: kept.firm, keep: { links.append(kept, rows: $0) }) { id in
      let first = new
      while new < fresh.count, fresh.firm[new] == id { new += 1 }
      links.append(fresh, rows: first..<new)
    }
    return links
  }

  /// The links in ascending order of a small number, otherwise as they were. Complexity: O(n + count).
  private func grouped(
    _ links: [LinkDraft], by number: (LinkDraft) -> Int32, count: Int
  ) -> [LinkDraft] {
    var next = [Int32](repeating: 0, count: count + 1)
    var isSorted = true
    var last: Int32 = 0
    for link in links {
      let own = number(link)
      isSorted = isSorted && own >= last
      last = own
      next[Int(own) + 1] += 1
    }
    if isSorted { return links }
    for row in 0..<count { next[row + 1] += next[row] }
    var order = [Int32](repeating: 0, count: links.count)
    for (row, link) in links.enumerated() {
      let own = Int(number(link))
      order[Int(next[own])] = Int32(row)
      next[own] += 1
    }
    return order.map { links[Int($0)] }
  }
}

/// Rows of firms for ids that are mostly asked for in ascending order.
private struct FirmCursor {
  private let firms: Firms
  private var row = 0

  init(_ firms: Firms) { self.firms = firms }

  mutating func find(_ id: Int64) -> Int? {
    if row < firms.count, firms.id[row] == id { return row }
    if row + 1 < firms.count, firms.id[row + 1] == id {
      row += 1
      return row
    }
    guard let found = firms.find(id: id) else { return nil }
    row = found
    return row
  }
}

/// Rows of segments for ids as bytes.
private struct SegmentCursor {
  private let segments: SegmentIndex
  /// By hash, open addressing; a nation's links name a few hundred segments.
  private var slots = [(id: [UInt8], row: Int)?](repeating: nil, count: 1 << 12)
  private var used = 0

  init(_ segments: SegmentIndex) { self.segments = segments }

  mutating func find(_ bytes: UnsafeBufferPointer<UInt8>?) -> Int? {
    guard let bytes else { return nil }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: KeyFilter.key(bytes)) & mask
    while let known = slots[slot] {
      if known.id.elementsEqual(bytes) { return known.row < 0 ? nil : known.row }
      slot = (slot + 1) & mask
    }
    let row = segments.find(String(decoding: bytes, as: UTF8.self))
    if used < slots.count / 2 {
      slots[slot] = (Array(bytes), row ?? -1)
      used += 1
    }
    return row
  }
}
