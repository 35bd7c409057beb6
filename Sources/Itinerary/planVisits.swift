/// How long and how a plan is searched for (搜索预算).
public struct SearchBudget: Sendable, Hashable {
  /// The most steps of the search; papers use this alone, because it repeats exactly.
  public var iterations: Int
  /// The seed of the random numbers.
  public var seed: UInt64
  /// The most stops for which every possibility is tried instead of searching.
  public var exactStops: Int

  /// States a budget.
  public init(iterations: Int, seed: UInt64 = 1, exactStops: Int = 12) {
    self.iterations = iterations
    self.seed = seed
    self.exactStops = exactStops
  }
}

/// The most states of an exact search, some tens of megabytes.
private let mostExactStates = 2_000_000.0

/// Chooses whom to visit on which day in which order, for the greatest prize (排行程).
///
/// The plan is always feasible. More iterations with the same seed never give less. Ties go to less
/// time.
/// Parameters: `shouldStop` is asked after every step and ends the search early.
/// Throws: what makes the trip impossible.
public func planVisits(
  _ trip: Trip, budget: SearchBudget, shouldStop: () -> Bool = { false }
) throws(TripError) -> VisitPlan {
  let board = try Board(trip)
  if board.stopCount <= budget.exactStops,
    exactStates(board, stops: board.stopCount) <= mostExactStates
  {
    guard let routes = solveExactly(board) else { throw board.mustsClash() }
    return try board.plan(routes, iterations: 0, isProvedBest: true)
  }
  var search = Search(board, seed: budget.seed, start: try mustRoutes(board, budget))
  repeat {
    _ = search.step()
  } while search.iterations < budget.iterations && !shouldStop()
  let routes = (0..<board.dayCount).map { day in
    (0..<search.best.length[day]).map { search.best.route[day * board.stopCount + $0] }
  }
  return try board.plan(routes, iterations: search.iterations, isProvedBest: false)
}

/// Routes with every must, found exactly when the musts are few; `nil` leaves them to the search.
private func mustRoutes(_ board: Board, _ budget: SearchBudget) throws(TripError) -> [[Int]]? {
  let musts = (0..<board.stopCount).filter { board.isMust[$0] }
  guard !musts.isEmpty, musts.count <= budget.exactStops,
    exactStates(board, stops: musts.count) <= mostExactStates
  else { return nil }
  if let routes = try exactRoutes(board, musts) { return routes }
  guard board.isLinked.contains(true) else { throw board.mustsClash() }
  // With nights anywhere a visit on the way may bring the team near enough by the next morning.
  var stops = musts
  for helper in board.stopsOnTheWay(to: musts)
  where stops.count < budget.exactStops
    && exactStates(board, stops: stops.count + 1) <= mostExactStates
  {
    stops.append(helper)
  }
  return try exactRoutes(board, stops)
}

/// The best routes of some stops that hold every must among them; `nil` when there are none.
private func exactRoutes(_ board: Board, _ stops: [Int]) throws(TripError) -> [[Int]]? {
  var trip = board.trip
  trip.stops = stops.map { board.trip.stops[board.candidates[$0]] }
  let small: Board
  do throws(TripError) {
    small = try Board(trip)
  } catch .mustIsOutOfReach {
    return nil
  }
  return solveExactly(small)?.map { $0.map { stops[$0] } }
}

extension Board {
  /// The error for musts that fit one by one and not together.
  func mustsClash() -> TripError {
    let musts = (0..<stopCount).filter { isMust[$0] }
    return .mustsDoNotFitTogether(missing: musts.map { trip.stops[candidates[$0]].id })
  }

  /// The stops that are no musts, by how well they break the road to a must into two legs.
  fileprivate func stopsOnTheWay(to musts: [Int]) -> [Int] {
    var rest: [(longerLeg: Double, stop: Int)] = []
    for stop in 0..<stopCount where !isMust[stop] {
      let first = travel[stopCount * nodeCount + stop]
      let longer = musts.map { max(first, travel[stop * nodeCount + $0]) }.min()
      rest.append((longer ?? .infinity, stop))
    }
    return rest.sorted { ($0.longerLeg, $0.stop) < ($1.longerLeg, $1.stop) }.map(\.stop)
  }
}
