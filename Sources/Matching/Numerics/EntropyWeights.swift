import Glibc

/// Weights by how much a criterion tells the rows apart (熵权).
///
/// p = x/Σx down each column, E = −Σ p ln p/ln m, weight ∝ 1 − E. A constant column has weight 0; when
/// all are constant the weights are equal.
public struct EntropyWeights: Equatable, Sendable {
  /// The entropy of each column, from 0 to 1.
  public let entropies: [Double]
  /// The weights, which sum to 1.
  public let weights: [Double]
  /// Columns whose smallest value, being negative, was taken off first; to be said to the reader.
  public let shifted: [Int]

  /// Weighs the columns of a table.
  ///
  /// Throws: `.empty` without rows or columns, `.notFinite`.
  public init(of table: Matrix) throws(NumericsFailure) {
    guard table.rows > 0, table.columns > 0 else { throw .empty }
    try table.requireFinite()
    var entropies: [Double] = []
    var shifted: [Int] = []
    for column in 0..<table.columns {
      var values = (0..<table.rows).map { table[$0, column] }
      let low = values.min() ?? 0
      if low < 0 {
        shifted.append(column)
        values = values.map { $0 - low }
      }
      let total = values.reduce(0, +)
      let constant = values.allSatisfy { $0 == values[0] }
      guard table.rows > 1, !constant, total > 0 else {
        entropies.append(1)
        continue
      }
      var entropy = 0.0
      for value in values where value > 0 { entropy -= value / total * log(value / total) }
      entropies.append(entropy / log(Double(table.rows)))
    }
    let tells = entropies.map { max(0, 1 - $0) }
    let total = tells.reduce(0, +)
    self.entropies = entropies
    self.shifted = shifted
    weights =
      total > 0
      ? tells.map { $0 / total }
      : [Double](repeating: 1 / Double(table.columns), count: table.columns)
  }
}
