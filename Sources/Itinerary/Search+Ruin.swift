extension Search {
  /// Takes visits out of the routes: a run, a cluster, a scatter or a whole day.
  mutating func ruin() {
    for stop in removed { isBanned[stop] = false }
    removed.removeAll(keepingCapacity: true)
    var visited = 0
    for day in 0..<board.dayCount { visited += tour.length[day] }
    guard visited > 0 else { return }
    let most = max(1, min(visited, max(3, visited * 35 / 100), 24))
    let wanted = 1 + random.below(random.below(2) == 0 ? most : min(most, 6))
    switch random.below(board.dayCount > 1 ? 10 : 9) {
    case 0...3: removeRun(wanted)
    case 4...6: removeCluster(wanted)
    case 7, 8: removeScatter(wanted, visited)
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
    for position in 0..<tour.length[day] where tour.stop(day, position) == stop {
      take(day: day, position: position)
      return
    }
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
}
