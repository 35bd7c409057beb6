public import Atlas

/// Finds the point of a set that lies nearest to a position. 最近点
///
/// Points are sorted by latitude; a search looks north and south until latitude alone is farther
/// than the best found. Complexity: O(points in the band) per search.
public struct NearestPoint: Sendable {
  private let order: [Int32]
  private let latitude: [Double]
  /// Unit vectors in the order of latitude: the chord between two grows with their distance.
  private let vectors: [SIMD3<Double>]
  private let points: [Position]

  public init(_ points: [Position]) {
    self.points = points
    let order = points.indices.sorted {
      (points[$0].latitude, $0) < (points[$1].latitude, $1)
    }
    self.order = order.map(Int32.init)
    latitude = order.map { points[$0].latitude }
    vectors = order.map { unitVector(points[$0]) }
  }

  /// The index and distance of the nearest point; nil when there is none within `limitKm`.
  public func find(_ position: Position, limitKm: Double = .infinity) -> (index: Int, km: Double)? {
    let radian = Double.pi / 180
    let spot = unitVector(position)
    let limit = limitKm / Position.earthRadiusKm
    // The square of a chord of an angle is at most the square of the angle.
    var reach = limit < 3 ? limit * limit : .infinity
    var best: Int?
    func look(_ rank: Int) {
      let gap = vectors[rank] - spot
      let chord = (gap * gap).sum()
      if chord < reach {
        best = rank
        reach = chord
      }
    }
    /// The chord that a difference in latitude alone makes, squared.
    func chord(_ degrees: Double) -> Double {
      let half = degrees * radian / 2
      let sine = half - half * half * half / 6
      return degrees > 120 ? 0 : 4 * sine * sine
    }
    var north = firstRank(atLeast: position.latitude)
    var south = north - 1
    while true {
      let up = north < latitude.count ? latitude[north] - position.latitude : .infinity
      let down = south >= 0 ? position.latitude - latitude[south] : .infinity
      let next = min(up, down)
      guard next.isFinite, chord(next) <= reach else { break }
      if up <= down {
        look(north)
        north += 1
      } else {
        look(south)
        south -= 1
      }
    }
    guard let best else { return nil }
    let index = Int(order[best])
    let km = position.greatCircleKm(to: points[index])
    return km < limitKm ? (index, km) : nil
  }

  private func firstRank(atLeast wanted: Double) -> Int {
    var low = 0
    var high = latitude.count
    while low < high {
      let middle = (low + high) / 2
      if latitude[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Which nodes of a road graph lie at home: nearer to a place at home than to a town abroad. 境内掩码
///
/// A lorry on a domestic lane keeps to them; borders are crossed on declared corridors only. This
/// tells ways apart, it draws no border.
/// - Parameters:
///   - nodes: the graph's nodes.
///   - home: positions of places of the gazetteer, counties too.
///   - abroad: positions of towns outside.
///   - favour: a node is abroad only when the town is nearer than this times the place.
public func domesticMask(
  nodes: [Position], home: [Position], abroad: [Position], favour: Double = 1
) -> [Bool] {
  let near = NearestPoint(home)
  let far = NearestPoint(abroad)
  return nodes.map { node in
    guard let inside = near.find(node) else { return false }
    return far.find(node, limitKm: inside.km * favour) == nil
  }
}
