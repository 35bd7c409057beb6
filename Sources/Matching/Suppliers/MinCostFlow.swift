/// The cheapest of the largest flows through a network, exactly, in whole units. 最小费用最大流
///
/// Successive shortest paths with node potentials; capacities and costs are integers, so nothing is
/// rounded. Costs are not negative. Equal paths are broken by node and arc order.
/// Complexity: O(paths × (arcs + nodes log nodes)); meant for a shortlist, not for every firm.
public struct MinCostFlow: Sendable {
  private struct Arc: Sendable {
    let target: Int
    var capacity: Int64
    let cost: Int64
  }

  private var arcs: [Arc] = []
  /// Arcs leaving each node; the arc `i ^ 1` is the reverse of arc `i`.
  private var leaving: [[Int]]

  public init(nodes: Int) { leaving = Array(repeating: [], count: nodes) }

  /// Adds an arc and returns its number, under which `flow(on:)` reads it back.
  @discardableResult
  public mutating func add(from: Int, to: Int, capacity: Int64, cost: Int64) -> Int {
    precondition(capacity >= 0 && cost >= 0, "capacities and costs are not negative")
    leaving[from].append(arcs.count)
    arcs.append(Arc(target: to, capacity: capacity, cost: cost))
    leaving[to].append(arcs.count)
    arcs.append(Arc(target: from, capacity: 0, cost: -cost))
    return arcs.count - 2
  }

  /// What flows on an arc after `solve`.
  public func flow(on arc: Int) -> Int64 { arcs[arc ^ 1].capacity }

  /// Sends as much as possible from `source` to `sink` at the least cost.
  public mutating func solve(source: Int, sink: Int) -> (flow: Int64, cost: Int64) {
    var potential = [Int64](repeating: 0, count: leaving.count)
    var flow: Int64 = 0
    var cost: Int64 = 0
    while let path = shortestPath(from: source, to: sink, potential) {
      for node in potential.indices where path.distance[node] < .max {
        potential[node] += path.distance[node]
      }
      var amount = Int64.max
      var node = sink
      while node != source {
        let arc = path.arc[node]
        amount = min(amount, arcs[arc].capacity)
        node = arcs[arc ^ 1].target
      }
      node = sink
      while node != source {
        let arc = path.arc[node]
        arcs[arc].capacity -= amount
        arcs[arc ^ 1].capacity += amount
        cost += amount * arcs[arc].cost
        node = arcs[arc ^ 1].target
      }
      flow += amount
    }
    return (flow, cost)
  }

  /// Dijkstra on reduced costs; nil when the sink cannot be reached any more.
  private func shortestPath(
    from source: Int, to sink: Int, _ potential: [Int64]
  ) -> (distance: [Int64], arc: [Int])? {
    var distance = [Int64](repeating: .max, count: leaving.count)
    var entered = [Int](repeating: -1, count: leaving.count)
    var done = [Bool](repeating: false, count: leaving.count)
    var heap = MinHeap()
    distance[source] = 0
    heap.push(key: 0, node: source)
    while let (key, node) = heap.pop() {
      if done[node] { continue }
      done[node] = true
      for index in leaving[node] where arcs[index].capacity > 0 {
        let arc = arcs[index]
        let next = key + arc.cost + potential[node] - potential[arc.target]
        if next < distance[arc.target] {
          distance[arc.target] = next
          entered[arc.target] = index
          heap.push(key: next, node: arc.target)
        }
      }
    }
    return distance[sink] < .max ? (distance, entered) : nil
  }
}

/// A binary heap of nodes by distance, then by number.
private struct MinHeap {
  private var items: [(key: Int64, node: Int)] = []

  mutating func push(key: Int64, node: Int) {
    items.append((key, node))
    var child = items.count - 1
    while child > 0, items[child] < items[(child - 1) / 2] {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (Int64, Int)? {
    guard let top = items.first else { return nil }
    let last = items.removeLast()
    if items.isEmpty { return top }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && items[child] < items[least] {
        least = child
      }
      if least == parent { return top }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
