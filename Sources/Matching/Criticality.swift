import Atlas

/// How much the rest of a chain hangs on each of its segments. 关键度
///
/// Computed on the chain's own matrix: its segments and one "rest" row and column that closes it.
/// Shapes: one entry a segment of the chain, in card order.
struct Criticality {
  let backward: [Double?]
  let forward: [Double?]
  /// Output of the others lost when the segment is taken out, share of the chain's output.
  let extraction: [Double?]
  let betweenness: [Double?]
  /// Mean of the four percentile ranks, in (0, 1].
  let mean: [Double?]

  /// - Parameter closure: what a segment neither buys from a segment nor from the rest of the economy, and
  ///   what that rest is like.
  init(chain: [Segment], closure: ChainClosure) {
    let (restScale, restShare) = (closure.restScale, closure.restShare)
    let count = chain.count
    var row: [String: Int] = [:]
    for (index, segment) in chain.enumerated() { row[segment.id] = index }
    // One more sector stands for everything the chain does not name.
    var coefficients = Matrix(rows: count + 1, columns: count + 1)
    var output = chain.map(\.nationalOutput.value)
    let total = output.reduce(0, +)
    var sold = [Double](repeating: 0, count: count)
    for (column, segment) in chain.enumerated() {
      var named = 0.0
      for input in segment.inputs {
        guard let supplier = row[input.segment] else { continue }
        coefficients[supplier, column] += input.coefficient.value
        named += input.coefficient.value
        sold[supplier] += input.coefficient.value * output[column]
      }
      coefficients[count, column] = max(0, 1 - closure.valueAdded[column] - named)
    }
    // The rest is many chains large; it buys a part of what a segment does not sell to the chain.
    let rest = restScale * max(total, 1)
    for supplier in 0..<count {
      coefficients[supplier, count] = restShare * max(0, output[supplier] - sold[supplier]) / rest
    }
    coefficients[count, count] = restShare
    // A segment sells no more than it makes: where the card's outputs say otherwise it is imported.
    for supplier in 0..<count where sold[supplier] > 0.98 * output[supplier] {
      output[supplier] = sold[supplier] / 0.98
    }
    output.append(rest)

    let unknown = [Double?](repeating: nil, count: count)
    guard let table = try? InputOutputTable(coefficients: coefficients, output: output),
      let pull = try? table.backwardLinkages(), let push = try? table.forwardLinkages(),
      let extracted = try? HypotheticalExtraction(table)
    else {
      backward = unknown
      forward = unknown
      extraction = unknown
      betweenness = unknown
      mean = unknown
      return
    }
    var own = Matrix(rows: count, columns: count)
    for i in 0..<count { for j in 0..<count { own[i, j] = coefficients[i, j] } }
    let between: [Double?] =
      (try? shortestPathShare(own))?.map { $0 } ?? unknown
    let backward = pull.prefix(count).map(Optional.some)
    let forward = push.prefix(count).map(Optional.some)
    let extraction = extracted.restOnly.prefix(count).map { total > 0 ? $0 / total : nil }
    let ranks = [
      percentileRanks(backward), percentileRanks(forward), percentileRanks(extraction),
      percentileRanks(between),
    ]
    self.backward = backward
    self.forward = forward
    self.extraction = extraction
    self.betweenness = between
    mean = (0..<count).map { segment in
      let known = ranks.compactMap { $0[segment] }
      return known.count == 4 ? known.reduce(0, +) / 4 : nil
    }
  }
}

// The property of the same name hides the function inside the initialiser.
private func shortestPathShare(_ matrix: Matrix) throws(NumericsFailure) -> [Double] {
  try betweenness(weights: matrix)
}
