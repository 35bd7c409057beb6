import Matching
import Testing

/// Hwang and Yoon's four fighters; criterion 4 is a cost.
let fighters = Matrix([
  [2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5], [1.8, 2000, 21000, 4.5, 7, 7],
  [2.2, 1800, 20000, 5.0, 5, 5],
])
let fighterWeights = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3]
let fighterDirections: [CriterionDirection] = [
  .benefit, .benefit, .benefit, .cost, .benefit, .benefit,
]

@Suite struct WeightedSumTests {
  @Test("worst is 0, best is 1, a cost is turned round, a constant column is 1 for all")
  func byHand() throws {
    let scores = try weightedSum(
      of: Matrix([[10, 5, 7], [20, 9, 7], [15, 5, 7]]), weights: [2, 1, 1],
      directions: [.benefit, .cost, .benefit])
    #expect(agree(scores, [0.5, 0.75, 0.75], within: 1e-15))
  }

  @Test("a unit changes nothing")
  func units() throws {
    var scaled = fighters
    for row in 0..<4 { scaled[row, 1] *= 1e6 }
    let first = try weightedSum(
      of: fighters, weights: fighterWeights, directions: fighterDirections)
    let second = try weightedSum(
      of: scaled, weights: fighterWeights, directions: fighterDirections)
    #expect(agree(first, second, within: 1e-12))
  }

  @Test("a table without rows, a missing weight and a negative one are refused")
  func refusals() {
    #expect(throws: NumericsFailure.empty) {
      try weightedSum(of: Matrix([]), weights: [], directions: [])
    }
    #expect(throws: NumericsFailure.sizeMismatch(expected: 1, found: 2)) {
      try weightedSum(of: Matrix([[1]]), weights: [1, 1], directions: [.cost])
    }
    #expect(throws: NumericsFailure.badWeight(column: 0)) {
      try weightedSum(of: Matrix([[1]]), weights: [-1], directions: [.cost])
    }
    #expect(throws: NumericsFailure.notFinite(row: 0, column: 0)) {
      try weightedSum(of: Matrix([[.nan]]), weights: [1], directions: [.cost])
    }
  }
}
