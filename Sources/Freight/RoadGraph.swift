public import Atlas

/// A road of a graph, in whole metres so that sums are exact. 路段
public struct RoadEdge: Sendable, Hashable {
  public let from: Int32
  public let to: Int32
  public let metres: UInt32

  public init(from: Int32, to: Int32, metres: UInt32) {
    self.from = from
    self.to = to
    self.metres = metres
  }
}

/// A ferry between two shores that no road joins. 轮渡
public struct RoadFerry: Sendable, Hashable {
  public let from: Position
  public let to: Position
  public let metres: UInt32

  public init(from: Position, to: Position, metres: UInt32) {
    self.from = from
    self.to = to
    self.metres = metres
  }
}

/// A network of roads, undirected, of which some nodes may be used. 公路网
public struct RoadGraph: Sendable {
  public let nodes: [Position]
  private let edges: [RoadEdge]
  /// Size of the connected part that a node lies in; 0 where the node may not be used.
  private let partSize: [Int32]
  private let ferries: [RoadFerry]

  /// - Parameters:
  ///   - domestic: by node, whether lorries may use it.
  ///   - ferries: joined to the nearest usable node of a part of at least `minimumPart` nodes.
  public init(
    nodes: [Position], edges: [RoadEdge], domestic: [Bool], ferries: [RoadFerry] = []
  ) {
    precondition(nodes.count == domestic.count, "every node is masked or not")
    precondition(
      edges.allSatisfy {
        nodes.indices.contains(Int($0.from)) && nodes.indices.contains(Int($0.to))
      },
      "an edge joins rows of the nodes, not ids of their file")
    self.nodes = nodes
    self.edges = edges.filter { edge in
      edge.from != edge.to && domestic[Int(edge.from)] && domestic[Int(edge.to)]
    }
    self.ferries = ferries
    partSize = RoadGraph.partSizes(count: nodes.count, edges: self.edges, usable: domestic)
  }

  /// Nodes of smaller parts are stubs that a cut graph leaves behind: no place is tied to them.
  static let minimumPart: Int32 = 100

  /// Exact road kilometres between points, each tied to its nearest node by a straight connector.
  ///
  /// Roads whose inside nobody starts from are joined to one, dead ends are dropped, and a search
  /// runs from every point; none of it changes a distance.
  /// - Parameters:
  ///   - points: keys as `RoadMatrix` wants them.
  ///   - connector: circuity of the straight way from a point to its node.
  ///   - connectorLimitKm: a point farther than this from any road is not in the matrix's reach.
  public func matrix(
    points: [(key: String, position: Position)], connector: Double = 1.3,
    connectorLimitKm: Double = 150
  ) -> RoadMatrix {
    let usable = nodes.indices.filter { partSize[$0] >= RoadGraph.minimumPart }
    let finder = NearestPoint(usable.map { nodes[$0] })
    let tied = points.map { point in
      finder.find(point.position, limitKm: connectorLimitKm).map {
        (node: usable[$0.index], km: $0.km * connector)
      }
    }
    var all = edges
    var ends: [Int] = tied.compactMap { $0?.node }
    for ferry in ferries {
      guard let from = finder.find(ferry.from, limitKm: 60),
        let to = finder.find(ferry.to, limitKm: 60)
      else { continue }
      let (first, second) = (usable[from.index], usable[to.index])
      let metres = Double(ferry.metres) + (from.km + to.km) * connector * 1000
      all.append(
        RoadEdge(from: Int32(first), to: Int32(second), metres: UInt32(metres.rounded())))
      ends += [first, second]
    }
    let graph = ContractedRoads(count: nodes.count, edges: all, keep: ends)
    let width = points.count
    var km = [Double?](repeating: nil, count: width * width)
    var search = RoadSearch(graph)
    for (row, start) in tied.enumerated() {
      guard let start else { continue }
      search.run(from: graph.index(of: start.node))
      for (column, end) in tied.enumerated() {
        guard let end, let metres = search.metres(to: graph.index(of: end.node)) else { continue }
        km[row * width + column] =
          row == column ? 0 : Double(metres) / 1000 + start.km + end.km
      }
    }
    return RoadMatrix(points: points.map(\.key), km: km)
  }

  private static func partSizes(count: Int, edges: [RoadEdge], usable: [Bool]) -> [Int32] {
    var parent = (0..<count).map { Int32($0) }
    func root(_ node: Int32) -> Int32 {
      var current = node
      while parent[Int(current)] != current {
        parent[Int(current)] = parent[Int(parent[Int(current)])]
        current = parent[Int(current)]
      }
      return current
    }
    for edge in edges {
      let (a, b) = (root(edge.from), root(edge.to))
      if a != b { parent[Int(max(a, b))] = min(a, b) }
    }
    var size = [Int32](repeating: 0, count: count)
    for node in 0..<count where usable[node] { size[Int(root(Int32(node)))] += 1 }
    return (0..<count).map { usable[$0] ? size[Int(root(Int32($0)))] : 0 }
  }
}
