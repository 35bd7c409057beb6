/// How often each node lies on the shortest ways between the others (中介中心性).
///
/// Directed; the way along an input of coefficient a is 1/a long, so strong ties are short; divided by
/// (n − 1)(n − 2). Where several ways are equally short each counts its part. `weights[i, j]` is the
/// coefficient from i to j: zero is no edge, the diagonal is not used.
/// Unknown: with fewer than three nodes nothing can lie between others, and every value is 0.
/// Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249; equal to networkx.
/// Complexity: n³ time, n² memory.
public func betweenness(weights: Matrix) throws(NumericsFailure) -> [Double] {
  guard weights.rows == weights.columns else {
    throw .sizeMismatch(expected: weights.rows, found: weights.columns)
  }
  try weights.requireNonNegative()
  let n = weights.rows
  var score = [Double](repeating: 0, count: n)
  guard n > 2 else { return score }
  for source in 0..<n {
    let search = ShortestWays(from: source, weights: weights)
    var dependency = [Double](repeating: 0, count: n)
    for node in search.settled.reversed() {
      for before in search.predecessors[node] {
        dependency[before] += search.ways[before] / search.ways[node] * (1 + dependency[node])
      }
      if node != source { score[node] += dependency[node] }
    }
  }
  let pairs = Double((n - 1) * (n - 2))
  return score.map { $0 / pairs }
}

/// Dijkstra's search from one node, counting equally short ways.
private struct ShortestWays {
  var settled: [Int] = []
  var predecessors: [[Int]]
  var ways: [Double]

  init(from source: Int, weights: Matrix) {
    let n = weights.rows
    predecessors = [[Int]](repeating: [], count: n)
    ways = [Double](repeating: 0, count: n)
    var distance = [Double](repeating: .infinity, count: n)
    var done = [Bool](repeating: false, count: n)
    distance[source] = 0
    ways[source] = 1
    for _ in 0..<n {
      var nearest = -1
      for node in 0..<n where !done[node] && distance[node] < .infinity {
        if nearest < 0 || distance[node] < distance[nearest] { nearest = node }
      }
      guard nearest >= 0 else { break }
      done[nearest] = true
      settled.append(nearest)
      for next in 0..<n where next != nearest && !done[next] && weights[nearest, next] > 0 {
        let candidate = distance[nearest] + 1 / weights[nearest, next]
        if candidate < distance[next] {
          distance[next] = candidate
          ways[next] = ways[nearest]
          predecessors[next] = [nearest]
        } else if candidate == distance[next], candidate < .infinity {
          ways[next] += ways[nearest]
          predecessors[next].append(nearest)
        }
      }
    }
  }
}
