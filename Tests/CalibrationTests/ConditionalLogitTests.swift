import Calibration
import Testing

@Suite struct ConditionalLogitTests {
  @Test("the slope equals finite differences of the log-likelihood", arguments: 1...10)
  func slope(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let data = try SimulatedChoices(cases: 30, sizes: 2...6, beta: [0.5, -1, 2], using: &random)
      .data()
    let beta = (0..<3).map { _ in random.normal() }
    let slope = data.slope(at: beta)
    for column in 0..<3 {
      var (above, below) = (beta, beta)
      above[column] += 1e-5
      below[column] -= 1e-5
      let difference = (data.logLikelihood(at: above) - data.logLikelihood(at: below)) / 2e-5
      #expect(abs(difference - slope[column]) < 1e-6 * max(1, abs(slope[column])))
    }
  }

  @Test("a constant added to all utilities of a case changes nothing")
  func shift() throws {
    var random = SeededGenerator(state: 8)
    let plain = SimulatedChoices(cases: 200, sizes: 2...5, beta: [1, -0.5], using: &random)
    let data = try plain.data()
    let shifted = try ChoiceData(
      names: data.names, starts: data.starts, values: data.values, chosen: data.chosen,
      offsets: (0..<data.rowCount).map { row in
        900 * Double((data.starts.firstIndex { $0 > row } ?? 0) % 3 - 1)
      })
    let first = try ConditionalLogit(fitting: data)
    let second = try ConditionalLogit(fitting: shifted)
    #expect(agree(first.estimates, second.estimates, within: 1e-9))
    #expect(abs(first.logLikelihood - second.logLikelihood) < 1e-7)
    let p = shifted.probabilities(at: first.estimates)
    #expect(agree(p, data.probabilities(at: first.estimates), within: 1e-10))
  }

  @Test("the order of rows and of alternatives does not change a bit of the fit")
  func order() throws {
    let table = try ChoiceTables.travelMode()
    var random = SeededGenerator(state: 3)
    let order = Array(0..<table.rowCount).shuffled(using: &random)
    let shuffled = LongTable(
      cases: order.map { table.cases[$0] }, caseNames: table.caseNames,
      alternatives: order.map { table.alternatives[$0] },
      alternativeNames: table.alternativeNames, chosen: order.map { table.chosen[$0] },
      columns: table.columns.map { column in
        switch column.cells {
        case .numbers(let values):
          .init(name: column.name, cells: .numbers(order.map { values[$0] }))
        case .labels(let codes, let names):
          .init(name: column.name, cells: .labels(codes: order.map { codes[$0] }, names: names))
        }
      })
    let terms = UtilityTerms(terms: ["gc", "ttme"], constantsReference: "car")
    let first = try ConditionalLogit(fitting: try ChoiceData(table, terms: terms))
    let second = try ConditionalLogit(fitting: try ChoiceData(shuffled, terms: terms))
    #expect(first.coefficients == second.coefficients)
    #expect(first.logLikelihood == second.logLikelihood)
  }

  @Test("the unit of a column scales its coefficient and nothing else")
  func units() throws {
    var random = SeededGenerator(state: 21)
    let data = try SimulatedChoices(cases: 300, sizes: 3...4, beta: [1, -0.5], using: &random)
      .data()
    let scaled = try ChoiceData(
      names: data.names, starts: data.starts,
      values: data.values.indices.map { data.values[$0] * ($0 % 2 == 0 ? 1e6 : 1e-4) },
      chosen: data.chosen)
    let first = try ConditionalLogit(fitting: data)
    let second = try ConditionalLogit(fitting: scaled)
    #expect(abs(second.estimates[0] * 1e6 - first.estimates[0]) < 1e-9)
    #expect(abs(second.estimates[1] * 1e-4 - first.estimates[1]) < 1e-9)
    #expect(abs(second.logLikelihood - first.logLikelihood) < 1e-8)
  }

  @Test("a case of weight two counts as the same case twice, and as one group when grouped")
  func weights() throws {
    var random = SeededGenerator(state: 5)
    let data = try SimulatedChoices(cases: 60, sizes: 3...3, beta: [1, -0.5], using: &random).data()
    let twice = try ChoiceData(
      names: data.names, starts: (0...120).map { $0 * 3 }, values: data.values + data.values,
      chosen: data.chosen + data.chosen.map { $0 + 180 },
      clusters: (0..<120).map { Int32($0 % 60) })
    let heavy = try ChoiceData(
      names: data.names, starts: data.starts, values: data.values, chosen: data.chosen,
      weights: [Double](repeating: 2, count: 60))
    let first = try ConditionalLogit(fitting: twice)
    let second = try ConditionalLogit(fitting: heavy)
    #expect(agree(first.estimates, second.estimates, within: 1e-10))
    #expect(agree(first.covariance.values, second.covariance.values, within: 1e-12))
    #expect(agree(first.robustCovariance.values, second.robustCovariance.values, within: 1e-12))
    let plain = try ConditionalLogit(fitting: data)
    #expect(agree(plain.robustCovariance.values, second.robustCovariance.values, within: 1e-12))
  }

