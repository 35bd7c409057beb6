/// Where each value stands among all, from just above 0 to 1, ties in the middle (百分位).
///
/// (values below + half of the ties, itself counted whole) / n, not under `floor`. The largest value,
/// when alone, has 1; a value alone has 1.
/// Unknown: nil stays nil and is not counted; a value that is not finite is treated as nil.
/// Complexity: n log n.
public func percentileRanks(_ values: [Double?], floor: Double = 0.01) -> [Double?] {
  let known = values.indices.compactMap { index -> (index: Int, value: Double)? in
    guard let value = values[index], value.isFinite else { return nil }
    return (index, value)
  }
  let sorted = known.sorted { ($0.value, $0.index) < ($1.value, $1.index) }
  var result = [Double?](repeating: nil, count: values.count)
  var start = 0
  while start < sorted.count {
    var end = start + 1
    while end < sorted.count, sorted[end].value == sorted[start].value { end += 1 }
    let middle = Double(start) + (Double(end - start) + 1) / 2
    let rank = max(floor, middle / Double(sorted.count))
    for position in start..<end { result[sorted[position].index] = rank }
    start = end
  }
  return result
}
