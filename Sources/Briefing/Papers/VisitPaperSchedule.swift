import Atlas
import Itinerary
import Matching

/// What is asked of a trip. 行程要求
public struct VisitRequest: Sendable {
  /// A meeting that the host or an earlier plan has fixed. 约定
  public struct Fixed: Sendable, Equatable {
    /// Row of `Firms`.
    public let firm: Int
    public let date: Day
    /// Minutes after midnight at which the meeting begins.
    public let begin: Double

    public init(firm: Int, date: Day, begin: Double) {
      self.firm = firm
      self.date = date
      self.begin = begin
    }
  }
  /// The days on which a leader can travel. 领导日程
  public struct LeaderDays: Sendable, Equatable {
    public let role: String
    public let days: [Day]
    /// Id of the chain; nil for all.
    public let chain: String?

    public init(role: String, days: [Day], chain: String?) {
      self.role = role
      self.days = days
      self.chain = chain
    }
  }

  public var start: Day
  public var days: Int
  /// Row of `Places` where the trip begins and ends.
  public var from: Int
  /// Row of `Snapshot.chains`; nil for all.
  public var chain: Int?
  public var perDay: Int?
  /// Rows of `Firms`.
  public var musts: [Int] = []
  public var avoided: [Int] = []
  /// What the hosts fixed.
  public var appointments: [Fixed] = []
  /// What an earlier plan confirmed.
  public var kept: [Fixed] = []
  /// The hours of meetings, when they are not the card's.
  public var hours: (from: Double, to: Double)?
  public var leaders: [LeaderDays] = []
  /// Role of the contact at a firm, by row of `Firms`.
  public var hosts: [(firm: Int, role: String)] = []
  public var iterations = 6000
  public var seed: UInt64 = 1

  public init(start: Day, days: Int, from: Int, chain: Int? = nil) {
    self.start = start
    self.days = days
    self.from = from
    self.chain = chain
  }
}

/// A trip with its visits, its ways, and who stays out. 行程
public struct VisitSchedule: Sendable {
  public struct Visit: Sendable {
    /// Row of `Firms`.
    public let firm: Int
    /// Row of `Places`.
    public let place: Int
    /// Nil for a firm that is on no list.
    public let entry: Entry?
    public let leg: VisitLeg
    public let travelMinutes: Double
    public let arrive: Double
    public let begin: Double
    public let leave: Double
    public let isMust: Bool
    /// Fixed by the host or an earlier plan.
    public let isConfirmed: Bool
    /// Firms in the same prefecture that could stand in.
    public let fallback: [Int]
  }
  public struct TravelDay: Sendable {
    public let date: Day
    public let visits: [Visit]
    /// The way home.
    public let back: VisitLeg?
    public let backMinutes: Double
    public let finish: Double
    /// The post that leads the team; nil when its days are not recorded, or it is away.
    public let leader: String?
    /// False when leaders' days are recorded and this is none of them.
    public let leaderIsAway: Bool
  }
  public struct Left: Sendable {
    public let firm: Int
    public let expectedValue: Double?
    public let because: Phrase
    public let couldStandIn: Bool
  }
  public let request: VisitRequest
  public let rules: VisitRules
  public let days: [TravelDay]
  /// 10k yuan, after the discount for repeated segments.
  public let value: Double
  public let left: [Left]
  public let iterations: Int
  public let isProvedBest: Bool
  public let travelMinutes: Double

  public var visits: [Visit] { days.flatMap(\.visits) }
}

/// The most prospects that are planned with; the others are left out by expected value.
private let mostProspects = 200

