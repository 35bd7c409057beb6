/// The best routes of a small trip, by dynamic programming over the set of visited stops (精确解).
///
/// A state is the set visited so far, the last stop and the number of visits of the day; it keeps
/// the earliest time. An earlier time is never worse, because waiting is allowed.
/// Returns: `nil` when the musts do not fit together.
/// Complexity: days × 2^stops × stops² × visits per day.
func solveExactly(_ board: Board) -> [[Int]]? {
  var search = ExactSearch(board)
  return search.solve()
}

/// How many states the exact search of so many stops of a trip holds at most.
func exactStates(_ board: Board, stops: Int) -> Double {
  let binding = board.dayMaximum.filter { $0 < stops }.max() ?? 0
  let width = (stops + 1) * (max(1, binding) + 1)
  return power(2, Double(stops)) * Double(width * board.dayCount)
}

private struct ExactSearch {
  let board: Board
  /// The greatest number of visits a day that has to be told apart.
  let most: Int
  /// How many states share a set: last stop (or none) times visits of the day.
  let width: Int
  private var times: [[Double]] = []
  private var parents: [[Int32]] = []

  init(_ board: Board) {
    self.board = board
    let binding = board.dayMaximum.filter { $0 < board.stopCount }.max() ?? 0
    // Without a limit it only matters whether the day has had a visit at all.
    most = max(1, binding)
    width = (board.stopCount + 1) * (most + 1)
  }

  /// The number of a state; `last` is -1 when no stop was visited since a fixed start.
  private func index(_ visited: Int, _ last: Int, _ today: Int) -> Int {
    (visited * (board.stopCount + 1) + last + 1) * (most + 1) + today
  }

  mutating func solve() -> [[Int]]? {
    let sets = 1 << board.stopCount
    var morning = [Bool](repeating: false, count: sets * (board.stopCount + 1))
    morning[0] = true
    var evenings: [[Int32]] = []
    for day in 0..<board.dayCount {
      walk(day, from: morning)
      let isNear = day + 1 < board.dayCount && board.isLinked[day + 1]
      var next = [Bool](repeating: false, count: morning.count)
      var cameFrom = [Int32](repeating: -1, count: morning.count)
      for visited in 0..<sets {
        for last in -1..<board.stopCount {
          for today in 0...most {
            let state = index(visited, last, today)
            guard ends(day, last, today, times[day][state]) else { continue }
            let dawn = visited * (board.stopCount + 1) + (isNear ? last + 1 : 0)
            if !next[dawn] {
              next[dawn] = true
              cameFrom[dawn] = Int32(state)
            }
          }
        }
      }
      evenings.append(cameFrom)
      morning = next
    }
    guard let final = bestFinal(morning) else { return nil }
    return trace(final, evenings)
  }

  /// Works out the earliest time of every state of a day; sets only grow, so one pass is enough.
  private mutating func walk(_ day: Int, from morning: [Bool]) {
    let count = board.stopCount
    var time = [Double](repeating: .infinity, count: width << count)
    var parent = [Int32](repeating: -1, count: width << count)
    let limit = board.dayTo[day] + Board.epsilon
    for visited in 0..<(1 << count) {
      for last in -1..<count where morning[visited * (count + 1) + last + 1] {
        time[index(visited, last, 0)] = board.dayFrom[day]
      }
      for last in -1..<count {
        for today in 0...most {
          let state = index(visited, last, today)
          guard time[state] < .infinity, today < board.dayMaximum[day] else { continue }
          for stop in 0..<count where visited & (1 << stop) == 0 {
            let leave = leave(stop, day, last, time[state], today)
            guard leave <= limit else { continue }
            let reached = index(visited | (1 << stop), stop, min(today + 1, most))
            if leave < time[reached] {
              time[reached] = leave
              parent[reached] = Int32(state)
            }
          }
        }
      }
    }
    times.append(time)
    parents.append(parent)
  }

  private func bestFinal(_ states: [Bool]) -> Int? {
    var best: Int?
    var bestValue = -Double.infinity
    for state in states.indices where states[state] {
      let visited = state / (board.stopCount + 1)
      let isVisited = (0..<board.stopCount).map { visited & (1 << $0) != 0 }
      guard isVisited.indices.allSatisfy({ isVisited[$0] || !board.isMust[$0] }) else { continue }
      let value = board.value(ofVisited: isVisited)
      if value > bestValue {
        bestValue = value
        best = state
      }
    }
    return best
  }

  private func trace(_ final: Int, _ evenings: [[Int32]]) -> [[Int]] {
    var routes = [[Int]](repeating: [], count: board.dayCount)
    var dawn = final
    for day in stride(from: board.dayCount - 1, through: 0, by: -1) {
      var state = Int(evenings[day][dawn])
      while parents[day][state] >= 0 {
        routes[day].append(state / (most + 1) % (board.stopCount + 1) - 1)
        state = Int(parents[day][state])
      }
      routes[day].reverse()
      dawn = state / (most + 1)
    }
    return routes
  }

  /// When the team leaves a stop; infinity when the host receives no more.
  private func leave(_ stop: Int, _ day: Int, _ last: Int, _ time: Double, _ today: Int) -> Double {
    let arrival = time + minutes(day, last, stop, today)
    for window in board.windows[stop * board.dayCount + day]
    where arrival <= window.to + Board.epsilon {
      return max(arrival, window.from) + board.service[stop]
    }
    return .infinity
  }

  /// Whether the day can end now.
  private func ends(_ day: Int, _ last: Int, _ today: Int, _ time: Double) -> Bool {
    guard time < .infinity else { return false }
    guard !board.isOpen[day] else { return time <= board.dayTo[day] + Board.epsilon }
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
