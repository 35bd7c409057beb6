import Calibration
import Testing

@Suite struct NestedLogitTests {
  private func travelMode() throws -> ChoiceData {
    try ChoiceData(
      try ChoiceTables.travelMode(),
      terms: UtilityTerms(
        terms: ["gc", "ttme"], constantsReference: "car", caseTerms: [.init("hinc:air")]))
  }

  @Test("flying beside the ground modes has the values a separate program finds")
  func reference() throws {
    // Codes in file order: air, train, bus, car. Reference: scipy 1.17.1, BFGS and Nelder–Mead in turn
    // on the log-likelihood, errors from its numerical curvature.
    let fit = try NestedLogit(fitting: try travelMode(), nests: [0, 1, 1, 1])
    #expect(abs(fit.logLikelihood - -194.9439394393) < 1e-6)
    #expect(abs(fit.dissimilarity - 0.51708098) < 1e-5)
    #expect(
      agree(
        fit.coefficients.map(\.estimate),
        [2.67179206, 2.62166571, 2.14307021, -0.01506367, -0.05978931, 0.0146687], within: 2e-5))
    let errors = [1.042318, 0.548215, 0.486307, 0.003326, 0.014215, 0.009318]
    for (coefficient, error) in zip(fit.coefficients, errors) {
      #expect(abs(coefficient.standardError - error) < 2e-3 * error)
    }
    #expect(abs((fit.dissimilarityError ?? 0) - 0.126308) < 5e-4)
    #expect(abs(fit.likelihoodRatio - 2 * (199.128369 - 194.943939)) < 1e-5)
    #expect(fit.probability < 0.005 && fit.probability > 0.003)
  }

  @Test("a nest that would need a dissimilarity above one falls back to the conditional logit")
  func bound() throws {
    let data = try travelMode()
    let fit = try NestedLogit(fitting: data, nests: [0, 1, 1, 0])
    #expect(fit.dissimilarity == 1)
    #expect(fit.dissimilarityError == nil)
    #expect(abs((fit.freeDissimilarity ?? 0) - 1.45126313) < 1e-4)
    #expect(fit.logLikelihood == fit.conditional.logLikelihood)
    #expect(fit.probability == 1)
  }

  @Test("choices made in nests give their dissimilarity back")
  func recovery() throws {
    var random = SeededGenerator(state: 10)
    let lambda = 0.5
    let nests: [Int32] = [0, 0, 0, 1, 1, 2]
    var (values, chosen, starts, alternatives) = ([Double](), [Int](), [0], [Int32]())
    for index in 0..<3000 {
      let x = nests.map { _ in 2 * random.normal() }
      chosen.append(6 * index + draw(x, lambda: lambda, nests: nests, using: &random))
      values += x
      alternatives += (0..<6).map { Int32($0) }
      starts.append(6 * (index + 1))
    }
    let data = try ChoiceData(
      names: ["x"], starts: starts, values: values, chosen: chosen, alternatives: alternatives)
    let fit = try NestedLogit(fitting: data, nests: nests)
    let error = try #require(fit.dissimilarityError)
    #expect(abs(fit.dissimilarity - lambda) < 3.5 * error)
    #expect(error < 0.05)
    #expect(abs(fit.coefficients[0].estimate - 1) < 3.5 * fit.coefficients[0].standardError)
    #expect(fit.likelihoodRatio > 50)
  }

  @Test("nests of one, or one nest for all, leave no trace of a dissimilarity")
  func notIdentified() throws {
    let data = try travelMode()
    for nests: [Int32] in [[0, 1, 2, 3], [0, 0, 0, 0]] {
      #expect(throws: NestedLogitFailure.dissimilarityNotIdentified) {
        try NestedLogit(fitting: data, nests: nests)
      }
    }
  }

  /// Draws a nest by its inclusive value and then an alternative inside it, with coefficient 1.
  private func draw(
    _ x: [Double], lambda: Double, nests: [Int32], using random: inout SeededGenerator
  ) -> Int {
    func power(_ utility: Double) -> Double { exponential(utility / lambda) }
    let kinds = [0, 1, 2] as [Int32]
    let inside = kinds.map { kind in
      nests.indices.filter { nests[$0] == kind }.reduce(0.0) { $0 + power(x[$1]) }
    }
    let outside = inside.map { exponential(lambda * logarithm($0)) }
    let nest = pick(outside, using: &random)
    let members = nests.indices.filter { nests[$0] == kinds[nest] }
    return members[pick(members.map { power(x[$0]) }, using: &random)]
  }

  private func pick(_ weights: [Double], using random: inout SeededGenerator) -> Int {
    var left = random.uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }
}
