import Atlas
import Glibc
import Testing

@testable import Matching

@Suite struct BetaBinomialTests {
  @Test(
    "tails equal scipy.stats.betabinom",
    arguments: [
      (3000, 8.0, 92.0, 200, 0.6594106927371919), (3000, 0.4, 99.6, 50, 0.05195267040995688),
      (120, 50, 50, 60, 0.5244687131300501), (1_000_000, 2, 98, 40_000, 0.0900740026932223),
      (500, 0.3, 0.4, 250, 0.42201364439970224), (20_000, 8, 92, 1200, 0.7564363572214559),
    ])
  func published(trials: Int, a: Double, b: Double, wanted: Int, tail: Double) {
    let found = BetaBinomial(trials: trials, a: a, b: b).probability(ofAtLeast: wanted)
    #expect(abs(found - tail) < 1e-9)
  }

  @Test("without over-dispersion it is the binomial: P(X >= 200) = 0.9973756823")
  func binomial() {
    let found = BetaBinomial(trials: 3000, a: 0.08e9, b: 0.92e9).probability(ofAtLeast: 200)
    #expect(abs(found - 0.9973756823) < 1e-5)
  }

  @Test("nobody hired at rate zero, no need always filled, more than everybody never")
  func limits() {
    #expect(BetaBinomial(trials: 10, a: 0, b: 100).probability(ofAtLeast: 1) == 0)
    #expect(BetaBinomial(trials: 10, a: 5, b: 95).probability(ofAtLeast: 0) == 1)
    #expect(BetaBinomial(trials: 10, a: 5, b: 95).probability(ofAtLeast: 11) == 0)
    #expect(BetaBinomial(trials: 10, a: 100, b: 0).probability(ofAtLeast: 10) == 1)
  }
}
