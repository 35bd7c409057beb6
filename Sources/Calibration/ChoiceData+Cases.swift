extension ChoiceData {
  /// The given cases alone, in the order given; at least one.
  func only(cases: [Int]) -> ChoiceData {
    precondition(!cases.isEmpty, "a table needs at least one case")
    let k = columnCount
    var (rows, newStarts, newChosen) = ([Int](), [0], [Int]())
    for index in cases {
      newChosen.append(rows.count + chosen[index] - starts[index])
      rows += starts[index]..<starts[index + 1]
      newStarts.append(rows.count)
    }
    return ChoiceData(
      checkedNames: names, starts: newStarts,
      values: rows.flatMap { values[$0 * k..<($0 + 1) * k] }, chosen: newChosen,
      weights: cases.map { weights[$0] }, offsets: rows.map { offsets[$0] },
      clusters: cases.map { clusters[$0] }, alternatives: rows.map { alternatives[$0] })
  }

  /// In how many cases each column differs between alternatives: what a coefficient can learn from.
  public var varyingCases: [Int] {
    let k = columnCount
    var counts = [Int](repeating: 0, count: k)
    for index in 0..<caseCount {
      let first = starts[index] * k
      for column in 0..<k {
        let rows = starts[index]..<starts[index + 1]
        if rows.contains(where: { values[$0 * k + column] != values[first + column] }) {
          counts[column] += 1
        }
      }
    }
    return counts
  }
}
