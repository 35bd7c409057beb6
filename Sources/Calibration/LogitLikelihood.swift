import Glibc

/// The log-likelihood of choices at one list of coefficients, with its slope and curvature.
///
/// f case, j row, w weight, o offset: V = x'β + o, P = exp V/Σ exp V, ℓ = Σ_f w(V_y − ln Σ_j exp V),
/// slope Σ w(x_y − x̄), information Σ w Σ_j P(x − x̄)(x − x̄)'. The largest V is taken out of every
/// exponential.
/// Complexity: rows × columns².
struct LogitLikelihood {
  var value = 0.0
  var slope: [Double]
  var information: Covariance

  init(_ data: ChoiceData, at beta: [Double], curvature: Bool = true) {
    let k = data.columnCount
    slope = [Double](repeating: 0, count: k)
    information = Covariance(size: k)
    let scratch = (data.starts.indices.dropFirst().map { data.starts[$0] - data.starts[$0 - 1] })
      .max()
    var utilities = [Double](repeating: 0, count: scratch ?? 0)
    var mean = [Double](repeating: 0, count: k)
    var deviation = [Double](repeating: 0, count: k)
    var total = 0.0
    data.values.withUnsafeBufferPointer { x in
      beta.withUnsafeBufferPointer { beta in
        utilities.withUnsafeMutableBufferPointer { v in
          mean.withUnsafeMutableBufferPointer { mean in
            deviation.withUnsafeMutableBufferPointer { deviation in
              slope.withUnsafeMutableBufferPointer { slope in
                information.values.withUnsafeMutableBufferPointer { information in
                  for index in 0..<data.caseCount {
                    let first = data.starts[index]
                    let count = data.starts[index + 1] - first
                    let weight = data.weights[index]
                    var largest = -Double.infinity
                    for j in 0..<count {
                      var sum = data.offsets[first + j]
                      let row = (first + j) * k
                      for c in 0..<k { sum += x[row + c] * beta[c] }
                      v[j] = sum
                      largest = max(largest, sum)
                    }
                    let chosen = data.chosen[index] - first
                    let chosenUtility = v[chosen]
                    var denominator = 0.0
                    for j in 0..<count {
                      v[j] = exp(v[j] - largest)
                      denominator += v[j]
                    }
                    total += weight * (chosenUtility - largest - log(denominator))
                    for c in 0..<k { mean[c] = 0 }
                    for j in 0..<count {
                      v[j] /= denominator
                      let row = (first + j) * k
                      for c in 0..<k { mean[c] += v[j] * x[row + c] }
                    }
                    let chosenRow = (first + chosen) * k
                    for c in 0..<k { slope[c] += weight * (x[chosenRow + c] - mean[c]) }
                    guard curvature else { continue }
                    for j in 0..<count {
                      let row = (first + j) * k
                      for c in 0..<k { deviation[c] = x[row + c] - mean[c] }
                      let factor = weight * v[j]
                      for a in 0..<k {
                        let scaled = factor * deviation[a]
                        if scaled == 0 { continue }
                        for b in a..<k { information[a * k + b] += scaled * deviation[b] }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    value = total
    for a in 0..<k {
      for b in a..<k { information[b, a] = information[a, b] }
    }
  }
}

extension ChoiceData {
  /// The probability of every row at the given coefficients (选择概率).
  public func probabilities(at beta: [Double]) -> [Double] {
    precondition(beta.count == columnCount, "one coefficient is needed for each column")
    var result = [Double](repeating: 0, count: rowCount)
    for index in 0..<caseCount {
      let rows = starts[index]..<starts[index + 1]
      var largest = -Double.infinity
      for row in rows {
        var sum = offsets[row]
        for column in 0..<columnCount { sum += values[row * columnCount + column] * beta[column] }
        result[row] = sum
        largest = max(largest, sum)
      }
      var denominator = 0.0
      for row in rows {
        result[row] = exp(result[row] - largest)
        denominator += result[row]
      }
      for row in rows { result[row] /= denominator }
    }
    return result
  }

  /// The log-likelihood at the given coefficients (对数似然).
  public func logLikelihood(at beta: [Double]) -> Double {
    precondition(beta.count == columnCount, "one coefficient is needed for each column")
    return LogitLikelihood(self, at: beta, curvature: false).value
  }

  /// The slope of the log-likelihood at the given coefficients.
  public func slope(at beta: [Double]) -> [Double] {
    precondition(beta.count == columnCount, "one coefficient is needed for each column")
    return LogitLikelihood(self, at: beta, curvature: false).slope
  }

  /// Σ s s' over groups, with s the weighted slope of each group: the meat of the sandwich.
  func scoreProducts(at beta: [Double]) -> Covariance {
    let k = columnCount
    let p = probabilities(at: beta)
    var groups: [Int32: Int] = [:]
    var scores: [[Double]] = []
    for index in 0..<caseCount {
      var score = [Double](repeating: 0, count: k)
      for row in starts[index]..<starts[index + 1] {
        let residual = weights[index] * ((row == chosen[index] ? 1 : 0) - p[row])
        for column in 0..<k { score[column] += residual * values[row * k + column] }
      }
      if let group = groups[clusters[index]] {
        for column in 0..<k { scores[group][column] += score[column] }
      } else {
        groups[clusters[index]] = scores.count
        scores.append(score)
      }
    }
    var meat = Covariance(size: k)
    for score in scores {
      for a in 0..<k {
        for b in 0..<k { meat[a, b] += score[a] * score[b] }
      }
    }
    return meat
  }
}
