/// Kendall's rank correlation tau-b between two orders, ties counted; nil when one of them is
/// constant, a value is not finite, or there are fewer than two pairs. 肯德尔相关
///
/// Complexity: O(n log n).
public func kendallTau(_ first: [Double], _ second: [Double]) -> Double? {
  precondition(first.count == second.count, "both orders rank the same firms")
  guard first.allSatisfy(\.isFinite), second.allSatisfy(\.isFinite) else { return nil }
  let count = first.count
  guard count > 1 else { return nil }
  let order = (0..<count).sorted { (first[$0], second[$0]) < (first[$1], second[$1]) }
  func pairs(_ run: Int) -> Double { Double(run) * Double(run - 1) / 2 }
  func tiedPairs(_ sorted: [Int], _ same: (Int, Int) -> Bool) -> Double {
    var total = 0.0
    var run = 1
    for position in 1..<sorted.count {
      if same(sorted[position - 1], sorted[position]) {
        run += 1
      } else {
        total += pairs(run)
        run = 1
      }
    }
    return total + pairs(run)
  }
  let tiedFirst = tiedPairs(order) { first[$0] == first[$1] }
  let tiedBoth = tiedPairs(order) { first[$0] == first[$1] && second[$0] == second[$1] }
  let bySecond = (0..<count).sorted { second[$0] < second[$1] }
  let tiedSecond = tiedPairs(bySecond) { second[$0] == second[$1] }
  var values = order.map { second[$0] }
  let swaps = mergeSortCountingSwaps(&values)
  let all = pairs(count)
  let scale = ((all - tiedFirst) * (all - tiedSecond)).squareRoot()
  guard scale > 0 else { return nil }
  return (all - tiedFirst - tiedSecond + tiedBoth - 2 * swaps) / scale
}

private func mergeSortCountingSwaps(_ values: inout [Double]) -> Double {
  guard values.count > 1 else { return 0 }
  let middle = values.count / 2
  var left = Array(values[..<middle])
  var right = Array(values[middle...])
  var swaps = mergeSortCountingSwaps(&left) + mergeSortCountingSwaps(&right)
  var merged: [Double] = []
  merged.reserveCapacity(values.count)
  var i = 0
  var j = 0
  while i < left.count || j < right.count {
    if j == right.count || (i < left.count && left[i] <= right[j]) {
      merged.append(left[i])
      i += 1
    } else {
      merged.append(right[j])
      j += 1
      swaps += Double(left.count - i)
    }
  }
  values = merged
  return swaps
}
