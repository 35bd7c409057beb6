import Glibc

/// The single change of one term that brings a probability to a target (反事实).
///
/// Δx = (logit p* − logit p)/β: exact for any number of alternatives, because the others' utilities do
/// not depend on this one's terms.
public struct Counterfactual: Equatable, Sendable {
  /// The change of the term as it enters the utility.
  public let change: Double
  /// The value the column would have to have.
  public let value: Double

  /// Solves for one term.
  ///
  /// - Parameter isLogarithm: the utility has ln of the column; `current` is the column itself.
  /// Unknown: nil when the coefficient is 0, a probability is not strictly between 0 and 1, or the
  /// column has no logarithm.
  public init?(
    from probability: Double, to target: Double, coefficient: Double, current: Double,
    isLogarithm: Bool = false
  ) {
    guard coefficient != 0, probability > 0, probability < 1, target > 0, target < 1 else {
      return nil
    }
    func logit(_ p: Double) -> Double { log(p / (1 - p)) }
    change = (logit(target) - logit(probability)) / coefficient
    value = isLogarithm ? current * exp(change) : current + change
    guard change.isFinite, value.isFinite, !isLogarithm || current > 0 else { return nil }
  }
}
