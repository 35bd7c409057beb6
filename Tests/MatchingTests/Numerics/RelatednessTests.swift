import Matching
import Testing

/// Six places × five segments; places 1 and 5 of the printed density rows.
let nestedPresence = [
  [1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [1, 1, 1, 0, 0], [1, 1, 0, 0, 1], [1, 0, 0, 0, 0],
  [0, 1, 1, 1, 0],
].flatMap { $0.map { $0 == 1 } }

@Suite struct RelatednessTests {
  private let table = Relatedness(presence: nestedPresence, places: 6, segments: 5)

  @Test("ecomplexity's proximities are met")
  func proximity() {
    let expected = [0.8, 0.6, 0.4, 0.4, 0.8, 0.6, 0.4, 0.75, 0.25, 1.0 / 3]
    var found: [Double] = []
    for first in 0..<5 {
      for second in first + 1..<max(5, first + 1) {
        found.append(table.proximity[first * 5 + second] ?? .nan)
      }
    }
    #expect(agree(found, expected, within: 1e-12))
  }

  @Test("ecomplexity's densities are met with the diagonal kept")
  func density() {
    let density = table.density(diagonal: .kept).compactMap { $0 }
    #expect(density.count == 30)
    #expect(
      agree(
        Array(density[5..<10]), [0.875, 0.88888889, 0.92647059, 0.89189189, 0.58041958],
        within: 5e-9))
    #expect(
      agree(
        Array(density[20..<25]), [0.3125, 0.22222222, 0.17647059, 0.12972973, 0.16783217],
        within: 5e-9))
  }

  @Test("for an absent segment only the denominator differs by one between the two densities")
  func diagonals() throws {
    let kept = table.density(diagonal: .kept)
    let leftOut = table.density(diagonal: .leftOut)
    for index in nestedPresence.indices where !nestedPresence[index] {
      let segment = index % 5
      let total = (0..<5).reduce(0.0) { $0 + (table.proximity[segment * 5 + $1] ?? 0) }
      let expected = try #require(kept[index]) * total / (total - 1)
      #expect(abs(try #require(leftOut[index]) - expected) < 1e-12)
    }
  }

  @Test("a segment nobody has, and one that appears alone, have no density instead of zero")
  func isolated() {
    let alone = Relatedness(
      presence: [true, false, false, false, true, true].map { $0 } + [false, true, true],
      places: 3, segments: 3)
    #expect(alone.density(diagonal: .leftOut)[0] == nil)
    #expect(alone.density(diagonal: .kept)[0] == 1)
    let absent = Relatedness(presence: [true, false], places: 1, segments: 2)
    #expect(absent.proximity[3] == nil)
    #expect(absent.density(diagonal: .kept)[1] == nil)
    let empty = Relatedness(presence: [false, false, true, true], places: 2, segments: 2)
    #expect(empty.density(diagonal: .leftOut)[0] == 0)
  }
}
