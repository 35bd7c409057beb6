import Calibration
import Testing

@Suite struct ChoiceDataTests {
  private func table(
    chosen: [Bool] = [true, false, false, true, false], x: [Double] = [1, 2, 3, 4, 5],
    alternatives: [Int32] = [0, 1, 0, 1, 2]
  ) -> LongTable {
    LongTable(
      cases: [0, 0, 1, 1, 1], caseNames: ["17", "甲公司"], alternatives: alternatives,
      alternativeNames: ["荣昌", "东莞", "stay"], chosen: chosen,
      columns: [
        .init(name: "x", cells: .numbers(x)),
        .init(name: "w", cells: .numbers([2, 9, 9, 3, 9])),
        .init(name: "kind", cells: .labels(codes: [0, 0, 1, 1, 1], names: ["a", "b"])),
      ])
  }

  private let terms = UtilityTerms(terms: ["x"])

  @Test("rows become sets, constants and columns in the order asked for, named by the file")
  func design() throws {
    let data = try ChoiceData(
      table(),
      terms: UtilityTerms(
        terms: ["x"], constantsReference: "荣昌", caseTerms: [.init("w:stay")],
        byAlternative: ["x"]),
      weights: "w", clusters: "kind")
    #expect(data.names == ["东莞", "stay", "x", "w:stay", "x:荣昌", "x:东莞", "x:stay"])
    #expect(data.starts == [0, 2, 5])
    #expect(data.chosen == [0, 3])
    #expect(data.weights == [2, 3])
    #expect(data.clusters == [0, 1])
    #expect(Array(data.values[28...]) == [0, 1, 5, 9, 0, 0, 5])
  }

  @Test("a set of one says nothing: it is left out and counted")
  func singleton() throws {
    let data = try ChoiceData(table(), terms: terms, keep: [true, false, true, true, true])
    #expect(data.caseCount == 1)
    #expect(data.leftOut.singletons == 1)
    #expect(throws: ChoiceDataFailure.noCases(data.leftOut)) {
      try ChoiceData(table(), terms: terms, keep: [true, false, false, false, false])
    }
  }

  @Test("a choice outside the set is left out and counted, or refused by the name of the case")
  func outside() throws {
    let keep = [true, true, true, false, true]
    let data = try ChoiceData(table(), terms: terms, keep: keep)
    #expect(data.caseCount == 1)
    #expect(data.leftOut.choiceFiltered == 1)
    #expect(throws: ChoiceDataFailure.chosenOutsideSet(caseName: "甲公司")) {
      try ChoiceData(table(), terms: terms, keep: keep, choiceOutsideSet: .refuse)
    }
  }

  @Test("no choice, two choices and a doubled alternative are refused by the name of the case")
  func choices() {
    #expect(throws: ChoiceDataFailure.noneChosen(caseName: "甲公司")) {
      try ChoiceData(table(chosen: [true, false, false, false, false]), terms: terms)
    }
    #expect(throws: ChoiceDataFailure.severalChosen(caseName: "17")) {
      try ChoiceData(table(chosen: [true, true, false, true, false]), terms: terms)
    }
    #expect(
      throws: ChoiceDataFailure.repeatedAlternative(caseName: "甲公司", alternative: "东莞")
    ) {
      try ChoiceData(table(alternatives: [0, 1, 0, 1, 1]), terms: terms)
    }
  }

  @Test("a number that is missing where a kept row needs it is refused with column and row")
  func notFinite() throws {
    let holes = table(x: [1, 2, 3, 4, .nan])
    #expect(throws: ChoiceDataFailure.notFinite(column: "x", row: 4)) {
      try ChoiceData(holes, terms: terms)
    }
    let data = try ChoiceData(holes, terms: terms, keep: [true, true, true, true, false])
    #expect(data.rowCount == 4)
    #expect(throws: ChoiceDataFailure.notFinite(column: "x", row: 1)) {
      try ChoiceData(table(x: [1, .infinity, 3, 4, 5]), terms: terms)
    }
  }

  @Test("names that are not there, doubled or of the wrong kind are said")
  func names() {
    #expect(throws: ChoiceDataFailure.unknownColumn("y")) {
      try ChoiceData(table(), terms: UtilityTerms(terms: ["y"]))
    }
    #expect(throws: ChoiceDataFailure.notNumeric(column: "kind")) {
      try ChoiceData(table(), terms: UtilityTerms(terms: ["kind"]))
    }
    #expect(throws: ChoiceDataFailure.unknownAlternative("巴南")) {
      try ChoiceData(table(), terms: UtilityTerms(terms: ["x"], constantsReference: "巴南"))
    }
    #expect(throws: ChoiceDataFailure.duplicateTerm("x")) {
      try ChoiceData(table(), terms: UtilityTerms(terms: ["x", "x"]))
    }
    #expect(throws: ChoiceDataFailure.noTerms) { try ChoiceData(table(), terms: UtilityTerms()) }
    #expect(throws: ChoiceDataFailure.weightNotPositive(column: "x", row: 0)) {
      try ChoiceData(table(x: [0, 1, 2, 3, 4]), terms: UtilityTerms(terms: ["w"]), weights: "x")
    }
  }
}
