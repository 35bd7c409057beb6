/// A span of minutes after midnight of one day, or of every day (时段).
///
/// Units: minutes after local midnight; 540 is 09:00.
public struct Opening: Sendable, Hashable, Codable {
  /// The day of the trip, counted from 0; `nil` means every day.
  public var day: Int?
  /// The earliest minute at which a meeting may begin.
  public var from: Double
  /// The latest minute at which a meeting must be over.
  public var to: Double

  /// States a span of opening hours.
  public init(day: Int? = nil, from: Double, to: Double) {
    self.day = day
    self.from = from
    self.to = to
  }
}

/// A time that the host fixed, or a span of times in which the meeting must begin (约定时间).
///
/// An appointment overrides the opening hours and the lunch break: the host has said so.
public struct Appointment: Sendable, Hashable, Codable {
  /// The day of the trip, counted from 0.
  public var day: Int
  /// The earliest minute at which the meeting begins.
  public var from: Double
  /// The latest minute at which the meeting begins; equal to `from` for an exact time.
  public var to: Double

  /// States an appointment that begins between two minutes of a day.
  public init(day: Int, from: Double, to: Double) {
    self.day = day
    self.from = from
    self.to = to
  }

  /// States an appointment at an exact minute of a day.
  public init(day: Int, at minute: Double) {
    self.init(day: day, from: minute, to: minute)
  }
}

/// A prospect that could be visited (拜访对象).
public struct Stop: Sendable, Hashable, Codable {
  /// The identifier of the firm; unique within a trip.
  public var id: String
  /// The row of this stop's place in the travel matrix.
  public var place: Int
  /// The worth of the visit; zero or less is never visited unless it is a must.
  ///
  /// Units: whatever the caller maximises, usually the expected value in 万元.
  public var prize: Double
  /// The chain segment whose further visits are worth less; `nil` takes no discount.
  public var segment: String?
  /// How long a visit lasts.
  ///
  /// Units: minutes.
  public var serviceMinutes: Double
  /// When the host receives; empty means at any time.
  public var openings: [Opening]
  /// The time fixed by the host, if any.
  public var appointment: Appointment?
  /// Whether the visit is only worth making while the leader is with the team.
  public var needsLeader: Bool
  /// Whether a plan without this visit is no plan.
  public var isMust: Bool
  /// Whether this stop must stay out.
  public var isAvoided: Bool

  /// States a prospect.
  public init(
    id: String, place: Int, prize: Double, segment: String? = nil, serviceMinutes: Double = 0,
    openings: [Opening] = [], appointment: Appointment? = nil, needsLeader: Bool = false,
    isMust: Bool = false, isAvoided: Bool = false
  ) {
    self.id = id
    self.place = place
    self.prize = prize
    self.segment = segment
    self.serviceMinutes = serviceMinutes
    self.openings = openings
    self.appointment = appointment
    self.needsLeader = needsLeader
    self.isMust = isMust
    self.isAvoided = isAvoided
  }
}
