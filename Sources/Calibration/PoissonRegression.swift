import Glibc

/// A Poisson regression of counts with a constant: the independent check of a conditional logit (泊松回归).
///
/// With regressors that vary over places only, its coefficients and standard errors are those of the
/// conditional logit of the same choices (Guimarães, Figueiredo and Woodward 2003), by another route.
public struct PoissonRegression: Sendable {
  /// The constant.
  public let constant: Double
  /// The coefficients, in the order of the columns.
  public let estimates: [Double]
  /// The standard errors of the coefficients.
  public let standardErrors: [Double]
  /// The log-likelihood, Σ n·ln μ − μ − ln n!.
  public let logLikelihood: Double
  /// How many Newton steps were taken.
  public let iterations: Int

  /// Fits counts.
  ///
  /// - Parameters:
  ///   - values: one list of regressors for each count, without the constant.
  public init(counts: [Double], names: [String], values: [[Double]], maxIterations: Int = 100)
    throws(PoissonFailure)
  {
    precondition(counts.count == values.count, "every count needs its regressors")
    precondition(
      values.allSatisfy { $0.count == names.count }, "every count needs all regressors")
    for (row, count) in counts.enumerated() where !(count >= 0 && count.isFinite) {
      throw .notACount(row: row)
    }
    for (row, x) in values.enumerated() {
      if let column = x.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(column: names[column], row: row)
      }
    }
    let total = counts.reduce(0, +)
    guard total > 0 else { throw .nothingCounted }
    let k = names.count + 1
    // Regressors are centred so that the constant does not disturb the others.
    let means = names.indices.map { column in
      values.reduce(0) { $0 + $1[column] } / Double(values.count)
    }
    let rows = values.map { x in [1] + x.indices.map { x[$0] - means[$0] } }
    var beta = [log(total / Double(counts.count))] + names.map { _ in 0 }

    func evaluate(_ beta: [Double]) -> (value: Double, slope: [Double], information: Covariance) {
      var value = 0.0
      var slope = [Double](repeating: 0, count: k)
      var information = Covariance(size: k)
      for (x, count) in zip(rows, counts) {
        let index = zip(x, beta).reduce(0) { $0 + $1.0 * $1.1 }
        let mean = exp(index)
        value += count * index - mean - lgamma(count + 1)
        for a in 0..<k {
          slope[a] += (count - mean) * x[a]
          for b in 0..<k { information[a, b] += mean * x[a] * x[b] }
        }
      }
      return (value, slope, information)
    }

    var point = evaluate(beta)
    if let column = CholeskyDecomposition.firstDependent(of: point.information, smallest: 1e-11) {
      throw .collinear(column: column == 0 ? "constant" : names[column - 1])
    }
    var steps = 0
    while true {
      guard let split = CholeskyDecomposition(point.information) else {
        throw .notConverged(iterations: steps)
      }
      let step = split.solve(point.slope)
      let decrement = zip(step, point.slope).reduce(0) { $0 + $1.0 * $1.1 }
      let settled = decrement < 1e-12
      guard settled || steps < maxIterations else { throw .notConverged(iterations: steps) }
      var size = 1.0
      var moved = false
      for _ in 0..<40 {
        let candidate = zip(beta, step).map { $0 + size * $1 }
        let next = evaluate(candidate)
        if next.value.isFinite, next.value >= point.value - 1e-12 * abs(point.value) {
          beta = candidate
          point = next
          moved = true
          break
        }
        size /= 2
      }
      guard moved, !settled else { break }
      steps += 1
    }
    guard let split = CholeskyDecomposition(point.information) else {
      throw .notConverged(iterations: steps)
    }
    estimates = Array(beta.dropFirst())
    constant = beta[0] - zip(estimates, means).reduce(0) { $0 + $1.0 * $1.1 }
    standardErrors = Array(split.inverse().standardErrors.dropFirst())
    logLikelihood = point.value
    iterations = steps
  }
}

/// Why counts cannot be fitted.
public enum PoissonFailure: Error, Equatable, Sendable {
  /// A count is negative, missing or infinite.
  case notACount(row: Int)
  /// A regressor is missing or infinite.
  case notFinite(column: String, row: Int)
  /// All counts are 0.
  case nothingCounted
  /// The column is a combination of the earlier ones and the constant.
  case collinear(column: String)
  /// Newton's method did not settle, as when a column separates the zeros.
  case notConverged(iterations: Int)
}
