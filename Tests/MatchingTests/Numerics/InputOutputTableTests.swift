import Matching
import Testing

/// Miller and Blair's two sectors, as pymrio 0.7.0 computes them.
private let flows = Matrix([[150, 500], [200, 100]])
private let output = [1000.0, 2000]

@Suite struct InputOutputTableTests {
  @Test("Miller and Blair's two sectors give the printed A, L and G")
  func published() throws {
    let table = try InputOutputTable(flows: flows, output: output)
    #expect(agree(table.coefficients.values, [0.15, 0.25, 0.2, 0.05], within: 1e-15))
    #expect(
      agree(
        try table.leontiefInverse().values,
        [1.25412541, 0.33003300, 0.26402640, 1.12211221], within: 5e-9))
    #expect(
      agree(
        try table.ghoshInverse().values,
        [1.25412541, 0.66006601, 0.13201320, 1.12211221], within: 5e-9))
  }

  @Test("Miller and Blair's two sectors give the printed linkages")
  func publishedLinkages() throws {
    let table = try InputOutputTable(flows: flows, output: output)
    let backward = try table.backwardLinkages()
    #expect(agree(backward, [1.51815182, 1.45214521], within: 5e-9))
    #expect(agree(try table.forwardLinkages(), [1.91419142, 1.25412541], within: 5e-9))
    #expect(
      agree(InputOutputTable.normalised(backward), [1.02222222, 0.97777778], within: 5e-9))
  }

  @Test("linkages solved without inverting equal the sums of the inverses", arguments: 1...8)
  func linkagesAgree(size: Int) throws {
    let a = productiveMatrix(size: size, seed: UInt64(size))
    var random = SeededGenerator(state: 99)
    let demand = (0..<size).map { _ in Double.random(in: 1...9, using: &random) }
    var identityMinus = Matrix.identity(size)
    for index in a.values.indices { identityMinus.values[index] -= a.values[index] }
    let x = try LUDecomposition(identityMinus).solve(demand)
    let table = try InputOutputTable(coefficients: a, output: x)
    #expect(
      agree(try table.backwardLinkages(), try table.leontiefInverse().columnSums, within: 1e-10))
    #expect(agree(try table.forwardLinkages(), try table.ghoshInverse().rowSums, within: 1e-10))
  }

  @Test("a sector without output has a zero column, as pymrio has it, and linkages of one")
  func zeroOutput() throws {
    let table = try InputOutputTable(
      flows: Matrix([[150, 0, 500], [0, 0, 0], [200, 0, 100]]), output: [1000, 0, 2000])
    #expect((0..<3).allSatisfy { table.coefficients[$0, 1] == 0 })
    #expect(agree(try table.backwardLinkages(), [1.51815182, 1, 1.45214521], within: 5e-9))
    #expect(agree(try table.forwardLinkages(), [1.91419142, 1, 1.25412541], within: 5e-9))
  }

  @Test("a chain of one segment has an inverse of one number")
  func oneSegment() throws {
    let table = try InputOutputTable(coefficients: Matrix([[0.2]]), output: [10])
    #expect(agree(try table.leontiefInverse().values, [1.25], within: 1e-15))
    #expect(agree(InputOutputTable.normalised(try table.backwardLinkages()), [1], within: 0))
  }

  @Test("a table that eats more than it makes is refused with the sector")
  func notProductive() {
    #expect(throws: NumericsFailure.notProductive(sector: 1)) {
      try InputOutputTable(flows: Matrix([[1, 9], [10, 1]]), output: [10, 10])
    }
    #expect(throws: NumericsFailure.notProductive(sector: 0)) {
      try InputOutputTable(coefficients: Matrix([[1]]), output: [10])
    }
  }

  @Test("negative flows, negative outputs and numbers that are none are refused with the place")
  func refusals() {
    #expect(throws: NumericsFailure.negative(row: 0, column: 1)) {
      try InputOutputTable(flows: Matrix([[1, -1], [0, 1]]), output: [10, 10])
    }
    #expect(throws: NumericsFailure.badOutput(sector: 1)) {
      try InputOutputTable(flows: Matrix([[1, 1], [0, 1]]), output: [10, -10])
    }
    #expect(throws: NumericsFailure.badOutput(sector: 0)) {
      try InputOutputTable(flows: Matrix([[1, 1], [0, 1]]), output: [.infinity, 10])
    }
    #expect(throws: NumericsFailure.sizeMismatch(expected: 2, found: 1)) {
      try InputOutputTable(flows: Matrix([[1, 1], [0, 1]]), output: [10])
    }
  }

  @Test("153 sectors are inverted, and the inverse is one")
  func nationalSize() throws {
    let a = productiveMatrix(size: 153, seed: 153)
    var identityMinus = Matrix.identity(153)
    for index in a.values.indices { identityMinus.values[index] -= a.values[index] }
    let inverse = try LUDecomposition(identityMinus).inverse()
    let unit = identityMinus.times(inverse)
    #expect(agree(unit.values, Matrix.identity(153).values, within: 1e-12))
  }
}
