import Calibration
import Testing

@Suite struct RankIntervalTests {
  private let candidates = [[1.0, 0], [0.9, 0.5], [0.2, 1], [0, 0]]
  private let estimates = [1.0, 0.4]
  private let covariance = Covariance(size: 2, values: [0.09, 0.03, 0.03, 0.25])

  @Test("the drawn chance of being ahead is the analytic one")
  func analytic() throws {
    var random = SeededGenerator(state: 2)
    let pair = [candidates[1], candidates[0]]
    let drawn = try #require(
      RankInterval.list(
        candidates: pair, estimates: estimates, covariance: covariance, draws: 20_000, top: 1,
        using: &random))
    let exact = probabilityAhead(
      pair[0], of: pair[1], estimates: estimates, covariance: covariance)
    #expect(exact > 0.5 && exact < 1)
    #expect(abs(drawn[0].topProbability - exact) < 0.015)
    let back = probabilityAhead(
      pair[1], of: pair[0], estimates: estimates, covariance: covariance)
    #expect(abs(exact + back - 1) < 1e-12)
  }

  @Test("without uncertainty the interval is the rank, and ties go by position")
  func certain() throws {
    var random = SeededGenerator(state: 2)
    let held = try #require(
      RankInterval.list(
        candidates: candidates + [[0, 0]], estimates: estimates, covariance: Covariance(size: 2),
        draws: 20, top: 2, using: &random))
    #expect(held.map(\.low) == [2, 1, 3, 4, 5])
    #expect(held.map(\.high) == [2, 1, 3, 4, 5])
    #expect(held.map(\.topProbability) == [1, 1, 0, 0, 0])
  }

  @Test("the same seed gives the same intervals, and bounds lie inside the list")
  func seeded() throws {
    func draw() -> [RankInterval]? {
      var random = SeededGenerator(state: 9)
      return RankInterval.list(
        candidates: candidates, estimates: estimates, covariance: covariance, using: &random)
    }
    let list = try #require(draw())
    #expect(list == draw())
    #expect(list.allSatisfy { 1 <= $0.low && $0.low <= $0.high && $0.high <= 4 })
  }

  @Test("a rank cannot be claimed against those who are surely ahead")
  func bounds() {
    let sure = Covariance(size: 2, values: [1e-6, 0, 0, 1e-6])
    #expect(
      rankLowerBounds(candidates: candidates, estimates: estimates, covariance: sure)
        == [2, 1, 3, 4])
    let vague = Covariance(size: 2, values: [1e4, 0, 0, 1e4])
    #expect(
      rankLowerBounds(candidates: candidates, estimates: estimates, covariance: vague)
        == [1, 1, 1, 1])
  }

  @Test("what is no covariance is refused")
  func refusal() {
    var random = SeededGenerator(state: 9)
    let wrong = Covariance(size: 2, values: [1, 2, 2, 1])
    #expect(
      RankInterval.list(
        candidates: candidates, estimates: estimates, covariance: wrong, using: &random) == nil)
  }
}
