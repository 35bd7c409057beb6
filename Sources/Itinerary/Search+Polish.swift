extension Search {
  /// Shortens the routes without changing who is visited; true when a route became shorter.
  @discardableResult
  mutating func polish() -> Bool {
    var isShorter = false
    for day in 0..<board.dayCount where tour.length[day] > 1 {
      let shorter =
        tour.isPlain && board.isSymmetric ? polishPlain(day) : polishTimed(day)
      if shorter {
        tour.scheduleOnwards(day)
        isShorter = true
      }
    }
    return isShorter
  }

  /// 2-opt and or-opt by differences of legs; for trips without windows.
  private mutating func polishPlain(_ day: Int) -> Bool {
    let count = tour.length[day]
    let route = tour.route + day * tour.stopCount
    let start = tour.stopCount + day
    let end = tour.endNode(day)
    let nodes = tour.nodeCount
    let travel = tour.travel
    @inline(__always) func node(_ position: Int) -> Int {
      position < 0 ? start : position >= count ? end : route[position]
    }
    var didImprove = false
    var improves = true
    while improves {
      improves = false
      for i in 0..<count {
        let a = node(i - 1)
        let b = route[i]
        let rowA = travel + a * nodes
        let rowB = travel + b * nodes
        let ab = rowA[b]
        for j in (i + 1)..<max(i + 2, count + 1) where j < count {
          let c = route[j]
          let d = node(j + 1)
          let gain = ab + travel[c * nodes + d] - rowA[c] - rowB[d]
          if gain > 1e-7 {
            var low = i
            var high = j
            while low < high {
              let swap = route[low]
              route[low] = route[high]
              route[high] = swap
              low += 1
              high -= 1
            }
            improves = true
            break
          }
        }
        if improves { break }
      }
      if !improves { improves = moveSegment(route, count, start, end) }
      if improves { didImprove = true }
    }
    return didImprove
  }

  /// Moves up to three neighbours elsewhere in their route, either way round.
  private func moveSegment(
    _ route: UnsafeMutablePointer<Int>, _ count: Int, _ start: Int, _ end: Int
  ) -> Bool {
    let nodes = tour.nodeCount
    let travel = tour.travel
    @inline(__always) func node(_ position: Int) -> Int {
      position < 0 ? start : position >= count ? end : route[position]
    }
    for size in 1...3 where size < count {
      for i in 0...(count - size) {
        let before = node(i - 1)
        let first = route[i]
        let last = route[i + size - 1]
        let after = node(i + size)
        let saved =
          travel[before * nodes + first] + travel[last * nodes + after]
          - travel[before * nodes + after]
        guard saved > 1e-7 else { continue }
        // The segment goes between positions k-1 and k, both outside of it.
        for k in 0...count where k < i || k > i + size {
          let left = node(k - 1)
          let right = node(k)
          let base = saved + travel[left * nodes + right]
          let straight = travel[left * nodes + first] + travel[last * nodes + right]
          let turned = travel[left * nodes + last] + travel[first * nodes + right]
          guard base - min(straight, turned) > 1e-7 else { continue }
          var segment: (Int, Int, Int) = (route[i], 0, 0)
          if size > 1 { segment.1 = route[i + 1] }
          if size > 2 { segment.2 = route[i + 2] }
          let target: Int
          if k < i {
            for place in stride(from: i - 1, through: k, by: -1) {
              route[place + size] = route[place]
            }
            target = k
          } else {
            for place in (i + size)..<k { route[place - size] = route[place] }
            target = k - size
          }
          if turned < straight {
            if size == 2 { segment = (segment.1, segment.0, 0) }
            if size == 3 { segment = (segment.2, segment.1, segment.0) }
          }
          route[target] = segment.0
          if size > 1 { route[target + 1] = segment.1 }
          if size > 2 { route[target + 2] = segment.2 }
          return true
        }
      }
    }
    return false
  }

  /// Moves single visits within their day when the day ends earlier; respects windows and nights.
  private mutating func polishTimed(_ day: Int) -> Bool {
    var didImprove = false
    var position = 0
    while position < tour.length[day] {
      let stop = tour.stop(day, position)
      let finish = tour.finish[day]
      tour.remove(day: day, position: position)
      var bestAt = -1
      if tour.schedule(day), nightsWork(after: day) {
        var bestFinish = finish - 1e-7
        for place in 0...tour.length[day] where place != position {
          let cost = tour.insertionCost(of: stop, day: day, position: place)
          guard cost < .infinity else { continue }
          tour.insert(stop, day: day, position: place)
          if tour.schedule(day), nightsWork(after: day), tour.finish[day] < bestFinish {
            bestFinish = tour.finish[day]
            bestAt = place
          }
          tour.remove(day: day, position: place)
          tour.schedule(day)
        }
      }
      tour.insert(stop, day: day, position: bestAt >= 0 ? bestAt : position)
      tour.scheduleOnwards(day)
      if bestAt >= 0 { didImprove = true }
      position += 1
    }
    return didImprove
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
