import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// What changed since the earlier run, with the causes computed from what was published then. 变化
struct NightChanges {
  let chains: [ChangePaper.Chain]
  let earlier: (run: String, asOf: Day)?

  /// - Parameters:
  ///   - publication: made to be compared with the day of `earlier`.
  ///   - earlier: the run to compare with; nil for a first publication.
  init(
    workspace: Workspace, publication: Publication, snapshot: Snapshot, models: MatchingModels,
    run: RunRecord, earlier: RunRecord?
  ) throws {
    guard let earlier, earlier.id != run.id else {
      chains = []
      self.earlier = nil
      return
    }
    self.earlier = (earlier.id, earlier.asOf)
    let batch = try workspace.ledger.lastBatch(before: earlier.id)
    let isRemodelled =
      earlier.modelDigests.first != models.choice.behaviourDigest
      || earlier.codeVersion != Bulian.version
    // Only another model makes it necessary to match the earlier facts again.
    let remodelled =
      try isRemodelled
      ? RemadeLists(workspace, models, asOf: earlier.asOf, through: batch, seed: publication.seed)
      : nil
    let own = NightChanges.causes(try workspace.ledger.listNews(after: batch, since: earlier))
    let isLater = earlier.asOf != publication.asOf
    let shown = Int(models.choice.value("publishTop"))
    let ids = publication.rankings.map { snapshot.chains[$0.chain].id }
    let records = try ids.map { try workspace.ledger.findPublication(run: earlier.id, chain: $0) }
    chains = Workers.machine.map(ids.count) { number in
      let (ranking, id) = (publication.rankings[number], ids[number])
      let stored = records[number].flatMap(StoredList.init)
      let after = NightChanges.standings(ranking, snapshot)
      var then: ListedValues?
      if isLater {
        then = ListedValues(
          after.map { standing in
            let row = snapshot.firms.find(id: standing.firm)
            return ListedStanding(
              firm: standing.firm, rank: standing.rank, rankLow: nil, rankHigh: nil,
              expectedValue: row.flatMap { ranking.valuesThen[$0] } ?? standing.expectedValue)
          })
      }
      let moves = findMoves(
        before: stored?.standings ?? [], after: after, remodelled: remodelled?.values(ofChain: id),
        then: then, own: own, within: shown)
      return ChangePaper.Chain(
        chain: ranking.chain, moves: moves,
        gaps: NightChanges.gaps(
          publication.gaps.first { $0.chain == ranking.chain }, before: stored?.gaps ?? [:],
          snapshot))
    }
  }

  /// The weightiest cause of every firm that anything new is known or decided of.
  private static func causes(_ news: [FirmNews]) -> [Int64: ChangeCause] {
    // An outcome says more than a correction, a correction more than an addition.
    let order: [ChangeCause] = [.newData, .correctedData, .outcome]
    var own: [Int64: ChangeCause] = [:]
    for item in news {
      let cause: ChangeCause =
        item.kind == "outcomes" ? .outcome : item.isCorrection ? .correctedData : .newData
      let known = own[item.firm].flatMap { order.firstIndex(of: $0) } ?? -1
      if order.firstIndex(of: cause) ?? 0 > known { own[item.firm] = cause }
    }
    return own
  }

  private static func standings(_ ranking: Ranking, _ snapshot: Snapshot) -> [ListedStanding] {
    let read = Dictionary(ranking.entries.map { ($0.rank, $0) }) { first, _ in first }
    return (0..<ranking.standings.count).map { row in
      ListedStanding(
        firm: snapshot.firms.id[Int(ranking.standings.firm[row])], rank: row + 1,
        rankLow: read[row + 1]?.rankLow, rankHigh: read[row + 1]?.rankHigh,
        expectedValue: ranking.standings.expectedValue[row])
    }
  }

  /// Segments that were opened or closed.
  private static func gaps(
    _ table: GapTable?, before: [String: GapClass], _ snapshot: Snapshot
  ) -> [(segment: Int, before: GapClass, after: GapClass)] {
    (table?.rows ?? []).compactMap { row in
      guard let was = before[snapshot.segments[row.segment].id], was != row.gapClass,
        was.isOpen != row.gapClass.isOpen
      else { return nil }
      return (row.segment, was, row.gapClass)
    }
  }
}

/// The lists of an earlier day under today's model. 重算
private struct RemadeLists {
  private let publication: Publication
  private let snapshot: Snapshot

  init(
    _ workspace: Workspace, _ models: MatchingModels, asOf: Day, through batch: Int64, seed: UInt64
  ) throws {
    snapshot = try workspace.snapshot(asOf: asOf, through: batch)
    publication = match(snapshot, models: models, seed: seed, workers: .machine)
  }

  func values(ofChain id: String) -> ListedValues? {
    guard
      let list = publication.rankings.first(where: { snapshot.chains[$0.chain].id == id })
    else { return nil }
    return ListedValues(
      PackedStandings(list, firms: snapshot.firms).listed.enumerated().map { row, item in
        ListedStanding(
          firm: item.firm, rank: row + 1, rankLow: nil, rankHigh: nil,
          expectedValue: item.expectedValue)
      })
  }
}

/// A list as it was published. 已发布名单
struct StoredList {
  struct Entry: Decodable {
    struct Firm: Decodable { let id: String }
    let rank: Int
    let rankLow: Int?
    let rankHigh: Int?
    let verdict: String
    let expectedValue: Double?
    let firm: Firm
  }
  private struct Payload: Decodable {
    struct Gap: Decodable {
      let segment: String
      let `class`: String
    }
    let entries: [Entry]
    let excluded: Int
    let gaps: [Gap]?
  }
  let entries: [Entry]
  let excluded: Int
  /// Every firm of the list, best first.
  let standings: [ListedStanding]
  /// The class of each segment by id; empty where it was not stored.
  let gaps: [String: GapClass]

  /// Nil for a record that cannot be read.
  init?(_ record: PublicationRecord) {
    guard let payload = try? JSONDecoder().decode(Payload.self, from: record.payload) else {
      return nil
    }
    entries = payload.entries
    excluded = payload.excluded
    gaps = Dictionary(
      (payload.gaps ?? []).compactMap { gap in
        GapClass(rawValue: gap.class).map { (gap.segment, $0) }
      }
    ) { first, _ in first }
    let ranges = Dictionary(payload.entries.map { ($0.rank, $0) }) { first, _ in first }
    // Publications of older programs hold the first firms alone.
    let packed = PackedStandings(Array(record.standings))?.listed.map {
      ($0.firm, $0.expectedValue)
    }
    standings = (packed ?? payload.entries.map { (Int64($0.firm.id) ?? 0, $0.expectedValue) })
      .enumerated().map { row, item in
        ListedStanding(
          firm: item.0, rank: row + 1, rankLow: ranges[row + 1]?.rankLow,
          rankHigh: ranges[row + 1]?.rankHigh, expectedValue: item.1)
      }
  }
}
