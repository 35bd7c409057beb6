import Matching
import Testing

@Suite struct EconomicComplexityTests {
  @Test("ecomplexity's ECI, PCI and outlook are met")
  func published() throws {
    let found = try #require(
      EconomicComplexity(presence: nestedPresence, places: 6, segments: 5))
    #expect(
      agree(
        found.placeComplexity,
        [0.16598291, 0.69907944, 0.21886316, -0.99032005, -1.53856708, 1.44496162], within: 5e-9))
    #expect(
      agree(
        found.segmentComplexity,
        [-1.53856708, 0.53401017, 1.6611464, 2.13972828, -1.96640323], within: 5e-9))
    let outlook = try #require(found.outlook)
    #expect(abs(outlook[0] - 0.19371935) < 5e-9)
    #expect(abs(outlook[3] - 1.58311489) < 5e-9)
    // The formula of py-ecomplexity's calc_coi_cog, computed with numpy on the same table.
    #expect(
      agree(
        Array(found.outlookGain[10..<20]),
        [0, 0, 0, 0.3185785475, -0.7078391135, 0, 0, 0.8928587612, 0.9425743043, 0],
        within: 5e-9))
  }

  @Test("the order of places does not matter")
  func order() throws {
    let first = try #require(
      EconomicComplexity(presence: nestedPresence, places: 6, segments: 5))
    var reversed: [Bool] = []
    for place in (0..<6).reversed() { reversed += nestedPresence[place * 5..<place * 5 + 5] }
    let second = try #require(EconomicComplexity(presence: reversed, places: 6, segments: 5))
    #expect(agree(first.placeComplexity, second.placeComplexity.reversed(), within: 1e-9))
  }

  @Test("an empty place, a segment nobody has and a table that falls apart have no complexity")
  func unknown() {
    func complexity(_ rows: [[Int]]) -> EconomicComplexity? {
      EconomicComplexity(
        presence: rows.flatMap { $0.map { $0 == 1 } }, places: rows.count,
        segments: rows[0].count)
    }
    #expect(complexity([[1, 1], [0, 0]]) == nil)
    #expect(complexity([[1, 0], [1, 0]]) == nil)
    #expect(complexity([[1, 0], [0, 1]]) == nil)
    #expect(complexity([[1, 1], [1, 1]]) == nil)
    #expect(complexity([[1]]) == nil)
  }
}
