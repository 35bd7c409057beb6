import Calibration
import Testing

@Suite struct PriorUpdateTests {
  @Test("data move a wide prior and hardly a tight one, and the share learned says so")
  func moves() throws {
    var random = SeededGenerator(state: 50)
    let data = try SimulatedChoices(cases: 400, sizes: 4...4, beta: [1, -0.5], using: &random)
      .data()
    let priors: [ConditionalLogit.Prior?] = [
      .init(mean: 0, deviation: 2), .init(mean: 0.5, deviation: 0.001),
    ]
    let fit = try ConditionalLogit(fitting: data, priors: priors)
    let updates = PriorUpdate.list(fit, priors: priors, data: data)
    #expect(updates.map(\.name) == ["x0", "x1"])
    #expect(updates.allSatisfy { $0.cases == 400 })
    #expect(updates[0].learned > 0.99)
    #expect(abs(updates[0].move - fit.estimates[0] / 2) < 1e-12)
    #expect(updates[1].learned < 0.01)
    #expect(abs(updates[1].estimate - 0.5) < 0.01)
    #expect(PriorUpdate.list(fit, priors: [nil, nil], data: data).isEmpty)
  }

  @Test("a column counts the cases in which it differs between alternatives")
  func varying() throws {
    let data = try ChoiceData(
      names: ["a", "b"], starts: [0, 2, 4], values: [1, 5, 2, 5, 3, 6, 3, 5], chosen: [0, 3])
    #expect(data.varyingCases == [1, 1])
  }
}
