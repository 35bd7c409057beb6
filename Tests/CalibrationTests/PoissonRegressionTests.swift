import Calibration
import Testing

@Suite struct PoissonRegressionTests {
  @Test(
    "on grouped counts the Poisson and the conditional logit agree in coefficients and errors",
    arguments: 1...20)
  func equivalence(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let places = Int.random(in: 8...40, using: &random)
    let values = (0..<places).map { _ in (0..<3).map { _ in random.normal() } }
    let counts = values.map { x in
      (3 * random.uniform() * (x[0] + 0.5 * x[1] + 3)).rounded().magnitude
    }
    let names = ["market", "wage", "ties"]
    let poisson = try PoissonRegression(counts: counts, names: names, values: values)
    // Each place that was chosen is one case that weighs as many as chose it.
    let chosen = counts.indices.filter { counts[$0] > 0 }
    let data = try ChoiceData(
      names: names, starts: (0...chosen.count).map { $0 * places },
      values: chosen.flatMap { _ in values.flatMap { $0 } },
      chosen: chosen.enumerated().map { $0.offset * places + $0.element },
      weights: chosen.map { counts[$0] })
    let logit = try ConditionalLogit(fitting: data)
    #expect(agree(poisson.estimates, logit.estimates, within: 1e-9))
    #expect(agree(poisson.standardErrors, logit.covariance.standardErrors, within: 1e-9))
  }

  @Test("a constant alone is the logarithm of the mean")
  func constant() throws {
    let fit = try PoissonRegression(counts: [1, 2, 6], names: [], values: [[], [], []])
    // ln 3, and Σ n·ln 3 − 3 − ln n! by hand.
    #expect(abs(fit.constant - 1.0986122886681098) < 1e-12)
    #expect(abs(fit.logLikelihood - (9 * 1.0986122886681098 - 9 - 7.272398392570047)) < 1e-9)
  }

  @Test("what is no count, empty or collinear is refused by name")
  func refusals() {
    #expect(throws: PoissonFailure.notACount(row: 1)) {
      try PoissonRegression(counts: [1, -1], names: [], values: [[], []])
    }
    #expect(throws: PoissonFailure.nothingCounted) {
      try PoissonRegression(counts: [0, 0], names: [], values: [[], []])
    }
    #expect(throws: PoissonFailure.notFinite(column: "x", row: 0)) {
      try PoissonRegression(counts: [1, 1], names: ["x"], values: [[.nan], [1]])
    }
    #expect(throws: PoissonFailure.collinear(column: "y")) {
      try PoissonRegression(
        counts: [1, 2, 3], names: ["x", "y"], values: [[1, 3], [2, 5], [4, 9]])
    }
    #expect(throws: PoissonFailure.collinear(column: "x")) {
      try PoissonRegression(counts: [1, 2], names: ["x"], values: [[4], [4]])
    }
  }
}
