import Atlas

/// One place where the project could go, with everything that the terms read of it. 备选地
///
/// A nil is an unknown: the term that needs it is then left out at every alternative.
struct Alternative: Sendable {
  enum Role: Sendable, Equatable { case here, homeSite, rival, stay }
  let role: Role
  /// Row of `Places`.
  let place: Int
  /// 10k yuan per year.
  var freightIn: Span?
  var freightOut: Span?
  var wages: Span?
  var energy: Span?
  var land: Span?
  /// Probability of filling the binding occupation.
  var fill: Double?
  var localSourcing: Double?
  var sameSegment: Double?
  var network: Double?
  var marketPotential: Double?
  var ties: Double?
  var signal: Double?
  /// From the origin, km.
  var distance: Double?

  init(role: Role, place: Int) {
    self.role = role
    self.place = place
  }

  var costParts: [Span?] { [freightIn, freightOut, wages, energy, land] }

  /// What a term reads here, in the term's own unit.
  func value(of term: Term, costParts kept: [Bool], output: Double) -> Span? {
    switch term {
    case .annualCost:
      guard output > 0, kept.contains(true) else { return nil }
      var sum = Span.zero
      for (part, isKept) in zip(costParts, kept) where isKept {
        guard let part else { return nil }
        sum += part
      }
      return sum * (100 / output)
    case .labourFill: return fill.map(Span.init)
    case .localSourcing: return localSourcing.map(Span.init)
    case .sameSegment: return sameSegment.map(Span.init)
    case .network: return network.map(Span.init)
    case .marketPotential: return marketPotential.map(Span.init)
    case .ties: return ties.map(Span.init)
    case .signal: return signal.map(Span.init)
    case .distance: return distance.map(Span.init)
    }
  }
}
