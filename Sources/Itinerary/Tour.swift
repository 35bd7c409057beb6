/// The state of a search: the route of every day with the times of its visits (路线).
///
/// `latest` holds, for every visit, the latest begin that still lets the rest of the day happen,
/// so that the test of an insertion needs two legs and no walk along the route.
/// Source: Savelsbergh 1992, doi:10.1287/ijoc.4.2.146.
///
/// The memory is flat and owned here, because this is the innermost loop of the program; nothing
/// outside of this folder sees it.
struct Tour: ~Copyable {
  let stopCount: Int
  let dayCount: Int
  let nodeCount: Int
  let isPlain: Bool
  let hasLinks: Bool
  let eveningMinutes: Double

  let travel: Strip<Double>
  /// Minutes between nodes the other way round, so that both legs of a stop lie in one row.
  let inbound: Strip<Double>
  let service: Strip<Double>
  let windowIndex: Strip<Int>
  let windowFrom: Strip<Double>
  let windowTo: Strip<Double>
  let dayFrom: Strip<Double>
  let dayTo: Strip<Double>
  let dayMaximum: Strip<Int>
  let isLinked: Strip<Bool>
  let isOpen: Strip<Bool>

  /// The stops of day `d` at `d * stopCount`, in order.
  let route: Strip<Int>
  let length: Strip<Int>
  /// The day of every stop, or -1.
  let dayOf: Strip<Int>
  /// The position of every visited stop in its day.
  let positionOf: Strip<Int>
  let begin: Strip<Double>
  let latest: Strip<Double>
  let finish: Strip<Double>

  init(_ board: Board, scheduled: Bool = false) {
    stopCount = board.stopCount
    dayCount = board.dayCount
    nodeCount = board.nodeCount
    isPlain = board.isPlain
    hasLinks = board.isLinked.contains(true)
    eveningMinutes = board.trip.eveningTravelMinutes
    travel = Strip(board.travel)
    let nodes = board.nodeCount
    inbound = Strip((0..<nodes * nodes).map { board.travel[$0 % nodes * nodes + $0 / nodes] })
    service = Strip(board.service + [Double](repeating: 0, count: 2 * board.dayCount))
    var index = [0]
    for windows in board.windows { index.append(index[index.count - 1] + windows.count) }
    windowIndex = Strip(index)
    windowFrom = Strip(board.windows.flatMap { $0.map(\.from) })
    windowTo = Strip(board.windows.flatMap { $0.map(\.to) })
    dayFrom = Strip(board.dayFrom)
    dayTo = Strip(board.dayTo)
    dayMaximum = Strip(board.dayMaximum)
    isLinked = Strip(board.isLinked)
    isOpen = Strip(board.isOpen)
    route = Strip([Int](repeating: 0, count: board.dayCount * board.stopCount))
    length = Strip([Int](repeating: 0, count: board.dayCount))
    dayOf = Strip([Int](repeating: -1, count: board.stopCount))
    positionOf = Strip([Int](repeating: 0, count: board.stopCount))
    begin = Strip([Double](repeating: 0, count: board.stopCount))
    latest = Strip([Double](repeating: 0, count: board.stopCount))
    finish = Strip([Double](repeating: 0, count: board.dayCount))
    if scheduled { for day in 0..<dayCount { _ = schedule(day) } }
  }

  @inline(__always)
  func leg(_ from: Int, _ to: Int) -> Double { travel[from * nodeCount + to] }

  @inline(__always)
  func stop(_ day: Int, _ position: Int) -> Int { route[day * stopCount + position] }

  func endNode(_ day: Int) -> Int { stopCount + dayCount + day }

  /// The earliest begin of a visit for an arrival; infinity when the host receives no more.
  @inline(__always)
  func earliest(_ stop: Int, _ day: Int, _ arrival: Double) -> Double {
    if isPlain { return arrival }
    var window = windowIndex[stop * dayCount + day]
    let last = windowIndex[stop * dayCount + day + 1]
    while window < last {
      if arrival <= windowTo[window] + Board.epsilon { return max(arrival, windowFrom[window]) }
      window += 1
    }
    return .infinity
  }

  /// The latest begin of a visit that is not after `bound`; minus infinity when there is none.
  @inline(__always)
  func lastBegin(_ stop: Int, _ day: Int, _ bound: Double) -> Double {
    if isPlain { return bound }
    let first = windowIndex[stop * dayCount + day]
    var window = windowIndex[stop * dayCount + day + 1]
    while window > first {
      window -= 1
      if windowFrom[window] <= bound + Board.epsilon { return min(bound, windowTo[window]) }
    }
    return -.infinity
  }

  /// The node from which a day sets off: its fixed start, or the last visit of the nights before.
  @inline(__always)
  func origin(_ day: Int) -> Int {
    var day = day
    while hasLinks && isLinked[day] {
      day -= 1
      if length[day] > 0 { return stop(day, length[day] - 1) }
    }
    return stopCount + day
  }

