/// Relatedness of segments from counts of joint presence, in the four forms in use (共现关联度).
///
/// C has a zero diagonal, Sᵢ = Σⱼ Cᵢⱼ, T = ΣC. 0/0 is 0.
/// Source: van Eck and Waltman 2009; Steijn 2017; as in EconGeo's `relatedness`.
public struct CooccurrenceRelatedness: Equatable, Sendable {
  /// How the counts are normalised.
  public enum Method: CaseIterable, Sendable {
    /// (Cᵢⱼ/T)/((Sᵢ/T)(Sⱼ/T))
    case association
    /// Cᵢⱼ/√(Sᵢ·Sⱼ)
    case cosine
    /// Cᵢⱼ/(Sᵢ + Sⱼ − Cᵢⱼ)
    case jaccard
    /// Cᵢⱼ/[((Sᵢ/T)(Sⱼ/(T − Sᵢ)) + (Sⱼ/T)(Sᵢ/(T − Sⱼ)))·T/2], the probability of Steijn
    case probability
  }

  /// Counts of joint presence, zero on the diagonal.
  public let counts: Matrix

  /// Counts joint presence in a places × segments table, row-major.
  public init(presence: [Bool], places: Int, segments: Int) {
    precondition(presence.count == places * segments, "presence needs places × segments values")
    var counts = Matrix(rows: segments, columns: segments)
    for place in 0..<places {
      let here = (0..<segments).filter { presence[place * segments + $0] }
      for first in here {
        for second in here where first != second { counts[first, second] += 1 }
      }
    }
    self.counts = counts
  }

  /// Relatedness by one method; zero on the diagonal.
  public func relatedness(_ method: Method) -> Matrix {
    let n = counts.rows
    let sums = counts.rowSums
    let total = sums.reduce(0, +)
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n where i != j && counts[i, j] > 0 {
        let c = counts[i, j]
        let (a, b) = (sums[i], sums[j])
        let value: Double
        switch method {
        case .association: value = (c / total) / ((a / total) * (b / total))
        case .cosine: value = c / (a * b).squareRoot()
        case .jaccard: value = c / (a + b - c)
        case .probability:
          value = c / ((a / total * (b / (total - a)) + b / total * (a / (total - b))) * total / 2)
        }
        result[i, j] = value.isFinite ? value : 0
      }
    }
    return result
  }

  /// Σ_q Mᵣ_q·φₚ_q/Σ_q φₚ_q with any relatedness, row-major, from 0 to 1 (EconGeo prints × 100).
  ///
  /// Unknown: nil for a segment related to no other, where EconGeo has NaN.
  public static func density(presence: [Bool], places: Int, relatedness: Matrix) -> [Double?] {
    let segments = relatedness.rows
    precondition(presence.count == places * segments, "presence needs places × segments values")
    let totals = relatedness.rowSums
    var result = [Double?](repeating: nil, count: presence.count)
    for place in 0..<places {
      for segment in 0..<segments where totals[segment] > 0 {
        var sum = 0.0
        for other in 0..<segments where presence[place * segments + other] {
          sum += relatedness[segment, other]
        }
        result[place * segments + segment] = sum / totals[segment]
      }
    }
    return result
  }
}
