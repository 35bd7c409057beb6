import Atlas
import Calibration
import Testing

@Suite("Outcomes of visits update the coefficients")
struct SigningFitTests {
  /// Projects with known coefficients, each with four alternatives and staying.
  private static func simulate(
    _ count: Int, beta: [Double], seed: UInt64
  ) -> [SigningCase] {
    var random = Generator(seed: seed)
    return (0..<count).map { index in
      var rows = (0..<4).map { alternative in
        [alternative < 2 ? 1.0 : 0]
          + (1..<beta.count).map { _ in Double.random(in: -1.5...1.5, using: &random) }
      }
      rows.append([Double](repeating: 0, count: beta.count))
      let sure = SigningCase(alternatives: rows, signed: true, group: Int32(index))
      let signed = Double.random(in: 0..<1, using: &random) < sure.probability(beta)
      return SigningCase(alternatives: rows, signed: signed, group: Int32(index))
    }
  }

  private static let names = ["home", "cost", "labour"]

  private static func priors(_ mean: [Double], _ deviation: Double) -> [ConditionalLogit.Prior] {
    mean.map { .init(mean: $0, deviation: deviation) }
  }

  @Test("with two alternatives and a flat prior it is the conditional logit")
  func equalsLogit() throws {
    var random = Generator(seed: 4)
    var cases: [SigningCase] = []
    var values: [Double] = []
    var chosen: [Int] = []
    for index in 0..<300 {
      let row = [1, Double.random(in: -2...2, using: &random)]
      let signed =
        Double.random(in: 0..<1, using: &random)
        < SigningCase(alternatives: [row, [0, 0]], signed: true, group: 0).probability([-0.4, 0.9])
      cases.append(SigningCase(alternatives: [row, [0, 0]], signed: signed, group: Int32(index)))
      values += row + [0, 0]
      chosen.append(2 * index + (signed ? 0 : 1))
    }
    let flat = Self.priors([0, 0], 1e6)
    let fit = try SigningFit(cases, names: ["home", "x"], priors: flat)
    let logit = try ConditionalLogit(
      fitting: ChoiceData(
        names: ["home", "x"], starts: (0...300).map { 2 * $0 }, values: values, chosen: chosen))
    for (mine, theirs) in zip(fit.coefficients, logit.coefficients) {
      #expect(abs(mine.estimate - theirs.estimate) < 1e-7)
      #expect(abs(mine.standardError - theirs.standardError) < 1e-6)
    }
    #expect(abs(fit.logLikelihood - logit.logLikelihood) < 1e-9)
  }

  @Test("pooled over 200 simulated offices the 95 % interval holds the truth 92 to 98 times in 100")
  func recovers() throws {
    let truth = [-1.0, -0.6, 0.8]
    var inside = 0
    var total = 0
    for seed in 0..<200 {
      let cases = Self.simulate(250, beta: truth, seed: UInt64(1000 + seed))
      let fit = try SigningFit(cases, names: Self.names, priors: Self.priors([0, 0, 0], 50))
      for (coefficient, value) in zip(fit.coefficients, truth) {
        total += 1
        if abs(coefficient.estimate - value) <= 1.96 * coefficient.standardError { inside += 1 }
      }
    }
    let coverage = Double(inside) / Double(total)
    #expect(coverage >= 0.92 && coverage <= 0.98, "coverage \(coverage)")
  }

  @Test("the estimate is a summit: no small move in any direction is better")
  func summit() throws {
    let cases = Self.simulate(80, beta: [-1.5, -0.3, 1], seed: 7)
    let priors = Self.priors([-1, -0.2, 0.5], 0.4)
    let fit = try SigningFit(cases, names: Self.names, priors: priors)
    func value(_ beta: [Double]) -> Double {
      var sum = 0.0
      for item in cases {
        let p = item.probability(beta)
        sum += logarithm(item.signed ? p : 1 - p)
      }
      for (b, prior) in zip(beta, priors) {
        sum -= (b - prior.mean) * (b - prior.mean) / (2 * prior.deviation * prior.deviation)
      }
      return sum
    }
    let top = value(fit.estimates)
    for column in 0..<3 {
      for step in [-1e-3, 1e-3] {
        var moved = fit.estimates
        moved[column] += step
        #expect(value(moved) < top)
      }
    }
  }

  @Test("a column that never differs keeps its prior, and nothing is learned of it")
  func unlearned() throws {
    let cases = (0..<40).map { index in
      SigningCase(
        alternatives: [[1, 0], [0, 0], [0, 0]], signed: index % 4 == 0, group: Int32(index))
    }
    let fit = try SigningFit(cases, names: ["home", "cost"], priors: Self.priors([0, -0.3], 0.2))
    #expect(abs(fit.coefficients[1].estimate + 0.3) < 1e-12)
    #expect(fit.coefficients[1].learned < 1e-12)
    #expect(fit.coefficients[1].cases == 0)
    #expect(fit.coefficients[0].cases == 40)
  }

  @Test("the order of cases and of the other places changes no digit")
  func orderIsNothing() throws {
    let cases = Self.simulate(60, beta: [-1, 0.5, -0.5], seed: 3)
    let turned = cases.reversed().map { item in
      SigningCase(
        alternatives: [item.alternatives[0]] + item.alternatives.dropFirst().reversed(),
        signed: item.signed, group: item.group)
    }
    let priors = Self.priors([0, 0, 0], 1)
    let first = try SigningFit(cases, names: Self.names, priors: priors)
    let second = try SigningFit(turned, names: Self.names, priors: priors)
    for (one, other) in zip(first.estimates, second.estimates) { #expect(abs(one - other) < 1e-9) }
  }

  @Test("held-out readings never see their own firm group")
  func heldOut() throws {
    let cases = Self.simulate(90, beta: [-1, -0.6, 0.8], seed: 11)
    let priors = Self.priors([0, 0, 0], 1)
    var random = Generator(seed: 1)
    let held = try SigningFit.crossValidate(
      cases, names: Self.names, priors: priors, folds: 90, using: &random)
    #expect(held.count == 90)
    // Leaving one out by hand gives the same reading.
    let others = Array(cases.dropFirst())
    let fit = try SigningFit(others, names: Self.names, priors: priors)
    #expect(abs(held[0].probability - cases[0].probability(fit.estimates)) < 1e-9)
    #expect(throws: SigningFitFailure.tooFewGroups(1)) {
      try SigningFit.crossValidate(
        [cases[0]], names: Self.names, priors: priors, using: &random)
    }
    #expect(throws: SigningFitFailure.noCases) {
      try SigningFit([], names: Self.names, priors: priors)
    }
  }

  private func logarithm(_ x: Double) -> Double {
    // Through the exponential of the logit metrics, to stay without a second mathematics library.
    ProbabilityMetrics(probabilities: [x], outcomes: [true])?.logLoss.map { -$0 } ?? .nan
  }
}
