import Atlas

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
  private let prize: [Double]
  private let digests: [UInt64]
  /// Whether a route that works on one day works on every day.
  private let daysAreAlike: Bool
  private var routes: [Route] = []
  private var rowOfDigest: [UInt64: Int] = [:]
  private static let capacity = 2000

  init(_ board: Board, prize: [Double]) {
    stopCount = board.stopCount
    dayCount = board.dayCount
    self.prize = prize
    var random = Generator(seed: 0)
    digests = prize.map { _ in random.next() }
    let first = board.trip.days[0]
    daysAreAlike = board.isPlain && board.trip.days.allSatisfy { $0 == first }
  }

  /// Remembers the routes of a solution.
  mutating func add(_ tour: borrowing Tour) {
    guard dayCount > 1, dayCount <= 16 else { return }
    for day in 0..<dayCount where tour.length[day] > 0 {
      var digest: UInt64 = 0
      for position in 0..<tour.length[day] { digest ^= digests[tour.stop(day, position)] }
      let days: UInt64 = daysAreAlike ? .max : 1 << UInt64(day)
      if let row = rowOfDigest[digest] {
        routes[row].days |= days
        continue
      }
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
      routes.append(Route(stops: stops, bits: bits, prize: total, days: days))
      if routes.count >= RoutePool.capacity { forget() }
    }
  }

  /// Keeps the better half.
  private mutating func forget() {
    routes = order().prefix(RoutePool.capacity / 2).map { routes[$0] }
    rowOfDigest = [:]
    for (row, route) in routes.enumerated() {
      rowOfDigest[route.stops.reduce(0) { $0 ^ digests[$1] }] = row
    }
  }

  private func order() -> [Int] {
    routes.indices.sorted { (routes[$1].prize, $0) < (routes[$0].prize, $1) }
  }

  /// The best days found by joining disjoint routes; `nil` when there is nothing to join.
  func recombine(random: inout Generator) -> [[Int]]? {
    guard dayCount > 1, routes.count > dayCount else { return nil }
    let order = order()
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
