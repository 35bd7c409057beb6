import Matching
import Testing

@Suite struct MatrixTests {
  private let matrix = Matrix([[1, 2, 3], [4, 5, 6]])

  @Test("cells, rows, sums and the transpose lie where they should")
  func layout() {
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(matrix.rowSums == [6, 15])
    #expect(matrix.columnSums == [5, 7, 9])
    #expect(matrix.transposed == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(Matrix([]).columnSums.isEmpty)
  }

  @Test("products are those worked out by hand")
  func products() {
    #expect(matrix.times(matrix.transposed) == Matrix([[14, 32], [32, 77]]))
    #expect(matrix.times([1, 0, -1]) == [-2, -2])
    #expect(matrix.times(.identity(3)) == matrix)
  }

  @Test("a bad cell is said by its place")
  func checks() {
    #expect(throws: NumericsFailure.negative(row: 1, column: 1)) {
      try Matrix([[1, 2], [3, -4]]).requireNonNegative()
    }
    #expect(throws: NumericsFailure.notFinite(row: 0, column: 1)) {
      try Matrix([[1, .infinity], [3, -4]]).requireNonNegative()
    }
  }
}
