/// A road graph without dead ends and without nodes that roads only pass through. 收缩路网
///
/// Distances between the nodes asked for are those of the whole graph.
struct ContractedRoads: Sendable {
  /// The arcs of node `n` are `offset[n]..<offset[n + 1]`.
  private(set) var offset: [Int32] = [0]
  private(set) var target: [Int32] = []
  private(set) var metres: [UInt32] = []
  private let row: [Int32]

  var count: Int { offset.count - 1 }

  init(count: Int, edges: [RoadEdge], keep: [Int]) {
    var adjacency = ContractedRoads.adjacency(count: count, edges: edges)
    var kept = [Bool](repeating: false, count: count)
    for node in keep { kept[node] = true }
    ContractedRoads.dropDeadEnds(&adjacency, kept: kept)
    for node in 0..<count where adjacency[node].count > 2 { kept[node] = true }
    var row = [Int32](repeating: -1, count: count)
    var inner: [Int] = []
    for node in 0..<count where kept[node] {
      row[node] = Int32(inner.count)
      inner.append(node)
    }
    for node in inner {
      for (first, length) in adjacency[node] {
        if let end = ContractedRoads.follow(
          from: node, over: Int(first), length: length, adjacency: adjacency, kept: kept)
        {
          target.append(row[end.node])
          metres.append(end.metres)
        }
      }
      offset.append(Int32(target.count))
    }
    self.row = row
  }

  /// The row of a node that was asked to be kept.
  func index(of node: Int) -> Int { Int(row[node]) }

  private static func adjacency(
    count: Int, edges: [RoadEdge]
  ) -> [[(node: Int32, metres: UInt32)]] {
    var adjacency = [[(node: Int32, metres: UInt32)]](repeating: [], count: count)
    for edge in edges {
      adjacency[Int(edge.from)].append((edge.to, edge.metres))
      adjacency[Int(edge.to)].append((edge.from, edge.metres))
    }
    return adjacency
  }

  private static func dropDeadEnds(
    _ adjacency: inout [[(node: Int32, metres: UInt32)]], kept: [Bool]
  ) {
    var stack = adjacency.indices.filter { adjacency[$0].count == 1 && !kept[$0] }
    while let node = stack.popLast() {
      guard let only = adjacency[node].first, adjacency[node].count == 1 else { continue }
      adjacency[node] = []
      let neighbour = Int(only.node)
      if let back = adjacency[neighbour].firstIndex(where: { $0.node == node }) {
        adjacency[neighbour].remove(at: back)
      }
      if adjacency[neighbour].count == 1 && !kept[neighbour] { stack.append(neighbour) }
    }
  }

  /// The kept node at the end of a road of pass-through nodes; nil for a loop back to its start.
  private static func follow(
    from start: Int, over first: Int, length: UInt32,
    adjacency: [[(node: Int32, metres: UInt32)]], kept: [Bool]
  ) -> (node: Int, metres: UInt32)? {
    var (previous, current, metres) = (start, first, length)
    while !kept[current] {
      let pair = adjacency[current]
      guard pair.count == 2 else { return nil }
      // Two parallel edges back to one node lead on by the other of the two.
      let onward = Int(pair[0].node) == previous ? pair[1] : pair[0]
      (previous, current) = (current, Int(onward.node))
      metres += onward.metres
      if current == start { return nil }
    }
    return current == start ? nil : (current, metres)
  }
}

/// Dijkstra's search over whole metres, memory kept between runs. 最短路
struct RoadSearch {
  private let graph: ContractedRoads
  private var distance: [UInt32]
  /// Distance in the high half, node in the low: ordered by distance, then node.
  private var heap: [UInt64] = []

  init(_ graph: ContractedRoads) {
    self.graph = graph
    distance = [UInt32](repeating: .max, count: graph.count)
  }

  /// Metres to a node after a run; nil when no road leads there.
  func metres(to node: Int) -> UInt32? { distance[node] == .max ? nil : distance[node] }

  mutating func run(from start: Int) {
    for node in distance.indices { distance[node] = .max }
    distance[start] = 0
    heap.removeAll(keepingCapacity: true)
    push(UInt64(start))
    while let entry = pop() {
      let node = Int(entry & 0xFFFF_FFFF)
      let metres = UInt32(entry >> 32)
      if metres > distance[node] { continue }
      for arc in Int(graph.offset[node])..<Int(graph.offset[node + 1]) {
        let target = Int(graph.target[arc])
        let length = metres + graph.metres[arc]
        if length < distance[target] {
          distance[target] = length
          push(UInt64(length) << 32 | UInt64(target))
        }
      }
    }
  }

  private mutating func push(_ entry: UInt64) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 4
      if heap[parent] <= entry { break }
      heap[child] = heap[parent]
      child = parent
    }
    heap[child] = entry
  }

  private mutating func pop() -> UInt64? {
    guard let top = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return top }
    var hole = 0
    while true {
      let first = 4 * hole + 1
      if first >= heap.count { break }
      var least = first
      var child = first + 1
      while child < min(first + 4, heap.count) {
        if heap[child] < heap[least] { least = child }
        child += 1
      }
      if heap[least] >= last { break }
      heap[hole] = heap[least]
      hole = least
    }
    heap[hole] = last
    return top
  }
}
