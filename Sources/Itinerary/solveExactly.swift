/// The best routes of a small trip, by dynamic programming over the set of visited stops (精确解).
///
/// The state is the day, the set visited so far, the last stop and the visits of the day; it keeps
/// the earliest time. An earlier time is never worse, because waiting is allowed.
/// Returns: `nil` when the musts do not fit together.
/// Complexity: days × 2^stops × stops² × visits per day.
func solveExactly(_ board: Board) -> [[Int]]? {
  ExactSearch(board).solve()
}

private struct ExactSearch {
  /// The last place is a stop, or `origin` when no stop was visited since a fixed start.
  struct State: Hashable, Comparable {
    var visited: UInt32
    var last: Int
    var today: Int

    static func < (a: State, b: State) -> Bool {
      (a.visited, a.last, a.today) < (b.visited, b.last, b.today)
    }
  }

  struct Label {
    var time: Double
    var before: State?
  }

  let board: Board
  let tour: TourTimes

  init(_ board: Board) {
    self.board = board
    tour = TourTimes(board: board)
  }

  func solve() -> [[Int]]? {
    var morning: [State: Label] = [State(visited: 0, last: -1, today: 0): Label(time: 0)]
    var days: [[State: Label]] = []
    var evenings: [[State: State]] = []
    for day in 0..<board.dayCount {
      let labels = walk(day, from: morning)
      days.append(labels)
      var next: [State: Label] = [:]
      var cameFrom: [State: State] = [:]
      for state in labels.keys.sorted() {
        guard let label = labels[state], tour.finish(day, state.last, label.time, state.today) else {
          continue
        }
        let isNear = day + 1 < board.dayCount && board.isLinked[day + 1]
        let dawn = State(visited: state.visited, last: isNear ? state.last : -1, today: 0)
        if next[dawn] == nil {
          next[dawn] = Label(time: 0)
          cameFrom[dawn] = state
        }
      }
      evenings.append(cameFrom)
      morning = next
    }
    guard let last = bestFinal(morning) else { return nil }
    return trace(last, days, evenings)
  }

  /// Every state that a day can reach, with its earliest time.
  private func walk(_ day: Int, from morning: [State: Label]) -> [State: Label] {
    var labels: [State: Label] = [:]
    for state in morning.keys { labels[state] = Label(time: board.dayFrom[day]) }
    var layer = morning.keys.sorted()
    while !layer.isEmpty {
      var next: Set<State> = []
      for state in layer where state.today < board.dayMaximum[day] {
        guard let label = labels[state] else { continue }
        for stop in 0..<board.stopCount where state.visited & (1 << UInt32(stop)) == 0 {
          let leave = tour.leave(stop, day, state.last, label.time, state.today)
          guard leave <= board.dayTo[day] + Board.epsilon else { continue }
          let reached = State(
            visited: state.visited | (1 << UInt32(stop)), last: stop, today: state.today + 1)
          if let known = labels[reached], known.time <= leave { continue }
          labels[reached] = Label(time: leave, before: state)
          next.insert(reached)
        }
      }
      layer = next.sorted()
    }
    return labels
  }

  private func bestFinal(_ states: [State: Label]) -> State? {
    var best: State?
    var bestValue = -Double.infinity
    for state in states.keys.sorted() {
      let isVisited = (0..<board.stopCount).map { state.visited & (1 << UInt32($0)) != 0 }
      guard isVisited.indices.allSatisfy({ isVisited[$0] || !board.isMust[$0] }) else { continue }
      let value = board.value(ofVisited: isVisited)
      if value > bestValue {
        bestValue = value
        best = state
      }
    }
    return best
  }

  private func trace(
    _ last: State, _ days: [[State: Label]], _ evenings: [[State: State]]
  ) -> [[Int]] {
    var routes = [[Int]](repeating: [], count: board.dayCount)
    var dawn = last
    for day in stride(from: board.dayCount - 1, through: 0, by: -1) {
      guard let evening = evenings[day][dawn] else { return routes }
      var state = evening
      while state.today > 0, let before = days[day][state]?.before {
        routes[day].append(state.last)
        state = before
      }
      routes[day].reverse()
      dawn = state
    }
    return routes
  }
}

/// The times of single legs, for the exact search.
private struct TourTimes {
  let board: Board

  /// When the team leaves a stop; infinity when the host receives no more.
  func leave(_ stop: Int, _ day: Int, _ last: Int, _ time: Double, _ today: Int) -> Double {
    let arrival = time + minutes(day, last, stop, today)
    for window in board.windows[stop * board.dayCount + day]
    where arrival <= window.to + Board.epsilon {
      return max(arrival, window.from) + board.service[stop]
    }
    return .infinity
  }

  /// Whether the day can end now.
  func finish(_ day: Int, _ last: Int, _ time: Double, _ today: Int) -> Bool {
    if board.isOpen[day] { return time <= board.dayTo[day] + Board.epsilon }
    let end = board.stopCount + board.dayCount + day
    return time + minutes(day, last, end, today) <= board.dayTo[day] + Board.epsilon
  }

  private func minutes(_ day: Int, _ last: Int, _ node: Int, _ today: Int) -> Double {
    var start = day
    while start > 0, board.isLinked[start] { start -= 1 }
    let from = last >= 0 ? last : board.stopCount + start
    let leg = board.travel[from * board.nodeCount + node]
    return today == 0 && board.isLinked[day] ? max(0, leg - board.trip.eveningTravelMinutes) : leg
  }
}
