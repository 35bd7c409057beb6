import Glibc

/// A straight line from stated to honest log-odds: logit q = a + b·logit p (普拉特校准).
///
/// b is also the reliability slope: 1 is honest, below 1 is too sure of itself.
public struct PlattScaling: Equatable, Sendable {
  /// a, in log-odds.
  public let intercept: Double
  /// b.
  public let slope: Double

  /// Fits the line by maximum likelihood.
  ///
  /// Unknown: nil when a probability is not strictly between 0 and 1, when all of them are equal, or
  /// when they tell the outcomes apart without a fault, so that no line is the best.
  public init?(probabilities: [Double], outcomes: [Bool]) {
    precondition(probabilities.count == outcomes.count, "every reading needs an outcome")
    guard probabilities.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    // A logit with two alternatives, of which one has nothing: the same code, the same refusals.
    var values: [Double] = []
    var chosen: [Int] = []
    for (index, p) in probabilities.enumerated() {
      values += [0, 0, 1, log(p / (1 - p))]
      chosen.append(2 * index + (outcomes[index] ? 1 : 0))
    }
    guard
      let data = try? ChoiceData(
        names: ["intercept", "slope"], starts: (0...probabilities.count).map { 2 * $0 },
        values: values, chosen: chosen),
      let fit = try? ConditionalLogit(fitting: data)
    else { return nil }
    intercept = fit.estimates[0]
    slope = fit.estimates[1]
  }

  /// The honest probability for a stated one strictly between 0 and 1.
  public func callAsFunction(_ probability: Double) -> Double {
    1 / (1 + exp(-(intercept + slope * log(probability / (1 - probability)))))
  }
}

/// The rising steps that fit outcomes best (保序回归).
///
/// Pool adjacent violators; between steps a straight line, beyond the ends the end values.
/// Source: Barlow et al. 1972.
public struct IsotonicScaling: Equatable, Sendable {
  private let knots: [Double]
  private let levels: [Double]

  /// Fits steps.
  ///
  /// Unknown: nil without readings or with one that is not finite.
  public init?(scores: [Double], outcomes: [Bool]) {
    precondition(scores.count == outcomes.count, "every reading needs an outcome")
    guard !scores.isEmpty, scores.allSatisfy({ $0.isFinite }) else { return nil }
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    var blocks: [(first: Double, last: Double, sum: Double, count: Double)] = []
    var start = 0
    while start < order.count {
      // Equal scores must get equal values.
      let score = scores[order[start]]
      var (sum, count) = (0.0, 0.0)
      while start < order.count, scores[order[start]] == score {
        sum += outcomes[order[start]] ? 1 : 0
        count += 1
        start += 1
      }
      blocks.append((score, score, sum, count))
      while blocks.count > 1 {
        let last = blocks[blocks.count - 1]
        let before = blocks[blocks.count - 2]
        guard before.sum * last.count >= last.sum * before.count else { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (
          before.first, last.last, before.sum + last.sum, before.count + last.count
        )
      }
    }
    var knots: [Double] = []
    var levels: [Double] = []
    for block in blocks {
      knots.append(block.first)
      levels.append(block.sum / block.count)
      if block.last > block.first {
        knots.append(block.last)
        levels.append(block.sum / block.count)
      }
    }
    self.knots = knots
    self.levels = levels
  }

  /// The fitted probability for a score.
  public func callAsFunction(_ score: Double) -> Double {
    guard score > knots[0] else { return levels[0] }
    var low = 0
    var high = knots.count
    while low < high {
      let middle = (low + high) / 2
      if knots[middle] < score { low = middle + 1 } else { high = middle }
    }
    guard low < knots.count else { return levels[knots.count - 1] }
    let share = (score - knots[low - 1]) / (knots[low] - knots[low - 1])
    return levels[low - 1] + share * (levels[low] - levels[low - 1])
  }
}
