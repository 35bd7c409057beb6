/// Which segments appear together, and how much of what a segment needs around it a place has (关联度).
///
/// Source: Hidalgo, Klinger, Barabási and Hausmann 2007, doi:10.1126/science.1144581.
public struct Relatedness: Equatable, Sendable {
  /// Number of places (rows of the presence table).
  public let places: Int
  /// Number of segments (columns).
  public let segments: Int
  /// In how many places each segment is present (遍在性).
  public let ubiquity: [Int]
  /// φₚ = joint presence over the larger ubiquity, 1 on the diagonal of a present segment, nil where
  /// neither segment is present anywhere. Row-major, segments × segments.
  public let proximity: [Double?]
  private let present: [[Int]]

  /// Counts joint presence in a places × segments table, row-major.
  ///
  /// Complexity: places × (segments present there)².
  public init(presence: [Bool], places: Int, segments: Int) {
    precondition(presence.count == places * segments, "presence needs places × segments values")
    self.places = places
    self.segments = segments
    var together = [Int](repeating: 0, count: segments * segments)
    var present: [[Int]] = []
    present.reserveCapacity(places)
    for place in 0..<places {
      let here = (0..<segments).filter { presence[place * segments + $0] }
      present.append(here)
      for (position, first) in here.enumerated() {
        for second in here[position...] { together[first * segments + second] += 1 }
      }
    }
    let ubiquity = (0..<segments).map { together[$0 * segments + $0] }
    var proximity = [Double?](repeating: nil, count: segments * segments)
    for first in 0..<segments {
      for second in first..<max(first, segments) {
        let larger = max(ubiquity[first], ubiquity[second])
        guard larger > 0 else { continue }
        let value = Double(together[first * segments + second]) / Double(larger)
        proximity[first * segments + second] = value
        proximity[second * segments + first] = value
      }
    }
    self.present = present
    self.ubiquity = ubiquity
    self.proximity = proximity
  }

  /// Where the diagonal of the proximity table goes in a density.
  public enum Diagonal: Sendable {
    /// φₚₚ counts, as Hidalgo and py-ecomplexity have it: for comparison.
    case kept
    /// φₚₚ is left out: the density to use for segments that a place lacks.
    case leftOut
  }

  /// ωᵣₚ = Σ_q Mᵣ_q·φₚ_q / Σ_q φₚ_q for every place and segment, row-major (关联密度).
  ///
  /// Unknown: nil for a segment that appears with no other (its sum of proximities is 0).
  public func density(diagonal: Diagonal) -> [Double?] {
    var dense = [Double](repeating: 0, count: segments * segments)
    var totals = [Double](repeating: 0, count: segments)
    for first in 0..<segments {
      for second in 0..<segments where diagonal == .kept || first != second {
        let value = proximity[first * segments + second] ?? 0
        dense[first * segments + second] = value
        totals[first] += value
      }
    }
    var result = [Double?](repeating: nil, count: places * segments)
    var sums = [Double](repeating: 0, count: segments)
    for place in 0..<places {
      for segment in 0..<segments { sums[segment] = 0 }
      // φ is symmetric, so the row of each present segment is added as a whole.
      dense.withUnsafeBufferPointer { dense in
        sums.withUnsafeMutableBufferPointer { sums in
          for neighbour in present[place] {
            let start = neighbour * segments
            for segment in 0..<segments { sums[segment] += dense[start + segment] }
          }
        }
      }
      for segment in 0..<segments where totals[segment] > 0 {
        result[place * segments + segment] = min(1, sums[segment] / totals[segment])
      }
    }
    return result
  }
}
