import Glibc

/// How much more of a segment a place has than the reference area has (区位商).
///
/// LQ = (Xᵣₛ/ΣXᵣ)/(X_Nₛ/ΣX_N), which is also the revealed comparative advantage of Balassa.
/// Unknown: nil for a place without anything, and for a segment that the reference area lacks.
public func locationQuotient(
  local: Double, localTotal: Double, reference: Double, referenceTotal: Double
) -> Double? {
  guard localTotal > 0, reference > 0, referenceTotal > 0, local >= 0 else { return nil }
  let quotient = (local / localTotal) / (reference / referenceTotal)
  return quotient.isFinite ? quotient : nil
}

/// The location quotient pulled towards 1 by as many people as would make a small place ordinary (收缩区位商).
///
/// LQ~ = ((Xᵣₛ + k·pₛ)/(Xᵣ + k))/pₛ with pₛ = X_Nₛ/X_N. Rank on this one, show the raw one.
/// Unknown: nil when the reference area lacks the segment. An empty place has exactly 1: nothing is
/// known against it.
/// Units: `shrinkBy` has the unit of the counts (employees).
public func shrunkenLocationQuotient(
  local: Double, localTotal: Double, reference: Double, referenceTotal: Double, shrinkBy k: Double
) -> Double? {
  guard localTotal >= 0, reference > 0, referenceTotal > 0, local >= 0, k >= 0 else { return nil }
  guard localTotal + k > 0 else { return nil }
  let share = reference / referenceTotal
  let quotient = ((local + k * share) / (localTotal + k)) / share
  return quotient.isFinite ? quotient : nil
}

/// Location quotients of all places (rows) and segments (columns) of a table (区位商).
///
/// Unknown: nil as in `locationQuotient`. Without a `reference` the column sums of the table are it.
/// Row-major, as the table.
public func locationQuotients(of table: Matrix, reference: [Double]? = nil) -> [Double?] {
  let reference = reference ?? table.columnSums
  precondition(reference.count == table.columns, "the reference needs one value per segment")
  let referenceTotal = reference.reduce(0, +)
  let totals = table.rowSums
  var result = [Double?](repeating: nil, count: table.values.count)
  for row in 0..<table.rows {
    for column in 0..<table.columns {
      result[row * table.columns + column] = locationQuotient(
        local: table[row, column], localTotal: totals[row],
        reference: reference[column], referenceTotal: referenceTotal)
    }
  }
  return result
}

/// How much of national input coefficients a place can meet itself, by its size and make-up (弗莱格区位商).
///
/// SLQᵢ = LQᵢ; CILQᵢⱼ = SLQᵢ/SLQⱼ (SLQᵢ on the diagonal); FLQᵢⱼ = CILQᵢⱼ·λ, λ = log₂(1 + Xᵣ/X_N)^δ;
/// regional coefficient = aᵢⱼ·min(1, FLQᵢⱼ). Source: Flegg and Webber 1997.
public struct FleggLocationQuotient: Equatable, Sendable {
  /// The size factor λ, between 0 and 1.
  public let lambda: Double
  /// Simple location quotients, nil where unknown.
  public let simple: [Double?]

  /// Makes quotients from local and national outputs of the same segments.
  ///
  /// Unknown: nil when the place or the nation has no output, or the place more than the nation.
  public init?(local: [Double], national: [Double], delta: Double = 0.3) {
    precondition(local.count == national.count, "place and nation need the same segments")
    let localTotal = local.reduce(0, +)
    let nationalTotal = national.reduce(0, +)
    guard
      let lambda = Self.sizeFactor(
        localTotal: localTotal, nationalTotal: nationalTotal, delta: delta)
    else { return nil }
    self.lambda = lambda
    simple = local.indices.map {
      locationQuotient(
        local: local[$0], localTotal: localTotal,
        reference: national[$0], referenceTotal: nationalTotal)
    }
  }

  /// λ = log₂(1 + Xᵣ/X_N)^δ; nil unless 0 < Xᵣ ≤ X_N and δ ≥ 0.
  public static func sizeFactor(
    localTotal: Double, nationalTotal: Double, delta: Double
  ) -> Double? {
    guard localTotal > 0, nationalTotal >= localTotal, delta >= 0 else { return nil }
    return pow(log2(1 + localTotal / nationalTotal), delta)
  }

  /// The cross-industry quotient of a supplying and a buying segment; nil where either is unknown,
  /// or the buyer is absent.
  public func crossIndustry(supplier: Int, buyer: Int) -> Double? {
    guard let supply = simple[supplier] else { return nil }
    if supplier == buyer { return supply }
    guard let use = simple[buyer], use > 0 else { return nil }
    return supply / use
  }

  /// FLQ of a supplying and a buying segment.
  public func quotient(supplier: Int, buyer: Int) -> Double? {
    crossIndustry(supplier: supplier, buyer: buyer).map { $0 * lambda }
  }

  /// The part of a national coefficient that the place itself can be expected to meet.
  public func regionalCoefficient(national: Double, supplier: Int, buyer: Int) -> Double? {
    quotient(supplier: supplier, buyer: buyer).map { national * min(1, $0) }
  }
}
