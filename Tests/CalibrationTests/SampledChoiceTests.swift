import Calibration
import Foundation
import Testing

@Suite struct SampledChoiceTests {
  private let truth = [1.0, -0.6]

  private func full(seed: UInt64) throws -> ChoiceData {
    var random = SeededGenerator(state: seed)
    return try SimulatedChoices(cases: 1500, sizes: 60...60, beta: truth, using: &random).data()
  }

  @Test("ten of sixty alternatives, drawn alike, give the coefficients of all sixty")
  func alike() throws {
    let data = try full(seed: 41)
    var random = SeededGenerator(state: 1)
    let sample = try data.sampled(size: 10, using: &random)
    #expect(sample.rowCount == 15_000)
    let all = try ConditionalLogit(fitting: data)
    let few = try ConditionalLogit(fitting: sample)
    for column in 0..<2 {
      let error = few.coefficients[column].standardError
      #expect(abs(few.estimates[column] - all.estimates[column]) < 2.5 * error)
      #expect(error > all.coefficients[column].standardError)
    }
  }

  @Test("drawn by importance they do with the correction, and clearly not without it")
  func importance() throws {
    let data = try full(seed: 42)
    var random = SeededGenerator(state: 2)
    // Alternatives with a high first term are taken far more often.
    let chances = (0..<data.rowCount).map { row in
      min(1, max(0.02, 0.15 * exp(0.9 * data.values[row * 2])))
    }
    let sample = try data.sampled(chances: chances, using: &random)
    let corrected = try ConditionalLogit(fitting: sample)
    let naive = try ConditionalLogit(
      fitting: try ChoiceData(
        names: sample.names, starts: sample.starts, values: sample.values, chosen: sample.chosen))
    for column in 0..<2 {
      let error = corrected.coefficients[column].standardError
      #expect(abs(corrected.estimates[column] - truth[column]) < 3 * error)
    }
    let error = corrected.coefficients[0].standardError
    #expect(abs(naive.estimates[0] - truth[0]) > 6 * error)
  }

  @Test("the same seed draws the same sets, weights and names stay with their cases")
  func bookkeeping() throws {
    let plain = try full(seed: 43)
    let data = try ChoiceData(
      names: plain.names, starts: plain.starts, values: plain.values, chosen: plain.chosen,
      weights: (0..<1500).map { Double($0 + 1) })
    func draw() throws -> ChoiceData {
      var random = SeededGenerator(state: 3)
      return try data.sampled(
        chances: [Double](repeating: 0.01, count: data.rowCount), using: &random)
    }
    let first = try draw()
    #expect(first.values == (try draw()).values)
    #expect(first.caseCount + first.leftOut.singletons == 1500)
    #expect(first.leftOut.singletons > 100)
    // The chosen row of a case keeps its values and its weight.
    for index in 0..<first.caseCount {
      let source = Int(first.weights[index]) - 1
      #expect(
        first.values[first.chosen[index] * 2] == data.values[data.chosen[source] * 2])
    }
  }
}
