import Atlas
import Testing

@testable import Matching

/// The likelihood of one project over here, rivals and staying.
@Suite struct ChoiceTests {
  private let model = MatchModel.forTests()

  @Test("the reference pairing signs at the base rate")
  func reference() {
    let rivals = (0..<4).map { Alternative.filled(role: .rival, place: $0) }
    let here = Alternative.filled(role: .here, place: 9)
    let choice = Choice(
      [here] + rivals, stay: .filled(role: .stay, place: 8), canStay: true, output: 1000)
    #expect(choice.dropped.isEmpty)
    #expect(abs(model.likelihood(choice).base - 0.05) < 1e-12)
  }

  @Test("probabilities over all alternatives add up to one")
  func sumsToOne() {
    var random = Generator(seed: 7)
    for _ in 0..<100 {
      var all = [Alternative.random(role: .rival, &random), .random(role: .rival, &random)]
      all.append(.random(role: .rival, &random))
      let stay = Alternative.random(role: .stay, &random)
      // Without an intercept every alternative is alike, so each may take the first place.
      var total = 0.0
      for first in all.indices {
        var order = all
        order.swapAt(0, first)
        let choice = Choice(order, stay: stay, canStay: true, output: 900)
        let logit = choice.logit(model.coefficients, intercept: 0, scenario: .base).total
        total += probability(logit: logit)
      }
      let choice = Choice(all, stay: stay, canStay: true, output: 900)
      var utilities = all.indices.map { alternative in
        choice.terms.indices.reduce(0.0) {
          $0 + model.coefficients[choice.terms[$1].index] * choice.difference[$1][alternative].base
        }
      }
      utilities.append(0)
      let staying = 1 / utilities.reduce(0) { $0 + exponential($1) }
      #expect(abs(total + staying - 1) < 1e-9)
    }
  }

  @Test("an unknown anywhere drops the term for all and widens the range")
  func dropped() {
    let here = Alternative.filled(role: .here, place: 1)
    var rival = Alternative.filled(role: .rival, place: 2)
    let stay = Alternative.filled(role: .stay, place: 3)
    let full = Choice([here, rival], stay: stay, canStay: true, output: 1000)
    rival.fill = nil
    let partial = Choice([here, rival], stay: stay, canStay: true, output: 1000)
    #expect(partial.dropped == [.labourFill])
    let wide = model.likelihood(partial)
    let narrow = model.likelihood(full)
    #expect(wide.low < narrow.low && wide.high > narrow.high)
    #expect(model.unknownShare(partial.dropped) > 0)
  }

  @Test("one unknown part of the yearly cost leaves the other parts in")
  func keptCosts() {
    var here = Alternative.filled(role: .here, place: 1)
    here.land = nil
    let choice = Choice(
      [here], stay: .filled(role: .stay, place: 2), canStay: true, output: 1000)
    #expect(choice.keptCosts == [true, true, true, true, false])
    #expect(choice.terms.contains(.annualCost))
  }

  @Test("a term moves the log-odds in its declared direction", arguments: Term.allCases)
  func monotone(term: Term) {
    var last = -Double.infinity
    let steps = stride(from: 0.1, through: 0.9, by: 0.1)
    for step in term.isBenefit ? Array(steps) : steps.reversed() {
      var here = Alternative.filled(role: .here, place: 1)
      here.set(term, step)
      let choice = Choice(
        [here], stay: .filled(role: .stay, place: 2), canStay: true, output: 1000)
      let logit = choice.logit(
        model.coefficients, intercept: model.intercept.base, scenario: .base
      ).total
      #expect(logit > last)
      last = logit
    }
  }

  @Test("a cheaper rival lowers the likelihood here, and only through competition")
  func competition() {
    let here = Alternative.filled(role: .here, place: 1)
    let stay = Alternative.filled(role: .stay, place: 3)
    var rival = Alternative.filled(role: .rival, place: 2)
    let even = Choice([here, rival], stay: stay, canStay: true, output: 1000)
    rival.wages = Span(10)
    let hard = Choice([here, rival], stay: stay, canStay: true, output: 1000)
    let before = even.logit(model.coefficients, intercept: 1, scenario: .base)
    let after = hard.logit(model.coefficients, intercept: 1, scenario: .base)
    #expect(after.here == before.here)
    #expect(after.total < before.total)
  }
}

