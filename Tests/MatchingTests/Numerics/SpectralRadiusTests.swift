import Matching
import Testing

@Suite struct SpectralRadiusTests {
  @Test(
    "known radii are found, also where a power iteration would turn in circles",
    arguments: [
      (Matrix([[0, 1], [1, 0]]), 1), (Matrix([[0, 1], [0, 0]]), 0),
      (Matrix([[0.5, 0], [0, -0.75]]), 0.75), (Matrix([[0, -1], [1, 0]]), 1),
      // λ² − 0.2λ − 0.0425 = 0
      (Matrix([[0.15, 0.25], [0.2, 0.05]]), 0.1 + 0.0525.squareRoot()),
    ] as [(Matrix, Double)])
  func known(matrix: Matrix, radius: Double) throws {
    #expect(abs(try spectralRadius(of: matrix) - radius) < 1e-10)
  }

  @Test("the pivots say productive exactly when the radius is below one", arguments: 1...60)
  func hawkinsSimon(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    var matrix = productiveMatrix(size: 6, seed: seed)
    let stretch = Double.random(in: 0.5...2.5, using: &random)
    for index in matrix.values.indices { matrix.values[index] *= stretch }
    let radius = try spectralRadius(of: matrix)
    #expect((try firstUnproductiveSector(of: matrix) == nil) == (radius < 1))
  }
}
