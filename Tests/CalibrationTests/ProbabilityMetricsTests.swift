import Calibration
import Testing

@Suite struct ProbabilityMetricsTests {
  private let p = [0.9, 0.8, 0.7, 0.6, 0.4, 0.35, 0.2, 0.15, 0.1, 0.05]
  private let y = [1, 1, 0, 1, 0, 1, 0, 0, 0, 0].map { $0 == 1 }

  @Test("the printed ten readings have the printed errors")
  func published() throws {
    let found = try #require(ProbabilityMetrics(probabilities: p, outcomes: y, bins: 5))
    #expect(abs(found.calibrationError - 0.135) < 1e-12)
    #expect(abs(found.brier - 0.13575) < 1e-12)
    // Printed as 0.4146266542; the sum of the ten logarithms is 0.41462665342.
    #expect(abs(try #require(found.logLoss) - 0.4146266542) < 1e-9)
    #expect(abs(try #require(found.logLoss) - 0.4146266534185992) < 1e-15)
    #expect(found.bins.map(\.count) == [2, 2, 2, 2, 2])
    #expect(ProbabilityMetrics(probabilities: p, outcomes: y)?.bins.count == 5)
  }

  @Test("the order of rows does not matter, also among equal probabilities")
  func order() throws {
    var random = SeededGenerator(state: 1)
    let said = (0..<230).map { _ in Double(Int.random(in: 1...9, using: &random)) / 10 }
    let done = said.map { _ in Bool.random(using: &random) }
    let order = (0..<230).shuffled(using: &random)
    let first = try #require(ProbabilityMetrics(probabilities: said, outcomes: done))
    let second = try #require(
      ProbabilityMetrics(
        probabilities: order.map { said[$0] }, outcomes: order.map { done[$0] }))
    #expect(first.bins.count == 10)
    #expect(abs(first.calibrationError - second.calibrationError) < 1e-12)
  }

  @Test("the impossible that happened has no log-loss; nothing said has no metrics")
  func unknown() throws {
    let sure = try #require(ProbabilityMetrics(probabilities: [0, 1], outcomes: [true, true]))
    #expect(sure.logLoss == nil)
    #expect(sure.brier == 0.5)
    #expect(ProbabilityMetrics(probabilities: [0, 1], outcomes: [false, true])?.logLoss == 0)
    #expect(ProbabilityMetrics(probabilities: [], outcomes: []) == nil)
    #expect(ProbabilityMetrics(probabilities: [1.1], outcomes: [true]) == nil)
    #expect(ProbabilityMetrics(probabilities: [.nan], outcomes: [true]) == nil)
  }
}
