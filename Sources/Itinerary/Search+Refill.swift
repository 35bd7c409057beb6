import Atlas

extension Search {
  /// Puts stops into the days, the greatest prize per minute first, until nothing fits.
  ///
  /// Complexity: the first look is stops × visits; later looks touch only the changed day.
  mutating func refill(criterion: Int, noise: Double) {
    let count = board.stopCount
    let days = board.dayCount
    var freeCount = 0
    for stop in 0..<count where tour.dayOf[stop] < 0 && !isBanned[stop] && prize[stop] > 0 {
      var appeal = appeal[criterion][stop]
      if noise > 0 { appeal *= 1 - noise * random.uniform() }
      weight[stop] = appeal
      free[freeCount] = stop
      freeCount += 1
    }
    for index in 0..<freeCount {
      if tour.isPlain {
        lookEverywhere(free[index])
      } else {
        for day in 0..<days { look(free[index], day) }
      }
    }
    while freeCount > 0 {
      var choice = -1
      var choiceDay = 0
      var choiceScore = -1.0
      var kept = 0
      for index in 0..<freeCount {
        let stop = free[index]
        var fits = false
        let appeal = hasSegments ? weight[stop] * discount(stop) : weight[stop]
        for day in 0..<days {
          let cost = bestCost[day * count + stop]
          guard isAffordable(cost, day) else { continue }
          fits = true
          let score = appeal / max(cost, 1e-6)
          if score > choiceScore {
            choiceScore = score
            choice = stop
            choiceDay = day
          }
        }
        // In plain trips a day only fills up, so what does not fit now never will.
        if fits || !tour.isPlain {
          free[kept] = stop
          kept += 1
        }
      }
      freeCount = kept
      guard choice >= 0 else { return }
      let position = bestPosition[choiceDay * count + choice]
      tour.insert(choice, day: choiceDay, position: position)
      tour.scheduleOnwards(choiceDay)
      noteChange(day: choiceDay, around: position)
      kept = 0
      for index in 0..<freeCount where free[index] != choice {
        free[kept] = free[index]
        kept += 1
      }
      freeCount = kept
      if tour.isPlain {
        for index in 0..<freeCount { lookAgain(free[index], choiceDay, inserted: position) }
      } else {
        let nights = nightsAround(choiceDay)
        for index in 0..<freeCount {
          for day in nights { look(free[index], day) }
        }
      }
    }
  }

  /// The days whose places depend on where this day begins and ends.
  private func nightsAround(_ day: Int) -> ClosedRange<Int> {
    guard tour.hasLinks else { return day...day }
    var first = day
    while tour.isLinked[first] {
      first -= 1
      if tour.length[first] > 0 { break }
    }
    var last = day
    while last + 1 < tour.dayCount, tour.isLinked[last + 1] {
      last += 1
      if tour.length[last] > 0 { break }
    }
    return first...last
  }

  @inline(__always)
  private func isAffordable(_ cost: Double, _ day: Int) -> Bool {
    guard cost < .infinity else { return false }
    guard tour.isPlain else { return true }
    return tour.finish[day] + cost <= tour.dayTo[day] + Board.epsilon
      && tour.length[day] < tour.dayMaximum[day]
  }

  /// What the discount for repeated segments leaves of a stop's prize, roughly.
  private func discount(_ stop: Int) -> Double {
    guard board.segment[stop] >= 0 else { return 1 }
    var factor = 1.0
    for other in board.members[board.segment[stop]] where tour.dayOf[other] >= 0 {
      factor *= board.trip.segmentFactor
    }
    return factor
  }

