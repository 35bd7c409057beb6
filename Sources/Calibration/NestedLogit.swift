import Glibc

/// A logit in which alternatives of one nest resemble each other (嵌套逻辑回归).
///
/// One dissimilarity λ for all nests: P = exp(V/λ)/Σₘ exp(V/λ) · exp(λI)/Σ exp(λI), I = ln Σₘ exp(V/λ),
/// fitted at once (full information). λ = 1 is the conditional logit; λ in (0, 1] is a choice by a
/// rational firm. When the likelihood would have λ above 1, the conditional logit is the answer and
/// `freeDissimilarity` says what the data wanted.
/// Source: Daly and Zachary 1978; McFadden 1978.
public struct NestedLogit: Sendable {
  /// The coefficients, in the order of the data's columns.
  public let coefficients: [ConditionalLogit.Coefficient]
  /// λ, between 0 and 1.
  public let dissimilarity: Double
  /// The standard error of λ; nil at the bound of 1.
  public let dissimilarityError: Double?
  /// λ without the bound; nil when no maximum was found beyond it.
  public let freeDissimilarity: Double?
  /// The log-likelihood at the estimate.
  public let logLikelihood: Double
  /// The conditional logit that λ = 1 would be.
  public let conditional: ConditionalLogit
  /// How many Newton steps were taken.
  public let iterations: Int

  /// 2·(ℓ − ℓ at λ = 1), to be compared with χ² of one degree (似然比).
  public var likelihoodRatio: Double {
    max(0, 2 * (logLikelihood - conditional.logLikelihood))
  }

  /// The chance of such a ratio, or a larger one, if λ were 1.
  public var probability: Double { erfc((likelihoodRatio / 2).squareRoot()) }

  /// Fits coefficients and λ.
  ///
  /// - Parameter nests: the nest of each alternative code of the data.
  /// Throws: `.dissimilarityNotIdentified` when no case has both a nest of two and another nest.
  public init(fitting data: ChoiceData, nests: [Int32], maxIterations: Int = 100)
    throws(NestedLogitFailure)
  {
    precondition(
      data.alternatives.allSatisfy { Int($0) < nests.count }, "every alternative needs a nest")
    let conditional: ConditionalLogit
    do throws(LogitFailure) {
      conditional = try ConditionalLogit(fitting: data)
    } catch {
      throw .logit(error)
    }
    self.conditional = conditional
    let likelihood = NestedLikelihood(data: data, nests: nests)
    guard likelihood.isIdentified else { throw .dissimilarityNotIdentified }
    let k = data.columnCount
    var point = conditional.estimates + [1]
    var value = likelihood.evaluate(point)
    var steps = 0
    var curvature: Covariance?
    var settled = false
    while steps < maxIterations, !settled {
      let information = likelihood.information(at: point, scale: conditional.covariance)
      // Away from the maximum the curvature may bend the wrong way; outer products never do.
      let proper = CholeskyDecomposition(information)
      guard let split = proper ?? CholeskyDecomposition(value.products) else {
        throw .notConverged(iterations: steps)
      }
      curvature = proper == nil ? nil : information
      let step = split.solve(value.slope)
      let decrement = zip(step, value.slope).reduce(0) { $0 + $1.0 * $1.1 }
      settled = decrement < 1e-12 && proper != nil
      var size = 1.0
      var moved = false
      for _ in 0..<40 {
        let candidate = zip(point, step).map { $0 + size * $1 }
        if candidate[k] > 1e-3 {
          let next = likelihood.evaluate(candidate)
          if next.value.isFinite, next.value >= value.value - 1e-12 * abs(value.value) {
            point = candidate
            value = next
            moved = true
            break
          }
        }
        size /= 2
      }
      if !settled { steps += 1 }
      if !moved { settled = settled || decrement < 1e-8 }
      guard moved || settled else { break }
    }
    iterations = steps
    let found = settled && curvature != nil
    guard found, point[k] <= 1 else {
      // Past the bound, or nowhere: a slope that rises towards λ above 1 ends at the bound.
      guard found || likelihood.evaluate(conditional.estimates + [1]).slope[k] >= 0 else {
        throw .notConverged(iterations: steps)
      }
      coefficients = conditional.coefficients
      dissimilarity = 1
      dissimilarityError = nil
      freeDissimilarity = found ? point[k] : nil
      logLikelihood = conditional.logLikelihood
      return
    }
    let information = likelihood.information(at: point, scale: conditional.covariance)
    guard let covariance = CholeskyDecomposition(information)?.inverse() else {
      throw .notConverged(iterations: steps)
    }
    let errors = covariance.standardErrors
    let robust = value.products.between(covariance).standardErrors
    coefficients = (0..<k).map {
      .init(
        name: data.names[$0], estimate: point[$0], standardError: errors[$0],
        robustStandardError: robust[$0])
    }
    dissimilarity = point[k]
    dissimilarityError = errors[k]
    freeDissimilarity = point[k]
    logLikelihood = value.value
  }
}

/// Why a nested logit cannot be fitted.
public enum NestedLogitFailure: Error, Equatable, Sendable {
  /// The conditional logit that it starts from cannot be fitted.
  case logit(LogitFailure)
  /// λ leaves no trace: no case has a nest of two alternatives beside another nest.
  case dissimilarityNotIdentified
  /// Newton's method did not settle.
  case notConverged(iterations: Int)
}