/// Chooses whom to visit from a publication, and when. 排走访
///
/// Throws: why the trip is impossible, with firms by name.
public func planTrip(
  _ context: PaperContext, _ request: VisitRequest, _ rules: VisitRules
) throws(TripError) -> VisitSchedule {
  let snapshot = context.snapshot
  var prospects = Prospects(context, request, rules)
  guard request.days > 0 else { throw .noDays }
  guard prospects.rows.contains(where: { $0.isWanted }) else { throw .noStops }
  var places: [Int] = [request.from]
  var rowOfPlace: [Int: Int] = [request.from: 0]
  var stops: [Stop] = []
  let hours = request.hours ?? (rules.opens, rules.closes)
  let leaderDays = (0..<request.days).map {
    leaders(request, context, on: request.start.adding(days: $0))
  }
  let leaderComes = leaderDays.contains { !$0.isEmpty }
  for index in prospects.rows.indices {
    let prospect = prospects.rows[index]
    guard let place = prospect.place,
      rules.leg(from: request.from, to: place, snapshot.places) != nil
    else {
      if prospect.isMust || prospect.isFixed {
        throw .mustIsOutOfReach(stop: context.firm(prospect.firm))
      }
      prospects.leave(index, Phrase(zh: "所在地不详，无法排程", en: "its place is unknown"))
      continue
    }
    let row: Int
    if let known = rowOfPlace[place] {
      row = known
    } else {
      row = places.count
      rowOfPlace[place] = row
      places.append(place)
    }
    let appointment = request.appointments.first { $0.firm == prospect.firm }
    stops.append(
      Stop(
        id: "\(index)", place: row, prize: prospect.prize,
        segment: prospect.entry.map { "\($0.pairing.segment)" }, serviceMinutes: rules.service,
        openings: [Opening(from: hours.from, to: hours.to)],
        appointment: appointment.map {
          Appointment(day: $0.date - request.start, at: $0.begin)
        },
        // The first-choice firms wait for the leader when the leader comes at all.
        needsLeader: leaderComes && prospect.entry?.verdict == .visitFirst && !prospect.isMust
          && !prospect.isFixed,
        isMust: prospect.isMust || appointment != nil, isAvoided: prospect.isAvoided))
  }
  let travel = places.map { from in
    places.map { rules.leg(from: from, to: $0, snapshot.places)?.minutes ?? .infinity }
  }
  let last = request.days - 1
  let trip = Trip(
    stops: stops,
    days: (0..<request.days).map { day in
      TripDay(
        start: day == 0 ? 0 : nil, end: day == last ? 0 : nil,
        from: rules.setsOff, to: day == last ? rules.isHome : max(hours.to, rules.closes),
        maximumVisits: request.perDay ?? rules.perDay,
        leaderIsPresent: !leaderDays[day].isEmpty,
        lunch: Opening(from: rules.lunchFrom, to: rules.lunchTo))
    },
    travelMinutes: travel, bufferMinutes: rules.buffer, eveningTravelMinutes: rules.eveningTravel,
    segmentFactor: rules.segmentFactor,
    keep: request.kept.compactMap { kept in
      prospects.rows.firstIndex { $0.firm == kept.firm }.map {
        KeptVisit(stop: "\($0)", day: kept.date - request.start, begin: kept.begin)
      }
    })
  let plan: VisitPlan
  do throws(TripError) {
    plan = try planVisits(
      trip, budget: SearchBudget(iterations: request.iterations, seed: request.seed))
  } catch {
    throw error.renamed { id in
      Int(id).map { context.firm(prospects.rows[$0].firm) } ?? id
    }
  }
  for item in plan.left {
    guard let index = Int(item.stop) else { continue }
    prospects.leave(
      index, reason(item.because), couldStandIn: item.because == .outbid)
  }
  let left = prospects.left.sorted {
    ($0.expectedValue ?? -.infinity, $1.firm) > ($1.expectedValue ?? -.infinity, $0.firm)
  }
  var night = request.from
  var days: [VisitSchedule.TravelDay] = []
  for (number, planned) in plan.days.enumerated() {
    var visits: [VisitSchedule.Visit] = []
    for visit in planned.visits {
      guard let index = Int(visit.stop), let place = prospects.rows[index].place,
        let leg = rules.leg(from: night, to: place, snapshot.places)
      else { continue }
      let prospect = prospects.rows[index]
      let city = snapshot.places.prefecture(of: place)
      visits.append(
        VisitSchedule.Visit(
          firm: prospect.firm, place: place, entry: prospect.entry, leg: leg,
          travelMinutes: visit.travelMinutes, arrive: visit.arrive, begin: visit.begin,
          leave: visit.leave, isMust: prospect.isMust, isConfirmed: prospect.isFixed,
          fallback: left.filter { other in
            other.couldStandIn
              && prospects.place(of: other.firm).map { snapshot.places.prefecture(of: $0) } == city
          }.prefix(2).map(\.firm)))
      night = place
    }
    let isLast = number == last
    days.append(
      VisitSchedule.TravelDay(
        date: request.start.adding(days: number), visits: visits,
        back: isLast && night != request.from
          ? rules.leg(from: night, to: request.from, snapshot.places) : nil,
        backMinutes: planned.returnMinutes, finish: planned.finish,
        leader: leaderDays[number].first,
        leaderIsAway: !request.leaders.isEmpty && leaderDays[number].isEmpty))
  }
  return VisitSchedule(
    request: request, rules: rules, days: days, value: plan.value, left: left,
    iterations: plan.iterations, isProvedBest: plan.isProvedBest,
    travelMinutes: plan.travelMinutes)
}

