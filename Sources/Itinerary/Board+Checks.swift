/// Checks that every number of a trip is usable and every place is known.
func checkNumbers(of trip: Trip) throws(TripError) {
  guard !trip.days.isEmpty else { throw .noDays }
  guard !trip.stops.isEmpty else { throw .noStops }
  let places = trip.travelMinutes.count
  for (row, minutes) in trip.travelMinutes.enumerated() {
    let subject = "The travel matrix, row \(row),"
    guard minutes.count == places else {
      throw .unknownPlace(subject: subject, place: minutes.count, places: places)
    }
    for value in minutes where !(value >= 0) { throw .badNumber(subject: subject, value: value) }
  }
  let rules: [(String, Double)] = [
    ("The buffer", trip.bufferMinutes), ("The slack", trip.slackMinutes),
    ("The evening travel", trip.eveningTravelMinutes), ("The segment factor", trip.segmentFactor),
  ]
  for (subject, value) in rules where !(value >= 0 && value.isFinite) {
    throw .badNumber(subject: subject, value: value)
  }
  var seen: Set<String> = []
  for stop in trip.stops {
    guard seen.insert(stop.id).inserted else { throw .repeatedStop(id: stop.id) }
    guard trip.travelMinutes.indices.contains(stop.place) else {
      throw .unknownPlace(subject: "The stop \(stop.id)", place: stop.place, places: places)
    }
    guard stop.prize.isFinite else {
      throw .badNumber(subject: "The prize of \(stop.id)", value: stop.prize)
    }
    guard stop.serviceMinutes >= 0, stop.serviceMinutes.isFinite else {
      throw .badNumber(subject: "The service time of \(stop.id)", value: stop.serviceMinutes)
    }
    for opening in stop.openings where !(opening.from <= opening.to) {
      throw .spanIsEmpty(stop: stop.id, from: opening.from, to: opening.to)
    }
  }
  for (number, day) in trip.days.enumerated() {
    for place in [day.start, day.end].compactMap({ $0 })
    where !trip.travelMinutes.indices.contains(place) {
      throw .unknownPlace(subject: "Day \(number + 1)", place: place, places: places)
    }
    guard day.from.isFinite, day.to - trip.slackMinutes >= day.from else {
      throw .dayIsEmpty(day: number, from: day.from, to: day.to - trip.slackMinutes)
    }
    if let maximum = day.maximumVisits, maximum < 0 {
      throw .badNumber(subject: "The most visits of day \(number + 1)", value: Double(maximum))
    }
    if let lunch = day.lunch, !(lunch.from <= lunch.to) {
      throw .badNumber(subject: "The lunch of day \(number + 1)", value: lunch.to - lunch.from)
    }
  }
}

/// The confirmed visit of every stop of a trip, checked.
func keptVisits(of trip: Trip) throws(TripError) -> [KeptVisit?] {
  var rows: [String: Int] = [:]
  for (row, stop) in trip.stops.enumerated() { rows[stop.id] = row }
  var kept = [KeptVisit?](repeating: nil, count: trip.stops.count)
  for visit in trip.keep {
    guard let row = rows[visit.stop] else { throw .keptStopIsUnknown(stop: visit.stop) }
    if trip.stops[row].isAvoided { throw .mustAndAvoided(stop: visit.stop) }
    if let other = kept[row], other != visit {
      throw .appointmentsClash(first: visit.stop, second: visit.stop, day: visit.day)
    }
    kept[row] = visit
  }
  for (row, stop) in trip.stops.enumerated() where !stop.isAvoided {
    let span: (day: Int, from: Double, to: Double)
    if let visit = kept[row] {
      span = (visit.day, visit.begin, visit.begin)
    } else if let appointment = stop.appointment {
      span = (appointment.day, appointment.from, appointment.to)
    } else {
      continue
    }
    guard span.from <= span.to else {
      throw .spanIsEmpty(stop: stop.id, from: span.from, to: span.to)
    }
    guard trip.days.indices.contains(span.day) else {
      throw .appointmentOutsideTrip(stop: stop.id, day: span.day, days: trip.days.count)
    }
    let day = trip.days[span.day]
    guard span.to >= day.from, span.from + stop.serviceMinutes <= day.to - trip.slackMinutes else {
      throw .appointmentOutsideDay(
        stop: stop.id, day: span.day, from: span.from, to: span.to + stop.serviceMinutes)
    }
  }
  for stop in trip.stops where stop.isMust && stop.isAvoided {
    throw .mustAndAvoided(stop: stop.id)
  }
  return kept
}

extension Board {
  /// Checks that every day can end in time without any visit.
  func checkDays() throws(TripError) {
    let tour = Tour(self)
    for day in 0..<dayCount where !tour.schedule(day) {
      let needed = tour.finish[day] - dayFrom[day]
      throw .dayCannotEnd(
        day: day, neededMinutes: needed, availableMinutes: dayTo[day] - dayFrom[day])
    }
  }

  /// Checks that every must fits alone and that no two fixed times exclude each other.
  func checkMusts() throws(TripError) {
    for stop in 0..<stopCount where isMust[stop] && !fitsSomeDay(stop) {
      let row = trip.stops[candidates[stop]]
      if (0..<dayCount).contains(where: { !windows[stop * dayCount + $0].isEmpty }) {
        throw .mustIsOutOfReach(stop: row.id)
      }
      var without = row
      without.needsLeader = false
      let wouldOpen = (0..<dayCount).contains { day in
        !startWindows(of: without, on: day, in: trip, kept: nil).isEmpty
      }
      throw wouldOpen ? .mustNeedsLeader(stop: row.id) : .mustIsClosed(stop: row.id)
    }
    let fixed = (0..<stopCount).filter { stop in
      let row = trip.stops[candidates[stop]]
      return row.appointment != nil || trip.keep.contains { $0.stop == row.id }
    }
    for (rank, first) in fixed.enumerated() {
      for second in fixed[..<rank] {
        for day in 0..<dayCount
        where follows(first, second, on: day) == false && follows(second, first, on: day) == false {
          throw .appointmentsClash(
            first: trip.stops[candidates[second]].id, second: trip.stops[candidates[first]].id,
            day: day)
        }
      }
    }
  }

  /// Whether some day can hold a stop, however the nights before are spent.
  ///
  /// A yes is not a promise: to sleep near a far stop may need visits on the way.
  func fitsSomeDay(_ stop: Int) -> Bool {
    (0..<dayCount).contains { day in
      guard dayMaximum[day] > 0 else { return false }
      var start = day
      while isLinked[start] { start -= 1 }
      var inbound = travel[(stopCount + start) * nodeCount + stop]
      if isLinked[day] {
        for other in 0..<stopCount where other != stop {
          inbound = min(inbound, travel[other * nodeCount + stop])
        }
        inbound = max(0, inbound - trip.eveningTravelMinutes)
      }
      let outbound = travel[stop * nodeCount + stopCount + dayCount + day]
      return windows[stop * dayCount + day].contains { window in
        let begin = max(window.from, dayFrom[day] + inbound)
        return begin <= window.to + Board.epsilon
          && begin + service[stop] + outbound <= dayTo[day] + Board.epsilon
      }
    }
  }

  /// Whether `second` can be reached in time after `first`; `nil` when one is not on that day.
  private func follows(_ first: Int, _ second: Int, on day: Int) -> Bool? {
    guard let begin = windows[first * dayCount + day].first?.from,
      let last = windows[second * dayCount + day].last?.to
    else { return nil }
    return begin + service[first] + travel[first * nodeCount + second] <= last + Board.epsilon
  }
}
