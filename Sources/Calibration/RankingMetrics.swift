import Glibc

/// How much a relevance of r is worth in a discounted gain.
public enum RelevanceGain: Sendable {
  /// r, as scikit-learn has it.
  case linear
  /// 2ʳ − 1, as LightGBM has it.
  case exponential

  func callAsFunction(_ relevance: Double) -> Double {
    switch self {
    case .linear: relevance
    case .exponential: exp2(relevance) - 1
    }
  }
}

/// Σ gain/log₂(1 + rank) down a list (折损累计增益).
///
/// - Parameter relevances: in ranked order, best first.
/// - Parameter depth: how many ranks count; nil for all.
public func discountedGain(
  _ relevances: [Double], depth: Int? = nil, gain: RelevanceGain = .linear
) -> Double {
  var sum = 0.0
  for (index, relevance) in relevances.prefix(depth ?? relevances.count).enumerated() {
    sum += gain(relevance) / log2(Double(index) + 2)
  }
  return sum
}

/// The discounted gain over that of the best order, from 0 to 1 (归一化折损累计增益).
///
/// Unknown: nil when nothing in the list is relevant.
public func normalisedDiscountedGain(
  _ relevances: [Double], depth: Int? = nil, gain: RelevanceGain = .linear
) -> Double? {
  let best = discountedGain(relevances.sorted(by: >), depth: depth, gain: gain)
  guard best > 0 else { return nil }
  return discountedGain(relevances, depth: depth, gain: gain) / best
}

/// A list of candidates with scores and which of them were right, judged with ties shared (排序评价).
///
/// Candidates with equal scores are taken in every order at once: each counts what it would on average,
/// or, for ranks, the middle rank. So a constant score is a coin, not a winner.
public struct RankedList: Equatable, Sendable {
  /// Candidates with one score, best score first.
  private struct Tie: Equatable {
    let score: Double
    var right: Double
    var count: Double
    var weightRight: Double
  }

  private let ties: [Tie]
  private let right: Double
  private let count: Double
  private let weightRight: Double

  /// Makes a list.
  ///
  /// - Parameter weights: what each candidate is worth, for the weighted recall; nil for 1 each.
  /// Unknown: nil when a score is not a number, or nothing is right: such a list judges nobody.
  public init?(scores: [Double], right: [Bool], weights: [Double]? = nil) {
    precondition(scores.count == right.count, "every candidate needs a score and a truth")
    precondition(weights.map { $0.count == scores.count } ?? true, "every candidate needs a weight")
    guard scores.allSatisfy({ !$0.isNaN }), right.contains(true) else { return nil }
    var ties: [Tie] = []
    for index in scores.indices.sorted(by: { (-scores[$0], $0) < (-scores[$1], $1) }) {
      let hit = right[index] ? 1.0 : 0
      let weight = hit * (weights?[index] ?? 1)
      if let last = ties.last, last.score == scores[index] {
        ties[ties.count - 1].right += hit
        ties[ties.count - 1].count += 1
        ties[ties.count - 1].weightRight += weight
      } else {
        ties.append(Tie(score: scores[index], right: hit, count: 1, weightRight: weight))
      }
    }
    self.ties = ties
    self.right = ties.reduce(0) { $0 + $1.right }
    count = Double(scores.count)
    weightRight = ties.reduce(0) { $0 + $1.weightRight }
  }

  /// The share of the right ones among the first k (召回率).
  public func recall(at k: Int) -> Double {
    taken(k) { $0.right } / right
  }

  /// The share of the right ones' weight among the first k; nil when they weigh nothing.
  public func weightedRecall(at k: Int) -> Double? {
    weightRight > 0 ? taken(k) { $0.weightRight } / weightRight : nil
  }

  private func taken(_ k: Int, _ part: (Tie) -> Double) -> Double {
    var room = Double(k)
    var sum = 0.0
    for tie in ties where room > 0 {
      sum += part(tie) * min(1, room / tie.count)
      room -= tie.count
    }
    return sum
  }

  /// 1/rank of the first right one, by its mean over the orders of a tie (倒数排名).
  public var reciprocalRank: Double {
    var before = 0.0
    for tie in ties {
      guard tie.right == 0 else {
        // P(first right one at place i of the tie) = C(n−i, r−1)/C(n, r), built up place by place.
        var (sum, none) = (0.0, 1.0)
        for place in 0..<Int(tie.count - tie.right) + 1 {
          let hit = tie.right / (tie.count - Double(place))
          sum += none * hit / (before + Double(place) + 1)
          none *= 1 - hit
        }
        return sum
      }
      before += tie.count
    }
    return 0
  }

  /// Gain at depth k over the best possible, right ones counting 1, ties averaged.
  public func normalisedGain(at k: Int) -> Double {
    var gain = 0.0
    var rank = 0
    for tie in ties where rank < k {
      let end = min(k, rank + Int(tie.count))
      for place in rank..<end { gain += tie.right / tie.count / log2(Double(place) + 2) }
      rank += Int(tie.count)
    }
    var best = 0.0
    for place in 0..<min(k, Int(right)) { best += 1 / log2(Double(place) + 2) }
    return best > 0 ? gain / best : 0
  }

  /// The chance that a right one stands above a wrong one, ties half (AUC).
  ///
  /// Unknown: nil when all are right.
  public var areaUnderCurve: Double? {
    let wrong = count - right
    guard wrong > 0 else { return nil }
    var (above, sum) = (0.0, 0.0)
    for tie in ties {
      let wrongHere = tie.count - tie.right
      sum += wrongHere * (above + tie.right / 2)
      above += tie.right
    }
    return sum / (right * wrong)
  }

  /// (n − rank)/(n − 1) averaged over the right ones, rank in the middle of a tie.
  ///
  /// Unknown: nil for a list of one.
  public var areaOfAppearances: Double? {
    guard count > 1 else { return nil }
    var (before, sum) = (0.0, 0.0)
    for tie in ties {
      sum += tie.right * (count - (before + (tie.count + 1) / 2)) / (count - 1)
      before += tie.count
    }
    return sum / right
  }

  /// Σ (recallₖ − recallₖ₋₁)·precisionₖ over the distinct scores (AUC-PR).
  ///
  /// The step-wise form, as scikit-learn's average precision; no line is drawn between points.
  public var averagePrecision: Double {
    var (hits, seen, sum) = (0.0, 0.0, 0.0)
    for tie in ties {
      hits += tie.right
      seen += tie.count
      sum += tie.right / right * (hits / seen)
    }
    return sum
  }

  /// The best harmonic mean of precision and recall over all cut-offs (最佳 F1).
  public var bestF1: Double {
    var (hits, seen, best) = (0.0, 0.0, 0.0)
    for tie in ties {
      hits += tie.right
      seen += tie.count
      best = max(best, 2 * hits / (seen + right))
    }
    return best
  }
}
