import Testing

@testable import Matching

@Suite struct GapRulesTests {
  private let limits = GapThresholds.forTests

  @Test("no capable firm and a real demand is 补链")
  func missing() {
    #expect(classify(evidence(demand: 5000, supply: 0, capable: 0), limits) == .supplement)
    #expect(classify(evidence(demand: 5000, supply: 499, capable: 2), limits) == .supplement)
  }

  @Test("a demand under the floor is not a gap, however empty the place")
  func underFloor() {
    #expect(classify(evidence(demand: 999, supply: 0, capable: 0), limits) == .outside)
    #expect(classify(evidence(demand: 999, supply: 300, capable: 1), limits) == .steady)
  }

  @Test("thin coverage, a low quotient or a single source is 强链, each alone")
  func weak() {
    var strong = evidence(demand: 5000, supply: 5000, capable: 4)
    strong.effectiveSuppliers = 3
    strong.shrunkLocationQuotient = 1.5
    #expect(classify(strong, limits) == .steady)
    var thin = strong
    thin.supply = 2999
    #expect(classify(thin, limits) == .strengthen)
    var low = strong
    low.shrunkLocationQuotient = 0.99
    #expect(classify(low, limits) == .strengthen)
    var single = strong
    single.effectiveSuppliers = 1.99
    #expect(classify(single, limits) == .strengthen)
  }

  @Test("a local surplus next door with density at the 60th percentile is 延链")
  func extend() {
    var candidate = evidence(demand: 0, supply: 0, capable: 0)
    candidate.density = 0.5
    candidate.densityThresholdAtShare = [0.1, 0.2, 0.3, 0.5, 0.6]
    candidate.neighbours = [
      .init(
        segment: 3, coefficient: 0.2, shrunkLocationQuotient: 1.3, coverage: 1.4, surplus: 4000)
    ]
    #expect(classify(candidate, limits) == .extend)
    candidate.density = 0.3
    #expect(classify(candidate, limits) == .outside)
    candidate.density = 0.5
    candidate.neighbours[0] = .init(
      segment: 3, coefficient: 0.009, shrunkLocationQuotient: 1.3, coverage: 1.4, surplus: 4000)
    #expect(classify(candidate, limits) == .outside)
  }

  @Test("more local supply never turns an adequate segment into a gap")
  func monotone() {
    let order: [GapClass] = [.supplement, .strengthen, .steady]
    for capable in 1...4 {
      var last = -1
      for supply in stride(from: 0.0, through: 12_000, by: 250) {
        var facts = evidence(demand: 8000, supply: supply, capable: capable)
        facts.effectiveSuppliers = 3
        facts.shrunkLocationQuotient = 2
        let place = order.firstIndex(of: classify(facts, limits)) ?? -1
        #expect(place >= last)
        last = place
      }
    }
  }

  @Test("every threshold is moved both ways by the robustness test")
  func perturbed() {
    #expect(limits.perturbed(by: 0.2).count == 18)
    let near = evidence(demand: 1100, supply: 0, capable: 0)
    #expect(classify(near, limits) == .supplement)
    #expect(limits.perturbed(by: 0.2).contains { classify(near, $0) != .supplement })
  }

  private func evidence(demand: Double, supply: Double, capable: Int) -> GapEvidence {
    GapEvidence(
      demand: demand, supply: supply, capableFirms: capable, effectiveSuppliers: 1,
      shrunkLocationQuotient: 1, isPresent: capable > 0, density: nil,
      densityThresholdAtShare: [], neighbours: [])
  }
}

extension GapThresholds {
  static let forTests = GapThresholds(
    demandFloor: 1000, missingCoverage: 0.1, weakCoverage: 0.6, weakLq: 1, weakNEff: 2,
    extendIoCoefficient: 0.01, extendLq: 1.25, extendCoverage: 1, extendDensityPercentile: 60)
}
