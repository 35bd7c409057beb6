import Glibc

/// How few hands a supply is in (集中度).
///
/// HHI = Σ share², between 1/n and 1; its inverse is the effective number of suppliers; entropy is
/// −Σ share·log₂ share, in bits.
public struct Concentration: Equatable, Sendable {
  /// The Herfindahl–Hirschman index, between 0 and 1 (赫芬达尔指数).
  public let herfindahl: Double
  /// Shannon's entropy of the shares, in bits.
  public let entropyBits: Double

  /// The number of equal suppliers that would be as concentrated (有效供应商数).
  public var effectiveSuppliers: Double { 1 / herfindahl }

  /// Measures the concentration of amounts in any one unit.
  ///
  /// Unknown: nil when there is no supplier with an amount, or an amount is negative or not finite.
  public init?(amounts: [Double]) {
    guard amounts.allSatisfy({ $0 >= 0 && $0.isFinite }) else { return nil }
    let total = amounts.reduce(0, +)
    guard total > 0, total.isFinite else { return nil }
    var herfindahl = 0.0
    var entropy = 0.0
    for amount in amounts where amount > 0 {
      let share = amount / total
      herfindahl += share * share
      entropy -= share * log2(share)
    }
    self.herfindahl = herfindahl
    entropyBits = max(0, entropy)
  }
}
