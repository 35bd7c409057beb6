import Glibc

extension ChoiceData {
  /// A smaller table in which every case keeps its choice and a few of the others, drawn alike (抽样选择集).
  ///
  /// With alike chances no correction is needed (McFadden 1978).
  /// - Parameter size: how many rows a case keeps, its choice included; smaller cases stay whole.
  public func sampled(size: Int, using random: inout some RandomNumberGenerator)
    throws(ChoiceDataFailure) -> ChoiceData
  {
    precondition(size > 1, "a choice set needs at least two alternatives")
    var kept: [[Int]] = []
    for index in 0..<caseCount {
      var others = (starts[index]..<starts[index + 1]).filter { $0 != chosen[index] }
      let wanted = min(size - 1, others.count)
      for place in 0..<wanted {
        others.swapAt(place, Int.random(in: place..<others.count, using: &random))
      }
      kept.append((others.prefix(wanted) + [chosen[index]]).sorted())
    }
    return try keeping(kept, correction: nil)
  }

  /// A smaller table in which each row is kept with its own chance q, and its choice always.
  ///
  /// Rows are drawn independently of each other, so −ln q added to the utility of every kept row, the
  /// choice included, makes the estimates consistent. Cases left with their choice alone are counted
  /// as singletons.
  /// - Parameter chances: for each row, above 0 and at most 1.
  public func sampled(chances: [Double], using random: inout some RandomNumberGenerator)
    throws(ChoiceDataFailure) -> ChoiceData
  {
    precondition(chances.count == rowCount, "every row needs a chance")
    precondition(chances.allSatisfy { $0 > 0 && $0 <= 1 }, "a chance lies above 0 and at most at 1")
    var kept: [[Int]] = []
    for index in 0..<caseCount {
      kept.append(
        (starts[index]..<starts[index + 1]).filter { row in
          // Drawn for the choice too, so that what the others get does not depend on it.
          let drawn = Double(random.next() >> 11) * 0x1p-53 < chances[row]
          return drawn || row == chosen[index]
        })
    }
    return try keeping(kept, correction: chances)
  }

  private func keeping(_ kept: [[Int]], correction chances: [Double]?) throws(ChoiceDataFailure)
    -> ChoiceData
  {
    let k = columnCount
    var (rows, newStarts, newChosen, cases) = ([Int](), [0], [Int](), [Int]())
    var left = leftOut
    for (index, list) in kept.enumerated() {
      guard list.count > 1, let choice = list.firstIndex(of: chosen[index]) else {
        left.singletons += 1
        continue
      }
      newChosen.append(rows.count + choice)
      rows += list
      newStarts.append(rows.count)
      cases.append(index)
    }
    return try ChoiceData(
      names: names, starts: newStarts,
      values: rows.flatMap { values[$0 * k..<($0 + 1) * k] }, chosen: newChosen,
      weights: cases.map { weights[$0] },
      offsets: rows.map { row in offsets[row] - (chances.map { log($0[row]) } ?? 0) },
      clusters: cases.map { clusters[$0] }, alternatives: rows.map { alternatives[$0] },
      leftOut: left)
  }
}
