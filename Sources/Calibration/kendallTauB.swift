/// How far two orders of the same things agree, from −1 to 1, ties taken out of the scale (肯德尔 τ-b).
///
/// (concordant − discordant)/√((n₀ − n₁)(n₀ − n₂)). Unknown: nil when either is constant, shorter than
/// two, or has a value that is not a number.
/// Complexity: n log n, by counting the exchanges of a merge sort (Knight 1966).
public func kendallTauB(_ first: [Double], _ second: [Double]) -> Double? {
  precondition(first.count == second.count, "both orders must rank the same things")
  let n = first.count
  guard n > 1, !first.contains(where: { $0.isNaN }), !second.contains(where: { $0.isNaN }) else {
    return nil
  }
  let order = (0..<n).sorted { (first[$0], second[$0]) < (first[$1], second[$1]) }
  var values = order.map { second[$0] }
  let tiedFirst = tiedPairs(n) { first[order[$0]] == first[order[$1]] }
  let tiedBoth = tiedPairs(n) {
    first[order[$0]] == first[order[$1]] && second[order[$0]] == second[order[$1]]
  }
  let exchanges = sortCountingExchanges(&values)
  let tiedSecond = tiedPairs(n) { values[$0] == values[$1] }
  let pairs = Double(n) * Double(n - 1) / 2
  let scale = ((pairs - tiedFirst) * (pairs - tiedSecond)).squareRoot()
  guard scale > 0 else { return nil }
  return (pairs - tiedFirst - tiedSecond + tiedBoth - 2 * exchanges) / scale
}

/// The number of pairs inside runs of neighbours that are the same.
private func tiedPairs(_ count: Int, same: (Int, Int) -> Bool) -> Double {
  var (pairs, run) = (0.0, 1.0)
  for index in 1..<count {
    if same(index - 1, index) {
      pairs += run
      run += 1
    } else {
      run = 1
    }
  }
  return pairs
}

private func sortCountingExchanges(_ values: inout [Double]) -> Double {
  var exchanges = 0.0
  var width = 1
  var merged = values
  while width < values.count {
    var start = 0
    while start < values.count {
      let middle = min(start + width, values.count)
      let end = min(start + 2 * width, values.count)
      var (left, right) = (start, middle)
      for place in start..<end {
        if left < middle, right >= end || values[left] <= values[right] {
          merged[place] = values[left]
          left += 1
        } else {
          merged[place] = values[right]
          right += 1
          exchanges += Double(middle - left)
        }
      }
      start = end
    }
    swap(&values, &merged)
    width *= 2
  }
  return exchanges
}
