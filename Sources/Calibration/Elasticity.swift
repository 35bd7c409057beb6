/// By how many per cent a probability moves when a term moves by one (弹性).
public enum Elasticity {
  /// Of an alternative's own term: β·x·(1 − P), or β·(1 − P) when the utility has ln x.
  public static func own(
    coefficient: Double, value: Double, probability: Double, isLogarithm: Bool = false
  ) -> Double {
    coefficient * (isLogarithm ? 1 : value) * (1 - probability)
  }

  /// Of another alternative's term, with that one's value and probability: −β·x·P.
  ///
  /// The same for all alternatives: the logit's independence of irrelevant alternatives.
  public static func cross(
    coefficient: Double, value: Double, probability: Double, isLogarithm: Bool = false
  ) -> Double {
    -coefficient * (isLogarithm ? 1 : value) * probability
  }

  /// How much money one unit of a term is worth: β/−β of the cost (支付意愿).
  ///
  /// Unknown: nil when the coefficient of the cost is not below 0.
  public static func willingnessToPay(coefficient: Double, costCoefficient: Double) -> Double? {
    costCoefficient < 0 ? coefficient / -costCoefficient : nil
  }
}
