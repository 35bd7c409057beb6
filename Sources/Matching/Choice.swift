import Atlas

/// The choice that one project faces, reduced to numbers: for every term that is known everywhere,
/// its transformed value at every alternative, less the value of staying. 选址选择
///
/// `logit P(here) = c + V(here) − ln Σ exp V(other)`, with `c` on every home alternative and
/// `V(stay) = 0`. A reading never depends on other candidates.
struct Choice: Sendable {
  /// Terms that are known at every alternative, in card order.
  let terms: [Term]
  /// Terms left out because some alternative is unknown.
  let dropped: [Term]
  /// Which cost parts (freight in, out, wages, energy, land) are known everywhere.
  let keptCosts: [Bool]
  /// Shapes: `difference[term][alternative]`; the first alternative is here.
  let difference: [[Span]]
  let isHome: [Bool]
  /// False for a branch: the firm stays as well, so staying is not an alternative.
  let canStay: Bool

  /// - Parameters:
  ///   - alternatives: here first; `stay` last, also for a branch, where it is the reference only.
  init(_ alternatives: [Alternative], stay: Alternative, canStay: Bool, output: Double?) {
    let everywhere = alternatives + [stay]
    let kept = (0..<5).map { part in
      output != nil && everywhere.allSatisfy { $0.costParts[part] != nil }
    }
    keptCosts = kept
    var terms: [Term] = []
    var dropped: [Term] = []
    var difference: [[Span]] = []
    for term in Term.allCases {
      let values = everywhere.map { alternative -> Span? in
        guard let value = alternative.value(of: term, costParts: kept, output: output ?? 0)
        else { return nil }
        var moved = Span.zero
        for scenario in Scenario.allCases {
          guard let transformed = term.transformed(value[scenario]) else { return nil }
          moved[scenario] = transformed
        }
        return moved
      }
      let known = values.compactMap { $0 }
      guard known.count == values.count, let reference = known.last else {
        dropped.append(term)
        continue
      }
      terms.append(term)
      difference.append(known.dropLast().map { $0 - reference })
    }
    self.terms = terms
    self.dropped = dropped
    self.difference = difference
    isHome = alternatives.map { $0.role == .here || $0.role == .homeSite }
    self.canStay = canStay
  }

  /// Log-odds of the first alternative under given coefficients, and its two parts.
  ///
  /// - Parameter coefficients: utils per unit, one for each of `Term.allCases`.
  func logit(
    _ coefficients: [Double], intercept: Double, scenario: Scenario, noise: Double = 0
  ) -> (total: Double, here: Double, others: Double) {
    var utilities = isHome.map { $0 ? intercept : 0 }
    for (row, term) in terms.enumerated() {
      let beta = coefficients[term.index]
      for alternative in utilities.indices {
        utilities[alternative] += beta * difference[row][alternative][scenario]
      }
    }
    utilities[0] += noise
    var others = Array(utilities.dropFirst())
    if canStay || others.isEmpty { others.append(0) }
    let competition = logSumExp(others) ?? 0
    return (utilities[0] - competition, utilities[0], competition)
  }
}

extension Term {
  /// Position in `Term.allCases`.
  var index: Int {
    switch self {
    case .annualCost: 0
    case .labourFill: 1
    case .localSourcing: 2
    case .sameSegment: 3
    case .network: 4
    case .marketPotential: 5
    case .ties: 6
    case .signal: 7
    case .distance: 8
    }
  }
}

func probability(logit: Double) -> Double {
  logit >= 0 ? 1 / (1 + exponential(-logit)) : exponential(logit) / (1 + exponential(logit))
}

extension MatchModel {
  /// Part of the model's utility weight that the dropped terms carry, in [0, 1].
  func unknownShare(_ dropped: [Term]) -> Double {
    let weights = zip(coefficients, spreads).map { abs($0 * $1) }
    let total = weights.reduce(0, +)
    guard total > 0 else { return 0 }
    return dropped.reduce(0) { $0 + weights[$1.index] } / total
  }

  /// Standard deviation that the dropped terms leave in the log-odds, utils.
  func unknownDeviation(_ dropped: [Term]) -> Double {
    dropped.reduce(0) { sum, term in
      let width = coefficients[term.index] * spreads[term.index]
      return sum + width * width
    }.squareRoot()
  }

  /// Probability of signing with every parameter at its base.
  func likelihoodAtBase(_ choice: Choice) -> Double {
    probability(
      logit: choice.logit(coefficients, intercept: intercept.base, scenario: .base).total)
  }

  /// Probability of signing under the three scenarios, widened by what is unknown.
  func likelihood(_ choice: Choice) -> Span {
    let deviation = unknownDeviation(choice.dropped)
    let base = choice.logit(coefficients, intercept: intercept.base, scenario: .base).total
    var logits: [Double] = []
    for scenario in [Scenario.low, .high] {
      logits.append(
        choice.logit(coefficients, intercept: intercept[scenario], scenario: scenario).total)
    }
    // A scenario's costs and the base rate move apart; the range is the widest of the two.
    let low = min(base, logits.min() ?? base) - deviation
    let high = max(base, logits.max() ?? base) + deviation
    return Span(
      low: probability(logit: low), base: probability(logit: base), high: probability(logit: high))
  }
}
