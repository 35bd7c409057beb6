import Calibration
import Testing

@Suite struct CovarianceTests {
  @Test("a solution put back gives the right-hand side, and the inverse is one", arguments: 1...9)
  func solves(size: Int) throws {
    var random = SeededGenerator(state: UInt64(size))
    let half = (0..<size * size).map { _ in random.normal() }
    var table = Covariance(size: size)
    for row in 0..<size {
      for column in 0..<size {
        for k in 0..<size { table[row, column] += half[row * size + k] * half[column * size + k] }
      }
      table[row, row] += 0.1
    }
    let split = try #require(CholeskyDecomposition(table))
    let right = (0..<size).map { _ in random.normal() }
    let x = split.solve(right)
    let inverse = split.inverse()
    for row in 0..<size {
      let back = (0..<size).reduce(0.0) { $0 + table[row, $1] * x[$1] }
      #expect(abs(back - right[row]) < 1e-9)
      for column in 0..<size {
        let unit = (0..<size).reduce(0.0) { $0 + table[row, $1] * inverse[$1, column] }
        #expect(abs(unit - (row == column ? 1 : 0)) < 1e-8)
      }
    }
  }

  @Test("draws through the triangle have the covariance they should")
  func draws() throws {
    let table = Covariance(size: 2, values: [4, -1, -1, 0.5])
    let split = try #require(CholeskyDecomposition(table))
    var random = SeededGenerator(state: 3)
    var sums = [0.0, 0, 0]
    for _ in 0..<40_000 {
      let x = split.times([random.normal(), random.normal()])
      sums[0] += x[0] * x[0] / 40_000
      sums[1] += x[0] * x[1] / 40_000
      sums[2] += x[1] * x[1] / 40_000
    }
    #expect(agree(sums, [4, -1, 0.5], within: 0.1))
  }

  @Test("what is no covariance has no triangle; units do not matter")
  func indefinite() {
    #expect(CholeskyDecomposition(Covariance(size: 2, values: [1, 2, 2, 1])) == nil)
    #expect(CholeskyDecomposition(Covariance(size: 2, values: [1, 1, 1, 1])) == nil)
    #expect(CholeskyDecomposition(Covariance(size: 1, values: [.nan])) == nil)
    #expect(CholeskyDecomposition(Covariance(size: 2, values: [1e-20, 0, 0, 1e20])) != nil)
  }

  @Test("a form is the sum over all cells")
  func form() {
    #expect(Covariance(size: 2, values: [4, -1, -1, 0.5]).form([1, 2]) == 4 - 4 + 2)
    #expect(Covariance(size: 2, values: [4, -1, -1, 9]).standardErrors == [2, 3])
  }
}
