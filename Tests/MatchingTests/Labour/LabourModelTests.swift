import Atlas
import Testing

@testable import Matching

@Suite struct LabourModelTests {
  @Test("a card without one of its names is refused and the name is said")
  func missing() {
    #expect(throws: CardError.missing(card: "labour", name: "commuteDecay")) {
      try LabourModel(LabourCards.table(without: ["commuteDecay"]), occupations: [])
    }
  }

  @Test("a misspelt name is refused with its line")
  func misspelt() {
    #expect(throws: CardError.unknownKey(card: "labour", name: "comuteDecay", line: 99)) {
      try LabourModel(LabourCards.table(adding: ["comuteDecay"]), occupations: [])
    }
  }

  @Test(
    "a share above one and a decay of zero are refused",
    arguments: [("offerAcceptance", 1.2), ("commuteDecay", 0), ("commuteSpeed", -3)])
  func outOfRange(name: String, value: Double) throws {
    let error = #expect(throws: CardError.self) {
      try LabourModel(LabourCards.table([name: value]), occupations: [])
    }
    guard case .outOfRange(_, name, _, _) = error else {
      Issue.record("expected a range error for \(name)")
      return
    }
  }

  @Test("a cap written in per cent is the same cap")
  func percent() throws {
    var entries = LabourCards.table(without: ["wagePremiumCap"]).entries
    entries.append(
      (
        "wagePremiumCap",
        Parameter(value: 60, low: 30, high: 80, unit: "%", source: "", evidence: .assumed), 1
      ))
    let model = try LabourModel(
      ParameterTable(card: "labour", entries: entries), occupations: [])
    #expect(model.wagePremiumCap.span == Span(low: 0.3, base: 0.6, high: 0.8))
  }

  @Test("two occupations may not share out more people than their group has")
  func overfull() {
    let part = Parameter(value: 0.5, low: 0.4, high: 0.6, unit: "", source: "", evidence: .assumed)
    let occupations = ["a", "b"].map {
      Occupation(id: $0, name: Phrase(same: $0), group: "g", shareOfGroup: part)
    }
    #expect(throws: CardError.self) {
      try LabourModel(LabourCards.table(), occupations: occupations)
    }
  }
}