extension Alternative {
  static func filled(role: Role, place: Int) -> Alternative {
    var alternative = Alternative(role: role, place: place)
    alternative.freightIn = Span(20)
    alternative.freightOut = Span(30)
    alternative.wages = Span(100)
    alternative.energy = Span(40)
    alternative.land = Span(10)
    for term in Term.allCases where term != .annualCost { alternative.set(term, 0.5) }
    return alternative
  }

  static func random(role: Role, _ random: inout Generator) -> Alternative {
    var alternative = filled(role: role, place: 0)
    alternative.wages = Span(60 + 100 * random.uniform())
    for term in Term.allCases where term != .annualCost {
      alternative.set(term, 0.05 + random.uniform())
    }
    return alternative
  }

  mutating func set(_ term: Term, _ value: Double) {
    switch term {
    case .annualCost: wages = Span(value * 100)
    case .labourFill: fill = value
    case .localSourcing: localSourcing = value
    case .sameSegment: sameSegment = value
    case .network: network = value
    case .marketPotential: marketPotential = value
    case .ties: ties = value
    case .signal: signal = value
    case .distance: distance = value
    }
  }
}

extension MatchModel {
  /// A card with round numbers: every coefficient ±1 but for the cost.
  static func forTests(changing changes: [String: Double] = [:]) -> MatchModel {
    var values: [String: Double] = [
      "baseSignRate": 0.05, "referenceRivals": 4, "landingRate": 0.6,
      "outcomesForProbability": 30, "likelihoodHigh": 0.1, "likelihoodMedium": 0.03,
      "localValueShare": 0.25, "criticalityFloor": 0.5,
      "criticalityCeiling": 1.5, "annuityYears": 10, "annuityRate": 0.08,
      "visitCostPerKm": 0.0003, "visitCostPerDay": 0.35, "visitDays": 1.5, "expansionShare": 0.2,
      "maxProjectOutput": 50000, "displacementNearShare": 0.5, "catchmentShare": 0.15,
      "catchmentKm": 300, "nationalShareFirmWeight": 0.3, "nationalShareFirmWeightCoarse": 0.7,
      "valueAddedShare": 0.25, "restScale": 10, "restIntermediateShare": 0.5, "marketFloorKm": 30,
      "plausiblePlaces": 5, "listLength": 30,
      "supplyCoverageFloor": 0.5, "lqShrinkEmployees": 500, "flqDelta": 0.3, "demandFloor": 1000,
      "demandFloorShare": 0.005,
      "missingCoverage": 0.1, "weakCoverage": 0.6, "weakLq": 1, "weakNEff": 2,
      "extendIoCoefficient": 0.01, "extendLq": 1.25, "extendCoverage": 1,
      "extendDensityPercentile": 60, "priorityWeightGap": 0.4, "priorityWeightCriticality": 0.35,
      "priorityWeightFeasibility": 0.25, "priorityRankFloor": 0.01, "thresholdPerturbation": 0.2,
      "positionLeadQuotient": 1, "positionLeadFirms": 3, "positionStopMonths": 24,
      "disruptionCoefficient": 0.01, "pullShare": 0.15, "bundleFollowers": 4, "topPriorityRank": 10,
      "topPriorityProbability": 0.5, "visitRank": 30, "visitProbability": 0.5,
      "maxUnknownShare": 0.4, "rankDraws": 60, "rankCandidates": 5, "rankIntervalLow": 0.05,
      "rankIntervalHigh": 0.95, "rankBoundProbability": 0.95, "reciprocityFloor": 30,
      "publishTop": 500, "estimateTau": 0.8, "energyPrice": 650, "landPrice": 25,
      "landYears": 50,
    ]
    for term in Term.allCases {
      values[term.coefficientName] = term == .annualCost ? -0.3 : term.isBenefit ? 1 : -1
      values[term.sigmaName] = 0.2
      values[term.spreadName] = 0.5
    }
    values.merge(changes) { $1 }
    let entries = values.map { name, value in
      return (
        name: name,
        parameter: Parameter(
          value: value, low: value * (value < 0 ? 1.2 : 0.8),
          high: value * (value < 0 ? 0.8 : 1.2), unit: "", source: "test",
          evidence: .assumed), line: 1
      )
    }
    do {
      return try MatchModel(
        id: "test", behaviourDigest: "test",
        parameters: ParameterTable(card: "test", entries: entries))
    } catch {
      preconditionFailure("the test card is complete: \(error)")
    }
  }
}
