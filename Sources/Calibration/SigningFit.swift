import Glibc

/// One project that was asked to a site, the places it could go to, and whether it signed. 走访结果
public struct SigningCase: Sendable, Equatable {
  /// Shapes: alternative × column, the site that it was asked to first; staying is a row of zeros.
  public let alternatives: [[Double]]
  /// True when it signed for the first alternative. False says only that it did not: where it went
  /// instead is not known.
  public let signed: Bool
  /// The firm group within which choices may depend on each other.
  public let group: Int32

  public init(alternatives: [[Double]], signed: Bool, group: Int32) {
    precondition(alternatives.count > 1, "a choice needs at least two alternatives")
    precondition(
      alternatives.allSatisfy { $0.count == alternatives[0].count },
      "every alternative needs every column")
    self.alternatives = alternatives
    self.signed = signed
    self.group = group
  }
}

/// Coefficients updated by what came of visits, around what was believed before (走访结果拟合).
///
/// P = exp V₀/Σ exp V over the alternatives of a case, ℓ = Σ signed ln P + Σ not signed ln(1 − P), less
/// Σ (β − β₀)²/(2σ²). A firm that did not sign may be anywhere else, so nothing is assumed of which
/// other place it took. Steps use the curvature of the completed data (Dempster, Laird and Rubin
/// 1977), which never overshoots uphill by itself, with step-halving; standard errors use the
/// curvature of ℓ itself.
public struct SigningFit: Sendable, Equatable {
  /// What the outcomes changed in each coefficient.
  public let coefficients: [PriorUpdate]
  /// ℓ at the estimate, without the prior's part.
  public let logLikelihood: Double
  /// ℓ of the prior means.
  public let priorLogLikelihood: Double
  public let iterations: Int

  public var estimates: [Double] { coefficients.map(\.estimate) }

  /// Fits the coefficients.
  ///
  /// Throws: `.noCases`, or `.notConverged`.
  /// Complexity: cases × alternatives × columns² a step.
  public init(
    _ cases: [SigningCase], names: [String], priors: [ConditionalLogit.Prior],
    maxIterations: Int = 2000
  ) throws(SigningFitFailure) {
    guard !cases.isEmpty else { throw .noCases }
    precondition(names.count == priors.count, "every column needs a prior")
    precondition(
      cases.allSatisfy { $0.alternatives[0].count == names.count }, "every column needs a name")
    func posterior(_ beta: [Double]) -> SigningLikelihood {
      var point = SigningLikelihood(cases, at: beta)
      for (column, prior) in priors.enumerated() {
        let variance = prior.deviation * prior.deviation
        let distance = beta[column] - prior.mean
        point.value -= distance * distance / (2 * variance)
        point.slope[column] -= distance / variance
        point.completed[column, column] += 1 / variance
        point.observed[column, column] += 1 / variance
      }
      return point
    }
    var beta = priors.map(\.mean)
    var point = posterior(beta)
    var steps = 0
    while true {
      guard let split = CholeskyDecomposition(point.completed) else {
        throw .notConverged(iterations: steps)
      }
      let step = split.solve(point.slope)
      let decrement = zip(step, point.slope).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < 1e-18 { break }
      guard steps < maxIterations else { throw .notConverged(iterations: steps) }
      // The observed curvature is the faster guide where it is a hill.
      let newton = CholeskyDecomposition(point.observed)?.solve(point.slope)
      var best: ([Double], SigningLikelihood)?
      for direction in [newton, step].compactMap(\.self) {
        var size = 1.0
        while size > 1e-10, best == nil {
          let trial = zip(beta, direction).map { $0 + size * $1 }
          let there = posterior(trial)
          if there.value > point.value { best = (trial, there) }
          size /= 2
        }
        if best != nil { break }
      }
      guard let best else { break }
      (beta, point) = best
      steps += 1
    }
    let spread = (CholeskyDecomposition(point.observed) ?? CholeskyDecomposition(point.completed))?
      .inverse().standardErrors
    let varying = names.indices.map { column in
      cases.count { item in
        item.alternatives.contains { $0[column] != item.alternatives[0][column] }
      }
    }
    coefficients = names.indices.map {
      PriorUpdate(
        name: names[$0], prior: priors[$0], estimate: beta[$0],
        standardError: spread?[$0] ?? priors[$0].deviation, cases: varying[$0])
    }
    logLikelihood = SigningLikelihood(cases, at: beta).value
    priorLogLikelihood = SigningLikelihood(cases, at: priors.map(\.mean)).value
    iterations = steps
  }

