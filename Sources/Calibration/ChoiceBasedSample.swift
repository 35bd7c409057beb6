import Glibc

extension ChoiceData {
  /// Weights that undo a sample taken by what was chosen: w = Q/H, population over sample share (选择性抽样权重).
  ///
  /// Use the robust errors with them. Alternatives that no case chose need no weight.
  /// - Parameter populationShares: Q for each alternative code.
  /// Unknown: nil when a chosen alternative has no share above 0.
  /// Source: Manski and Lerman 1977.
  public func choiceBasedWeights(populationShares: [Double]) -> [Double]? {
    var counts = [Double](repeating: 0, count: populationShares.count)
    for row in chosen {
      let code = Int(alternatives[row])
      guard code < counts.count, populationShares[code] > 0, populationShares[code].isFinite else {
        return nil
      }
      counts[code] += 1
    }
    return chosen.map { row in
      let code = Int(alternatives[row])
      return populationShares[code] / (counts[code] / Double(caseCount))
    }
  }
}

/// The constant of an alternative as it would be in the population, when the sample took too many or
/// too few who chose it: α − ln[(H₁/H₀)·(Q₀/Q₁)] (截距修正).
///
/// Holds for a logit with a constant for every alternative but one. 1 is the alternative, 0 the
/// reference (such as staying).
/// Unknown: nil when a share is not above 0.
public func populationConstant(
  _ estimate: Double, sampleShare: Double, populationShare: Double, referenceSampleShare: Double,
  referencePopulationShare: Double
) -> Double? {
  let ratio =
    sampleShare / referenceSampleShare * (referencePopulationShare / populationShare)
  guard sampleShare > 0, populationShare > 0, referenceSampleShare > 0,
    referencePopulationShare > 0, ratio.isFinite
  else { return nil }
  return estimate - log(ratio)
}
