/// How long and how a plan is searched for (搜索预算).
public struct SearchBudget: Sendable, Hashable {
  /// The most steps of the search; papers use this alone, because it repeats exactly.
  public var iterations: Int
  /// The seed of the random numbers.
  public var seed: UInt64
  /// The most stops for which every possibility is tried instead of searching.
  public var exactStops: Int

  /// States a budget.
  public init(iterations: Int, seed: UInt64 = 1, exactStops: Int = 10) {
    self.iterations = iterations
    self.seed = seed
    self.exactStops = exactStops
  }
}

/// Chooses whom to visit on which day in which order, for the greatest prize (排行程).
///
/// The plan is always feasible. More iterations with the same seed never give less.
/// Parameters: `shouldStop` is asked after every step and ends the search early.
/// Throws: what makes the trip impossible.
public func planVisits(
  _ trip: Trip, budget: SearchBudget, shouldStop: () -> Bool = { false }
) throws(TripError) -> VisitPlan {
  let board = try Board(trip)
  if board.stopCount <= budget.exactStops, let routes = solveExactly(board) {
    return try board.plan(routes, iterations: 0, isProvedBest: true)
  }
  var search = Search(board, seed: budget.seed)
  repeat {
    _ = search.step()
  } while search.iterations < budget.iterations && !shouldStop()
  let routes = (0..<board.dayCount).map { day in
    (0..<search.best.length[day]).map { search.best.route[day * board.stopCount + $0] }
  }
  return try board.plan(routes, iterations: search.iterations, isProvedBest: false)
}
