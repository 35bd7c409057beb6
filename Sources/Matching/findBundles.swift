import Atlas

/// An anchor and the firms that are likely to follow it. 龙头带配套
public struct Bundle: Sendable, Equatable {
  public let anchor: Entry
  /// At most the card's `bundleFollowers`, by expected value.
  public let followers: [Entry]
  /// 链值 of all of them, each open gap filled at most once, 10k yuan per year.
  public let worth: Double
  /// The anchor's expected value and the card's `pullShare` of each follower's, 10k yuan.
  public let expectedValue: Double
}

/// Bundles of a list: every anchor with the firms of its own place that supply it or buy from it.
///
/// An anchor is a firm with a head rank of three or better that is tied to somebody on the list. A firm follows one anchor only, the
/// first in the list's order. Worth is counted once: what several firms would put into one gap is cut at what is open there.
/// Complexity: O(entries²).
public func findBundles(
  _ ranking: Ranking, gaps: GapTable, snapshot: Snapshot, models: MatchingModels
) -> [Bundle] {
  let model = models.choice
  let limit = Int(model.value("bundleFollowers"))
  let index = snapshot.segments
  var taken: Set<Int> = []
  var bundles: [Bundle] = []
  for anchor in ranking.entries {
    guard let head = anchor.headRank, head <= 3, !taken.contains(anchor.pairing.firm),
      let home = snapshot.seatPrefecture(of: anchor.pairing.firm), let value = anchor.expectedValue,
      value > 0
    else { continue }
    let followers = ranking.entries.filter { entry in
      entry.pairing.firm != anchor.pairing.firm && !taken.contains(entry.pairing.firm)
        && snapshot.seatPrefecture(of: entry.pairing.firm) == home
        && index.isAdjacent(entry.pairing.segment, anchor.pairing.segment)
        && (entry.expectedValue ?? 0) > 0
    }.prefix(limit)
    guard !followers.isEmpty else { continue }
    let members = [anchor] + followers
    taken.formUnion(members.map(\.pairing.firm))
    var open: [Int: Double] = [:]
    var worth = 0.0
    for member in members {
      let segment = member.pairing.segment
      let left = open[segment] ?? gaps.row(of: segment)?.openGap.base ?? 0
      let output = member.project.output.base ?? 0
      let filled = min(output, left)
      // The member's worth is for what it fills alone; together only what is left counts.
      let alone = min(output, gaps.row(of: segment)?.openGap.base ?? 0)
      worth += (member.worth.base ?? 0) * (alone > 0 ? filled / alone : 0)
      open[segment] = left - filled
    }
    let pull = model.value("pullShare")
    let expected =
      value + followers.reduce(0) { $0 + ($1.expectedValue ?? 0) * pull }
    bundles.append(
      Bundle(
        anchor: anchor, followers: Array(followers), worth: worth, expectedValue: expected))
  }
  return bundles
}

extension SegmentIndex {
  /// True when one segment is an input of the other.
  func isAdjacent(_ first: Int, _ second: Int) -> Bool {
    self[first].inputs.contains { $0.segment == self[second].id }
      || self[second].inputs.contains { $0.segment == self[first].id }
  }
}

extension Snapshot {
  /// The prefecture of a firm's registered seat; nil when it is not known.
  func seatPrefecture(of firm: Int) -> Int? {
    firms.seat[firm].map { places.prefecture(of: Int($0)) }
  }
}
