import Glibc

/// How well coefficients foretell choices they were not fitted to (交叉验证).
///
/// Groups stay whole: a firm group's choices are never on both sides.
public struct CrossValidation: Equatable, Sendable {
  /// The weighted log-likelihood of each case under the coefficients fitted without its fold.
  public let caseLogLikelihoods: [Double]
  /// Their sum: compare it with `ChoiceData.logLikelihood(at:)` of a card that never saw the data.
  public var logLikelihood: Double { caseLogLikelihoods.reduce(0, +) }

  /// Fits the data without one fold after the other.
  ///
  /// - Parameter folds: at most as many as there are groups.
  /// Throws: what the fit of a part throws; with priors a part is never separated.
  public init(
    _ data: ChoiceData, priors: [ConditionalLogit.Prior?] = [], folds: Int = 10,
    using random: inout some RandomNumberGenerator
  ) throws(CrossValidationFailure) {
    var position: [Int32: Int] = [:]
    for group in data.clusters where position[group] == nil { position[group] = position.count }
    guard position.count > 1, folds > 1 else { throw .tooFewGroups(position.count) }
    let count = min(folds, position.count)
    let order = Array(0..<position.count).shuffled(using: &random)
    var foldOfGroup = [Int](repeating: 0, count: order.count)
    for (place, group) in order.enumerated() { foldOfGroup[group] = place % count }
    let fold = data.clusters.map { foldOfGroup[position[$0] ?? 0] }
    var result = [Double](repeating: 0, count: data.caseCount)
    for held in 0..<count {
      let training = (0..<data.caseCount).filter { fold[$0] != held }
      let fit = try Self.fit(data, cases: training, priors: priors, fold: held)
      let p = data.probabilities(at: fit.estimates)
      for index in 0..<data.caseCount where fold[index] == held {
        result[index] = data.weights[index] * log(p[data.chosen[index]])
      }
    }
    caseLogLikelihoods = result
  }

  private static func fit(
    _ data: ChoiceData, cases: [Int], priors: [ConditionalLogit.Prior?], fold: Int
  ) throws(CrossValidationFailure) -> ConditionalLogit {
    do throws(LogitFailure) {
      return try ConditionalLogit(fitting: data.only(cases: cases), priors: priors)
    } catch {
      throw .fold(fold, error)
    }
  }
}

/// Why coefficients cannot be cross-validated.
public enum CrossValidationFailure: Error, Equatable, Sendable {
  /// At least two groups and two folds are needed.
  case tooFewGroups(Int)
  /// The data without this fold cannot be fitted.
  case fold(Int, LogitFailure)
}
