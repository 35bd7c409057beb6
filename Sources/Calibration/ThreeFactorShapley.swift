/// Who made the difference between two products of three factors (三因素沙普利分解).
///
/// The exact Shapley value over the 3! = 6 orders; the three parts add up to the difference.
public struct ThreeFactorShapley: Equatable, Sendable {
  /// What each factor contributed, in the unit of the product.
  public let parts: [Double]
  /// The difference that the parts explain: their sum, in order.
  public var total: Double { parts.reduce(0, +) }

  /// Splits `to.0·to.1·to.2 − from.0·from.1·from.2`.
  public init(from: (Double, Double, Double), to: (Double, Double, Double)) {
    func part(_ change: Double, _ a: (from: Double, to: Double), _ b: (from: Double, to: Double))
      -> Double
    {
      change * ((a.from * b.from + a.to * b.to) / 3 + (a.from * b.to + a.to * b.from) / 6)
    }
    parts = [
      part(to.0 - from.0, (from.1, to.1), (from.2, to.2)),
      part(to.1 - from.1, (from.0, to.0), (from.2, to.2)),
      part(to.2 - from.2, (from.0, to.0), (from.1, to.1)),
    ]
  }
}
