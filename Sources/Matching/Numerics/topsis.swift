/// How near each row is to the best values seen and how far from the worst, from 0 to 1 (优劣解距离法).
///
/// Vector normalisation x/√Σx², weighted; closeness = S⁻/(S⁺ + S⁻) with the distances to the ideal and
/// the anti-ideal. A column of zeros tells nobody apart.
/// Unknown: when all rows are equal every one is nil: it is as near to the best as to the worst.
/// Source: Hwang and Yoon 1981. Not the min–max form that some packages default to.
public func topsis(
  of table: Matrix, weights: [Double], directions: [CriterionDirection]
) throws(NumericsFailure) -> [Double?] {
  let shares = try criterionShares(of: table, weights: weights, directions: directions)
  var toBest = [Double](repeating: 0, count: table.rows)
  var toWorst = toBest
  for column in 0..<table.columns {
    let raw = (0..<table.rows).map { table[$0, column] }
    let largest = raw.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { continue }
    // Divided by the largest first, so that squares of large numbers stay finite.
    let norm = raw.reduce(0) { $0 + $1 / largest * ($1 / largest) }.squareRoot()
    let values = raw.map { shares[column] * ($0 / largest) / norm }
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let (best, worst) = directions[column] == .benefit ? (high, low) : (low, high)
    for row in 0..<table.rows {
      toBest[row] += (values[row] - best) * (values[row] - best)
      toWorst[row] += (values[row] - worst) * (values[row] - worst)
    }
  }
  return (0..<table.rows).map { row in
    let near = toBest[row].squareRoot()
    let far = toWorst[row].squareRoot()
    return near + far > 0 ? far / (near + far) : nil
  }
}
