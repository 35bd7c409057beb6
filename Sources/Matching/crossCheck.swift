public import Atlas

/// One thing that plain scoring methods weigh. 评价指标
public enum Criterion: String, Sendable, Codable, CaseIterable {
  case worth, freightSaving, labourFill, localSourcing, firmSize, distance

  public var label: Phrase {
    switch self {
    case .worth: Phrase(zh: "链值", en: "worth")
    case .freightSaving: Phrase(zh: "两项物流节省", en: "saving on both freight bills")
    case .labourFill: Phrase(zh: "用工招满概率", en: "labour filled")
    case .localSourcing: Phrase(zh: "本地配套率", en: "local sourcing")
    case .firmSize: Phrase(zh: "企业营收", en: "firm's revenue")
    case .distance: Phrase(zh: "离现址距离", en: "distance from the origin")
    }
  }

  public var direction: CriterionDirection { self == .distance ? .cost : .benefit }

  /// What an entry has of it; nil when unknown.
  func value(of entry: Entry, _ snapshot: Snapshot) -> Double? {
    switch self {
    case .worth: return entry.worth.base
    case .freightSaving:
      guard let inward = entry.freight.inbound.saving.base,
        let outward = entry.freight.outbound.saving.base
      else { return nil }
      return inward + outward
    case .labourFill: return entry.labour.fillProbability
    case .localSourcing: return entry.localSourcing.share
    case .firmSize: return snapshot.firms.revenue[entry.pairing.firm].map(Double.init)
    case .distance:
      return entry.readings.first { $0.term == Term.distance.rawValue }?.value.base
    }
  }
}

/// A plain scoring method that offices know. 常用打分法
public enum PlainMethod: String, Sendable, Codable, CaseIterable {
  /// Every criterion the same, between worst and best.
  case weightedSum
  /// Weights from how much a criterion tells the firms apart.
  case entropy
  /// Weights from pairwise judgements.
  case analyticHierarchy
  /// Nearness to the best values seen, same weights.
  case topsis

  public var label: Phrase {
    switch self {
    case .weightedSum: Phrase(zh: "等权加总", en: "equal-weight sum")
    case .entropy: Phrase(zh: "熵权法", en: "entropy weights")
    case .analyticHierarchy: Phrase(zh: "层次分析法（AHP）", en: "AHP")
    case .topsis: Phrase(zh: "TOPSIS（等权）", en: "TOPSIS (equal weights)")
    }
  }
}

/// A list in the order of plain scoring methods, beside the model's. 方法对照
///
/// A cross-check, never the ranking: no method here knows a rival place or a probability.
public struct CrossCheck: Sendable, Equatable {
  /// One method's weights, ranks and agreement.
  public struct Column: Sendable, Equatable {
    public let method: PlainMethod
    /// One a criterion; they sum to 1.
    public let weights: [Double]
    /// Score of each compared entry.
    public let scores: [Double]
    /// Rank of each compared entry, from 1; ties share the smaller rank.
    public let ranks: [Int]
    /// Kendall's tau-b against the model's order; nil with fewer than two entries or all tied.
    public let tau: Double?
  }

  /// Criteria known for enough of the list, in their fixed order.
  public let criteria: [Criterion]
  /// Criteria that too few entries have.
  public let dropped: [Criterion]
  /// Positions in the ranking's entries that were compared.
  public let entries: [Int]
  /// Entries left out because a kept criterion is unknown.
  public let leftOut: Int
  public let columns: [Column]
  /// Of the judgements; nil without them or when they agree fully with two criteria or fewer.
  public let consistencyRatio: Double?
  /// Name of the random-index table behind the ratio.
  public let randomIndex: String
}

/// Scores a list by the methods that offices ask for, with Kendall's tau against the model's order.
///
/// A criterion is kept when at least four fifths of the list have it; an entry without all kept
/// criteria is left out and counted. Values below 0 are shifted for the entropy weights alone.
/// - Parameter judgements: how many times the row's criterion counts for the column's; nil leaves
///   the hierarchy out.
/// Unknown: nil when fewer than two entries or no criterion can be compared.
/// Throws: what the judgements' matrix is refused for.
public func crossCheck(
  _ ranking: Ranking, snapshot: Snapshot, judgements: ((Criterion, Criterion) -> Double)? = nil
) throws(NumericsFailure) -> CrossCheck? {
  let valued = ranking.entries.indices.filter { ranking.entries[$0].expectedValue != nil }
  let table = Criterion.allCases.map { criterion in
    valued.map { criterion.value(of: ranking.entries[$0], snapshot) }
  }
  let kept = Criterion.allCases.indices.filter { column in
    table[column].count { $0 != nil } * 5 >= valued.count * 4
  }
  let rows = valued.indices.filter { row in kept.allSatisfy { table[$0][row] != nil } }
  guard rows.count > 1, !kept.isEmpty else { return nil }
  let matrix = Matrix(rows.map { row in kept.map { table[$0][row] ?? 0 } })
  let criteria = kept.map { Criterion.allCases[$0] }
  let directions = criteria.map(\.direction)
  let equal = [Double](repeating: 1 / Double(kept.count), count: kept.count)
  var ratio: Double?
  var columns: [CrossCheck.Column] = []
  let order = rows.map { ranking.entries[valued[$0]].expectedValue ?? 0 }
  func add(_ method: PlainMethod, _ weights: [Double], _ scores: [Double]) {
    let ranks = scores.map { score in 1 + scores.count { $0 > score } }
    columns.append(
      CrossCheck.Column(
        method: method, weights: weights, scores: scores, ranks: ranks,
        tau: kendallTau(order, scores)))
  }
  add(.weightedSum, equal, try weightedSum(of: matrix, weights: equal, directions: directions))
  let entropy = try EntropyWeights(of: matrix).weights
  add(.entropy, entropy, try weightedSum(of: matrix, weights: entropy, directions: directions))
  if let judgements {
    let hierarchy = try AnalyticHierarchy(
      judgements: Matrix(criteria.map { row in criteria.map { judgements(row, $0) } }))
    ratio = criteria.count > 2 ? hierarchy.consistencyRatio : nil
    add(
      .analyticHierarchy, hierarchy.weights,
      try weightedSum(of: matrix, weights: hierarchy.weights, directions: directions))
  }
  let nearness = try topsis(of: matrix, weights: equal, directions: directions)
  // When all rows are equal nobody is nearer: every score is the same.
  add(.topsis, equal, nearness.map { $0 ?? 0.5 })
  return CrossCheck(
    criteria: criteria,
    dropped: Criterion.allCases.filter { !criteria.contains($0) },
    entries: rows.map { valued[$0] }, leftOut: valued.count - rows.count, columns: columns,
    consistencyRatio: ratio, randomIndex: AnalyticHierarchy.RandomIndex.saaty1977.name)
}
