/// What data changed in a coefficient that something was believed of (先验更新).
public struct PriorUpdate: Equatable, Sendable {
  /// The name of the coefficient.
  public let name: String
  /// What was believed.
  public let prior: ConditionalLogit.Prior
  /// What is believed now.
  public let estimate: Double
  /// How unsure that is.
  public let standardError: Double
  /// In how many cases the column differs between alternatives.
  public let cases: Int

  /// The move, in standard deviations of the prior.
  public var move: Double { (estimate - prior.mean) / prior.deviation }

  /// The share of the prior's variance that the data took away: 0 nothing learned, near 1 all.
  public var learned: Double {
    max(0, 1 - standardError * standardError / (prior.deviation * prior.deviation))
  }

  /// Compares a fit with its priors, in the order of the columns; columns without a prior are left out.
  public static func list(
    _ fit: ConditionalLogit, priors: [ConditionalLogit.Prior?], data: ChoiceData
  ) -> [PriorUpdate] {
    precondition(
      fit.coefficients.count == priors.count && data.columnCount == priors.count,
      "the fit, its priors and its data need the same columns")
    let cases = data.varyingCases
    return priors.indices.compactMap { index in
      priors[index].map {
        PriorUpdate(
          name: fit.coefficients[index].name, prior: $0,
          estimate: fit.coefficients[index].estimate,
          standardError: fit.coefficients[index].standardError, cases: cases[index])
      }
    }
  }
}
