import Calibration
import Foundation
import Testing

@Suite struct ChoiceBasedSampleTests {
  @Test("weights sum to the cases, and make the sample's shares the population's")
  func weights() throws {
    let data = try ChoiceData(
      try ChoiceTables.travelMode(), terms: UtilityTerms(terms: ["gc"], constantsReference: "car"))
    let shares = [0.14, 0.13, 0.09, 0.64]
    let weights = try #require(data.choiceBasedWeights(populationShares: shares))
    #expect(abs(weights.reduce(0, +) - 210) < 1e-9)
    for code in 0..<4 {
      let weight = (0..<210).filter { Int(data.alternatives[data.chosen[$0]]) == code }
        .reduce(0.0) { $0 + weights[$1] }
      #expect(abs(weight / 210 - shares[code]) < 1e-12)
    }
    #expect(data.choiceBasedWeights(populationShares: [0.5, 0.5, 0, 0]) == nil)
    #expect(data.choiceBasedWeights(populationShares: [1]) == nil)
  }

  @Test("a constant fitted to signed deals taken too often is brought back to the population")
  func constant() throws {
    // Population: 4 % sign. The sample has every signer and a twelfth of the others, so a third sign.
    let fitted = log((1.0 / 3) / (2.0 / 3))
    let honest = try #require(
      populationConstant(
        fitted, sampleShare: 1.0 / 3, populationShare: 0.04, referenceSampleShare: 2.0 / 3,
        referencePopulationShare: 0.96))
    #expect(abs(honest - log(0.04 / 0.96)) < 1e-12)
    #expect(
      populationConstant(
        0, sampleShare: 0, populationShare: 0.1, referenceSampleShare: 1,
        referencePopulationShare: 0.9) == nil)
  }
}
