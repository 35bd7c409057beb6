import Atlas

extension Search {
  /// Takes visits out of the routes: a run, a cluster, a scatter or a whole day.
  mutating func ruin() {
    for stop in removed { isBanned[stop] = false }
    removed.removeAll(keepingCapacity: true)
    var visited = 0
    for day in 0..<board.dayCount { visited += tour.length[day] }
    guard visited > 0 else { return }
    let most = min(visited, max(6, min(visited * 35 / 100, 24)))
    let wanted = 1 + random.below(random.below(2) == 0 ? most : min(most, 6))
    switch random.below(board.dayCount > 1 ? 12 : 11) {
    case 0...3: removeRun(wanted)
    case 4...6: removeCluster(wanted)
    case 7, 8: removeScatter(wanted, visited)
    case 9, 10: force()
    default: removeDay()
    }
    if random.below(4) == 0 {
      for stop in removed where random.below(3) == 0 { isBanned[stop] = true }
    }
    tour.repair()
  }

  private mutating func take(day: Int, position: Int) {
    removed.append(tour.stop(day, position))
    tour.remove(day: day, position: position)
    noteChange(day: day, around: position)
  }

  private mutating func randomVisit() -> (day: Int, position: Int) {
    var visited = 0
    for day in 0..<board.dayCount { visited += tour.length[day] }
    var rank = random.below(visited)
    var day = 0
    while rank >= tour.length[day] {
      rank -= tour.length[day]
      day += 1
    }
    return (day, rank)
  }

  private mutating func removeRun(_ wanted: Int) {
    let (day, position) = randomVisit()
    let count = min(wanted, tour.length[day])
    let first = min(position, tour.length[day] - count)
    for _ in 0..<count { take(day: day, position: first) }
  }

  private mutating func removeCluster(_ wanted: Int) {
    let centre = random.below(board.stopCount)
    var taken = 0
    if tour.dayOf[centre] >= 0 {
      takeStop(centre)
      taken = 1
    }
    for rank in 0..<nearCount where taken < wanted {
      let stop = near[centre * nearCount + rank]
      if tour.dayOf[stop] >= 0, random.below(8) > 0 {
        takeStop(stop)
        taken += 1
      }
    }
  }

  private mutating func takeStop(_ stop: Int) {
    let day = tour.dayOf[stop]
    // Earlier removals of this step have moved it forward at most.
    var position = min(tour.positionOf[stop], tour.length[day] - 1)
    while tour.stop(day, position) != stop { position -= 1 }
    take(day: day, position: position)
  }

  private mutating func removeScatter(_ wanted: Int, _ visited: Int) {
    for _ in 0..<min(wanted, visited) {
      let (day, position) = randomVisit()
      take(day: day, position: position)
    }
  }

  private mutating func removeDay() {
    let (day, _) = randomVisit()
    while tour.length[day] > 0 { take(day: day, position: tour.length[day] - 1) }
  }

  /// Puts a stop in that is out, and takes visits of its day out until it fits.
  ///
  /// Far clusters are reached this way; by insertion alone they never pay at first.
  mutating func force() {
    var stop = -1
    for _ in 0..<8 where stop < 0 {
      let candidate = random.below(board.stopCount)
      if tour.dayOf[candidate] < 0, prize[candidate] > 0 { stop = candidate }
    }
    guard stop >= 0 else { return }
    let day = random.below(board.dayCount)
    guard
      tour.windowIndex[stop * tour.dayCount + day]
        < tour.windowIndex[stop * tour.dayCount + day + 1]
    else { return }
    while true {
      var bestCost = Double.infinity
      var bestAt = -1
      for position in 0...tour.length[day] {
        let cost = tour.insertionCost(of: stop, day: day, position: position)
        if cost < bestCost {
          bestCost = cost
          bestAt = position
        }
      }
      if bestAt >= 0 {
        tour.insert(stop, day: day, position: bestAt)
        tour.scheduleOnwards(day)
        noteChange(day: day, around: bestAt)
        return
      }
      guard tour.length[day] > 0 else { return }
      take(day: day, position: leastUseful(day, for: stop))
      tour.repair()
    }
  }

  /// The visit that gives the least for the minutes it takes, with some luck.
  private mutating func leastUseful(_ day: Int, for stop: Int) -> Int {
    let count = tour.length[day]
    var choice = 0
    var choiceScore = Double.infinity
    for position in 0..<count {
      let node = tour.stop(day, position)
      let before = position == 0 ? tour.origin(day) : tour.stop(day, position - 1)
      let after = position + 1 == count ? tour.endNode(day) : tour.stop(day, position + 1)
      let saved =
        tour.leg(before, node) + tour.leg(node, after) - tour.leg(before, after)
        + tour.service[node]
      let score = prize[node] / max(saved, 1e-6) * (0.3 + random.uniform())
      if score < choiceScore {
        choiceScore = score
        choice = position
      }
    }
    return choice
  }
}
