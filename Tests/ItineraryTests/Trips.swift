import Atlas

@testable import Itinerary

/// Random small trips with every rule of the problem, for laws.
func randomTrip(_ random: inout Generator, stops count: Int, days dayCount: Int) -> Trip {
  let places = count + 2
  let points = (0..<places).map { _ in (100 * random.uniform(), 100 * random.uniform()) }
  let travel = points.map { a in
    points.map { b in ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).squareRoot() }
  }
  var stops: [Stop] = []
  for number in 0..<count {
    var stop = Stop(
      id: "s\(number)", place: number + 2, prize: Double(1 + random.below(30)),
      segment: random.below(2) == 0 ? "g\(random.below(3))" : nil,
      serviceMinutes: Double(10 * random.below(8)), needsLeader: random.below(8) == 0)
    if random.below(2) == 0 {
      let from = 480 + 60 * random.below(5)
      stop.openings.append(Opening(from: Double(from), to: Double(from + 180)))
      if random.below(2) == 0 {
        stop.openings.append(
          Opening(day: random.below(dayCount), from: Double(from + 240), to: Double(from + 330)))
      }
    }
    stops.append(stop)
  }
  let isFree = random.below(2) == 0
  let days = (0..<dayCount).map { number in
    TripDay(
      start: number == 0 || !isFree ? 0 : nil,
      end: number == dayCount - 1 ? (random.below(3) == 0 ? nil : 1) : isFree ? nil : 0,
      from: 540, to: Double(800 + 60 * random.below(5)),
      maximumVisits: random.below(2) == 0 ? 1 + random.below(3) : nil,
      leaderIsPresent: random.below(3) > 0,
      lunch: random.below(2) == 0 ? Opening(from: 720, to: 780) : nil)
  }
  return Trip(
    stops: stops, days: days, travelMinutes: travel, bufferMinutes: Double(random.below(3) * 5),
    slackMinutes: Double(random.below(2) * 20), eveningTravelMinutes: Double(random.below(3) * 30))
}

/// The best value by trying every order of every set on every day, without any cleverness.
func bestValueByTrying(_ trip: Trip) -> Double? {
  var best: Double?
  var routes = [[Int]](repeating: [], count: trip.days.count)
  func consider(_ day: Int, _ time: Double, _ place: Int?, _ isFirst: Bool, _ used: Set<Int>) {
    let date = trip.days[day]
    func minutes(_ target: Int) -> Double {
      guard let place else { return 0 }
      let leg = trip.legMinutes(from: place, to: target)
      let slept = day > 0 && date.start == nil && trip.end(of: day - 1) == nil
      return isFirst && slept ? max(0, leg - trip.eveningTravelMinutes) : leg
    }
    // End the day here.
    let end = trip.end(of: day)
    let finish = time + (end.map(minutes) ?? 0)
    if finish <= date.to - trip.slackMinutes + 1e-9 {
      if day + 1 == trip.days.count {
        let isComplete =
          trip.stops.indices.allSatisfy {
            used.contains($0) || !(trip.stops[$0].isMust || trip.stops[$0].appointment != nil)
          } && trip.keep.allSatisfy { kept in used.contains { trip.stops[$0].id == kept.stop } }
        if isComplete { best = max(best ?? -.infinity, worth(used, trip)) }
      } else {
        let next = trip.days[day + 1]
        consider(day + 1, next.from, next.start ?? end ?? place, true, used)
      }
    }
    guard routes[day].count < date.maximumVisits ?? .max else { return }
    for row in trip.stops.indices where !used.contains(row) && !trip.stops[row].isAvoided {
      let stop = trip.stops[row]
      guard
        let begin = earliestBegin(stop, day, time + minutes(stop.place), trip),
        begin + stop.serviceMinutes <= date.to - trip.slackMinutes + 1e-9
      else { continue }
      routes[day].append(row)
      consider(day, begin + stop.serviceMinutes, stop.place, false, used.union([row]))
      routes[day].removeLast()
    }
  }
  consider(0, trip.days[0].from, trip.days[0].start, true, [])
  return best
}

private func worth(_ used: Set<Int>, _ trip: Trip) -> Double {
  var total = 0.0
  var counts: [String: Int] = [:]
  for row in used.sorted(by: { (trip.stops[$1].prize, $0) < (trip.stops[$0].prize, $1) }) {
    var prize = trip.stops[row].prize
    if let segment = trip.stops[row].segment {
      for _ in 0..<counts[segment, default: 0] { prize *= trip.segmentFactor }
      counts[segment, default: 0] += 1
    }
    total += prize
  }
  return total
}

/// The earliest begin by stepping through the quarter-minute grid is too coarse; try every edge.
private func earliestBegin(_ stop: Stop, _ day: Int, _ arrival: Double, _ trip: Trip) -> Double? {
  let date = trip.days[day]
  if let kept = trip.keep.first(where: { $0.stop == stop.id }) {
    return kept.day == day && arrival <= kept.begin + 1e-9 ? kept.begin : nil
  }
  if stop.needsLeader && !date.leaderIsPresent { return nil }
  if let appointment = stop.appointment {
    guard appointment.day == day, arrival <= appointment.to + 1e-9 else { return nil }
    return max(arrival, appointment.from)
  }
  let edges = [arrival] + stop.openings.map(\.from) + (date.lunch.map { [$0.to] } ?? [])
  return edges.sorted().first { begin in
    let leave = begin + stop.serviceMinutes
    let isOpen =
      stop.openings.isEmpty
      || stop.openings.contains {
        ($0.day ?? day) == day && $0.from <= begin + 1e-9 && leave <= $0.to + 1e-9
      }
    let isLunch = date.lunch.map { leave > $0.from + 1e-9 && begin < $0.to - 1e-9 } ?? false
    return begin >= arrival - 1e-9 && isOpen && !isLunch
  }
}
