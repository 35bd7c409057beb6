/// Good routes of earlier solutions, to be combined anew (路线库).
///
/// A trip of several days is a choice of one route per day without common stops. Routes from
/// different solutions may fit together better than those that were found together.
/// Source: set packing over routes, as in Archetti et al. 2007, doi:10.1007/s10732-006-9004-0.
struct RoutePool {
  private struct Route {
    var stops: [Int]
    var bits: [UInt64]
    var prize: Double
    var days: UInt64
  }

  private let stopCount: Int
  private let dayCount: Int
  private var routes: [Route] = []
  private var rowOfDigest: [UInt64: Int] = [:]
  private static let capacity = 1500

  init(stopCount: Int, dayCount: Int) {
    self.stopCount = stopCount
    self.dayCount = dayCount
  }

  /// Remembers the routes of a solution.
  mutating func add(_ tour: borrowing Tour, prize: [Double]) {
    guard dayCount <= 16 else { return }
    for day in 0..<dayCount where tour.length[day] > 0 {
      var digest: UInt64 = 0
      for position in 0..<tour.length[day] {
        var mix = SplitMix(seed: UInt64(tour.stop(day, position)) &+ 1)
        digest ^= mix.next()
      }
      if let row = rowOfDigest[digest] {
        routes[row].days |= 1 << UInt64(day)
        continue
      }
      guard routes.count < RoutePool.capacity * 2 else { continue }
      var bits = [UInt64](repeating: 0, count: (stopCount + 63) / 64)
      var total = 0.0
      var stops: [Int] = []
      for position in 0..<tour.length[day] {
        let stop = tour.stop(day, position)
        stops.append(stop)
        bits[stop / 64] |= 1 << UInt64(stop % 64)
        total += prize[stop]
      }
      rowOfDigest[digest] = routes.count
      routes.append(Route(stops: stops, bits: bits, prize: total, days: 1 << UInt64(day)))
    }
  }

  /// The best days found by joining disjoint routes; `nil` when there is nothing to join.
  mutating func recombine(prize: [Double], random: inout SplitMix) -> [[Int]]? {
    guard dayCount > 1, routes.count > dayCount else { return nil }
    let order = routes.indices.sorted { (routes[$1].prize, $0) < (routes[$0].prize, $1) }
    var best = -Double.infinity
    var chosen: [Int] = []
    var budget = 60_000
    var stack: [Int] = []
    var used = [UInt64](repeating: 0, count: (stopCount + 63) / 64)
    func descend(_ first: Int, _ total: Double) {
      if total > best {
        best = total
        chosen = stack
      }
      guard stack.count < dayCount else { return }
      let left = Double(dayCount - stack.count)
      for rank in first..<max(first, order.count) {
        let route = routes[order[rank]]
        if total + left * route.prize <= best { return }
        budget -= 1
        if budget < 0 { return }
        var clashes = false
        for word in used.indices where used[word] & route.bits[word] != 0 { clashes = true }
        guard !clashes else { continue }
        stack.append(order[rank])
        for word in used.indices { used[word] |= route.bits[word] }
        descend(rank + 1, total + route.prize)
        for word in used.indices { used[word] &= ~route.bits[word] }
        stack.removeLast()
      }
    }
    descend(0, 0)
    if routes.count > RoutePool.capacity {
      let kept = order.prefix(RoutePool.capacity * 2 / 3).map { routes[$0] }
      let result = arrange(chosen)
      routes = kept
      rowOfDigest = [:]
      for (row, route) in routes.enumerated() {
        var digest: UInt64 = 0
        for stop in route.stops {
          var mix = SplitMix(seed: UInt64(stop) &+ 1)
          digest ^= mix.next()
        }
        rowOfDigest[digest] = row
      }
      return result
    }
    return arrange(chosen)
  }

  /// Gives every chosen route a day on which it was seen to work.
  private func arrange(_ chosen: [Int]) -> [[Int]]? {
    var days = [[Int]](repeating: [], count: dayCount)
    var isTaken = [Bool](repeating: false, count: dayCount)
    func place(_ rank: Int) -> Bool {
      guard rank < chosen.count else { return true }
      let route = routes[chosen[rank]]
      for day in 0..<dayCount where !isTaken[day] && route.days & (1 << UInt64(day)) != 0 {
        isTaken[day] = true
        days[day] = route.stops
        if place(rank + 1) { return true }
        isTaken[day] = false
        days[day] = []
      }
      return false
    }
    return place(0) ? days : nil
  }
}
