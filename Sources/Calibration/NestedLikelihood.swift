import Glibc

/// The log-likelihood of a nested logit; the last parameter is λ.
struct NestedLikelihood {
  let data: ChoiceData
  let nests: [Int32]

  var isIdentified: Bool {
    (0..<data.caseCount).contains { index in
      let codes = (data.starts[index]..<data.starts[index + 1]).map {
        nests[Int(data.alternatives[$0])]
      }
      let kinds = Set(codes).count
      return kinds > 1 && kinds < codes.count
    }
  }

  func evaluate(_ parameters: [Double]) -> (value: Double, slope: [Double], products: Covariance) {
    let k = data.columnCount
    let lambda = parameters[k]
    var total = 0.0
    var slope = [Double](repeating: 0, count: k + 1)
    var products = Covariance(size: k + 1)
    var groups: [Int32: Int] = [:]
    var scores: [[Double]] = []
    for index in 0..<data.caseCount {
      let first = data.starts[index]
      let rows = first..<data.starts[index + 1]
      let utilities = rows.map { row in
        (0..<k).reduce(data.offsets[row]) {
          $0 + data.values[row * k + $1] * parameters[$1]
        }
      }
      let codes = rows.map { nests[Int(data.alternatives[$0])] }
      // Within each nest: shares q, inclusive value I and its slope by λ.
      var (share, inclusive, turn) = (utilities, utilities, utilities)
      var leaders: [Int] = []
      for (place, code) in codes.enumerated() where codes[..<place].firstIndex(of: code) == nil {
        leaders.append(place)
        let members = codes.indices.filter { codes[$0] == code }
        let largest = members.reduce(-Double.infinity) { max($0, utilities[$1]) }
        let sum = members.reduce(0.0) { $0 + exp((utilities[$1] - largest) / lambda) }
        let value = largest / lambda + log(sum)
        var bend = 0.0
        for member in members {
          share[member] = exp((utilities[member] - largest) / lambda) / sum
          bend -= share[member] * utilities[member] / (lambda * lambda)
        }
        for member in members {
          inclusive[member] = value
          turn[member] = bend
        }
      }
      let top = leaders.reduce(-Double.infinity) { max($0, lambda * inclusive[$1]) }
      let all = leaders.reduce(0.0) { $0 + exp(lambda * inclusive[$1] - top) }
      func nestShare(_ place: Int) -> Double { exp(lambda * inclusive[place] - top) / all }
      let y = data.chosen[index] - first
      let weight = data.weights[index]
      total +=
        weight * (utilities[y] / lambda + (lambda - 1) * inclusive[y] - top - log(all))
      var score = [Double](repeating: 0, count: k + 1)
      for place in utilities.indices {
        var pull = -share[place] * nestShare(place)
        if codes[place] == codes[y] { pull += (1 - 1 / lambda) * share[place] }
        if place == y { pull += 1 / lambda }
        let row = (first + place) * k
        for column in 0..<k { score[column] += weight * pull * data.values[row + column] }
      }
      var byLambda =
        -utilities[y] / (lambda * lambda) + inclusive[y] + (lambda - 1) * turn[y]
      for leader in leaders {
        byLambda -= nestShare(leader) * (inclusive[leader] + lambda * turn[leader])
      }
      score[k] = weight * byLambda
      for column in 0...k { slope[column] += score[column] }
      if let group = groups[data.clusters[index]] {
        for column in 0...k { scores[group][column] += score[column] }
      } else {
        groups[data.clusters[index]] = scores.count
        scores.append(score)
      }
    }
    for score in scores {
      for a in 0...k {
        for b in 0...k { products[a, b] += score[a] * score[b] }
      }
    }
    return (total, slope, products)
  }

  /// Minus the curvature, from central differences of the exact slope.
  func information(at point: [Double], scale: Covariance) -> Covariance {
    let size = point.count
    var result = Covariance(size: size)
    for column in 0..<size {
      // A thousandth of a standard error is small for the curve and large for rounding.
      let width = 1e-3 * (column < scale.size ? scale[column, column].squareRoot() : 0.1)
      var (above, below) = (point, point)
      above[column] += width
      below[column] -= width
      let (up, down) = (evaluate(above).slope, evaluate(below).slope)
      for row in 0..<size { result[row, column] = (down[row] - up[row]) / (2 * width) }
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
