/// A rule that a plan breaks (计划缺陷).
public struct PlanFault: Sendable, Hashable {
  /// The rules of a plan.
  public enum Rule: String, Sendable, Hashable {
    case dayCount, unknownStop, visitedTwice, avoided, arrival, service, openings, lunch
    case appointment, kept, leader, dayEnd, perDay, must, value, left
  }

  /// The rule that is broken.
  public var rule: Rule
  /// The day, counted from 0, when the fault has one.
  public var day: Int?
  /// The stop, when the fault has one.
  public var stop: String?

  /// States a fault.
  public init(_ rule: Rule, day: Int? = nil, stop: String? = nil) {
    self.rule = rule
    self.day = day
    self.stop = stop
  }
}

/// Lists every rule of a trip that a plan breaks; empty when the plan can be driven (核查计划).
///
/// It reads the trip and the plan only and shares nothing with the search, so that a mistake in one
/// is found by the other.
/// Units: times may differ by a millionth of a minute.
public func checkPlan(_ plan: VisitPlan, of trip: Trip) -> [PlanFault] {
  var faults: [PlanFault] = []
  guard plan.days.count == trip.days.count else { return [PlanFault(.dayCount)] }
  var stops: [String: Stop] = [:]
  for stop in trip.stops { stops[stop.id] = stop }
  var visited: Set<String> = []
  var night: Int?
  for (number, day) in trip.days.enumerated() {
    let planned = plan.days[number]
    func fault(_ rule: PlanFault.Rule, _ stop: String? = nil) {
      faults.append(PlanFault(rule, day: number, stop: stop))
    }
    var place = day.start ?? night
    var time = day.from
    // Only who slept where the day before ended could use that evening for the road.
    var evening = day.start == nil && number > 0 && endPlace(trip, number - 1) == nil
    func drive(to destination: Int) -> Double {
      guard let from = place else { return 0 }
      let road = trip.travelMinutes[from][destination]
      let minutes = from == destination ? road : road + trip.bufferMinutes
      return evening ? max(0, minutes - trip.eveningTravelMinutes) : minutes
    }
    for visit in planned.visits {
      guard let stop = stops[visit.stop] else {
        fault(.unknownStop, visit.stop)
        continue
      }
      if !visited.insert(visit.stop).inserted { fault(.visitedTwice, visit.stop) }
      if stop.isAvoided { fault(.avoided, visit.stop) }
      let earliest = time + drive(to: stop.place)
      if visit.arrive < earliest - 1e-6 || visit.begin < visit.arrive - 1e-6 {
        fault(.arrival, visit.stop)
      }
      if abs(visit.leave - visit.begin - stop.serviceMinutes) > 1e-6 { fault(.service, visit.stop) }
      for rule in brokenHours(visit, stop, number, trip) { fault(rule, visit.stop) }
      place = stop.place
      time = visit.leave
      evening = false
    }
    if let end = endPlace(trip, number) {
      time += drive(to: end)
      place = end
    }
    if time > day.to - trip.slackMinutes + 1e-6 || abs(time - planned.finish) > 1e-6 {
      fault(.dayEnd)
    }
    if let most = day.maximumVisits, planned.visits.count > most { fault(.perDay) }
    night = place
  }
  for stop in trip.stops where !visited.contains(stop.id) {
    if stop.isMust { faults.append(PlanFault(.must, stop: stop.id)) }
    if stop.appointment != nil, !stop.isAvoided {
      faults.append(PlanFault(.appointment, stop: stop.id))
    }
  }
  for kept in trip.keep where !visited.contains(kept.stop) {
    faults.append(PlanFault(.kept, stop: kept.stop))
  }
  if abs(plan.value - discountedValue(trip, visited)) > 1e-6 * max(1, abs(plan.value)) {
    faults.append(PlanFault(.value))
  }
  let left = trip.stops.map(\.id).filter { !visited.contains($0) }
  if plan.left.map(\.stop) != left { faults.append(PlanFault(.left)) }
  return faults
}

private func endPlace(_ trip: Trip, _ day: Int) -> Int? {
  trip.days[day].end ?? (day + 1 < trip.days.count ? trip.days[day + 1].start : nil)
}

private func brokenHours(
  _ visit: PlannedVisit, _ stop: Stop, _ day: Int, _ trip: Trip
) -> [PlanFault.Rule] {
  if let kept = trip.keep.first(where: { $0.stop == stop.id }) {
    return kept.day == day && abs(kept.begin - visit.begin) <= 1e-6 ? [] : [.kept]
  }
  var broken: [PlanFault.Rule] = []
  if stop.needsLeader && !trip.days[day].leaderIsPresent { broken.append(.leader) }
  if let appointment = stop.appointment {
    let isMet =
      appointment.day == day && visit.begin >= appointment.from - 1e-6
      && visit.begin <= appointment.to + 1e-6
    return isMet ? broken : broken + [.appointment]
  }
  let isOpen = stop.openings.contains { opening in
    (opening.day ?? day) == day && visit.begin >= opening.from - 1e-6
      && visit.leave <= opening.to + 1e-6
  }
  if !stop.openings.isEmpty && !isOpen { broken.append(.openings) }
  if let lunch = trip.days[day].lunch, visit.leave > lunch.from + 1e-6,
    visit.begin < lunch.to - 1e-6
  {
    broken.append(.lunch)
  }
  return broken
}

private func discountedValue(_ trip: Trip, _ visited: Set<String>) -> Double {
  var total = 0.0
  var segments: [String: [Double]] = [:]
  for stop in trip.stops where visited.contains(stop.id) {
    if let segment = stop.segment {
      segments[segment, default: []].append(stop.prize)
    } else {
      total += stop.prize
    }
  }
  for name in segments.keys.sorted() {
    var weight = 1.0
    for prize in (segments[name] ?? []).sorted(by: >) {
      total += prize * weight
      weight *= trip.segmentFactor
    }
  }
  return total
}