  /// Minutes of the first leg of a day to a node, less what the evening before carried.
  @inline(__always)
  func firstLeg(_ day: Int, from origin: Int, to node: Int) -> Double {
    hasLinks && isLinked[day] ? max(0, leg(origin, node) - eveningMinutes) : leg(origin, node)
  }

  /// Works out the times of a day; false when it does not fit.
  @discardableResult
  func schedule(_ day: Int) -> Bool {
    let count = length[day]
    let start = origin(day)
    let end = endNode(day)
    var previous = start
    var time = dayFrom[day]
    for position in 0..<count {
      let node = stop(day, position)
      let minutes =
        position == 0 ? firstLeg(day, from: start, to: node) : leg(previous, node)
      let start = earliest(node, day, time + minutes)
      begin[node] = start
      positionOf[node] = position
      time = start + service[node]
      previous = node
    }
    if count > 0 {
      time += leg(previous, end)
    } else if !isOpen[day] {
      time += firstLeg(day, from: start, to: end)
    }
    finish[day] = time
    var next = end
    var bound = dayTo[day]
    for position in stride(from: count - 1, through: 0, by: -1) {
      let node = stop(day, position)
      bound = lastBegin(node, day, bound - leg(node, next) - service[node])
      latest[node] = bound
      next = node
    }
    return time <= dayTo[day] + Board.epsilon && count <= dayMaximum[day]
  }

  /// Whether the days after `day` still work when `day` ends at `last`; infinity when not.
  ///
  /// Returns the minutes that the next first leg grows by.
  func nightCost(_ day: Int, last: Int) -> Double {
    guard hasLinks, isOpen[day] else { return 0 }
    var next = day + 1
    while next < dayCount, isLinked[next] {
      let target: Int
      let bound: Double
      if length[next] > 0 {
        target = stop(next, 0)
        bound = latest[target]
      } else if !isOpen[next] {
        target = endNode(next)
        bound = dayTo[next]
      } else {
        next += 1
        continue
      }
      let minutes = firstLeg(next, from: last, to: target)
      guard dayFrom[next] + minutes <= bound + Board.epsilon else { return .infinity }
      return minutes - firstLeg(next, from: origin(next), to: target)
    }
    return 0
  }

  /// Minutes that a visit before `position` costs its day; infinity when it does not fit.
  @inline(__always)
  func insertionCost(of node: Int, day: Int, position: Int) -> Double {
    let count = length[day]
    guard count < dayMaximum[day] else { return .infinity }
    let previous: Int
    let departure: Double
    let inbound: Double
    if position == 0 {
      previous = origin(day)
      departure = dayFrom[day]
      inbound = firstLeg(day, from: previous, to: node)
    } else {
      previous = stop(day, position - 1)
      departure = begin[previous] + service[previous]
      inbound = leg(previous, node)
    }
    let start = earliest(node, day, departure + inbound)
    let leave = start + service[node]
    if position == count {
      let end = endNode(day)
      let time = leave + leg(node, end)
      guard time <= dayTo[day] + Board.epsilon else { return .infinity }
      return time - finish[day] + nightCost(day, last: node)
    }
    let next = stop(day, position)
    let arrival = leave + leg(node, next)
    guard arrival <= latest[next] + Board.epsilon else { return .infinity }
    let before =
      position == 0
      ? departure + firstLeg(day, from: previous, to: next) : departure + leg(previous, next)
    return arrival - before
  }

  /// Puts a stop into a day without working out the times.
  @inline(__always)
  func insert(_ node: Int, day: Int, position: Int) {
    let base = day * stopCount
    var place = length[day]
    while place > position {
      route[base + place] = route[base + place - 1]
      place -= 1
    }
    route[base + position] = node
    length[day] += 1
    dayOf[node] = day
  }

  /// Takes a stop out of a day without working out the times.
  @inline(__always)
  func remove(day: Int, position: Int) {
    let base = day * stopCount
    dayOf[route[base + position]] = -1
    length[day] -= 1
    for place in position..<max(position, length[day]) {
      route[base + place] = route[base + place + 1]
    }
  }

  /// Works out the times of a day and of the days that set off from where it ended.
  func scheduleOnwards(_ day: Int) {
    schedule(day)
    guard hasLinks, isOpen[day] else { return }
    var next = day + 1
    while next < dayCount, isLinked[next] {
      schedule(next)
      if length[next] > 0 { return }
      next += 1
    }
  }

  /// Works out the times of every day, dropping visits that no longer fit.
  ///
  /// A shorter route can be a longer trip: the night may be spent elsewhere, or the detour may
  /// have been the faster road.
  func repair() {
    var day = 0
    while day < dayCount {
      if schedule(day) {
        day += 1
        continue
      }
      // An empty day fails only because of the night before; an empty trip always works.
      while length[day] == 0, day > 0, isLinked[day] { day -= 1 }
      guard length[day] > 0 else { return }
      dropOne(day)
    }
  }

  private func dropOne(_ day: Int) {
    for position in 0..<length[day] where begin[stop(day, position)] == .infinity {
      remove(day: day, position: position)
      return
    }
    remove(day: day, position: length[day] - 1)
  }
}
