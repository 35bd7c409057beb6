import Calibration
import Foundation
import Testing

@Suite struct ExplanationTests {
  @Test("the printed expected value splits into the printed parts")
  func published() {
    let split = ThreeFactorShapley(from: (0.05, 4000, 0.7), to: (0.08, 5000, 0.6))
    #expect(agree(split.parts, [87.5, 42.0, -29.5], within: 1e-10))
    #expect(abs(split.total - 100) < 1e-10)
  }

  @Test("the closed form is the mean over the six orders", arguments: 1...20)
  func sixOrders(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let from = (0..<3).map { _ in random.uniform() * 10 }
    let to = (0..<3).map { _ in random.uniform() * 10 }
    var parts = [0.0, 0, 0]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      var state = from
      for factor in order {
        let before = state.reduce(1, *)
        state[factor] = to[factor]
        parts[factor] += (state.reduce(1, *) - before) / 6
      }
    }
    let split = ThreeFactorShapley(from: (from[0], from[1], from[2]), to: (to[0], to[1], to[2]))
    #expect(agree(split.parts, parts, within: 1e-10))
    #expect(abs(split.total - (to.reduce(1, *) - from.reduce(1, *))) < 1e-10)
  }

  @Test("the change found brings the probability to the target among any alternatives")
  func counterfactual() throws {
    let others = [0.3, -1, 2.5]
    func probability(_ utility: Double) -> Double {
      exp(utility) / (exp(utility) + others.reduce(0) { $0 + exp($1) })
    }
    // Utility 0.4·x − 0.7·ln z, with x = 2 and z = 5.
    let now = probability(0.4 * 2 - 0.7 * log(5))
    let raised = try #require(
      Counterfactual(from: now, to: 0.3, coefficient: 0.4, current: 2))
    #expect(abs(probability(0.4 * raised.value - 0.7 * log(5)) - 0.3) < 1e-12)
    let lowered = try #require(
      Counterfactual(from: now, to: 0.3, coefficient: -0.7, current: 5, isLogarithm: true))
    #expect(abs(probability(0.4 * 2 - 0.7 * log(lowered.value)) - 0.3) < 1e-12)
    #expect(Counterfactual(from: now, to: 1, coefficient: 0.4, current: 2) == nil)
    #expect(Counterfactual(from: now, to: 0.3, coefficient: 0, current: 2) == nil)
  }
}
