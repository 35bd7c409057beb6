import Atlas
import Glibc

/// The fill probability of one mix of occupations at one site, by heads: for millions of firms. 招满概率表
///
/// Exact up to 64 heads, then linear in the logarithm of the heads between points 3 % apart, at the
/// going local wage. The full plan of a shortlisted firm is exact; this is for the first pass.
/// Complexity: O(1) per firm; building costs some 250 readings.
public struct LabourFillTable: Sendable, Equatable {
  /// Heads above this are read as this.
  public static let largest = 50_000.0
  private static let exact = 64
  private static let step = log(1.03)

  /// At 0...64 heads, then at 64 · 1.03^k; empty when unknown.
  private let values: [Double]

  /// Unknown: nil when a critical occupation is not covered by any record.
  public init?(
    _ reach: LabourReach, mix: [OccupationShare], scenario: Scenario = .base
  ) {
    let above = Int((log(Self.largest / Double(Self.exact)) / Self.step).rounded(.up))
    var values: [Double] = []
    for point in 0...(Self.exact + above) {
      let heads =
        point <= Self.exact
        ? Double(point) : Double(Self.exact) * exp(Self.step * Double(point - Self.exact))
      let need = LabourNeed(heads: heads, mix: mix, grade: .estimated)
      guard need.heads > 0 else {
        values.append(1)
        continue
      }
      guard let fill = reach.fill(need, scenario: scenario) else { return nil }
      values.append(fill.probability)
    }
    self.values = values
  }

  /// The probability of filling the binding occupation of a project with so many heads.
  public func probability(heads: Double) -> Double {
    precondition(heads.isFinite && heads >= 0, "a project's heads are a number of people")
    let exact = Double(Self.exact)
    let point =
      heads <= exact ? heads : exact + log(min(heads, Self.largest) / exact) / Self.step
    let lower = min(Int(point), values.count - 1)
    let upper = min(lower + 1, values.count - 1)
    let part = point - Double(lower)
    return values[lower] * (1 - part) + values[upper] * part
  }
}