private func leaders(_ request: VisitRequest, _ context: PaperContext, on day: Day) -> [String] {
  request.leaders.filter { leader in
    leader.days.contains(day)
      && (leader.chain == nil || request.chain == nil
        || leader.chain == request.chain.map { context.snapshot.chains[$0].id })
  }.map(\.role)
}

private func reason(_ because: LeftOut) -> Phrase {
  switch because {
  case .avoided: Phrase(zh: "按要求回避", en: "avoided on request")
  case .worthNothing:
    Phrase(zh: "期望值不为正或未能算出", en: "expected value not positive, or unknown")
  case .fitsNoDay:
    Phrase(zh: "时间内来不及，或须领导带队的日子排不下", en: "no day of the trip can hold it")
  case .outbid: Phrase(zh: "时间让给合计价值更高的企业", en: "the time goes to firms worth more")
  }
}

/// Everybody who could be visited, and who is out before planning.
private struct Prospects {
  struct Row {
    let firm: Int
    let entry: Entry?
    let place: Int?
    let prize: Double
    let isMust: Bool
    let isFixed: Bool
    let isAvoided: Bool
    var isWanted: Bool { !isAvoided && (isMust || isFixed || prize > 0) }
  }
  private(set) var rows: [Row] = []
  private(set) var left: [VisitSchedule.Left] = []
  private var placeOfFirm: [Int: Int] = [:]

  init(_ context: PaperContext, _ request: VisitRequest, _ rules: VisitRules) {
    let snapshot = context.snapshot
    var best: [Int: Entry] = [:]
    for ranking in context.publication.rankings
    where request.chain == nil || ranking.chain == request.chain {
      for entry in ranking.entries {
        let firm = entry.pairing.firm
        if let other = best[firm],
          other.expectedValue ?? -.infinity >= entry.expectedValue ?? -.infinity
        {
          continue
        }
        best[firm] = entry
      }
    }
    let musts = Set(request.musts)
    let avoided = Set(request.avoided)
    let fixed = Set((request.appointments + request.kept).map(\.firm))
    let asked = musts.union(fixed)
    let firms = Set(best.keys).union(asked).sorted {
      (best[$0]?.expectedValue ?? -.infinity, $1) > (best[$1]?.expectedValue ?? -.infinity, $0)
    }
    for firm in firms {
      let entry = best[firm]
      let value = entry?.expectedValue
      var place: Int?
      if let entry, entry.origin.basis != .median {
        place = entry.origin.main
      } else {
        place =
          snapshot.plants[firm].max { $0.share ?? 0 < $1.share ?? 0 }?.place
          ?? snapshot.firms.seat[firm].map(Int.init)
      }
      if let place { placeOfFirm[firm] = place }
      func leave(_ because: Phrase) {
        left.append(
          VisitSchedule.Left(
            firm: firm, expectedValue: value, because: because, couldStandIn: false))
      }
      if avoided.contains(firm), !asked.contains(firm) {
        leave(Phrase(zh: "按要求回避", en: "avoided on request"))
        continue
      }
      if !asked.contains(firm) {
        if let because = Prospects.restReason(snapshot.outcomes[firm], request.start, rules) {
          leave(because)
          continue
        }
        guard value ?? 0 > 0 else {
          leave(
            value == nil
              ? Phrase(zh: "期望值未能算出", en: "expected value unknown")
              : Phrase(zh: "期望值不为正", en: "expected value not positive"))
          continue
        }
        guard rows.count < mostProspects else {
          leave(
            Phrase(
              zh: "期望值在前 \(mostProspects) 家之外", en: "beyond the first \(mostProspects) by value"))
          continue
        }
      }
      rows.append(
        Row(
          firm: firm, entry: entry, place: place, prize: max(0, value ?? 0),
          isMust: musts.contains(firm), isFixed: fixed.contains(firm),
          isAvoided: avoided.contains(firm)))
    }
  }

