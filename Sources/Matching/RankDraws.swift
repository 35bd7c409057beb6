import Atlas

/// How far the ranks move when the card's numbers are drawn from their priors. 排名区间
struct RankDraws: Sendable {
  let low: Int
  let high: Int
  let topTen: Double
  let topThirty: Double

  /// One candidate of the draws.
  struct Candidate: Sendable {
    let firmId: Int64
    let choice: Choice
    /// 10k yuan: landing rate × worth × annuity, under each scenario.
    let stake: Span
    let visitCost: Double
  }

  /// Draws coefficients and base rate, takes the scenarios in turn, and ranks the candidates each
  /// time by expected value, ties by firm id.
  ///
  /// What is unknown of a firm is drawn for that firm alone, so another candidate's coming or going
  /// does not change it. Complexity: draws × candidates × log candidates.
  static func run(_ candidates: [Candidate], model: MatchModel, seed: UInt64) -> [RankDraws] {
    let draws = Int(model.value("rankDraws"))
    guard !candidates.isEmpty, draws > 0 else { return [] }
    let coefficients = model.coefficients
    let sigmas = model.sigmas
    let deviations = candidates.map { model.unknownDeviation($0.choice.dropped) }
    let rate = model["baseSignRate"]
    // The card's low and high base rate are taken as its 5 % and 95 %.
    let centre = logitOf(rate.value)
    let spread = (logitOf(rate.high) - logitOf(rate.low)) / (2 * 1.645)
    let reference = model.competitionAtReference
    var ranks = [[Int32]](repeating: [], count: candidates.count)
    for index in ranks.indices { ranks[index].reserveCapacity(draws) }
    var values = [Double](repeating: 0, count: candidates.count)
    for draw in 0..<draws {
      var generator = Generator(seed: seed &+ UInt64(draw) &* 0x9E37_79B9)
      let drawn = zip(coefficients, sigmas).map { $0 + $1 * generator.normal() }
      let intercept = centre + spread * generator.normal() + reference
      let scenario = Scenario.allCases[draw % 3]
      for (row, candidate) in candidates.enumerated() {
        var noise = 0.0
        if deviations[row] > 0 {
          var own = Generator(
            seed: seed ^ UInt64(bitPattern: candidate.firmId) &* 0xD129_42BE
              &+ UInt64(draw) &* 0x1F12_3BB5)
          noise = deviations[row] * own.normal()
        }
        let logit = candidate.choice.logit(
          drawn, intercept: intercept, scenario: scenario, noise: noise)
        values[row] =
          probability(logit: logit.total) * candidate.stake[scenario] - candidate.visitCost
      }
      let order = candidates.indices.sorted {
        (values[$0], candidates[$1].firmId) > (values[$1], candidates[$0].firmId)
      }
      for (position, row) in order.enumerated() { ranks[row].append(Int32(position + 1)) }
    }
    return ranks.map { drawn in
      let sorted = drawn.sorted()
      func quantile(_ share: Double) -> Int {
        Int(sorted[min(sorted.count - 1, Int((Double(sorted.count - 1) * share).rounded()))])
      }
      return RankDraws(
        low: quantile(0.05), high: quantile(0.95),
        topTen: Double(drawn.count { $0 <= 10 }) / Double(drawn.count),
        topThirty: Double(drawn.count { $0 <= 30 }) / Double(drawn.count))
    }
  }

  private static func logitOf(_ probability: Double) -> Double {
    logarithm(probability / (1 - probability))
  }
}
