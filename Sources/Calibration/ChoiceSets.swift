/// The rows of a table by case and alternative, each case with exactly one choice.
struct ChoiceSets {
  var rows: [Int] = []
  var starts = [0]
  var chosen: [Int] = []
  var leftOut = ChoiceData.LeftOut()

  init(_ table: LongTable, keep: [Bool]?, policy: ChoiceData.ChoiceOutsideSet)
    throws(ChoiceDataFailure)
  {
    precondition(keep.map { $0.count == table.rowCount } ?? true, "the filter needs every row")
    // Counting sort by case keeps this linear in the number of rows.
    var ends = [Int](repeating: 0, count: table.caseNames.count + 1)
    for code in table.cases { ends[Int(code) + 1] += 1 }
    for index in 1..<max(ends.count, 1) { ends[index] += ends[index - 1] }
    var fill = ends
    var order = [Int](repeating: 0, count: table.rowCount)
    for row in 0..<table.rowCount {
      let code = Int(table.cases[row])
      order[fill[code]] = row
      fill[code] += 1
    }
    for code in table.caseNames.indices where ends[code] < ends[code + 1] {
      let all = order[ends[code]..<ends[code + 1]]
      let kept = all.filter { keep?[$0] ?? true }
        .sorted { (table.alternatives[$0], $0) < (table.alternatives[$1], $1) }
      guard !kept.isEmpty else { continue }
      let name = table.caseNames[code]
      let marked = all.filter { table.chosen[$0] }
      guard !marked.isEmpty else { throw .noneChosen(caseName: name) }
      guard marked.count == 1 else { throw .severalChosen(caseName: name) }
      for (first, second) in zip(kept, kept.dropFirst())
      where table.alternatives[first] == table.alternatives[second] {
        throw .repeatedAlternative(
          caseName: name, alternative: table.alternativeNames[Int(table.alternatives[first])])
      }
      guard let choice = kept.firstIndex(of: marked[0]) else {
        guard policy == .leaveOut else { throw .chosenOutsideSet(caseName: name) }
        leftOut.choiceFiltered += 1
        continue
      }
      guard kept.count > 1 else {
        leftOut.singletons += 1
        continue
      }
      chosen.append(rows.count + choice)
      rows.append(contentsOf: kept)
      starts.append(rows.count)
    }
  }
}
