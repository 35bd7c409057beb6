/// A square symmetric table, row by row (协方差矩阵).
public struct Covariance: Equatable, Sendable {
  /// How many rows and columns.
  public let size: Int
  /// The values, row after row.
  public var values: [Double]

  /// Makes a table of zeros.
  public init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// Makes a table from values listed row after row.
  public init(size: Int, values: [Double]) {
    precondition(values.count == size * size, "a covariance needs size × size values")
    self.size = size
    self.values = values
  }

  /// The value in one cell.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  /// The square roots of the diagonal.
  public var standardErrors: [Double] {
    (0..<size).map { max(0, self[$0, $0]).squareRoot() }
  }

  /// The product x'·self·x.
  public func form(_ x: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<size {
      var inner = 0.0
      for column in 0..<size { inner += self[row, column] * x[column] }
      sum += x[row] * inner
    }
    return sum
  }

  /// The product left·self·left for a symmetric `left`: the bread around the meat of a sandwich.
  func between(_ left: Covariance) -> Covariance {
    left.times(self).times(left)
  }

  private func times(_ other: Covariance) -> Covariance {
    var result = Covariance(size: size)
    for row in 0..<size {
      for inner in 0..<size {
        let factor = self[row, inner]
        for column in 0..<size { result[row, column] += factor * other[inner, column] }
      }
    }
    return result
  }
}

/// The lower triangle whose product with its transpose is a positive definite table (乔列斯基分解).
public struct CholeskyDecomposition: Sendable {
  /// How many rows and columns.
  public let size: Int
  let lower: [Double]

  /// Splits a table; nil when it is not positive definite.
  ///
  /// A pivot under `smallest` of its own diagonal value counts as zero, so units do not matter.
  public init?(_ table: Covariance, smallest: Double = 1e-14) {
    guard Self.firstDependent(of: table, smallest: smallest) == nil else { return nil }
    size = table.size
    lower = Self.triangle(of: table, smallest: smallest).lower
  }

  /// The first column that is a combination of the earlier ones; nil when there is none.
  static func firstDependent(of table: Covariance, smallest: Double) -> Int? {
    triangle(of: table, smallest: smallest).failed
  }

  private static func triangle(of table: Covariance, smallest: Double) -> (
    lower: [Double], failed: Int?
  ) {
    let n = table.size
    var l = [Double](repeating: 0, count: n * n)
    for column in 0..<n {
      var pivot = table[column, column]
      for k in 0..<column { pivot -= l[column * n + k] * l[column * n + k] }
      guard pivot > smallest * table[column, column], pivot.isFinite else { return (l, column) }
      let root = pivot.squareRoot()
      l[column * n + column] = root
      for row in column + 1..<max(n, column + 1) {
        var sum = table[row, column]
        for k in 0..<column { sum -= l[row * n + k] * l[column * n + k] }
        l[row * n + column] = sum / root
      }
    }
    return (l, nil)
  }

  /// Solves table · x = right.
  public func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for k in 0..<row { x[row] -= lower[row * size + k] * x[k] }
      x[row] /= lower[row * size + row]
    }
    for row in (0..<size).reversed() {
      for k in row + 1..<max(size, row + 1) { x[row] -= lower[k * size + row] * x[k] }
      x[row] /= lower[row * size + row]
    }
    return x
  }

  /// The product of the triangle with a list: standard normals become draws with this covariance.
  public func times(_ normals: [Double]) -> [Double] {
    (0..<size).map { row in
      var sum = 0.0
      for k in 0...row { sum += lower[row * size + k] * normals[k] }
      return sum
    }
  }

  /// The inverse of the table.
  public func inverse() -> Covariance {
    var result = Covariance(size: size)
    for column in 0..<size {
      var unit = [Double](repeating: 0, count: size)
      unit[column] = 1
      let x = solve(unit)
      for row in 0..<size { result[row, column] = x[row] }
    }
    for row in 0..<size {
      for column in 0..<row {
        let mean = (result[row, column] + result[column, row]) / 2
        result[row, column] = mean
        result[column, row] = mean
      }
    }
    return result
  }
}
