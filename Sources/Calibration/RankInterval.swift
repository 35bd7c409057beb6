import Glibc

/// How sure a candidate's rank is when the coefficients are not (排名区间).
public struct RankInterval: Equatable, Sendable {
  /// The 5 % rank.
  public let low: Int
  /// The 95 % rank.
  public let high: Int
  /// The share of draws in which the candidate is among the first k.
  public let topProbability: Double

  /// Draws coefficients from N(estimate, covariance) and ranks the candidates each time.
  ///
  /// Ranks count from 1 by falling x'β, ties by position. A coefficient with variance 0 is held.
  /// - Parameters:
  ///   - candidates: one list of terms for each.
  ///   - top: the k of the top probability.
  /// Unknown: nil when the covariance is not one.
  /// Complexity: draws × candidates × (terms + log candidates).
  public static func list(
    candidates: [[Double]], estimates: [Double], covariance: Covariance, draws: Int = 500,
    top: Int = 10, using random: inout some RandomNumberGenerator
  ) -> [RankInterval]? {
    precondition(covariance.size == estimates.count, "every estimate needs a variance")
    precondition(draws > 0, "at least one draw is needed")
    precondition(
      candidates.allSatisfy { $0.count == estimates.count }, "every candidate needs all terms")
    let free = estimates.indices.filter { covariance[$0, $0] > 0 }
    var part = Covariance(size: free.count)
    for (row, a) in free.enumerated() {
      for (column, b) in free.enumerated() { part[row, column] = covariance[a, b] }
    }
    guard let root = CholeskyDecomposition(part) else { return nil }
    var ranks = [[Int]](repeating: [], count: candidates.count)
    for _ in 0..<draws {
      let step = root.times(free.map { _ in standardNormal(using: &random) })
      var beta = estimates
      for (index, column) in free.enumerated() { beta[column] += step[index] }
      let scores = candidates.map { x in
        x.indices.reduce(0.0) { $0 + x[$1] * beta[$1] }
      }
      let order = candidates.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
      for (place, candidate) in order.enumerated() { ranks[candidate].append(place + 1) }
    }
    return ranks.map { list in
      let sorted = list.sorted()
      let low = sorted[Int(0.05 * Double(draws - 1))]
      let high = sorted[Int((0.95 * Double(draws - 1)).rounded(.up))]
      let inTop = list.filter { $0 <= top }.count
      return RankInterval(low: low, high: high, topProbability: Double(inTop) / Double(draws))
    }
  }
}

/// The probability that one candidate's utility is above another's: Φ((x − z)'β/√((x − z)'V(x − z))).
///
/// Two candidates without any difference that is uncertain are compared as they stand: 1, 0, or ½.
public func probabilityAhead(
  _ first: [Double], of second: [Double], estimates: [Double], covariance: Covariance
) -> Double {
  let difference = zip(first, second).map { $0 - $1 }
  let mean = zip(difference, estimates).reduce(0) { $0 + $1.0 * $1.1 }
  let variance = covariance.form(difference)
  guard variance > 0 else { return mean > 0 ? 1 : mean < 0 ? 0 : 0.5 }
  return erfc(-mean / (2 * variance).squareRoot()) / 2
}

/// The best rank each candidate can claim: 1 + the number of others ahead of it with more than the
/// given probability (排名下界).
///
/// Complexity: candidates² × terms².
public func rankLowerBounds(
  candidates: [[Double]], estimates: [Double], covariance: Covariance, probability: Double = 0.95
) -> [Int] {
  candidates.indices.map { index in
    1
      + candidates.indices.filter { other in
        other != index
          && probabilityAhead(
            candidates[other], of: candidates[index], estimates: estimates, covariance: covariance)
            > probability
      }.count
  }
}

/// One standard normal number (Box and Muller, one of the pair).
func standardNormal(using random: inout some RandomNumberGenerator) -> Double {
  let first = Double(random.next() >> 11) * 0x1p-53
  let second = Double(random.next() >> 11) * 0x1p-53
  return (-2 * log(1 - first)).squareRoot() * cos(2 * .pi * second)
}
