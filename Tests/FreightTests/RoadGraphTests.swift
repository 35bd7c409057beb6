import Atlas
import Testing

@testable import Freight

@Suite struct RoadGraphTests {
  /// Bellman and Ford, slow and obvious.
  private func oracle(_ count: Int, _ edges: [RoadEdge], from: Int) -> [UInt32?] {
    var distance = [UInt32?](repeating: nil, count: count)
    distance[from] = 0
    var changed = true
    while changed {
      changed = false
      for edge in edges {
        for (a, b) in [(Int(edge.from), Int(edge.to)), (Int(edge.to), Int(edge.from))] {
          guard let near = distance[a] else { continue }
          let length = near + edge.metres
          if length < distance[b] ?? .max {
            distance[b] = length
            changed = true
          }
        }
      }
    }
    return distance
  }

  @Test("leaving out dead ends and passed-through nodes changes no distance", arguments: 0..<60)
  func contraction(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    let count = 60
    // Sparse on purpose: chains, dead ends, loops, parallel roads and separate parts all occur.
    let edges = (0..<Int.random(in: 50...85, using: &random)).map { _ in
      RoadEdge(
        from: Int32.random(in: 0..<60, using: &random),
        to: Int32.random(in: 0..<60, using: &random),
        metres: UInt32.random(in: 1...9999, using: &random))
    }.filter { $0.from != $0.to }
    let asked = (0..<8).map { _ in Int.random(in: 0..<count, using: &random) }
    let graph = ContractedRoads(count: count, edges: edges, keep: asked)
    var search = RoadSearch(graph)
    for from in asked {
      search.run(from: graph.index(of: from))
      let expected = oracle(count, edges, from: from)
      for to in asked { #expect(search.metres(to: graph.index(of: to)) == expected[to]) }
    }
  }

  /// A line of nodes along a parallel, some of them across a border.
  private func line() -> (nodes: [Position], edges: [RoadEdge]) {
    let nodes = (0..<240).map { SmallCountry.position(100 + Double($0) * 0.01, 30) }
    let edges = (0..<239).map { RoadEdge(from: Int32($0), to: Int32($0 + 1), metres: 1000) }
    return (nodes, edges)
  }

  @Test("a masked node stops every way through it, and the pair is unreachable, not far")
  func mask() {
    let (nodes, edges) = line()
    let points = [("a", nodes[10]), ("b", nodes[100]), ("c", nodes[230])].map {
      (key: $0.0, position: $0.1)
    }
    let open = RoadGraph(
      nodes: nodes, edges: edges, domestic: Array(repeating: true, count: 240)
    ).matrix(points: points)
    #expect(open.km("a", "b") == 90)
    #expect(open.km("a", "c") == 220)
    var domestic = Array(repeating: true, count: 240)
    domestic[120] = false
    let cut = RoadGraph(nodes: nodes, edges: edges, domestic: domestic).matrix(points: points)
    #expect(cut.km("a", "b") == 90)
    #expect(cut.km("a", "c") == nil)
    let ferry = RoadFerry(from: nodes[119], to: nodes[121], metres: 7000)
    let joined = RoadGraph(nodes: nodes, edges: edges, domestic: domestic, ferries: [ferry])
      .matrix(points: points)
    #expect(joined.km("a", "c").map { abs($0 - 225) < 1e-9 } == true)
  }

  @Test("a node is at home when a place at home is nearer than a town abroad")
  func home() {
    let nodes = [100.0, 101, 104, 105].map { SmallCountry.position($0, 40) }
    let mask = domesticMask(
      nodes: nodes, home: [SmallCountry.position(100, 40)], abroad: [SmallCountry.position(106, 40)]
    )
    #expect(mask == [true, true, false, false])
  }

  @Test("the nearest point is the nearest of all")
  func nearest() throws {
    var random = Generator(seed: 9)
    let points = (0..<500).map { _ in
      SmallCountry.position(75 + 60 * random.uniform(), 18 + 35 * random.uniform())
    }
    let finder = NearestPoint(points)
    for _ in 0..<300 {
      let spot = SmallCountry.position(75 + 60 * random.uniform(), 18 + 35 * random.uniform())
      let found = try #require(finder.find(spot))
      let least = try #require(points.map { spot.greatCircleKm(to: $0) }.min())
      #expect(found.km == least)
      #expect(finder.find(spot, limitKm: least * 0.999) == nil)
    }
  }
}
