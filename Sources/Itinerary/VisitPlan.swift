/// One visit of a plan, with its times (拜访).
///
/// Units: minutes after local midnight.
public struct PlannedVisit: Sendable, Hashable, Codable {
  /// The identifier of the stop.
  public var stop: String
  /// Minutes on the road from the stop or place before, with buffer.
  public var travelMinutes: Double
  /// When the team is at the door.
  public var arrive: Double
  /// When the meeting begins; later than `arrive` when the team waits.
  public var begin: Double
  /// When the team leaves.
  public var leave: Double
}

/// The visits of one day in their order (每日安排).
public struct PlannedDay: Sendable, Hashable, Codable {
  /// The visits, in order of time.
  public var visits: [PlannedVisit]
  /// Minutes from the last visit to the end of the day; zero when the night is spent nearby.
  public var returnMinutes: Double
  /// When the day is over.
  public var finish: Double
}

/// Why a stop is not in a plan (落选原因).
public enum LeftOut: Sendable, Hashable, Codable {
  /// The caller said to avoid it.
  case avoided
  /// Its prize is zero or less.
  case worthNothing
  /// No day of this trip can hold it, whatever else is dropped.
  case fitsNoDay
  /// The time goes to visits that are worth more together.
  case outbid
}

/// A stop that is not in a plan, and why (落选对象).
public struct LeftStop: Sendable, Hashable, Codable {
  /// The identifier of the stop.
  public var stop: String
  /// The reason.
  public var because: LeftOut
}

/// Which prospects to visit on which day in which order (拜访计划).
public struct VisitPlan: Sendable, Hashable, Codable {
  /// One element per day of the trip.
  public var days: [PlannedDay]
  /// The prize of the visits, after the discount for repeated segments.
  public var value: Double
  /// Minutes on the road.
  public var travelMinutes: Double
  /// The stops that stay out, in the order of the trip's stops.
  public var left: [LeftStop]
  /// How many steps the search made; zero for an exact plan.
  public var iterations: Int
  /// Whether no better plan exists.
  public var isProvedBest: Bool

  /// The identifiers of the visited stops, day by day.
  public var routes: [[String]] { days.map { $0.visits.map(\.stop) } }
}
