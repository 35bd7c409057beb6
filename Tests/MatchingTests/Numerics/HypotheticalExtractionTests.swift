import Matching
import Testing

@Suite struct HypotheticalExtractionTests {
  @Test("Miller and Blair's two sectors lose the printed output")
  func published() throws {
    let table = try InputOutputTable(
      flows: Matrix([[150, 500], [200, 100]]), output: [1000, 2000])
    let lost = try HypotheticalExtraction(table)
    #expect(agree(lost.total, [1210.52631579, 2588.23529412], within: 5e-9))
    #expect(agree(lost.restOnly, [210.52631579, 588.23529412], within: 5e-9))
    #expect(agree(lost.backward, [413.15789474, 805.88235294], within: 5e-9))
    #expect(agree(lost.forward, [728.94736842, 452.94117647], within: 5e-9))
  }

  @Test("the closed forms equal taking each sector out and solving again", arguments: 2...9)
  func oracle(size: Int) throws {
    let a = productiveMatrix(size: size, seed: UInt64(700 + size))
    var random = SeededGenerator(state: UInt64(size))
    let demand = (0..<size).map { _ in Double.random(in: 1...9, using: &random) }
    let x = try solve(a, demand)
    let table = try InputOutputTable(coefficients: a, output: x)
    let lost = try HypotheticalExtraction(table)
    let sum = x.reduce(0, +)
    for k in 0..<size {
      var out = a
      var without = a
      var unsold = table.allocations.transposed
      for other in 0..<size {
        out[k, other] = 0
        out[other, k] = 0
        without[other, k] = 0
        unsold[other, k] = 0
      }
      var demandLeft = demand
      demandLeft[k] = 0
      let total = sum - (try solve(out, demandLeft)).reduce(0, +)
      #expect(abs(lost.total[k] - total) < 1e-9 * sum)
      #expect(abs(lost.restOnly[k] - (total - x[k])) < 1e-9 * sum)
      #expect(
        abs(lost.backward[k] - (sum - (try solve(without, demand)).reduce(0, +))) < 1e-9 * sum)
      // x' = v'(I − B)⁻¹, so v = (I − B)'x.
      let value = (0..<size).map { sector in
        x[sector] - (0..<size).reduce(0.0) { $0 + table.allocations[$1, sector] * x[$1] }
      }
      #expect(abs(lost.forward[k] - (sum - (try solve(unsold, value)).reduce(0, +))) < 1e-9 * sum)
    }
  }

  private func solve(_ a: Matrix, _ right: [Double]) throws -> [Double] {
    var identityMinus = Matrix.identity(a.rows)
    for index in a.values.indices { identityMinus.values[index] -= a.values[index] }
    return try LUDecomposition(identityMinus).solve(right)
  }
}
