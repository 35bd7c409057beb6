/// Why there is no plan: what is wrong with the trip, with its facts (行程错误).
///
/// Units: days are counted from 0; minutes run from local midnight.
public enum TripError: Error, Sendable, Hashable {
  /// The list of stops is empty, or every stop is avoided or worth nothing.
  case noStops
  /// The trip has no days.
  case noDays
  /// Two stops share an identifier.
  case repeatedStop(id: String)
  /// A place is not a row of the travel matrix, or the matrix is not square.
  case unknownPlace(subject: String, place: Int, places: Int)
  /// A number that must be finite, zero or more is not.
  case badNumber(subject: String, value: Double)
  /// A day begins after it ends, or has no time left after the slack.
  case dayIsEmpty(day: Int, from: Double, to: Double)
  /// The end of a day cannot be reached from its start in time, even without visits.
  case dayCannotEnd(day: Int, neededMinutes: Double, availableMinutes: Double)
  /// Opening hours or an appointment end before they begin.
  case spanIsEmpty(stop: String, from: Double, to: Double)
  /// An appointment or confirmed visit lies on a day that the trip does not have.
  case appointmentOutsideTrip(stop: String, day: Int, days: Int)
  /// An appointment or confirmed visit lies before the day begins or after it ends.
  case appointmentOutsideDay(stop: String, day: Int, from: Double, to: Double)
  /// Two appointments or confirmed visits overlap, or no road is fast enough between them.
  case appointmentsClash(first: String, second: String, day: Int)
  /// A stop is both a must and avoided.
  case mustAndAvoided(stop: String)
  /// A must-visit never fits because its host receives only outside the days of the trip.
  case mustIsClosed(stop: String)
  /// A must-visit needs the leader, who is not there on any day on which the host receives.
  case mustNeedsLeader(stop: String)
  /// A must-visit is too far away, or too long, for any day.
  case mustIsOutOfReach(stop: String)
  /// The must-visits fit one by one, yet no plan was found that holds all of them.
  case mustsDoNotFitTogether(missing: [String])
  /// A confirmed visit names a stop that the trip does not have.
  case keptStopIsUnknown(stop: String)
}

extension TripError {
  /// The error as one sentence in English: what is wrong, where, and what to do.
  public var sentence: String {
    switch self {
    case .noStops:
      "There is nobody to visit: the list has no stop with a prize above zero; add prospects."
    case .noDays:
      "The trip has no days; give at least one day."
    case .repeatedStop(let id):
      "The stop \(id) is listed twice; keep one of the two rows."
    case .unknownPlace(let subject, let place, let places):
      "\(subject) refers to place \(place), but the travel matrix has \(places) complete rows; "
        + "check the matrix."
    case .badNumber(let subject, let value):
      "\(subject) is \(value); give a number that is zero or more."
    case .dayIsEmpty(let day, let from, let to):
      "Day \(day + 1) begins at \(clock(from)) and ends at \(clock(to)), so nothing fits; "
        + "begin earlier, end later or reduce the slack."
    case .dayCannotEnd(let day, let needed, let available):
      "The end of day \(day + 1) is \(whole(needed)) minutes from its start, but the day has only "
        + "\(whole(available)) minutes; move the end, or begin earlier."
    case .spanIsEmpty(let stop, let from, let to):
      "\(stop) has hours from \(clock(from)) to \(clock(to)), which end before they begin; "
        + "correct the hours."
    case .appointmentOutsideTrip(let stop, let day, let days):
      "The appointment with \(stop) is on day \(day + 1), but the trip has \(days) days; "
        + "change the day or lengthen the trip."
    case .appointmentOutsideDay(let stop, let day, let from, let to):
      "The appointment with \(stop) at \(clock(from))-\(clock(to)) lies outside the hours of day "
        + "\(day + 1); ask the host for another time, or begin earlier or end later."
    case .appointmentsClash(let first, let second, let day):
      "The appointments with \(first) and \(second) on day \(day + 1) cannot both be kept; "
        + "ask one of the hosts for another time."
    case .mustAndAvoided(let stop):
      "\(stop) is both a must and avoided; take back one of the two."
    case .mustIsClosed(let stop):
      "\(stop) must be visited, but its host does not receive in the hours of the trip; "
        + "ask for an appointment or change the dates."
    case .mustNeedsLeader(let stop):
      "\(stop) must be visited with the leader, who is away on every day on which its host "
        + "receives; change the leader's days."
    case .mustIsOutOfReach(let stop):
      "\(stop) must be visited, but no day is long enough to get there and back; "
        + "lengthen a day or sleep nearer."
    case .mustsDoNotFitTogether(let missing):
      "The must-visits do not fit together: no plan was found with "
        + "\(missing.joined(separator: ", ")); drop one, or add a day."
    case .keptStopIsUnknown(let stop):
      "The confirmed visit to \(stop) names a stop that is not in the list; add it to the list."
    }
  }

