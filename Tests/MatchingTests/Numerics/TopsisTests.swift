import Matching
import Testing

@Suite struct TopsisTests {
  @Test("Hwang and Yoon's fighters have the printed closeness")
  func published() throws {
    let found = try topsis(of: fighters, weights: fighterWeights, directions: fighterDirections)
    #expect(
      agree(found.compactMap { $0 }, [0.643277, 0.268384, 0.613542, 0.312291], within: 5e-7))
  }

  @Test("a row that is best everywhere has 1 and the worst 0")
  func extremes() throws {
    let found = try topsis(
      of: Matrix([[3, 1], [1, 9], [2, 5]]), weights: [1, 1], directions: [.benefit, .cost])
    #expect(found[0] == 1)
    #expect(found[1] == 0)
  }

  @Test("rows that are all equal are neither near nor far")
  func equal() throws {
    let found = try topsis(
      of: Matrix([[3, 0], [3, 0]]), weights: [1, 1], directions: [.benefit, .benefit])
    #expect(found == [nil, nil])
  }
}
