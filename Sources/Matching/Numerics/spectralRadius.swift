import Glibc

/// The largest modulus of a square matrix's eigenvalues (谱半径).
///
/// Gelfand's formula: ‖Aᵏ‖^(1/k) with k doubled by squaring, so that it also holds for matrices that
/// a power iteration does not like (cycles, blocks, no positive entry at all).
/// Complexity: up to 40 products of n × n matrices.
public func spectralRadius(of matrix: Matrix) throws(NumericsFailure) -> Double {
  guard matrix.rows == matrix.columns else {
    throw .sizeMismatch(expected: matrix.rows, found: matrix.columns)
  }
  try matrix.requireFinite()
  var power = matrix
  var logScale = 0.0
  var exponent = 1.0
  var estimate = Double.infinity
  for _ in 0..<40 {
    var largest = 0.0
    for row in 0..<power.rows { largest = max(largest, power.row(row).reduce(0) { $0 + abs($1) }) }
    guard largest > 0 else { return 0 }
    let next = exp((logScale + log(largest)) / exponent)
    if abs(next - estimate) <= 1e-13 * next { return next }
    estimate = next
    for index in power.values.indices { power.values[index] /= largest }
    logScale = 2 * (logScale + log(largest))
    exponent *= 2
    power = power.times(power)
  }
  return estimate
}

/// The first sector at which a table uses up at least what it makes; nil when the table can work.
///
/// Hawkins and Simon 1949: a table of non-negative coefficients has a spectral radius below 1 exactly
/// when every pivot of I − A, taken in order and without exchanges, is above zero.
public func firstUnproductiveSector(of coefficients: Matrix) throws(NumericsFailure) -> Int? {
  guard coefficients.rows == coefficients.columns else {
    throw .sizeMismatch(expected: coefficients.rows, found: coefficients.columns)
  }
  try coefficients.requireNonNegative()
  let n = coefficients.rows
  var a = coefficients.values.map { -$0 }
  for index in 0..<n { a[index * n + index] += 1 }
  for k in 0..<n {
    let pivot = a[k * n + k]
    guard pivot > 1e-12 else { return k }
    for row in k + 1..<max(k + 1, n) {
      let factor = a[row * n + k] / pivot
      if factor == 0 { continue }
      for column in k + 1..<n { a[row * n + column] -= factor * a[k * n + column] }
    }
  }
  return nil
}
