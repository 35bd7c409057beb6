/// How rare and how demanding what a place can do is (经济复杂度).
///
/// ECI and PCI are the eigenvectors of the second largest eigenvalue of the averaged presence table,
/// ECI with mean 0 and population deviation 1, PCI on the same scale; the sign is that of the
/// correlation of diversity and ECI. COI = Σ (1 − M)·ω·k over segments, also standardised, with k the
/// eigenvector before its mean is taken off (as py-ecomplexity has it).
/// Source: Hidalgo and Hausmann 2009; equal to py-ecomplexity 0.5.3 (knn=None).
public struct EconomicComplexity: Equatable, Sendable {
  /// One value a place.
  public let placeComplexity: [Double]
  /// One value a segment.
  public let segmentComplexity: [Double]
  /// The complexity outlook of each place: how near it is to complex things it lacks; nil when
  /// all places are equally far.
  public let outlook: [Double]?
  /// What each absent segment would add to a place's outlook, places × segments, row-major; 0 for a
  /// segment that is there.
  public let outlookGain: [Double]

  /// Computes complexity from a places × segments table, row-major.
  ///
  /// Unknown: nil when a place or a segment is empty (leave those out first), when there are fewer than
  /// two places or segments, or when the second eigenvalue does not tell places apart.
  /// Complexity: about 10·segments³.
  public init?(presence: [Bool], places: Int, segments: Int) {
    precondition(presence.count == places * segments, "presence needs places × segments values")
    var diversity = [Double](repeating: 0, count: places)
    var ubiquity = [Double](repeating: 0, count: segments)
    for place in 0..<places {
      for segment in 0..<segments where presence[place * segments + segment] {
        diversity[place] += 1
        ubiquity[segment] += 1
      }
    }
    guard places > 1, segments > 1, diversity.allSatisfy({ $0 > 0 }),
      ubiquity.allSatisfy({ $0 > 0 })
    else { return nil }
    // D^-½·M'·D_r⁻¹·M·D^-½ is symmetric and has the eigenvalues of the averaged table.
    var symmetric = Matrix(rows: segments, columns: segments)
    for place in 0..<places {
      let here = (0..<segments).filter { presence[place * segments + $0] }
      for p in here {
        for q in here {
          symmetric[p, q] += 1 / diversity[place] / (ubiquity[p] * ubiquity[q]).squareRoot()
        }
      }
    }
    let eigen = SymmetricEigen(symmetric)
    guard eigen.values.count > 1 else { return nil }
    let order = eigen.values.indices.sorted {
      (-eigen.values[$0], $0) < (-eigen.values[$1], $1)
    }
    let second = order[1]
    // A doubled eigenvalue has no eigenvector of its own: the table falls apart or is symmetric.
    if eigen.values[order[0]] - eigen.values[second] < 1e-10 { return nil }
    if order.count > 2, eigen.values[second] - eigen.values[order[2]] < 1e-10 { return nil }
    let raw = (0..<segments).map { eigen.vectors[$0, second] / ubiquity[$0].squareRoot() }
    let average = (0..<places).map { place in
      (0..<segments).reduce(0.0) {
        $0 + (presence[place * segments + $1] ? raw[$1] / diversity[place] : 0)
      }
    }
    guard let scale = Standard(average) else { return nil }
    let meanDiversity = diversity.reduce(0, +) / Double(places)
    let covariance = (0..<places).reduce(0.0) {
      $0 + (diversity[$1] - meanDiversity) * (average[$1] - scale.mean)
    }
    let sign = covariance < 0 ? -1.0 : 1.0
    placeComplexity = average.map { sign * ($0 - scale.mean) / scale.deviation }
    segmentComplexity = raw.map { sign * ($0 - scale.mean) / scale.deviation }
    let related = Relatedness(presence: presence, places: places, segments: segments)
    let density = related.density(diagonal: .kept)
    outlookGain = Self.gains(presence: presence, related: related) { segment in
      sign * raw[segment] / scale.deviation
    }
    var outlook: [Double] = []
    for place in 0..<places {
      var sum = 0.0
      for segment in 0..<segments where !presence[place * segments + segment] {
        sum += (density[place * segments + segment] ?? 0) * sign * raw[segment]
      }
      outlook.append(sum)
    }
    self.outlook = Standard(outlook).map { scale in
      outlook.map { ($0 - scale.mean) / scale.deviation }
    }
  }

  /// COGᵣₚ = (1 − Mᵣₚ)·Σ_q (1 − Mᵣ_q)·φ_qₚ·k_q/Σφ_q, on the scale of ECI.
  private static func gains(
    presence: [Bool], related: Relatedness, complexity: (Int) -> Double
  ) -> [Double] {
    let segments = related.segments
    let value = (0..<segments).map { segment in
      var total = 0.0
      for other in 0..<segments { total += related.proximity[segment * segments + other] ?? 0 }
      return complexity(segment) / total
    }
    var gains = [Double](repeating: 0, count: presence.count)
    for place in 0..<related.places {
      let absent = (0..<segments).filter { !presence[place * segments + $0] }
      for segment in absent {
        for other in absent {
          gains[place * segments + segment] +=
            (related.proximity[other * segments + segment] ?? 0) * value[other]
        }
      }
    }
    return gains
  }
}

/// A mean and a population deviation above 0.
private struct Standard {
  let mean: Double
  let deviation: Double

  init?(_ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    guard variance > 1e-24 else { return nil }
    self.mean = mean
    deviation = variance.squareRoot()
  }
}

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.
struct SymmetricEigen {
  let values: [Double]
  /// One eigenvector a column.
  let vectors: Matrix

  init(_ matrix: Matrix) {
    let n = matrix.rows
    var a = matrix
    // Rows of `turned` are the eigenvectors: rotating rows runs along memory.
    var turned = Matrix.identity(n)
    let size = matrix.values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var off = 0.0
      for row in 0..<n {
        for column in row + 1..<max(n, row + 1) { off += a[row, column] * a[row, column] }
      }
      if off <= 1e-30 * size { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where abs(a[p, q]) > 1e-300 {
          let theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<n {
            let (x, y) = (a[k, p], a[k, q])
            a[k, p] = c * x - s * y
            a[k, q] = s * x + c * y
          }
          for k in 0..<n {
            let (x, y) = (a[p, k], a[q, k])
            a[p, k] = c * x - s * y
            a[q, k] = s * x + c * y
            let (v, w) = (turned[p, k], turned[q, k])
            turned[p, k] = c * v - s * w
            turned[q, k] = s * v + c * w
          }
        }
      }
    }
    values = (0..<n).map { a[$0, $0] }
    vectors = turned.transposed
  }
}