  /// Finds a cheap place of a stop in every day, beside the visits that are near it.
  ///
  /// In plain trips the cheapest place is nearly always beside a near visit, or at an end.
  @inline(__always)
  private mutating func lookEverywhere(_ stop: Int) {
    let count = board.stopCount
    let row = tour.travel.row(stop * tour.nodeCount)
    let inbound = tour.inbound.row(stop * tour.nodeCount)
    let service = tour.service[stop]
    for day in 0..<board.dayCount {
      if tour.length[day] <= 12 {
        look(stop, day)
        continue
      }
      let first = tour.stop(day, 0)
      let start = tour.stopCount + day
      let last = tour.stop(day, tour.length[day] - 1)
      let end = tour.endNode(day)
      let before = inbound[start] + row[first] - tour.leg(start, first)
      let after = inbound[last] + row[end] - tour.leg(last, end)
      bestCost[day * count + stop] = min(before, after) + service
      bestPosition[day * count + stop] = before <= after ? 0 : tour.length[day]
    }
    var seen = 0
    let list = near.row(stop * nearCount)
    for rank in 0..<nearCount where seen < 8 {
      let other = list[rank]
      let day = tour.dayOf[other]
      guard day >= 0, tour.length[day] > 12 else { continue }
      seen += 1
      let position = tour.positionOf[other]
      let slot = day * count + stop
      if position > 0 {
        let previous = tour.stop(day, position - 1)
        let cost = inbound[previous] + row[other] - tour.leg(previous, other) + service
        if cost < bestCost[slot] {
          bestCost[slot] = cost
          bestPosition[slot] = position
        }
      }
      if position + 1 < tour.length[day] {
        let next = tour.stop(day, position + 1)
        let cost = inbound[other] + row[next] - tour.leg(other, next) + service
        if cost < bestCost[slot] {
          bestCost[slot] = cost
          bestPosition[slot] = position + 1
        }
      }
    }
  }

  /// Finds the cheapest place of a stop in a day.
  @inline(__always)
  private mutating func look(_ stop: Int, _ day: Int) {
    let slot = day * board.stopCount + stop
    var best = Double.infinity
    var bestAt = 0
    if tour.isPlain {
      let row = tour.travel.row(stop * tour.nodeCount)
      let inbound = tour.inbound.row(stop * tour.nodeCount)
      var previous = tour.stopCount + day
      for position in 0..<tour.length[day] {
        let next = tour.stop(day, position)
        let cost = inbound[previous] + row[next] - tour.leg(previous, next)
        if cost < best {
          best = cost
          bestAt = position
        }
        previous = next
      }
      let end = tour.endNode(day)
      let cost = inbound[previous] + row[end] - tour.leg(previous, end)
      if cost < best {
        best = cost
        bestAt = tour.length[day]
      }
      best += tour.service[stop]
    } else {
      let firstWindow = tour.windowIndex[stop * tour.dayCount + day]
      let lastWindow = tour.windowIndex[stop * tour.dayCount + day + 1]
      if firstWindow < lastWindow {
        let opens = tour.windowFrom[firstWindow] + tour.service[stop]
        let closes = tour.windowTo[lastWindow - 1]
        let length = tour.length[day]
        for position in 0...length {
          // Times rise along a day: before this it is too early to go on, after it too late.
          if position < length, tour.latest[tour.stop(day, position)] < opens { continue }
          if position > 0 {
            let previous = tour.stop(day, position - 1)
            if tour.begin[previous] + tour.service[previous] > closes { break }
          }
          let cost = tour.insertionCost(of: stop, day: day, position: position)
          if cost < best {
            best = cost
            bestAt = position
          }
        }
      }
    }
    bestCost[slot] = best
    bestPosition[slot] = bestAt
  }

  /// Brings the cheapest place of a stop up to date after an insertion, by the two new legs.
  @inline(__always)
  private mutating func lookAgain(_ stop: Int, _ day: Int, inserted position: Int) {
    let slot = day * board.stopCount + stop
    guard bestPosition[slot] != position else {
      look(stop, day)
      return
    }
    if bestPosition[slot] > position { bestPosition[slot] += 1 }
    let row = tour.travel.row(stop * tour.nodeCount)
    let inbound = tour.inbound.row(stop * tour.nodeCount)
    let node = tour.stop(day, position)
    let previous = position == 0 ? tour.stopCount + day : tour.stop(day, position - 1)
    let next =
      position + 1 == tour.length[day] ? tour.endNode(day) : tour.stop(day, position + 1)
    let service = tour.service[stop]
    let before = inbound[previous] + row[node] - tour.leg(previous, node) + service
    if before < bestCost[slot] {
      bestCost[slot] = before
      bestPosition[slot] = position
    }
    let after = inbound[node] + row[next] - tour.leg(node, next) + service
    if after < bestCost[slot] {
      bestCost[slot] = after
      bestPosition[slot] = position + 1
    }
  }
}
