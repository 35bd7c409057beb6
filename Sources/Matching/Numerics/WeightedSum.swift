/// Which way a criterion is good.
public enum CriterionDirection: Equatable, Sendable {
  /// More is better.
  case benefit
  /// Less is better.
  case cost
}

/// The plain score offices know: every criterion between worst 0 and best 1, weighted (加权求和).
///
/// A baseline and a cross-check. A constant column counts as 1 for everybody, so it tells nobody apart.
/// Weights are divided by their sum.
/// Throws: `.sizeMismatch`, `.notFinite`, `.badWeight`, `.empty` without a row or with no weight
/// above 0.
public func weightedSum(
  of table: Matrix, weights: [Double], directions: [CriterionDirection]
) throws(NumericsFailure) -> [Double] {
  let shares = try criterionShares(of: table, weights: weights, directions: directions)
  var scores = [Double](repeating: 0, count: table.rows)
  for column in 0..<table.columns {
    let values = (0..<table.rows).map { table[$0, column] }
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    for row in 0..<table.rows {
      var part = 1.0
      if high > low {
        part = (values[row] - low) / (high - low)
        if directions[column] == .cost { part = 1 - part }
      }
      scores[row] += shares[column] * part
    }
  }
  return scores
}

/// Checks a table of criteria and divides the weights by their sum.
func criterionShares(
  of table: Matrix, weights: [Double], directions: [CriterionDirection]
) throws(NumericsFailure) -> [Double] {
  guard weights.count == table.columns else {
    throw .sizeMismatch(expected: table.columns, found: weights.count)
  }
  guard directions.count == table.columns else {
    throw .sizeMismatch(expected: table.columns, found: directions.count)
  }
  guard table.rows > 0, table.columns > 0 else { throw .empty }
  try table.requireFinite()
  for (column, weight) in weights.enumerated() {
    guard weight.isFinite, weight >= 0 else { throw .badWeight(column: column) }
  }
  let total = weights.reduce(0, +)
  guard total > 0 else { throw .empty }
  return weights.map { $0 / total }
}
