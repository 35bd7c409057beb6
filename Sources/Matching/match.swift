import Atlas
import Freight

/// Matches a frozen district with the nation's firms: which segments are missing, which firms could
/// fill them here, what the move is worth to both sides, and in which order to visit. 匹配
///
/// Read it aloud: find where everything is made; find the gaps; for every open gap take the firms
/// that make it, keep out those that must not be proposed, size each one's project, read what the
/// terms say of it here, at the rivals and at home, choose each firm's best pairing, put them in
/// order of expected value, and say how far that order can be trusted.
///
/// The same inputs and seed give the same publication, bit for bit.
///
/// - Parameter detailed: rows of firms whose freight bills are wanted lane by lane, for a brief; it
///   changes no number of the publication.
/// - Parameter detailedTop: the same for the first so many firms of every list.
/// - Parameter listed: how many firms of every list get full readings, the rest a standing; nil for
///   the card's number.
/// - Parameter day: an earlier day that the lists will be compared with.
/// - Parameter workers: who runs independent pairings; changes no number.
public func match(
  _ snapshot: Snapshot, models: MatchingModels, seed: UInt64, detailed: Set<Int> = [],
  detailedTop: Int = 0, listed: Int? = nil, comparedWith day: Day? = nil, workers: Workers = .one
) -> Publication {
  let model = models.choice
  let nation = Nation(snapshot, models: models)
  let room = MatchingRoom(
    snapshot: snapshot, models: models, nation: nation, detailed: detailed,
    detailedTop: detailedTop, workers: workers)
  let rankings = nation.gaps.map { table in
    let slates = room.findSlates(for: table)
    let scored = room.score(slates.candidates, in: table, workers: workers)
    var ranking = room.rank(
      scored, in: table, excluded: slates.excluded, seed: seed,
      listed: listed ?? Int(model.value("publishTop")), workers: workers)
    if let day, day != snapshot.asOf {
      ranking.valuesThen = room.values(of: scored, on: day, in: table, workers: workers)
    }
    return ranking
  }
  return Publication(
    asOf: snapshot.asOf, seed: seed, snapshotDigest: snapshot.digest,
    modelDigest: model.behaviourDigest, model: model.id, evidence: model.evidence,
    likelihoodIsCalibrated: room.visitOutcomes >= Int(model.value("outcomesForProbability")),
    gaps: nation.gaps, rankings: rankings)
}

/// The gap tables alone, for `gaps` and for a map without a ranking.
public func findGaps(_ snapshot: Snapshot, models: MatchingModels) -> [GapTable] {
  Nation(snapshot, models: models).gaps
}
