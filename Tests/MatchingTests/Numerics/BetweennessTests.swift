import Matching
import Testing

@Suite struct BetweennessTests {
  @Test("the five-node chain has networkx's values")
  func networkx() throws {
    var weights = Matrix(rows: 5, columns: 5)
    for (from, to, a) in [
      (0, 1, 0.4), (1, 2, 0.3), (0, 2, 0.1), (2, 3, 0.5), (1, 3, 0.05), (3, 4, 0.2), (2, 4, 0.02),
    ] {
      weights[from, to] = a
    }
    #expect(agree(try betweenness(weights: weights), [0, 0.25, 1.0 / 3, 0.25, 0], within: 5e-9))
  }

  @Test("two equally short ways share what lies between")
  func ties() throws {
    var weights = Matrix(rows: 4, columns: 4)
    for (from, to) in [(0, 1), (0, 2), (1, 3), (2, 3)] { weights[from, to] = 0.5 }
    #expect(agree(try betweenness(weights: weights), [0, 0.5 / 6, 0.5 / 6, 0], within: 1e-15))
  }

  @Test("counting every shortest way of every pair gives the same", arguments: 1...12)
  func oracle(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let n = 7
    var weights = Matrix(rows: n, columns: n)
    for index in weights.values.indices where Bool.random(using: &random) {
      // Powers of two keep sums of lengths exact, so ties are ties.
      weights.values[index] = [0.25, 0.5, 1].randomElement(using: &random) ?? 1
    }
    let slow = slowBetweenness(weights)
    #expect(agree(try betweenness(weights: weights), slow, within: 1e-12))
  }

  @Test("one segment, or two, have nothing between them")
  func tiny() throws {
    #expect(try betweenness(weights: Matrix([[0.3]])) == [0])
    #expect(try betweenness(weights: Matrix([[0.3, 1], [1, 0]])) == [0, 0])
    #expect(throws: NumericsFailure.negative(row: 0, column: 1)) {
      try betweenness(weights: Matrix([[0, -1, 0], [0, 0, 0], [0, 0, 0]]))
    }
  }

  /// Floyd and Warshall with counts, then the definition: Σ σ(s,v)·σ(v,t)/σ(s,t).
  private func slowBetweenness(_ weights: Matrix) -> [Double] {
    let n = weights.rows
    var distance = Matrix(rows: n, columns: n, filledWith: .infinity)
    for node in 0..<n {
      distance[node, node] = 0
      for other in 0..<n where other != node && weights[node, other] > 0 {
        distance[node, other] = 1 / weights[node, other]
      }
    }
    for via in 0..<n {
      for from in 0..<n {
        for to in 0..<n {
          distance[from, to] = min(distance[from, to], distance[from, via] + distance[via, to])
        }
      }
    }
    func ways(_ from: Int, _ to: Int) -> Double {
      if from == to { return 1 }
      var count = 0.0
      for next in 0..<n where next != from && weights[from, next] > 0 {
        if 1 / weights[from, next] + distance[next, to] == distance[from, to] {
          count += distance[from, to] < .infinity ? ways(next, to) : 0
        }
      }
      return count
    }
    return (0..<n).map { node in
      var score = 0.0
      for from in 0..<n where from != node {
        for to in 0..<n where to != node && to != from && distance[from, to] < .infinity {
          if distance[from, node] + distance[node, to] == distance[from, to] {
            score += ways(from, node) * ways(node, to) / ways(from, to)
          }
        }
      }
      return score / Double((n - 1) * (n - 2))
    }
  }
}
