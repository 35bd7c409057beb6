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
  if board.stopCount <= budget.exactStops, exactStates(board) <= mostExactStates {
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
  guard musts.count > 1, musts.count <= budget.exactStops else { return nil }
  var trip = board.trip
  trip.stops = musts.map { board.trip.stops[board.candidates[$0]] }
  let small = try Board(trip)
  guard exactStates(small) <= mostExactStates else { return nil }
  guard let routes = solveExactly(small) else { throw small.mustsClash() }
  return routes.map { $0.map { musts[$0] } }
}

extension Board {
  /// The error for musts that fit one by one and not together.
  func mustsClash() -> TripError {
    let musts = (0..<stopCount).filter { isMust[$0] }
    return .mustsDoNotFitTogether(missing: musts.map { trip.stops[candidates[$0]].id })
  }
}
