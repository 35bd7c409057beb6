extension Search {
  /// Shortens the routes without changing who is visited; true when a route became shorter.
  @discardableResult
  mutating func polish() -> Bool {
    let isShorter = tour.isPlain && board.isSymmetric ? polishPlain() : polishTimed()
    forgetChanges()
    return isShorter
  }

  /// 2-opt and or-opt around the stops with new neighbours; for trips without windows.
  ///
  /// Source: Bentley 1992, doi:10.1287/ijoc.4.4.387 (neighbour lists and work lists).
  private mutating func polishPlain() -> Bool {
    var didImprove = false
    while let node = changed.popLast() {
      isChanged[node] = false
      guard tour.dayOf[node] >= 0 else { continue }
      while reverse(around: node) || move(from: node) { didImprove = true }
    }
    guard didImprove else { return false }
    for day in 0..<board.dayCount { tour.schedule(day) }
    return true
  }

  @inline(__always)
  private func node(_ day: Int, _ position: Int) -> Int {
    position < 0
      ? tour.stopCount + day
      : position >= tour.length[day] ? tour.endNode(day) : tour.stop(day, position)
  }

  @inline(__always)
  private func put(_ stop: Int, _ day: Int, _ position: Int) {
    tour.route[day * tour.stopCount + position] = stop
    tour.positionOf[stop] = position
  }

  /// Replaces two legs by two shorter ones, one of them beside `a`.
  private mutating func reverse(around a: Int) -> Bool {
    let day = tour.dayOf[a]
    let i = tour.positionOf[a]
    let row = tour.travel.row(a * tour.nodeCount)
    for side in [1, -1] {
      let b = node(day, i + side)
      let old = row[b]
      // Rank -1 stands for the start of the day on the one side and for its end on the other.
      for rank in -1..<min(nearCount, 16) {
        let c: Int
        let j: Int
        if rank < 0 {
          j = side > 0 ? -1 : tour.length[day]
          c = node(day, j)
          guard i - side != j else { continue }
        } else {
          c = near[a * nearCount + rank]
          guard old - row[c] > 1e-7 else { break }
          guard tour.dayOf[c] == day else { continue }
          j = tour.positionOf[c]
        }
        let d = node(day, j + side)
        guard c != b, d != a else { continue }
        let gain = old + tour.leg(c, d) - row[c] - tour.leg(b, d)
        guard gain > 1e-7 else { continue }
        let (low, high) =
          side > 0 ? (min(i, j) + 1, max(i, j)) : (min(i, j), max(i, j) - 1)
        flip(day, low, high)
        for stop in [a, b, c, d] { noteChange(stop) }
        return true
      }
    }
    return false
  }

  private func flip(_ day: Int, _ low: Int, _ high: Int) {
    var low = low
    var high = high
    while low < high {
      let first = tour.stop(day, low)
      put(tour.stop(day, high), day, low)
      put(first, day, high)
      low += 1
      high -= 1
    }
  }

  /// Moves up to three neighbours that begin or end with `a` elsewhere in their day.
  private mutating func move(from a: Int) -> Bool {
    let day = tour.dayOf[a]
    let count = tour.length[day]
    let i = tour.positionOf[a]
    let row = tour.travel.row(a * tour.nodeCount)
    for size in 1...3 {
      for direction in size == 1 ? [1] : [1, -1] {
        let k = i + direction * (size - 1)
        guard k >= 0, k < count else { continue }
        let low = min(i, k)
        let high = max(i, k)
        let e = tour.stop(day, k)
        let before = node(day, low - 1)
        let after = node(day, high + 1)
        let saved =
          tour.leg(before, tour.stop(day, low)) + tour.leg(tour.stop(day, high), after)
          - tour.leg(before, after)
        guard saved > 1e-7 else { continue }
        for rank in -2..<min(nearCount, 16) {
          let j: Int
          if rank < 0 {
            j = rank == -2 ? -1 : count
          } else {
            let c = near[a * nearCount + rank]
            guard saved - row[c] > 1e-7 else { break }
            guard tour.dayOf[c] == day else { continue }
            j = tour.positionOf[c]
          }
          guard j < low || j > high else { continue }
          let c = node(day, j)
          // The segment goes between c and its neighbour on one side, with `a` beside c.
          for side in [1, -1] {
            let next = j + side
            guard next >= -1, next <= count, next < low || next > high else { continue }
            let other = node(day, next)
            let gain = saved - row[c] - tour.leg(e, other) + tour.leg(c, other)
            guard gain > 1e-7 else { continue }
            shift(day, low: low, high: high, gap: max(j, next), aFirst: side > 0, a: a)
            for stop in [a, e, c, other, before, after] { noteChange(stop) }
            return true
          }
        }
      }
    }
    return false
  }

  /// Moves a segment so that it ends up before what is now at `gap`, the right way round.
  private func shift(_ day: Int, low: Int, high: Int, gap: Int, aFirst: Bool, a: Int) {
    let size = high - low + 1
    var segment = (tour.stop(day, low), 0, 0)
    if size > 1 { segment.1 = tour.stop(day, low + 1) }
    if size > 2 { segment.2 = tour.stop(day, low + 2) }
    let target: Int
    if gap <= low {
      for place in stride(from: low - 1, through: gap, by: -1) {
        put(tour.stop(day, place), day, place + size)
      }
      target = gap
    } else {
      for place in (high + 1)..<max(high + 1, gap) {
        put(tour.stop(day, place), day, place - size)
      }
      target = gap - size
    }
    if (segment.0 == a) != aFirst {
      if size == 2 { segment = (segment.1, segment.0, 0) }
      if size == 3 { segment = (segment.2, segment.1, segment.0) }
    }
    put(segment.0, day, target)
    if size > 1 { put(segment.1, day, target + 1) }
    if size > 2 { put(segment.2, day, target + 2) }
  }

  /// Moves single visits within their day when that saves road; respects windows and nights.
  private mutating func polishTimed() -> Bool {
    var isShorter = false
    for day in 0..<board.dayCount where isDayChanged[day] && tour.length[day] > 1 {
      var position = 0
      while position < tour.length[day] {
        if relocate(day, position) { isShorter = true }
        position += 1
      }
    }
    return isShorter
  }

  private mutating func relocate(_ day: Int, _ position: Int) -> Bool {
    let stop = tour.stop(day, position)
    let saved = detour(stop, day, position, isInside: true)
    guard saved > 1e-7 else { return false }
    tour.remove(day: day, position: position)
    var bestAt = -1
    if tour.schedule(day), nightsWork(after: day) {
      var bestDetour = saved - 1e-7
      for place in 0...tour.length[day] where place != position {
        let detour = detour(stop, day, place, isInside: false)
        guard detour < bestDetour else { continue }
        if tour.insertionCost(of: stop, day: day, position: place) < .infinity {
          bestDetour = detour
          bestAt = place
        }
      }
    }
    tour.insert(stop, day: day, position: bestAt >= 0 ? bestAt : position)
    tour.scheduleOnwards(day)
    return bestAt >= 0
  }

  /// Minutes of road that a stop costs between its neighbours.
  private func detour(_ stop: Int, _ day: Int, _ position: Int, isInside: Bool) -> Double {
    let before = position == 0 ? tour.origin(day) : tour.stop(day, position - 1)
    let next = isInside ? position + 1 : position
    let after = next >= tour.length[day] ? tour.endNode(day) : tour.stop(day, next)
    return tour.leg(before, stop) + tour.leg(stop, after) - tour.leg(before, after)
  }

  private func nightsWork(after day: Int) -> Bool {
    guard tour.hasLinks, tour.isOpen[day] else { return true }
    var next = day + 1
    while next < tour.dayCount, tour.isLinked[next] {
      if !tour.schedule(next) { return false }
      if tour.length[next] > 0 { return true }
      next += 1
    }
    return true
  }
}
