/// Who sells to whom among n sectors: flows, outputs and what follows from them (投入产出表).
///
/// With flows Z and outputs x: A = Z·x̂⁻¹ (what a yuan of output needs), B = x̂⁻¹·Z (where a yuan of
/// output goes), L = (I − A)⁻¹ (Leontief), G = (I − B)⁻¹ (Ghosh).
/// Unknown: a sector without output has a zero column in A and a zero row in B; it needs nothing and
/// feeds nobody, and its linkages are 1.
public struct InputOutputTable: Sendable {
  /// The output of each sector, in any one unit of money.
  public let output: [Double]
  /// Direct input coefficients, yuan of the row sector per yuan of the column sector's output (直接消耗系数).
  public let coefficients: Matrix
  /// Direct allocation coefficients, share of the row sector's output that the column sector takes (直接分配系数).
  public let allocations: Matrix

  /// Makes a table from flows between sectors and their outputs.
  ///
  /// Throws: `.negative` or `.notFinite` with the cell, `.badOutput` with the sector, `.notProductive`
  /// with the sector when the spectral radius is 1 or more.
  public init(flows: Matrix, output: [Double]) throws(NumericsFailure) {
    try Self.check(flows, output)
    let n = output.count
    var a = Matrix(rows: n, columns: n)
    for row in 0..<n {
      for column in 0..<n where output[column] > 0 {
        a[row, column] = flows[row, column] / output[column]
      }
    }
    try self.init(coefficients: a, output: output)
  }

  /// Makes a table from direct input coefficients and outputs, such as a chain model's.
  public init(coefficients: Matrix, output: [Double]) throws(NumericsFailure) {
    try Self.check(coefficients, output)
    if let sector = try firstUnproductiveSector(of: coefficients) {
      throw .notProductive(sector: sector)
    }
    let n = output.count
    var b = Matrix(rows: n, columns: n)
    for row in 0..<n where output[row] > 0 {
      for column in 0..<n {
        b[row, column] = coefficients[row, column] * output[column] / output[row]
      }
    }
    self.output = output
    self.coefficients = coefficients
    allocations = b
    // A table that is given by coefficients need not be one that these outputs can feed.
    if let sector = try firstUnproductiveSector(of: b) { throw .notProductive(sector: sector) }
  }

  private static func check(_ matrix: Matrix, _ output: [Double]) throws(NumericsFailure) {
    guard matrix.rows == matrix.columns else {
      throw .sizeMismatch(expected: matrix.rows, found: matrix.columns)
    }
    guard matrix.rows == output.count else {
      throw .sizeMismatch(expected: matrix.rows, found: output.count)
    }
    guard matrix.rows > 0 else { throw .empty }
    try matrix.requireNonNegative()
    for sector in output.indices {
      guard output[sector].isFinite, output[sector] >= 0 else {
        throw .badOutput(sector: sector)
      }
    }
  }

  /// Everything that one more yuan of final demand for the column makes the row produce (完全需要系数).
  public func leontiefInverse() throws(NumericsFailure) -> Matrix {
    try LUDecomposition(Self.identityMinus(coefficients)).inverse()
  }

  /// Everything that one more yuan of primary input in the row lets the column produce (完全供给系数).
  public func ghoshInverse() throws(NumericsFailure) -> Matrix {
    try LUDecomposition(Self.identityMinus(allocations)).inverse()
  }

  /// Column sums of L, solved without inverting (后向关联).
  public func backwardLinkages() throws(NumericsFailure) -> [Double] {
    let ones = [Double](repeating: 1, count: output.count)
    return try LUDecomposition(Self.identityMinus(coefficients)).solveTransposed(ones)
  }

  /// Row sums of G, solved without inverting (前向关联).
  public func forwardLinkages() throws(NumericsFailure) -> [Double] {
    let ones = [Double](repeating: 1, count: output.count)
    return try LUDecomposition(Self.identityMinus(allocations)).solve(ones)
  }

  /// The linkages over their mean: above 1 pulls or pushes more than the average sector (影响力系数).
  ///
  /// Source: Rasmussen 1956, power and sensitivity of dispersion.
  public static func normalised(_ linkages: [Double]) -> [Double] {
    let mean = linkages.reduce(0, +) / Double(max(linkages.count, 1))
    guard mean > 0 else { return linkages }
    return linkages.map { $0 / mean }
  }

  private static func identityMinus(_ matrix: Matrix) -> Matrix {
    var result = matrix
    for index in result.values.indices { result.values[index] = -result.values[index] }
    for index in 0..<matrix.rows { result[index, index] += 1 }
    return result
  }
}
