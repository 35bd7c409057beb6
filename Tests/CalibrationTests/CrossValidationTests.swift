import Calibration
import Foundation
import Testing

@Suite struct CrossValidationTests {
  private func simulated(_ seed: UInt64, cases: Int = 120) throws -> ChoiceData {
    var random = SeededGenerator(state: seed)
    return try SimulatedChoices(cases: cases, sizes: 3...4, beta: [1, -0.5], using: &random).data()
  }

  @Test("leaving one case out equals doing it by hand")
  func leaveOneOut() throws {
    let data = try simulated(3, cases: 25)
    var random = SeededGenerator(state: 1)
    let found = try CrossValidation(data, folds: 25, using: &random)
    for index in 0..<25 {
      // A weight so small that it cannot matter takes the case out.
      var weights = [Double](repeating: 1, count: 25)
      weights[index] = 1e-12
      let without = try ConditionalLogit(
        fitting: try ChoiceData(
          names: data.names, starts: data.starts, values: data.values, chosen: data.chosen,
          weights: weights))
      let p = data.probabilities(at: without.estimates)[data.chosen[index]]
      #expect(abs(found.caseLogLikelihoods[index] - log(p)) < 1e-6)
    }
  }

  @Test("choices foretold from outside are less likely than choices fitted, seldom by much")
  func honest() throws {
    let data = try simulated(5)
    var random = SeededGenerator(state: 1)
    let outside = try CrossValidation(data, folds: 10, using: &random).logLikelihood
    let inside = try ConditionalLogit(fitting: data).logLikelihood
    #expect(outside < inside)
    #expect(outside > inside - 12)
  }

  @Test("a column of noise does not pay outside, though it pays inside")
  func noise() throws {
    var worse = 0
    for seed in 0..<40 {
      var random = SeededGenerator(state: UInt64(seed) &+ 900)
      let data = try simulated(UInt64(seed), cases: 60)
      var values: [Double] = []
      for row in 0..<data.rowCount {
        values += data.values[row * 2..<row * 2 + 2]
        values += (0..<4).map { _ in random.normal() }
      }
      let noisy = try ChoiceData(
        names: data.names + ["n1", "n2", "n3", "n4"], starts: data.starts, values: values,
        chosen: data.chosen)
      var first = SeededGenerator(state: 1)
      var second = SeededGenerator(state: 1)
      let plain = try CrossValidation(data, folds: 6, using: &first).logLikelihood
      let filled = try CrossValidation(noisy, folds: 6, using: &second).logLikelihood
      if filled < plain { worse += 1 }
    }
    #expect(worse >= 28)
  }

  @Test("groups stay whole, one group cannot be divided, and a fold that fails says why")
  func groups() throws {
    let data = try simulated(8, cases: 4)
    var random = SeededGenerator(state: 1)
    let one = try ChoiceData(
      names: data.names, starts: data.starts, values: data.values, chosen: data.chosen,
      clusters: [1, 1, 1, 1])
    #expect(throws: CrossValidationFailure.tooFewGroups(1)) {
      try CrossValidation(one, using: &random)
    }
    // The two cases of a group are twins; were they divided, each fold would know its own.
    let twins = try simulated(9, cases: 40)
    let doubled = try ChoiceData(
      names: twins.names,
      starts: twins.starts + twins.starts.dropFirst().map { $0 + twins.rowCount },
      values: twins.values + twins.values,
      chosen: twins.chosen + twins.chosen.map { $0 + twins.rowCount },
      clusters: (0..<80).map { Int32($0 % 40) })
    var a = SeededGenerator(state: 6)
    var b = SeededGenerator(state: 6)
    let single = try CrossValidation(twins, folds: 40, using: &a)
    let double = try CrossValidation(doubled, folds: 40, using: &b)
    #expect(abs(double.logLikelihood - 2 * single.logLikelihood) < 1e-6)
    let lonely = try ChoiceData(
      names: ["x"], starts: [0, 2, 4], values: [0, 1, 1, 0], chosen: [1, 2])
    #expect(throws: CrossValidationFailure.self) {
      try CrossValidation(lonely, using: &random)
    }
    let held = try CrossValidation(
      lonely, priors: [.init(mean: 0, deviation: 1)], using: &random)
    #expect(held.logLikelihood < 0)
  }
}
