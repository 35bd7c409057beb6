/// One day of a trip: where it begins and ends, and how much fits (行程日).
public struct TripDay: Sendable, Hashable, Codable {
  /// The place where the day begins; `nil` means where the night was spent.
  public var start: Int?
  /// The place where the day ends; `nil` means a hotel near the last visit.
  public var end: Int?
  /// The minute at which the team sets off.
  public var from: Double
  /// The minute by which the team must have arrived, or ended its last visit.
  public var to: Double
  /// The most visits of this day; `nil` means no limit.
  public var maximumVisits: Int?
  /// Whether the leader is with the team.
  public var leaderIsPresent: Bool
  /// A break in which no meeting takes place; travel may go on.
  public var lunch: Opening?

  /// States a day.
  public init(
    start: Int?, end: Int?, from: Double, to: Double, maximumVisits: Int? = nil,
    leaderIsPresent: Bool = true, lunch: Opening? = nil
  ) {
    self.start = start
    self.end = end
    self.from = from
    self.to = to
    self.maximumVisits = maximumVisits
    self.leaderIsPresent = leaderIsPresent
    self.lunch = lunch
  }
}

/// A visit that was confirmed to its host and must not move (已确认拜访).
public struct KeptVisit: Sendable, Hashable, Codable {
  /// The identifier of the stop.
  public var stop: String
  /// The day of the trip, counted from 0.
  public var day: Int
  /// The minute at which the meeting begins.
  public var begin: Double

  /// States a confirmed visit.
  public init(stop: String, day: Int, begin: Double) {
    self.stop = stop
    self.day = day
    self.begin = begin
  }
}

/// Everything a visit plan depends on: prospects, days, travel and rules (行程问题).
///
/// This is team orienteering with time windows: the greatest prize that fits into the days. It
/// is not a tour through every prospect.
/// Source: Vansteenwegen et al. 2009, doi:10.1016/j.cor.2008.11.008.
public struct Trip: Sendable, Hashable {
  /// The prospects; identifiers are unique.
  public var stops: [Stop]
  /// The days, in order.
  public var days: [TripDay]
  /// Minutes from one place to another by the mode that the caller chose, row by row.
  ///
  /// Shapes: square, one row per place. Infinity means that there is no way.
  public var travelMinutes: [[Double]]
  /// Minutes added to every leg between two different places, for traffic and doors.
  public var bufferMinutes: Double
  /// Minutes kept free at the end of every day.
  public var slackMinutes: Double
  /// Minutes of the evening that may carry the team towards the first visit of the next day.
  ///
  /// It applies to nights anywhere: the leg of the morning is shorter by so much.
  public var eveningTravelMinutes: Double
  /// What each further visit to the same segment is worth, relative to the one before.
  public var segmentFactor: Double
  /// Visits that are confirmed and stay as they are.
  public var keep: [KeptVisit]

  /// States a trip.
  public init(
    stops: [Stop], days: [TripDay], travelMinutes: [[Double]], bufferMinutes: Double = 0,
    slackMinutes: Double = 0, eveningTravelMinutes: Double = 0, segmentFactor: Double = 0.7,
    keep: [KeptVisit] = []
  ) {
    self.stops = stops
    self.days = days
    self.travelMinutes = travelMinutes
    self.bufferMinutes = bufferMinutes
    self.slackMinutes = slackMinutes
    self.eveningTravelMinutes = eveningTravelMinutes
    self.segmentFactor = segmentFactor
    self.keep = keep
  }

  /// Minutes from one place to another, with the buffer when the places differ.
  public func legMinutes(from origin: Int, to destination: Int) -> Double {
    let minutes = travelMinutes[origin][destination]
    return origin == destination ? minutes : minutes + bufferMinutes
  }

  /// The place to which a day has to return, when there is one.
  ///
  /// A day without an end before a day with a fixed start ends there: the team has to get there.
  func end(of day: Int) -> Int? {
    if let end = days[day].end { return end }
    guard day + 1 < days.count else { return nil }
    return days[day + 1].start
  }
}
