import Matching
import Testing

@Suite struct CooccurrenceRelatednessTests {
  private let table = CooccurrenceRelatedness(presence: nestedPresence, places: 6, segments: 5)

  @Test("EconGeo's counts of joint presence are met")
  func counts() {
    var upper: [Double] = []
    for first in 0..<5 {
      for second in first + 1..<max(5, first + 1) { upper.append(table.counts[first, second]) }
    }
    #expect(upper == [4, 3, 2, 2, 4, 3, 2, 3, 1, 1])
    #expect((0..<5).allSatisfy { table.counts[$0, $0] == 0 })
  }

  @Test("EconGeo's four relatednesses are met")
  func methods() {
    let probability = table.relatedness(.probability)
    #expect(abs(probability[0, 1] - 1.0622009569) < 5e-11)
    #expect(abs(probability[0, 4] - 1.2530120482) < 5e-11)
    #expect(abs(probability[2, 3] - 1.2113636364) < 5e-11)
    #expect(abs(probability[2, 4] - 0.6265060241) < 5e-11)
    #expect(abs(table.relatedness(.association)[0, 1] - 1.3986013986) < 5e-11)
    #expect(abs(table.relatedness(.cosine)[0, 1] - 0.3344968040) < 5e-11)
    #expect(abs(table.relatedness(.jaccard)[0, 1] - 0.2) < 1e-15)
    #expect(abs(table.relatedness(.jaccard)[2, 4] - 0.0625) < 1e-15)
  }

  @Test("EconGeo's density of the third place is met")
  func density() {
    let found = CooccurrenceRelatedness.density(
      presence: nestedPresence, places: 6, relatedness: table.relatedness(.probability))
    let third = found[10..<15].compactMap { $0.map { $0 * 100 } }
    #expect(agree(third, [49.62, 51.16, 52.47, 79.33, 78.73], within: 5e-3))
  }

  @Test("a segment that never meets another is related to nothing and has no density")
  func isolated() {
    let alone = CooccurrenceRelatedness(
      presence: [true, false, false, false, true, true], places: 2, segments: 3)
    for method in CooccurrenceRelatedness.Method.allCases {
      let related = alone.relatedness(method)
      #expect(related.values.allSatisfy { $0.isFinite })
      #expect(
        CooccurrenceRelatedness.density(
          presence: [true, false, false, false, true, true], places: 2, relatedness: related)[0]
          == nil)
    }
  }
}
