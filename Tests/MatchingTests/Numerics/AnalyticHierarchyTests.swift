import Matching
import Testing

@Suite struct AnalyticHierarchyTests {
  private let drinks = AnalyticHierarchy.matrix(upperTriangle: [
    [9, 5, 2, 1, 1, 0.5], [1.0 / 3, 1.0 / 9, 1.0 / 9, 1.0 / 9, 1.0 / 9],
    [1.0 / 3, 0.25, 1.0 / 3, 1.0 / 9], [0.5, 1, 1.0 / 3], [2, 0.5], [1.0 / 3],
  ])

  @Test("Saaty's drinks have the checked weights and both consistency ratios")
  func drinksPublished() throws {
    let found = try AnalyticHierarchy(judgements: drinks)
    #expect(
      agree(
        found.weights, [0.177457, 0.019149, 0.041831, 0.116417, 0.189572, 0.128781, 0.326793],
        within: 5e-7))
    #expect(abs(found.largestEigenvalue - 7.176629) < 5e-7)
    #expect(abs(try #require(found.consistencyRatio) - 0.022302) < 5e-7)
    #expect(found.randomIndex.name == "Saaty 1977")
    let other = try AnalyticHierarchy(judgements: drinks, randomIndex: .ahpySaaty)
    #expect(abs(try #require(other.consistencyRatio) - 0.021806) < 5e-7)
  }

  @Test("three criteria have the checked weights, which are their geometric means")
  func three() throws {
    let found = try AnalyticHierarchy(
      judgements: AnalyticHierarchy.matrix(upperTriangle: [[3, 5], [2]]))
    #expect(agree(found.weights, [0.648329, 0.229651, 0.122020], within: 5e-7))
    #expect(abs(found.largestEigenvalue - 3.003694598) < 5e-10)
    #expect(abs(try #require(found.consistencyRatio) - 0.003184998) < 5e-10)
  }

  @Test("judgements made from weights give the weights back and agree fully")
  func consistent() throws {
    let truth = [0.5, 0.3, 0.15, 0.05]
    var matrix = Matrix(rows: 4, columns: 4)
    for row in 0..<4 {
      for column in 0..<4 { matrix[row, column] = truth[row] / truth[column] }
    }
    let found = try AnalyticHierarchy(judgements: matrix)
    #expect(agree(found.weights, truth, within: 1e-12))
    #expect(abs(try #require(found.consistencyRatio)) < 1e-12)
  }

  @Test("one and two criteria always agree; more than the table knows have no ratio")
  func sizes() throws {
    #expect(try AnalyticHierarchy(judgements: Matrix([[1]])).consistencyRatio == 0)
    let two = try AnalyticHierarchy(judgements: Matrix([[1, 4], [0.25, 1]]))
    #expect(agree(two.weights, [0.8, 0.2], within: 1e-12))
    #expect(two.consistencyRatio == 0)
    let eleven = Matrix(rows: 11, columns: 11, filledWith: 1)
    #expect(try AnalyticHierarchy(judgements: eleven).consistencyRatio == nil)
  }

  @Test("judgements that contradict their mirrors are refused with the cell")
  func refusals() {
    #expect(throws: NumericsFailure.notReciprocal(row: 0, column: 1)) {
      try AnalyticHierarchy(judgements: Matrix([[1, 4], [0.5, 1]]))
    }
    #expect(throws: NumericsFailure.negative(row: 0, column: 1)) {
      try AnalyticHierarchy(judgements: Matrix([[1, 0], [0.5, 1]]))
    }
  }

  @Test("combined weights multiply, and have no answer when nothing counts in both")
  func combined() throws {
    let found = try #require(combinedWeights([0.5, 0.5, 0], [0.2, 0.6, 0.2]))
    #expect(agree(found, [0.25, 0.75, 0], within: 1e-15))
    #expect(combinedWeights([1, 0], [0, 1]) == nil)
  }
}
