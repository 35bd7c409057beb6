import Calibration
import Testing

/// Fits that textbooks print and other programs compute (statsmodels 0.15.0, mlogit 2.0-0).
@Suite struct PublishedLogitTests {
  private let travelTerms = UtilityTerms(
    terms: ["gc", "ttme"], constantsReference: "car",
    caseTerms: [.init("hinc:air")])

  @Test("Greene's TravelMode gives his conditional logit, with classical and robust errors")
  func travelMode() throws {
    try checkTravelMode(try ChoiceData(try ChoiceTables.travelMode(), terms: travelTerms))
  }

  @Test(
    "the TravelMode table of another package gives the same",
    .enabled(if: ChoiceTables.hasShared("TravelMode.csv"), "needs ../shared/data/choice"))
  func travelModeShared() throws {
    let table = try ChoiceTables.shared(
      "TravelMode.csv", caseColumn: "individual", alternativeColumn: "mode")
    let terms = UtilityTerms(
      terms: ["gcost", "wait"], constantsReference: "car", caseTerms: [.init("income:air")])
    try checkTravelMode(try ChoiceData(table, terms: terms))
  }

  private func checkTravelMode(_ data: ChoiceData) throws {
    let fit = try ConditionalLogit(fitting: data)
    #expect(data.caseCount == 210)
    #expect(Array(data.names.prefix(3)) == ["air", "train", "bus"])
    #expect(abs(fit.logLikelihood - -199.128369) < 1e-6)
    #expect(abs(fit.nullLogLikelihood - -291.121816) < 1e-6)
    #expect((5...10).contains(fit.iterations))
    #expect(
      meets(
        fit.estimates,
        printed: [5.20744330, 3.86904270, 3.16319421, -0.01550153, -0.09612480, 0.01328703],
        digits: 8))
    #expect(
      agree(
        fit.coefficients.map(\.standardError),
        [0.77905514, 0.44312685, 0.45026593, 0.00440799, 0.01043985, 0.01026241], within: 1e-7))
    #expect(
      agree(
        fit.coefficients.map(\.robustStandardError),
        [0.97881581, 0.51745828, 0.54625796, 0.00494755, 0.01506020, 0.00927340], within: 1e-7))
  }

  @Test("with population shares as weights TravelMode gives Greene's choice-based column")
  func travelModeWeighted() throws {
    try checkWeighted(try ChoiceTables.travelMode(), terms: travelTerms)
  }

  @Test(
    "the other TravelMode table gives the same weighted fit",
    .enabled(if: ChoiceTables.hasShared("TravelMode.csv"), "needs ../shared/data/choice"))
  func travelModeWeightedShared() throws {
    let table = try ChoiceTables.shared(
      "TravelMode.csv", caseColumn: "individual", alternativeColumn: "mode")
    let terms = UtilityTerms(
      terms: ["gcost", "wait"], constantsReference: "car", caseTerms: [.init("income:air")])
    try checkWeighted(table, terms: terms)
  }

  private func checkWeighted(_ source: LongTable, terms: UtilityTerms) throws {
    var table = source
    var counts = [0.0, 0, 0, 0]
    for row in 0..<table.rowCount where table.chosen[row] {
      counts[Int(table.alternatives[row])] += 1
    }
    let population = ["air": 0.14, "train": 0.13, "bus": 0.09, "car": 0.64]
    let share = try table.alternativeNames.map { try #require(population[$0]) }
    // w = Q/H of the alternative in the row; the chosen row's counts.
    let parts = table.alternativeNames.indices.map { position in
      "(mode == '\(table.alternativeNames[position])') * \(share[position] / (counts[position] / 210))"
    }
    try table.derive("w", from: Formula(parts.joined(separator: " + ")))
    let data = try ChoiceData(table, terms: terms, weights: "w")
    #expect(abs(data.weights.reduce(0, +) - 210) < 1e-9)
    let fit = try ConditionalLogit(fitting: data)
    #expect(abs(fit.logLikelihood - -147.589553) < 1e-6)
    #expect(
      meets(
        fit.estimates,
        printed: [6.59403308, 3.61895406, 3.32180778, -0.01333260, -0.13404655, -0.00107591],
        digits: 8))
    #expect(
      agree(
        fit.coefficients.map(\.robustStandardError),
        [1.16964153, 0.60146028, 0.62140646, 0.00489900, 0.01836975, 0.00995969], within: 1e-7))
  }

  @Test(
    "ModeCanada without bus gives the mlogit vignette's coefficients and the sample's shares",
    .enabled(if: ChoiceTables.hasShared("ModeCanada.csv"), "needs ../shared/data/choice"))
  func modeCanada() throws {
    var table = try ChoiceTables.shared(
      "ModeCanada.csv", caseColumn: "case", alternativeColumn: "alt")
    try table.derive("time", from: Formula("ivt + ovt"))
    let keep = try Formula("noalt == 4 && alt != bus").flags(in: table)
    let data = try ChoiceData(
      table,
      terms: UtilityTerms(
        terms: ["cost", "freq"], constantsReference: "car", caseTerms: [.init("income")],
        byAlternative: ["time"]),
      keep: keep)
    let fit = try ConditionalLogit(fitting: data)
    #expect(data.caseCount == 2769)
    let expected = [
      ("train", -0.97034440), ("air", -1.89856552), ("cost", -0.02849715), ("freq", 0.07402902),
      ("income:train", -0.00646892), ("income:air", 0.02824632), ("time:car", -0.01402405),
      ("time:train", -0.01096877), ("time:air", -0.01755120),
    ]
    #expect(fit.coefficients.count == expected.count)
    for (name, value) in expected {
      let found = try #require(fit.coefficients.first { $0.name == name })
      #expect(meets([found.estimate], printed: [value], digits: 8))
    }
    #expect(abs(fit.logLikelihood - -1951.343731) < 1e-6)
    let p = data.probabilities(at: fit.estimates)
    for (name, share) in [("car", 0.457566), ("train", 0.167208), ("air", 0.375226)] {
      let code = try #require(table.alternativeNames.firstIndex(of: name))
      let mean =
        (0..<data.rowCount).filter { Int(data.alternatives[$0]) == code }
        .reduce(0) { $0 + p[$1] } / 2769
      #expect(abs(mean - share) < 5e-7)
    }
  }
}
