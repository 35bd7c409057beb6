extension Board {
  /// Writes routes out as a plan with times and reasons.
  func plan(_ routes: [[Int]], iterations: Int, isProvedBest: Bool) throws(TripError) -> VisitPlan {
    let tour = Tour(self)
    for (day, route) in routes.enumerated() {
      for stop in route { tour.insert(stop, day: day, position: tour.length[day]) }
    }
    var isVisited = [Bool](repeating: false, count: stopCount)
    var days: [PlannedDay] = []
    var minutes = 0.0
    for (day, route) in routes.enumerated() {
      precondition(tour.schedule(day), "a route of the search breaks its own rules")
      var visits: [PlannedVisit] = []
      var time = dayFrom[day]
      var previous = tour.origin(day)
      for (position, stop) in route.enumerated() {
        isVisited[stop] = true
        let leg = tour.leg(previous, stop)
        minutes += leg
        time += position == 0 ? tour.firstLeg(day, from: previous, to: stop) : leg
        let leave = tour.begin[stop] + service[stop]
        visits.append(
          PlannedVisit(
            stop: trip.stops[candidates[stop]].id, travelMinutes: leg, arrive: time,
            begin: tour.begin[stop], leave: leave))
        time = leave
        previous = stop
      }
      let back = isOpen[day] ? 0 : tour.leg(previous, tour.endNode(day))
      minutes += back
      days.append(PlannedDay(visits: visits, returnMinutes: back, finish: tour.finish[day]))
    }
    let missing = (0..<stopCount).filter { isMust[$0] && !isVisited[$0] }
    guard missing.isEmpty else {
      throw .mustsDoNotFitTogether(missing: missing.map { trip.stops[candidates[$0]].id })
    }
    var numberOfRow = [Int?](repeating: nil, count: trip.stops.count)
    for (number, row) in candidates.enumerated() { numberOfRow[row] = number }
    var left: [LeftStop] = []
    for (row, stop) in trip.stops.enumerated() {
      guard let number = numberOfRow[row] else {
        left.append(LeftStop(stop: stop.id, because: stop.isAvoided ? .avoided : .worthNothing))
        continue
      }
      if !isVisited[number] {
        left.append(LeftStop(stop: stop.id, because: fitsSomeDay(number) ? .outbid : .fitsNoDay))
      }
    }
    return VisitPlan(
      days: days, value: value(ofVisited: isVisited), travelMinutes: minutes, left: left,
      iterations: iterations, isProvedBest: isProvedBest)
  }
}
