extension Search {
  /// Puts stops into the days, the greatest prize per minute first, until nothing fits.
  ///
  /// Complexity: the first look is stops × visits; later looks touch only the changed day.
  mutating func refill(criterion: Int, noise: Double) {
    let count = board.stopCount
    let days = board.dayCount
    free.removeAll(keepingCapacity: true)
    for stop in 0..<count where tour.dayOf[stop] < 0 && !isBanned[stop] && prize[stop] > 0 {
      var appeal = appeal[criterion][stop]
      if noise > 0 { appeal *= 1 - noise * random.unit() }
      weight[stop] = appeal
      free.append(stop)
    }
    for stop in free { for day in 0..<days { look(stop, day) } }
    while !free.isEmpty {
      var choice = -1
      var choiceDay = 0
      var choiceScore = -1.0
      var kept = 0
      for index in 0..<free.count {
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
      free.removeLast(free.count - kept)
      guard choice >= 0 else { return }
      let position = bestPosition[choiceDay * count + choice]
      tour.insert(choice, day: choiceDay, position: position)
      tour.scheduleOnwards(choiceDay)
      kept = 0
      for stop in free where stop != choice {
        free[kept] = stop
        kept += 1
      }
      free.removeLast(free.count - kept)
      if tour.isPlain {
        for stop in free { lookAgain(stop, choiceDay, inserted: position) }
      } else {
        let lastDay = tour.hasLinks ? days - 1 : choiceDay
        let firstDay = tour.hasLinks ? 0 : choiceDay
        for stop in free { for day in firstDay...lastDay { look(stop, day) } }
      }
    }
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

  /// Finds the cheapest place of a stop in a day.
  @inline(__always)
  private mutating func look(_ stop: Int, _ day: Int) {
    let slot = day * board.stopCount + stop
    var best = Double.infinity
    var bestAt = 0
    if tour.isPlain {
      let row = tour.travel + stop * tour.nodeCount
      let inbound = tour.inbound + stop * tour.nodeCount
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
    } else if tour.windowIndex[stop * tour.dayCount + day]
      < tour.windowIndex[stop * tour.dayCount + day + 1]
    {
      for position in 0...tour.length[day] {
        let cost = tour.insertionCost(of: stop, day: day, position: position)
        if cost < best {
          best = cost
          bestAt = position
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
    let row = tour.travel + stop * tour.nodeCount
    let inbound = tour.inbound + stop * tour.nodeCount
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
