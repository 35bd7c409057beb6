import Calibration
import Foundation
import Testing

@Suite struct RecalibrationTests {
  @Test("readings that are twice too sure get the slope of one half back")
  func platt() throws {
    var random = SeededGenerator(state: 77)
    var said: [Double] = []
    var done: [Bool] = []
    for _ in 0..<20_000 {
      let z = 1.5 * random.normal()
      let honest = 1 / (1 + exp(-(0.3 + z)))
      said.append(1 / (1 + exp(-2 * z)))
      done.append(random.uniform() < honest)
    }
    let line = try #require(PlattScaling(probabilities: said, outcomes: done))
    #expect(abs(line.slope - 0.5) < 0.03)
    #expect(abs(line.intercept - 0.3) < 0.06)
    #expect(abs(line(0.5) - 1 / (1 + exp(-line.intercept))) < 1e-12)
    // At the maximum the corrected readings sum to what happened.
    let corrected = said.reduce(0) { $0 + line($1) }
    #expect(abs(corrected - Double(done.filter { $0 }.count)) < 1e-5)
  }

  @Test("readings that never fail, are all equal or certain have no line")
  func plattUnknown() {
    #expect(PlattScaling(probabilities: [0.1, 0.2, 0.8], outcomes: [false, false, true]) == nil)
    #expect(PlattScaling(probabilities: [0.3, 0.3], outcomes: [false, true]) == nil)
    #expect(PlattScaling(probabilities: [0, 0.3], outcomes: [false, true]) == nil)
  }

  @Test("steps pool neighbours that fall, by hand")
  func isotonic() throws {
    let steps = try #require(
      IsotonicScaling(
        scores: [1, 2, 3, 4, 5, 5], outcomes: [false, true, false, true, true, false]))
    // 2 and 3 pool to 1/2; 4 (1) and the tie at 5 (1/2) pool to 2/3.
    #expect(steps(1) == 0)
    #expect(steps(2) == 0.5)
    #expect(steps(2.7) == 0.5)
    #expect(abs(steps(4.5) - 2.0 / 3) < 1e-12)
    #expect(abs(steps(1.5) - 0.25) < 1e-12)
    #expect(steps(-9) == 0)
    #expect(abs(steps(99) - 2.0 / 3) < 1e-12)
    #expect(IsotonicScaling(scores: [], outcomes: []) == nil)
  }

  @Test("the steps never fall, and are the best among many rising ones", arguments: 1...20)
  func isotonicLaws(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let scores = (0..<12).map { Double($0) }
    let done = scores.map { random.uniform() < $0 / 12 }
    let steps = try #require(IsotonicScaling(scores: scores, outcomes: done))
    let fitted = scores.map { steps($0) }
    #expect(zip(fitted, fitted.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    func loss(_ values: [Double]) -> Double {
      zip(values, done).reduce(0) { $0 + pow($1.0 - ($1.1 ? 1 : 0), 2) }
    }
    for _ in 0..<200 {
      let rival = scores.map { _ in random.uniform() }.sorted()
      let mixed = zip(fitted, rival).map { 0.95 * $0 + 0.05 * $1 }
      #expect(loss(fitted) <= loss(mixed) + 1e-12)
    }
  }
}
