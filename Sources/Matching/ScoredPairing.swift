import Atlas

/// What the order of a list needs of a pairing, and no more: a nation's pairings fit in memory. 打分
struct ScoredPairing {
  let candidate: Candidate
  /// 10k yuan; nil when worth or choice is unknown.
  let expectedValue: Double?
  /// The same if displaced local output were not counted, 10k yuan.
  let valueWithoutDisplacement: Double?
  /// Row of `Places` of the main origin; nil when it is unknown.
  let origin: Int?
}

extension MatchingRoom {
  /// Scores pairings of one gap table, in their order.
  ///
  /// - Complexity: O(candidates × alternatives); independent of one another, so that workers share
  ///   them.
  func score(_ candidates: [Candidate], in table: GapTable, workers: Workers) -> [ScoredPairing] {
    let block = 512
    let scored = workers.map((candidates.count + block - 1) / block) { index in
      let end = min(candidates.count, (index + 1) * block)
      var gap: GapRow?
      return candidates[index * block..<end].map { candidate -> ScoredPairing in
        if gap?.segment != candidate.segment { gap = self.gap(of: candidate, in: table) }
        return score(candidate, gap: gap)
      }
    }
    return Array(scored.joined())
  }

  private func score(_ candidate: Candidate, gap: GapRow?) -> ScoredPairing {
    let offer = offer(candidate)
    guard let gap, let choice = offer.choice, let output = offer.project.output.base,
      let open = gap.openGap.base
    else {
      return ScoredPairing(
        candidate: candidate, expectedValue: nil, valueWithoutDisplacement: nil,
        origin: offer.origin?.main)
    }
    let likelihood = model.likelihoodAtBase(choice)
    let amounts = WorthAmounts(output: output, open: open, gap: gap, model: model)
    let share = model.localValueShare.base
    let counted = amounts.worth(share: share)
    let whole = amounts.worth(share: share, isDisplacementCounted: false)
    let value = expectedValue(likelihood, worth: counted, visit: offer.visitCost)
    return ScoredPairing(
      candidate: candidate, expectedValue: value,
      valueWithoutDisplacement: value + likelihood * model.stakePerWorth * (whole - counted),
      origin: offer.origin?.main)
  }
}

/// Every firm of a list, best first, by the value that the order is by. 名次
///
/// Shapes: one entry a firm in every column, in the order of the list.
public struct Standings: Sendable, Equatable {
  /// Rows of `Firms`.
  public let firm: [Int32]
  /// 10k yuan, after the cost of the visit; unknown ones are last.
  public let expectedValue: Known<Double>

  public init(_ rows: [(firm: Int, expectedValue: Double?)]) {
    firm = rows.map { Int32($0.firm) }
    var values = Known<Double>(blank: 0)
    values.reserve(rows.count)
    for row in rows { values.append(row.expectedValue) }
    expectedValue = values
  }

  public var count: Int { firm.count }
}
