import Matching
import Testing

@Suite struct ConcentrationTests {
  @Test("EconGeo's example gives its Herfindahl indices and entropies")
  func econGeo() throws {
    let rows = try (0..<5).map { row in
      try #require(Concentration(amounts: Array(econGeoExample.row(row))))
    }
    #expect(agree(rows.map(\.herfindahl), [1, 0.525, 0.340, 0.315, 0.465], within: 1e-12))
    #expect(agree(rows.map(\.entropyBits), [0, 1.319, 1.761, 1.766, 1.219], within: 5e-4))
  }

  @Test("n equal suppliers count as n, and one with a crumb beside it as barely more than one")
  func effective() throws {
    #expect(try #require(Concentration(amounts: [3, 3, 3, 3, 0])).effectiveSuppliers == 4)
    let crumb = try #require(Concentration(amounts: [99, 1])).effectiveSuppliers
    #expect(crumb > 1 && crumb < 1.03)
  }

  @Test("no supplier, or a negative amount, has no concentration")
  func unknown() {
    #expect(Concentration(amounts: []) == nil)
    #expect(Concentration(amounts: [0, 0]) == nil)
    #expect(Concentration(amounts: [1, -1]) == nil)
    #expect(Concentration(amounts: [1, .nan]) == nil)
  }
}
