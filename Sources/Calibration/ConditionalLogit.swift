/// A conditional logit fitted to choices (条件逻辑回归).
///
/// Newton's method with step-halving on a log-likelihood that is concave everywhere; it stops when
/// slope'·H⁻¹·slope is below 1e-12.
/// Source: McFadden 1974; Manski and Lerman 1977 for weighted (choice-based) samples.
public struct ConditionalLogit: Sendable {
  /// One coefficient with its uncertainty.
  public struct Coefficient: Equatable, Sendable {
    /// The name of the column.
    public let name: String
    /// The estimate, in utils per unit of the column.
    public let estimate: Double
    /// From the curvature, which includes the prior's.
    public let standardError: Double
    /// From the sandwich H⁻¹(Σ s s')H⁻¹ over groups; the one to use with weights or groups.
    public let robustStandardError: Double
  }

  /// What is believed of a coefficient before the data: normal, in utils per unit (先验).
  public struct Prior: Equatable, Sendable {
    /// The mean.
    public let mean: Double
    /// The standard deviation, above 0.
    public let deviation: Double

    /// Makes a prior.
    public init(mean: Double, deviation: Double) {
      precondition(deviation > 0 && mean.isFinite, "a prior needs a deviation above 0")
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// The coefficients, in the order of the data's columns.
  public let coefficients: [Coefficient]
  /// The inverse of the curvature at the estimate.
  public let covariance: Covariance
  /// The sandwich covariance.
  public let robustCovariance: Covariance
  /// The (weighted) log-likelihood at the estimate, without the prior's part.
  public let logLikelihood: Double
  /// The log-likelihood with all coefficients at 0.
  public let nullLogLikelihood: Double
  /// How many Newton steps were taken.
  public let iterations: Int

  /// The bare estimates.
  public var estimates: [Double] { coefficients.map(\.estimate) }

  /// Fits coefficients.
  ///
  /// - Parameters:
  ///   - priors: one for each column, nil where nothing is believed; empty for none at all. With a
  ///     prior a column may be collinear or separated: the prior decides there.
  /// Throws: `.collinear` or `.separated` with the names of the columns.
  /// Complexity: rows × columns² a step, 5–10 steps.
  public init(fitting data: ChoiceData, priors: [Prior?] = [], maxIterations: Int = 100)
    throws(LogitFailure)
  {
    let k = data.columnCount
    precondition(priors.isEmpty || priors.count == k, "one prior is needed for each column")
    let priors = priors.isEmpty ? [Prior?](repeating: nil, count: k) : priors
    try LogitIdentification.requireIndependent(data, priors: priors)

    func penalised(_ beta: [Double], curvature: Bool) -> LogitLikelihood {
      var point = LogitLikelihood(data, at: beta, curvature: curvature)
      for (column, prior) in priors.enumerated() {
        guard let prior else { continue }
        let variance = prior.deviation * prior.deviation
        let distance = beta[column] - prior.mean
        point.value -= distance * distance / (2 * variance)
        point.slope[column] -= distance / variance
        point.information[column, column] += 1 / variance
      }
      return point
    }

    var beta = priors.map { $0?.mean ?? 0 }
    var point = penalised(beta, curvature: true)
    var steps = 0
    while true {
      guard let split = CholeskyDecomposition(point.information) else {
        try LogitIdentification.requireOverlap(data, direction: beta, priors: priors)
        throw .notConverged(iterations: steps)
      }
      let step = split.solve(point.slope)
      var decrement = 0.0
      for column in 0..<k { decrement += step[column] * point.slope[column] }
      // The last step is taken too: it is as good as free and doubles the digits.
      let settled = decrement < 1e-12
      guard settled || steps < maxIterations else {
        try LogitIdentification.requireOverlap(data, direction: step, priors: priors)
        throw .notConverged(iterations: steps)
      }
      // A likelihood without a maximum is climbed for ever in steps of the same direction.
      if steps >= 8, !settled {
        try LogitIdentification.requireOverlap(data, direction: step, priors: priors)
      }
      var size = 1.0
      var moved = false
      for _ in 0..<40 {
        let candidate = (0..<k).map { beta[$0] + size * step[$0] }
        let next = penalised(candidate, curvature: true)
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
    let covariance = split.inverse()
    let robust = data.scoreProducts(at: beta).between(covariance)
    let errors = covariance.standardErrors
    let robustErrors = robust.standardErrors
    coefficients = (0..<k).map {
      Coefficient(
        name: data.names[$0], estimate: beta[$0], standardError: errors[$0],
        robustStandardError: robustErrors[$0])
    }
    self.covariance = covariance
    robustCovariance = robust
    logLikelihood = data.logLikelihood(at: beta)
    nullLogLikelihood = data.logLikelihood(at: [Double](repeating: 0, count: k))
    iterations = steps
  }
}

/// Why coefficients cannot be fitted.
public enum LogitFailure: Error, Equatable, Sendable {
  /// The column is the same for all alternatives of every case, so it cannot matter.
  case constantWithinCases(column: String)
  /// The column is a combination of the others named.
  case collinear(column: String, with: [String])
  /// A combination of these columns predicts every choice it touches, so the likelihood has no
  /// maximum: drop a column or give a prior.
  case separated(columns: [String])
  /// Newton's method did not settle.
  case notConverged(iterations: Int)
}
