/// A dense table of numbers, row by row (矩阵).
///
/// Not a linear-algebra package: only what the pages of this folder need.
public struct Matrix: Equatable, Sendable {
  /// How many rows the table has.
  public let rows: Int
  /// How many columns the table has.
  public let columns: Int
  /// The values, row after row.
  public var values: [Double]

  /// Makes a table filled with one value.
  public init(rows: Int, columns: Int, filledWith value: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have a negative size")
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: value, count: rows * columns)
  }

  /// Makes a table from values listed row after row.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "a matrix needs rows × columns values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Makes a table from its rows, which must be equally long.
  public init(_ rowsOfValues: [[Double]]) {
    let width = rowsOfValues.first?.count ?? 0
    precondition(
      rowsOfValues.allSatisfy { $0.count == width }, "the rows of a matrix must be equally long")
    rows = rowsOfValues.count
    columns = width
    values = rowsOfValues.flatMap { $0 }
  }

  /// The table with ones on its diagonal and zeros elsewhere.
  public static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  /// The value in one cell.
  public subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// The values of one row.
  public func row(_ row: Int) -> ArraySlice<Double> {
    values[row * columns..<(row + 1) * columns]
  }

  /// The sum of every row.
  public var rowSums: [Double] {
    (0..<rows).map { row($0).reduce(0, +) }
  }

  /// The sum of every column, added from the first row down.
  public var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += self[row, column] }
    }
    return sums
  }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The matrix product.
  public func times(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the inner sizes of a matrix product must agree")
    var result = Matrix(rows: rows, columns: other.columns)
    let width = other.columns
    values.withUnsafeBufferPointer { left in
      other.values.withUnsafeBufferPointer { right in
        result.values.withUnsafeMutableBufferPointer { out in
          for row in 0..<rows {
            for inner in 0..<columns {
              let factor = left[row * columns + inner]
              if factor == 0 { continue }
              for column in 0..<width {
                out[row * width + column] += factor * right[inner * width + column]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The product with a column of values.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(columns == vector.count, "a vector must be as long as the matrix is wide")
    return (0..<rows).map { row in
      var sum = 0.0
      for column in 0..<columns { sum += self[row, column] * vector[column] }
      return sum
    }
  }

  /// Checks that every value is finite.
  public func requireFinite() throws(NumericsFailure) {
    if let position = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: position / columns, column: position % columns)
    }
  }

  /// Checks that every value is finite and not below zero.
  public func requireNonNegative() throws(NumericsFailure) {
    try requireFinite()
    if let position = values.firstIndex(where: { $0 < 0 }) {
      throw .negative(row: position / columns, column: position % columns)
    }
  }
}