  func place(of firm: Int) -> Int? { placeOfFirm[firm] }

  mutating func leave(_ index: Int, _ because: Phrase, couldStandIn: Bool = false) {
    let row = rows[index]
    left.append(
      VisitSchedule.Left(
        firm: row.firm, expectedValue: row.entry?.expectedValue, because: because,
        couldStandIn: couldStandIn))
  }

  /// Why a firm is left alone for now: refused, signed, or visited lately.
  private static func restReason(
    _ outcomes: some Sequence<Outcome>, _ start: Day, _ rules: VisitRules
  ) -> Phrase? {
    let past = outcomes.filter { $0.date <= start }.sorted { $0.date < $1.date }
    if let refusal = past.last(where: { $0.kind == "refused" }) {
      let reason = refusal.reason ?? ""
      return Phrase(
        zh: "\(refusal.date.iso) 已谢绝" + (reason.isEmpty ? "（原因未记）" : "：\(reason)"),
        en: "refused on \(refusal.date.iso)"
          + (reason.isEmpty ? " (no reason noted)" : ": \(reason)"))
    }
    if let signed = past.last(where: { $0.kind == "signed" || $0.kind == "landed" }) {
      return Phrase(
        zh: "\(signed.date.iso) 已签约或落地，转入跟踪", en: "signed or landed on \(signed.date.iso)")
    }
    if let visit = past.last(where: { $0.kind == "visit" }), start - visit.date < rules.restDays {
      return Phrase(
        zh: "\(visit.date.iso) 已走访，\(rules.restDays) 天内不重复",
        en: "visited on \(visit.date.iso), not again within \(rules.restDays) days")
    }
    return nil
  }
}

extension TripError {
  /// The same error with its stops called by another name.
  func renamed(_ name: (String) -> String) -> TripError {
    switch self {
    case .repeatedStop(let id): .repeatedStop(id: name(id))
    case .spanIsEmpty(let stop, let from, let to):
      .spanIsEmpty(stop: name(stop), from: from, to: to)
    case .appointmentOutsideTrip(let stop, let day, let days):
      .appointmentOutsideTrip(stop: name(stop), day: day, days: days)
    case .appointmentOutsideDay(let stop, let day, let from, let to):
      .appointmentOutsideDay(stop: name(stop), day: day, from: from, to: to)
    case .appointmentsClash(let first, let second, let day):
      .appointmentsClash(first: name(first), second: name(second), day: day)
    case .mustAndAvoided(let stop): .mustAndAvoided(stop: name(stop))
    case .mustIsClosed(let stop): .mustIsClosed(stop: name(stop))
    case .mustNeedsLeader(let stop): .mustNeedsLeader(stop: name(stop))
    case .mustIsOutOfReach(let stop): .mustIsOutOfReach(stop: name(stop))
    case .mustsDoNotFitTogether(let missing): .mustsDoNotFitTogether(missing: missing.map(name))
    case .keptStopIsUnknown(let stop): .keptStopIsUnknown(stop: name(stop))
    case .noStops, .noDays, .unknownPlace, .badNumber, .dayIsEmpty, .dayCannotEnd: self
    }
  }
}