  /// The log-likelihood of each case under coefficients that never saw its group, and under the
  /// prior means, which never saw any.
  ///
  /// - Parameter folds: at most as many as there are groups.
  public static func crossValidate(
    _ cases: [SigningCase], names: [String], priors: [ConditionalLogit.Prior], folds: Int = 10,
    using random: inout some RandomNumberGenerator
  ) throws(SigningFitFailure) -> [HeldOut] {
    var groups: [Int32] = []
    for item in cases where !groups.contains(item.group) { groups.append(item.group) }
    guard groups.count > 1, folds > 1 else { throw .tooFewGroups(groups.count) }
    let count = min(folds, groups.count)
    let order = groups.shuffled(using: &random)
    let means = priors.map(\.mean)
    var held = [HeldOut?](repeating: nil, count: cases.count)
    for fold in 0..<count {
      let out = Set(order.indices.filter { $0 % count == fold }.map { order[$0] })
      let fit = try SigningFit(
        cases.filter { !out.contains($0.group) }, names: names, priors: priors)
      for (row, item) in cases.enumerated() where out.contains(item.group) {
        held[row] = HeldOut(
          probability: item.probability(fit.estimates), priorProbability: item.probability(means),
          signed: item.signed)
      }
    }
    return held.compactMap(\.self)
  }

  /// What was said of one case before it was seen.
  public struct HeldOut: Sendable, Equatable {
    /// By the coefficients fitted without it.
    public let probability: Double
    /// By the prior means.
    public let priorProbability: Double
    public let signed: Bool

    public var logLikelihood: Double { log(signed ? probability : 1 - probability) }
    public var priorLogLikelihood: Double {
      log(signed ? priorProbability : 1 - priorProbability)
    }
  }
}

extension SigningCase {
  /// P of the first alternative.
  public func probability(_ beta: [Double]) -> Double {
    let utilities = alternatives.map { row in zip(row, beta).reduce(0) { $0 + $1.0 * $1.1 } }
    let largest = utilities.max() ?? 0
    let terms = utilities.map { exp($0 - largest) }
    return terms[0] / terms.reduce(0, +)
  }
}

/// Why visits cannot be fitted.
public enum SigningFitFailure: Error, Equatable, Sendable {
  /// There is nothing to fit.
  case noCases
  /// Folds need at least two groups.
  case tooFewGroups(Int)
  case notConverged(iterations: Int)
}

/// ℓ with its slope and two curvatures: of the completed data, and of ℓ itself.
private struct SigningLikelihood {
  var value = 0.0
  var slope: [Double]
  var completed: Covariance
  var observed: Covariance

  init(_ cases: [SigningCase], at beta: [Double]) {
    let k = beta.count
    slope = [Double](repeating: 0, count: k)
    completed = Covariance(size: k)
    observed = Covariance(size: k)
    for item in cases {
      let utilities = item.alternatives.map { row in
        zip(row, beta).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let all = Moments(item.alternatives[...], utilities[...])
      add(all.covariance, to: \.completed)
      add(all.covariance, to: \.observed)
      if item.signed {
        value += utilities[0] - all.logSum
        for column in 0..<k { slope[column] += item.alternatives[0][column] - all.mean[column] }
      } else {
        let others = Moments(item.alternatives.dropFirst(), utilities.dropFirst())
        value += others.logSum - all.logSum
        for column in 0..<k { slope[column] += others.mean[column] - all.mean[column] }
        add(others.covariance, to: \.observed, times: -1)
      }
    }
  }

  private mutating func add(
    _ part: Covariance, to table: WritableKeyPath<SigningLikelihood, Covariance>,
    times factor: Double = 1
  ) {
    for index in part.values.indices {
      self[keyPath: table].values[index] += factor * part.values[index]
    }
  }

  /// ln Σ exp V, and mean and covariance of the rows under the probabilities.
  private struct Moments {
    let logSum: Double
    let mean: [Double]
    let covariance: Covariance

    init(_ rows: ArraySlice<[Double]>, _ utilities: ArraySlice<Double>) {
      let largest = utilities.max() ?? 0
      let weights = utilities.map { exp($0 - largest) }
      let total = weights.reduce(0, +)
      logSum = largest + log(total)
      let k = rows.first?.count ?? 0
      var mean = [Double](repeating: 0, count: k)
      for (row, weight) in zip(rows, weights) {
        for column in 0..<k { mean[column] += weight / total * row[column] }
      }
      var covariance = Covariance(size: k)
      for (row, weight) in zip(rows, weights) {
        for a in 0..<k {
          for b in 0..<k {
            covariance[a, b] += weight / total * (row[a] - mean[a]) * (row[b] - mean[b])
          }
        }
      }
      self.mean = mean
      self.covariance = covariance
    }
  }
}
