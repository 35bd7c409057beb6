import Matching

/// A seeded generator for property tests (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Whether two lists agree within an absolute tolerance.
func agree(_ left: [Double], _ right: [Double], within tolerance: Double) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
}

/// A non-negative matrix whose columns sum to less than one.
func productiveMatrix(size: Int, seed: UInt64) -> Matrix {
  var random = SeededGenerator(state: seed)
  var matrix = Matrix(rows: size, columns: size)
  for column in 0..<size {
    var total = 0.0
    for row in 0..<size where Double.random(in: 0..<1, using: &random) < 0.6 {
      matrix[row, column] = Double.random(in: 0..<1, using: &random)
      total += matrix[row, column]
    }
    guard total > 0 else { continue }
    let target = Double.random(in: 0.1..<0.9, using: &random)
    for row in 0..<size { matrix[row, column] *= target / total }
  }
  return matrix
}
