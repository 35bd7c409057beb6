/// A square matrix split into a lower and an upper triangle, ready to solve with (LU 分解).
///
/// Rows are exchanged so that every pivot is the largest left in its column.
/// Complexity: n³/3 multiplications to split, n² to solve, n³ to invert.
public struct LUDecomposition: Sendable {
  private let size: Int
  private let factors: [Double]
  private let order: [Int]

  /// Splits a matrix.
  ///
  /// Throws: `.singular` when a pivot is below n · 2⁻⁵² of the largest value of the matrix.
  public init(_ matrix: Matrix) throws(NumericsFailure) {
    guard matrix.rows == matrix.columns else {
      throw .sizeMismatch(expected: matrix.rows, found: matrix.columns)
    }
    guard matrix.rows > 0 else { throw .empty }
    try matrix.requireFinite()
    let n = matrix.rows
    var a = matrix.values
    var order = Array(0..<n)
    let largest = a.reduce(0) { max($0, abs($1)) }
    let smallestPivot = largest * Double(n) * Double.ulpOfOne
    let failed: Int? = a.withUnsafeMutableBufferPointer { a in
      for k in 0..<n {
        var best = k
        for row in k + 1..<max(k + 1, n) where abs(a[row * n + k]) > abs(a[best * n + k]) {
          best = row
        }
        guard abs(a[best * n + k]) > smallestPivot else { return k }
        if best != k {
          for column in 0..<n { a.swapAt(best * n + column, k * n + column) }
          order.swapAt(best, k)
        }
        let pivot = a[k * n + k]
        for row in k + 1..<max(k + 1, n) {
          let factor = a[row * n + k] / pivot
          a[row * n + k] = factor
          if factor == 0 { continue }
          for column in k + 1..<n { a[row * n + column] -= factor * a[k * n + column] }
        }
      }
      return nil
    }
    if let failed { throw .singular(unknown: failed) }
    size = n
    factors = a
    self.order = order
  }

  /// Solves matrix · x = right.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size, "the right-hand side must be as long as the matrix")
    var x = order.map { right[$0] }
    for row in 0..<size {
      var sum = x[row]
      for column in 0..<row { sum -= factors[row * size + column] * x[column] }
      x[row] = sum
    }
    for row in (0..<size).reversed() {
      var sum = x[row]
      for column in row + 1..<max(row + 1, size) { sum -= factors[row * size + column] * x[column] }
      x[row] = sum / factors[row * size + row]
    }
    return x
  }

  /// Solves transposed matrix · x = right, without transposing anything.
  public func solveTransposed(_ right: [Double]) -> [Double] {
    precondition(right.count == size, "the right-hand side must be as long as the matrix")
    var y = right
    for row in 0..<size {
      y[row] /= factors[row * size + row]
      for column in row + 1..<max(row + 1, size) {
        y[column] -= factors[row * size + column] * y[row]
      }
    }
    for row in (0..<size).reversed() {
      for column in 0..<row { y[column] -= factors[row * size + column] * y[row] }
    }
    var x = [Double](repeating: 0, count: size)
    for row in 0..<size { x[order[row]] = y[row] }
    return x
  }

  /// The inverse, all columns solved together.
  public func inverse() -> Matrix {
    let n = size
    var result = Matrix(rows: n, columns: n)
    result.values.withUnsafeMutableBufferPointer { x in
      factors.withUnsafeBufferPointer { a in
        for row in 0..<n { x[row * n + order[row]] = 1 }
        for row in 0..<n {
          for inner in 0..<row {
            let factor = a[row * n + inner]
            if factor == 0 { continue }
            for column in 0..<n { x[row * n + column] -= factor * x[inner * n + column] }
          }
        }
        for row in (0..<n).reversed() {
          for inner in row + 1..<max(row + 1, n) {
            let factor = a[row * n + inner]
            if factor == 0 { continue }
            for column in 0..<n { x[row * n + column] -= factor * x[inner * n + column] }
          }
          let pivot = a[row * n + row]
          for column in 0..<n { x[row * n + column] /= pivot }
        }
      }
    }
    return result
  }
}
