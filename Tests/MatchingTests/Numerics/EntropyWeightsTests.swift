import Matching
import Testing

@Suite struct EntropyWeightsTests {
  @Test("Hwang and Yoon's fighters have the checked entropies and weights")
  func published() throws {
    let found = try EntropyWeights(of: fighters)
    #expect(
      agree(
        found.entropies, [0.994689, 0.982948, 0.998888, 0.993271, 0.970323, 0.977141],
        within: 5e-7))
    #expect(
      agree(
        found.weights, [0.064190, 0.206088, 0.013445, 0.081326, 0.358680, 0.276272],
        within: 5e-7))
    #expect(found.shifted.isEmpty)
  }

  @Test("a constant column weighs nothing, and when all are constant they weigh the same")
  func constant() throws {
    let one = try EntropyWeights(of: Matrix([[5, 1], [5, 3], [5, 2]]))
    #expect(one.weights == [0, 1])
    let all = try EntropyWeights(of: Matrix([[5, 0], [5, 0]]))
    #expect(all.weights == [0.5, 0.5])
    #expect(try EntropyWeights(of: Matrix([[4, 2]])).weights == [0.5, 0.5])
  }

  @Test("a negative column is shifted by its smallest value, and that is said")
  func negative() throws {
    let shifted = try EntropyWeights(of: Matrix([[-1, 1], [0, 3], [1, 2]]))
    let plain = try EntropyWeights(of: Matrix([[0, 1], [1, 3], [2, 2]]))
    #expect(shifted.shifted == [0])
    #expect(agree(shifted.weights, plain.weights, within: 1e-15))
  }
}
