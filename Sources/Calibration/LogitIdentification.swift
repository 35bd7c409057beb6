/// Whether the data can tell the coefficients at all.
enum LogitIdentification {
  /// Refuses columns that do not vary within cases or are combinations of earlier ones.
  ///
  /// The curvature has the same null space at every list of coefficients, because no probability is
  /// 0; so it is enough to look at equal shares.
  static func requireIndependent(_ data: ChoiceData, priors: [ConditionalLogit.Prior?])
    throws(LogitFailure)
  {
    let free = data.names.indices.filter { priors[$0] == nil }
    let table = spread(of: data)
    // What rounding alone leaves of a column that is constant within cases.
    let sizes = squareSums(of: data)
    for column in free where table[column, column] <= 1e-20 * sizes[column] {
      throw .constantWithinCases(column: data.names[column])
    }
    var part = Covariance(size: free.count)
    for (row, a) in free.enumerated() {
      for (column, b) in free.enumerated() {
        let scale = (table[a, a] * table[b, b]).squareRoot()
        part[row, column] = table[a, b] / scale
      }
    }
    guard let dependent = CholeskyDecomposition.firstDependent(of: part, smallest: 1e-11) else {
      return
    }
    var earlier = Covariance(size: dependent)
    for row in 0..<dependent {
      for column in 0..<dependent { earlier[row, column] = part[row, column] }
    }
    let right = (0..<dependent).map { part[$0, dependent] }
    let share = CholeskyDecomposition(earlier)?.solve(right) ?? []
    let others = share.indices.filter { abs(share[$0]) > 1e-6 }.map { data.names[free[$0]] }
    throw .collinear(column: data.names[free[dependent]], with: others)
  }

  /// Refuses data in which moving along a direction never hurts and somewhere helps every choice.
  ///
  /// When no case has an alternative that gains on the chosen one along d, the likelihood rises along
  /// d without end (Albert and Anderson 1984). Newton's steps turn into such a d when there is one.
  static func requireOverlap(
    _ data: ChoiceData, direction: [Double], priors: [ConditionalLogit.Prior?]
  ) throws(LogitFailure) {
    let table = spread(of: data)
    let k = data.columnCount
    let reach = (0..<k).map { abs(direction[$0]) * table[$0, $0].squareRoot() }
    guard let largest = reach.max(), largest > 0, largest.isFinite else { return }
    // A small part of a step is the rest of an ordinary coefficient still settling.
    let parts = (0..<k).filter { reach[$0] > 1e-3 * largest }
    guard parts.allSatisfy({ priors[$0] == nil }) else { return }
    var best = 0.0
    var worst = 0.0
    for index in 0..<data.caseCount {
      let chosen = data.chosen[index] * k
      for row in data.starts[index]..<data.starts[index + 1] where row != data.chosen[index] {
        var margin = 0.0
        for column in parts {
          margin +=
            direction[column] * (data.values[chosen + column] - data.values[row * k + column])
        }
        best = max(best, margin)
        worst = min(worst, margin)
      }
    }
    if best > 0, worst >= -1e-6 * best { throw .separated(columns: parts.map { data.names[$0] }) }
  }

  /// Σ over cases of the spread of the columns around the case's plain mean.
  private static func spread(of data: ChoiceData) -> Covariance {
    let k = data.columnCount
    var table = Covariance(size: k)
    var mean = [Double](repeating: 0, count: k)
    var deviation = [Double](repeating: 0, count: k)
    data.values.withUnsafeBufferPointer { x in
      table.values.withUnsafeMutableBufferPointer { table in
        mean.withUnsafeMutableBufferPointer { mean in
          deviation.withUnsafeMutableBufferPointer { deviation in
            for index in 0..<data.caseCount {
              let rows = data.starts[index]..<data.starts[index + 1]
              for c in 0..<k { mean[c] = 0 }
              for row in rows {
                for c in 0..<k { mean[c] += x[row * k + c] }
              }
              for c in 0..<k { mean[c] /= Double(rows.count) }
              for row in rows {
                for c in 0..<k { deviation[c] = x[row * k + c] - mean[c] }
                for a in 0..<k {
                  let factor = deviation[a]
                  if factor == 0 { continue }
                  for b in a..<k { table[a * k + b] += factor * deviation[b] }
                }
              }
            }
          }
        }
      }
    }
    for a in 0..<k {
      for b in a..<k { table[b, a] = table[a, b] }
    }
    return table
  }

  private static func squareSums(of data: ChoiceData) -> [Double] {
    let k = data.columnCount
    var sums = [Double](repeating: 0, count: k)
    for row in 0..<data.rowCount {
      for c in 0..<k { sums[c] += data.values[row * k + c] * data.values[row * k + c] }
    }
    return sums
  }
}