  @Test("a tight prior holds the coefficient, a wide one lets the data speak")
  func priors() throws {
    var random = SeededGenerator(state: 6)
    let data = try SimulatedChoices(cases: 300, sizes: 4...4, beta: [1, -0.5], using: &random)
      .data()
    let free = try ConditionalLogit(fitting: data)
    let held = try ConditionalLogit(
      fitting: data, priors: [.init(mean: 0.2, deviation: 1e-6), nil])
    #expect(abs(held.estimates[0] - 0.2) < 1e-6)
    let wide = try ConditionalLogit(
      fitting: data, priors: [.init(mean: 9, deviation: 1e6), .init(mean: 9, deviation: 1e6)])
    #expect(agree(wide.estimates, free.estimates, within: 1e-8))
    let between = try ConditionalLogit(
      fitting: data, priors: [.init(mean: 0, deviation: 0.1), nil])
    // At the maximum the slope of the likelihood balances the pull of the prior.
    let slope = data.slope(at: between.estimates)
    #expect(abs(slope[0] - between.estimates[0] / 0.01) < 1e-6)
    #expect(abs(slope[1]) < 1e-6)
    #expect(between.coefficients[0].standardError < free.coefficients[0].standardError)
  }

  @Test("a column that is the same for all alternatives is refused by name")
  func constantColumn() throws {
    let table = try ChoiceTables.travelMode()
    let data = try ChoiceData(table, terms: UtilityTerms(terms: ["gc", "hinc"]))
    #expect(throws: LogitFailure.constantWithinCases(column: "hinc")) {
      try ConditionalLogit(fitting: data)
    }
  }

  @Test("a column that others make up is refused with their names")
  func collinear() throws {
    var table = try ChoiceTables.travelMode()
    try table.derive("both", from: Formula("2 * invc - invt / 3"))
    let terms = UtilityTerms(terms: ["gc", "invc", "invt", "both"])
    let data = try ChoiceData(table, terms: terms)
    #expect(throws: LogitFailure.collinear(column: "both", with: ["invc", "invt"])) {
      try ConditionalLogit(fitting: data)
    }
    // With a prior the column may stay: the prior shares the weight out.
    let fit = try ConditionalLogit(
      fitting: data, priors: [nil, nil, nil, .init(mean: 0, deviation: 1)])
    #expect(fit.estimates.allSatisfy { $0.isFinite })
  }

  @Test("an alternative that is never chosen separates, and its constant is named")
  func separated() throws {
    let table = try ChoiceTables.travelMode()
    let bus = try #require(table.alternativeNames.firstIndex(of: "bus"))
    let neverBus = Set(
      (0..<table.rowCount).filter { table.chosen[$0] && Int(table.alternatives[$0]) == bus }
        .map { table.cases[$0] })
    let data = try ChoiceData(
      table, terms: UtilityTerms(terms: ["gc", "ttme"], constantsReference: "car"),
      keep: table.cases.map { !neverBus.contains($0) })
    #expect(throws: LogitFailure.separated(columns: ["bus"])) {
      try ConditionalLogit(fitting: data)
    }
    let fit = try ConditionalLogit(
      fitting: data, priors: [nil, nil, .init(mean: 0, deviation: 2), nil, nil])
    #expect(fit.estimates[2] < 0)
  }

  @Test("a column that is always highest at the choice separates completely")
  func completelySeparated() throws {
    var random = SeededGenerator(state: 12)
    let plain = SimulatedChoices(cases: 40, sizes: 3...3, beta: [0.5], using: &random)
    var values: [Double] = []
    for row in 0..<120 {
      values.append(plain.values[row])
      values.append(plain.chosen.contains(row) ? random.uniform() + 1 : random.uniform())
    }
    let data = try ChoiceData(
      names: ["x", "sign"], starts: plain.starts, values: values, chosen: plain.chosen)
    let failure = #expect(throws: LogitFailure.self) { try ConditionalLogit(fitting: data) }
    guard case .separated(let columns)? = failure else {
      Issue.record("a separated table was fitted or refused for another reason")
      return
    }
    #expect(columns.contains("sign"))
  }

  @Test("strong but overlapping effects are fitted, not called separated", arguments: 1...10)
  func strong(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let data = try SimulatedChoices(cases: 400, sizes: 3...4, beta: [5, -4], using: &random).data()
    let fit = try ConditionalLogit(fitting: data)
    for (coefficient, truth) in zip(fit.coefficients, [5.0, -4]) {
      #expect(abs(coefficient.estimate - truth) < 4.5 * coefficient.standardError)
    }
  }

  @Test("400 simulated tables are recovered: 95 % intervals hold the truth 92 to 98 times in 100")
  func recovery() throws {
    let truth = [0.8, -0.5, 0.3]
    var inside = 0
    var insideRobust = 0
    for seed in 0..<400 {
      var random = SeededGenerator(state: UInt64(seed) &* 7919 &+ 17)
      let data = try SimulatedChoices(cases: 150, sizes: 3...6, beta: truth, using: &random).data()
      let fit = try ConditionalLogit(fitting: data)
      for (coefficient, value) in zip(fit.coefficients, truth) {
        let distance = abs(coefficient.estimate - value)
        if distance <= 1.959964 * coefficient.standardError { inside += 1 }
        if distance <= 1.959964 * coefficient.robustStandardError { insideRobust += 1 }
      }
    }
    #expect((0.92...0.98).contains(Double(inside) / 1200))
    #expect((0.92...0.98).contains(Double(insideRobust) / 1200))
  }
}
