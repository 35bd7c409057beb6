import Matching
import Testing

@Suite struct LogAdditiveScoreTests {
  @Test(
    "the parts add up to the logarithm to the last bit, and the score is their product of powers")
  func exact() throws {
    var random = SeededGenerator(state: 11)
    for _ in 0..<500 {
      let score = LogAdditiveScore(
        [("gap", 0.40), ("criticality", 0.35), ("feasibility", 0.25)].map {
          .init(name: $0.0, value: Double.random(in: 0.01...1, using: &random), weight: $0.1)
        })
      var sum = 0.0
      for part in score.parts { sum += try #require(part.contribution) }
      #expect(sum == score.logarithm)
      #expect(try #require(score.value) <= 1)
    }
    let equal = LogAdditiveScore([
      .init(name: "a", value: 0.25, weight: 0.5), .init(name: "b", value: 0.64, weight: 0.5),
    ])
    #expect(abs(try #require(equal.value) - 0.4) < 1e-15)
  }

  @Test("an unknown part makes the score unknown and is named")
  func unknown() {
    let score = LogAdditiveScore([
      .init(name: "gap", value: 0.5, weight: 0.4), .init(name: "density", value: nil, weight: 0.6),
      .init(name: "criticality", value: 0, weight: 0.1),
    ])
    #expect(score.value == nil)
    #expect(score.missing == ["density", "criticality"])
    #expect(LogAdditiveScore([]).value == nil)
  }
}
