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

/// The node a point is tied to, and the way there. 接入点
public struct RoadTie: Sendable, Hashable {
  /// Row of the graph's nodes.
  public let node: Int
  public let km: Double
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
    let finder = Finder(self)
    let tied = points.map {
      finder.tie($0.position, connector: connector, limitKm: connectorLimitKm)
    }
    var all = edges
    var ends: [Int] = tied.compactMap { $0?.node }
    for ferry in ferries {
      guard let from = finder.tie(ferry.from, connector: connector, limitKm: 60),
        let to = finder.tie(ferry.to, connector: connector, limitKm: 60)
      else { continue }
      let metres = Double(ferry.metres) + (from.km + to.km) * 1000
      all.append(
        RoadEdge(
          from: Int32(from.node), to: Int32(to.node), metres: UInt32(metres.rounded())))
      ends += [from.node, to.node]
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

  /// How every point is tied to the roads; nil where none is near. For checks against other programs.
  public func ties(
    points: [(key: String, position: Position)], connector: Double = 1.3,
    connectorLimitKm: Double = 150
  ) -> [RoadTie?] {
    let finder = Finder(self)
    return points.map { finder.tie($0.position, connector: connector, limitKm: connectorLimitKm) }
  }

  /// The nodes a place may be tied to.
  private struct Finder {
    private let usable: [Int]
    private let nearest: NearestPoint

    init(_ graph: RoadGraph) {
      usable = graph.nodes.indices.filter { graph.partSize[$0] >= RoadGraph.minimumPart }
      nearest = NearestPoint(usable.map { graph.nodes[$0] })
    }

    func tie(_ position: Position, connector: Double, limitKm: Double) -> RoadTie? {
      nearest.find(position, limitKm: limitKm).map {
        RoadTie(node: usable[$0.index], km: $0.km * connector)
      }
    }
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
