import Matching
import Testing

@Suite struct LocationQuotientTests {
  @Test("EconGeo's example gives its location quotients")
  func econGeo() {
    let quotients = locationQuotients(of: econGeoExample)
    let expected = [
      5, 0, 0, 0, 0, 0, 0.75, 0.25, 3.5, 0.5, 0, 1, 0.5, 1, 2.5, 0, 1.25, 1.5, 0.25, 2, 0, 2, 2.75,
      0.25, 0,
    ]
    #expect(agree(quotients.compactMap { $0 }, expected, within: 1e-12))
  }

  @Test("ecomplexity's revealed comparative advantage is the same number")
  func ecomplexity() throws {
    let exports = Matrix([
      [30, 20, 10, 5, 1], [10, 25, 15, 2, 3], [5, 5, 40, 10, 0], [2, 1, 8, 30, 9],
      [1, 0, 3, 12, 20], [40, 10, 2, 1, 1],
    ])
    let advantage = locationQuotients(of: exports).compactMap { $0 }
    let first = [1.65805785, 1.59463487, 0.62354312, 0.40530303, 0.14304813]
    #expect(agree(Array(advantage[0..<5]), first, within: 5e-9))
    #expect(abs(advantage[25] - 2.7020202) < 5e-8)
  }

  @Test("a place without anything and a segment nobody has are unknown, not zero")
  func unknown() {
    let quotients = locationQuotients(of: Matrix([[0, 0, 0], [4, 0, 2]]))
    #expect(quotients[0..<3].allSatisfy { $0 == nil })
    #expect(quotients[4] == nil)
    #expect(quotients[3] == 1)
  }

  @Test("shrinking pulls a tiny place to one and leaves a large one alone")
  func shrunken() throws {
    func quotient(_ local: Double, _ total: Double) -> Double? {
      shrunkenLocationQuotient(
        local: local, localTotal: total, reference: 1_000, referenceTotal: 100_000, shrinkBy: 500)
    }
    #expect(try #require(quotient(0, 0)) == 1)
    // ((10 + 500·0.01)/(20 + 500))/0.01, by hand.
    #expect(abs(try #require(quotient(10, 20)) - 15.0 / 520 / 0.01) < 1e-12)
    #expect(abs(try #require(quotient(40_000, 1_000_000)) - 4) < 0.01)
    #expect(
      shrunkenLocationQuotient(
        local: 0, localTotal: 9, reference: 0, referenceTotal: 9, shrinkBy: 500) == nil)
  }

  @Test("Flegg's size factor has the checked values")
  func sizeFactor() throws {
    func lambda(_ share: Double) -> Double? {
      FleggLocationQuotient.sizeFactor(localTotal: share, nationalTotal: 1, delta: 0.3)
    }
    // Printed …7724; the exact value is 0.55143477233, so one unit of the last digit is allowed.
    #expect(abs(try #require(lambda(0.10)) - 0.5514347724) < 1e-10)
    #expect(abs(try #require(lambda(0.02)) - 0.3441669838) < 5e-11)
    #expect(lambda(0) == nil)
    #expect(lambda(1.1) == nil)
  }

  @Test("Flegg's coefficients never exceed the nation's and use the own quotient on the diagonal")
  func flegg() throws {
    let place = try #require(FleggLocationQuotient(local: [30, 10, 0], national: [100, 200, 100]))
    #expect(try #require(place.simple[0]) == 3)
    #expect(try #require(place.crossIndustry(supplier: 0, buyer: 0)) == 3)
    #expect(abs(try #require(place.crossIndustry(supplier: 0, buyer: 1)) - 6) < 1e-12)
    #expect(place.crossIndustry(supplier: 0, buyer: 2) == nil)
    let own = try #require(place.regionalCoefficient(national: 0.2, supplier: 0, buyer: 1))
    #expect(own == 0.2)
    let weak = try #require(place.regionalCoefficient(national: 0.2, supplier: 1, buyer: 0))
    #expect(abs(weak - 0.2 * place.lambda / 6) < 1e-12)
  }
}

/// The places × industries of EconGeo's documentation.
let econGeoExample = Matrix([
  [100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40],
  [0, 40, 55, 5, 0],
])
