extension Trip {
  /// The same trip after some visits were confirmed and others cancelled (重排行程).
  ///
  /// Confirmed visits keep their day and time; cancelled stops stay out; everything else is free to
  /// move. A stop that is both confirmed and cancelled is cancelled.
  public func keeping(
    _ plan: VisitPlan, confirmed: Set<String>, cancelled: Set<String> = []
  ) -> Trip {
    var trip = self
    for row in trip.stops.indices where cancelled.contains(trip.stops[row].id) {
      trip.stops[row].isAvoided = true
      trip.stops[row].isMust = false
      trip.stops[row].appointment = nil
    }
    trip.keep = keep.filter { !cancelled.contains($0.stop) }
    let known = Set(trip.keep.map(\.stop))
    for (day, planned) in plan.days.enumerated() {
      for visit in planned.visits
      where confirmed.contains(visit.stop) && !cancelled.contains(visit.stop)
        && !known.contains(visit.stop)
      {
        trip.keep.append(KeptVisit(stop: visit.stop, day: day, begin: visit.begin))
      }
    }
    return trip
  }
}