  /// The error as one sentence in Chinese: what is wrong, where, and what to do.
  public var chineseSentence: String {
    switch self {
    case .noStops: "没有可拜访的企业：名单为空，或全部企业价值不为正；请补充拜访对象。"
    case .noDays: "行程天数为零；请至少安排一天。"
    case .repeatedStop(let id): "企业\(id)重复出现；请保留其中一行。"
    case .unknownPlace(let subject, let place, let places):
      "\(subject)指向第\(place)号地点，但行车时间表只有\(places)个完整的地点；请检查时间表。"
    case .badNumber(let subject, let value): "\(subject)为\(value)；请填写不小于零的数。"
    case .dayIsEmpty(let day, let from, let to):
      "第\(day + 1)天\(clock(from))开始、\(clock(to))结束，没有可用时间；请提前出发、推迟结束或减少机动时间。"
    case .dayCannotEnd(let day, let needed, let available):
      "第\(day + 1)天从起点到终点需要\(whole(needed))分钟，但当天只有\(whole(available))分钟；请调整终点或提前出发。"
    case .spanIsEmpty(let stop, let from, let to):
      "\(stop)的接待时间\(clock(from))至\(clock(to))先后颠倒；请更正。"
    case .appointmentOutsideTrip(let stop, let day, let days):
      "与\(stop)的约定在第\(day + 1)天，但行程只有\(days)天；请改期或延长行程。"
    case .appointmentOutsideDay(let stop, let day, let from, let to):
      "与\(stop)约定的\(clock(from))至\(clock(to))不在第\(day + 1)天的行程时间内；请与对方改时间，或提前出发、推迟结束。"
    case .appointmentsClash(let first, let second, let day):
      "第\(day + 1)天与\(first)和\(second)的约定无法同时赴约；请与其中一方改时间。"
    case .mustAndAvoided(let stop): "\(stop)既列为必访又列为回避；请取消其中一项。"
    case .mustIsClosed(let stop): "\(stop)为必访企业，但行程时间内对方均不接待；请预约或更改日期。"
    case .mustNeedsLeader(let stop):
      "\(stop)须由领导带队拜访，但对方接待的日子领导均不在；请调整领导日程。"
    case .mustIsOutOfReach(let stop): "\(stop)为必访企业，但任何一天都来不及往返；请延长当天时间或就近住宿。"
    case .mustsDoNotFitTogether(let missing):
      "必访企业无法全部安排，未能排入：\(missing.joined(separator: "、"))；请减少一家或增加一天。"
    case .keptStopIsUnknown(let stop): "已确认拜访的\(stop)不在名单中；请加入名单。"
    }
  }

  private func clock(_ minute: Double) -> String {
    guard minute.isFinite, abs(minute) < 1e9 else { return "\(minute)" }
    let minutes = Int(minute.rounded())
    let rest = minutes % 60
    return "\(minutes / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private func whole(_ minutes: Double) -> String {
    guard minutes.isFinite, abs(minutes) < 1e15 else { return "\(minutes)" }
    return "\(Int(minutes.rounded(.up)))"
  }
}
