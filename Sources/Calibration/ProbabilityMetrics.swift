import Glibc

/// How far stated probabilities are from what happened (概率校验).
///
/// Brier = mean (p − y)²; log-loss = −mean ln p of what happened; ECE = Σ (n_b/N)·|mean p − mean y| over
/// bins of equal mass. Equal probabilities share their outcomes, so the order of rows cannot matter.
public struct ProbabilityMetrics: Equatable, Sendable {
  /// One bin of neighbouring probabilities.
  public struct Bin: Equatable, Sendable {
    /// How many readings fall in it.
    public let count: Int
    /// The mean of what was said.
    public let predicted: Double
    /// The share that happened.
    public let observed: Double
  }

  /// The mean squared error.
  public let brier: Double
  /// The mean surprise, in nats; nil when something happened that was said to be impossible.
  public let logLoss: Double?
  /// The expected calibration error.
  public let calibrationError: Double
  /// The bins, from the lowest probability up.
  public let bins: [Bin]

  /// Measures readings against outcomes.
  ///
  /// Unknown: nil without readings, or when a probability is outside 0 to 1.
  /// - Parameter bins: how many; nil for 10, or 5 under 200 readings.
  public init?(probabilities: [Double], outcomes: [Bool], bins: Int? = nil) {
    precondition(probabilities.count == outcomes.count, "every reading needs an outcome")
    guard !probabilities.isEmpty, probabilities.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      return nil
    }
    let count = probabilities.count
    let wanted = bins ?? (count < 200 ? 5 : 10)
    precondition(wanted > 0, "at least one bin is needed")
    let order = (0..<count).sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
    var squares = 0.0
    var surprise = 0.0
    for index in order {
      let p = probabilities[index]
      let y = outcomes[index] ? 1.0 : 0.0
      squares += (p - y) * (p - y)
      surprise -= log(outcomes[index] ? p : 1 - p)
    }
    brier = squares / Double(count)
    logLoss = surprise.isFinite ? surprise / Double(count) : nil
    let shared = Self.sharedOutcomes(order.map { (probabilities[$0], outcomes[$0]) })
    let number = min(wanted, count)
    var list: [Bin] = []
    var error = 0.0
    var start = 0
    for bin in 0..<number {
      let size = count / number + (bin < count % number ? 1 : 0)
      let range = start..<start + size
      let predicted = range.reduce(0) { $0 + probabilities[order[$1]] } / Double(size)
      let observed = range.reduce(0) { $0 + shared[$1] } / Double(size)
      list.append(Bin(count: size, predicted: predicted, observed: observed))
      error += Double(size) / Double(count) * abs(predicted - observed)
      start += size
    }
    self.bins = list
    calibrationError = error
  }

  private static func sharedOutcomes(_ sorted: [(p: Double, y: Bool)]) -> [Double] {
    var shared: [Double] = []
    shared.reserveCapacity(sorted.count)
    var start = 0
    while start < sorted.count {
      var end = start
      var happened = 0.0
      while end < sorted.count, sorted[end].p == sorted[start].p {
        if sorted[end].y { happened += 1 }
        end += 1
      }
      shared += [Double](repeating: happened / Double(end - start), count: end - start)
      start = end
    }
    return shared
  }
}
