import Matching
import Testing

@Suite struct LUDecompositionTests {
  @Test("a solution put back into its system gives the right-hand side", arguments: [1, 2, 7, 40])
  func solves(size: Int) throws {
    var random = SeededGenerator(state: UInt64(size))
    var matrix = Matrix(rows: size, columns: size)
    for index in matrix.values.indices {
      matrix.values[index] = Double.random(in: -1...1, using: &random)
    }
    let right = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
    let split = try LUDecomposition(matrix)
    #expect(agree(matrix.times(split.solve(right)), right, within: 1e-10))
    let transposed = matrix.transposed.times(split.solveTransposed(right))
    #expect(agree(transposed, right, within: 1e-10))
    let unit = matrix.times(split.inverse())
    #expect(agree(unit.values, Matrix.identity(size).values, within: 1e-10))
  }

  @Test("a zero in the first pivot is exchanged, not divided by")
  func exchanges() throws {
    let split = try LUDecomposition(Matrix([[0, 2], [3, 1]]))
    #expect(agree(split.solve([4, 7]), [5.0 / 3, 2], within: 1e-15))
  }

  @Test("a singular matrix is refused with the unknown that hangs on the others")
  func singular() {
    #expect(throws: NumericsFailure.singular(unknown: 2)) {
      try LUDecomposition(Matrix([[1, 2, 3], [4, 5, 6], [5, 7, 9]]))
    }
    #expect(throws: NumericsFailure.singular(unknown: 0)) { try LUDecomposition(Matrix([[0]])) }
  }

  @Test("what is not a square of finite numbers is refused with the cell")
  func refusals() {
    #expect(throws: NumericsFailure.sizeMismatch(expected: 1, found: 2)) {
      try LUDecomposition(Matrix([[1, 2]]))
    }
    #expect(throws: NumericsFailure.empty) { try LUDecomposition(Matrix([])) }
    #expect(throws: NumericsFailure.notFinite(row: 1, column: 0)) {
      try LUDecomposition(Matrix([[1, 0], [.nan, 1]]))
    }
  }
}
