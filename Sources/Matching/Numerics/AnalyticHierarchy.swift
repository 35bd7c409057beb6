/// Weights from pairwise judgements, and whether the judgements agree with each other (层次分析法).
///
/// The weights are the principal eigenvector; CI = (λmax − n)/(n − 1), CR = CI/RI. A CR over 0.10 says
/// that the judgements should be made again.
/// Source: Saaty 1977.
public struct AnalyticHierarchy: Equatable, Sendable {
  /// A table of the mean consistency index of random judgements, named because CR depends on it (随机一致性指标).
  public struct RandomIndex: Equatable, Sendable {
    /// What the table is called, to be printed with the ratio.
    public let name: String
    /// The index for n = 1, 2, 3 …
    public let values: [Double]

    /// Saaty's table of 1977, up to ten criteria.
    public static let saaty1977 = RandomIndex(
      name: "Saaty 1977", values: [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49])
    /// The table that the program AHPy calls "saaty", up to ten criteria.
    public static let ahpySaaty = RandomIndex(
      name: "AHPy saaty", values: [0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49])
    /// The first values of Donegan and Dodd 1991, up to seven criteria.
    public static let doneganDodd = RandomIndex(
      name: "Donegan–Dodd 1991", values: [0, 0, 0.4914, 0.8286, 1.0591, 1.1797, 1.2519])
  }

  /// The weights, which sum to 1.
  public let weights: [Double]
  /// The largest eigenvalue; n when the judgements agree fully.
  public let largestEigenvalue: Double
  /// CI = (λmax − n)/(n − 1); 0 for one or two criteria.
  public let consistencyIndex: Double
  /// CR = CI/RI; 0 for one or two criteria, nil when the table does not reach this many.
  public let consistencyRatio: Double?
  /// The table that was used.
  public let randomIndex: RandomIndex

  /// Weighs criteria from a full matrix in which the cell says how many times the row counts for the
  /// column.
  ///
  /// Throws: `.negative` with the cell when a judgement is not above 0, `.notReciprocal` when its mirror
  /// is not its inverse within 1e-6.
  public init(judgements: Matrix, randomIndex: RandomIndex = .saaty1977) throws(NumericsFailure) {
    let n = judgements.rows
    guard judgements.columns == n else {
      throw .sizeMismatch(expected: n, found: judgements.columns)
    }
    guard n > 0 else { throw .empty }
    try judgements.requireFinite()
    for row in 0..<n {
      for column in 0..<n {
        guard judgements[row, column] > 0 else { throw .negative(row: row, column: column) }
        let product = judgements[row, column] * judgements[column, row]
        guard abs(product - 1) <= 1e-6 else { throw .notReciprocal(row: row, column: column) }
      }
    }
    var weights = [Double](repeating: 1 / Double(n), count: n)
    var eigenvalue = Double(n)
    var change = Double.infinity
    var rounds = 0
    while change > 1e-12 {
      guard rounds < 10_000 else { throw .notConverged(iterations: rounds) }
      let next = judgements.times(weights)
      eigenvalue = next.reduce(0, +)
      change = 0
      for index in 0..<n {
        let share = next[index] / eigenvalue
        change = max(change, abs(share - weights[index]))
        weights[index] = share
      }
      rounds += 1
    }
    self.weights = weights
    // Judgements that agree fully have exactly n; rounding must not make the index negative.
    largestEigenvalue = max(Double(n), eigenvalue)
    consistencyIndex = n > 2 ? (largestEigenvalue - Double(n)) / Double(n - 1) : 0
    self.randomIndex = randomIndex
    if n <= 2 {
      consistencyRatio = 0
    } else {
      consistencyRatio =
        n <= randomIndex.values.count ? consistencyIndex / randomIndex.values[n - 1] : nil
    }
  }

  /// Fills a full matrix from the judgements above its diagonal, row after row.
  public static func matrix(upperTriangle: [[Double]]) -> Matrix {
    let n = upperTriangle.count + 1
    var matrix = Matrix.identity(n)
    for (row, judgements) in upperTriangle.enumerated() {
      precondition(judgements.count == n - row - 1, "each row has one judgement fewer")
      for (offset, value) in judgements.enumerated() {
        matrix[row, row + 1 + offset] = value
        matrix[row + 1 + offset, row] = 1 / value
      }
    }
    return matrix
  }
}

/// Two lists of weights multiplied and divided by their sum, such as expert and entropy weights (组合权重).
///
/// Unknown: nil when no criterion has a weight in both.
public func combinedWeights(_ first: [Double], _ second: [Double]) -> [Double]? {
  precondition(first.count == second.count, "both lists weigh the same criteria")
  let products = zip(first, second).map { $0 * $1 }
  let total = products.reduce(0, +)
  guard total > 0, total.isFinite else { return nil }
  return products.map { $0 / total }
}
