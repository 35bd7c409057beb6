/// A trip made ready for search: checked, numbered, with every stop's windows per day (棋盘).
///
/// Nodes are numbered: stops first, then the start of every day, then the end of every day.
struct Board {
  /// A span of times at which a visit may begin.
  struct Window: Hashable {
    var from: Double
    var to: Double
  }

  /// Times closer than this are the same time; sums of distances differ in their last bits.
  static let epsilon = 1e-9

  let trip: Trip
  /// The rows of `trip.stops` that may be visited.
  let candidates: [Int]
  let isMust: [Bool]
  let prize: [Double]
  let service: [Double]
  /// The number of the stop's segment, or -1.
  let segment: [Int]
  /// The members of every segment, by falling prize.
  let members: [[Int]]
  /// The windows of stop `i` on day `d` at `i * dayCount + d`, by rising time.
  let windows: [[Window]]
  /// Minutes between nodes, row by row.
  let travel: [Double]
  /// Whether the day begins where the night was spent.
  let isLinked: [Bool]
  /// Whether the day may end anywhere.
  let isOpen: [Bool]
  let dayFrom: [Double]
  let dayTo: [Double]
  let dayMaximum: [Int]
  /// Whether every stop may be visited at any time of any day, and no day is linked.
  let isPlain: Bool
  let isSymmetric: Bool

  var stopCount: Int { candidates.count }
  var dayCount: Int { dayFrom.count }
  var nodeCount: Int { stopCount + 2 * dayCount }

  /// Checks and numbers a trip.
  init(_ trip: Trip) throws(TripError) {
    try checkNumbers(of: trip)
    let kept = try keptVisits(of: trip)
    self.trip = trip
    candidates = trip.stops.indices.filter { row in
      let stop = trip.stops[row]
      return !stop.isAvoided
        && (stop.prize > 0 || stop.isMust || stop.appointment != nil || kept[row] != nil)
    }
    guard !candidates.isEmpty else { throw .noStops }
    let stops = candidates.map { trip.stops[$0] }
    prize = stops.map(\.prize)
    service = stops.map(\.serviceMinutes)
    isMust = candidates.map { row in
      trip.stops[row].isMust || trip.stops[row].appointment != nil || kept[row] != nil
    }
    (segment, members) = Board.segments(of: stops)

    let days = trip.days
    dayFrom = days.map(\.from)
    dayTo = days.map { $0.to - trip.slackMinutes }
    dayMaximum = days.map { $0.maximumVisits ?? stops.count }
    let ends = days.indices.map { trip.end(of: $0) }
    isOpen = ends.map { $0 == nil }
    isLinked = days.indices.map { $0 > 0 && days[$0].start == nil && ends[$0 - 1] == nil }

    var windows: [[Window]] = []
    for row in candidates {
      for day in days.indices {
        windows.append(startWindows(of: trip.stops[row], on: day, in: trip, kept: kept[row]))
      }
    }
    self.windows = windows
    isPlain =
      !isLinked.contains(true) && kept.allSatisfy { $0 == nil }
      && days.allSatisfy { $0.lunch == nil }
      && stops.allSatisfy { $0.openings.isEmpty && $0.appointment == nil }
      && (days.allSatisfy(\.leaderIsPresent) || !stops.contains(where: \.needsLeader))

    let starts = days.indices.map { day in
      days[day].start ?? (day > 0 ? ends[day - 1] : nil)
    }
    let places = stops.map { Optional($0.place) } + starts + ends
    var travel = [Double](repeating: 0, count: places.count * places.count)
    for (a, from) in places.enumerated() {
      guard let from else { continue }
      for (b, to) in places.enumerated() {
        guard let to else { continue }
        travel[a * places.count + b] = trip.legMinutes(from: from, to: to)
      }
    }
    self.travel = travel
    let count = places.count
    isSymmetric = (0..<count).allSatisfy { a in
      (0..<a).allSatisfy { travel[a * count + $0] == travel[$0 * count + a] }
    }
    try checkDays()
    try checkMusts()
  }

  /// The worth of visiting these stops, after the discount for repeated segments.
  ///
  /// Within a segment the greatest prize counts in full, the next times the factor, and so on.
  func value(ofVisited isVisited: [Bool]) -> Double {
    var total = 0.0
    for stop in 0..<stopCount where segment[stop] < 0 && isVisited[stop] { total += prize[stop] }
    for group in members {
      var weight = 1.0
      for stop in group where isVisited[stop] {
        total += prize[stop] * weight
        weight *= trip.segmentFactor
      }
    }
    return total
  }

  private static func segments(of stops: [Stop]) -> ([Int], [[Int]]) {
    var numbers: [String: Int] = [:]
    var segment: [Int] = []
    var members: [[Int]] = []
    for (row, stop) in stops.enumerated() {
      guard let name = stop.segment else {
        segment.append(-1)
        continue
      }
      let number = numbers[name] ?? members.count
      if number == members.count {
        numbers[name] = number
        members.append([])
      }
      segment.append(number)
      members[number].append(row)
    }
    members = members.map { group in
      group.sorted { (stops[$1].prize, $0) < (stops[$0].prize, $1) }
    }
    return (segment, members)
  }
}

/// The times at which a visit may begin on a day, by rising time.
func startWindows(of stop: Stop, on day: Int, in trip: Trip, kept: KeptVisit?) -> [Board.Window] {
  if let kept {
    return kept.day == day ? [Board.Window(from: kept.begin, to: kept.begin)] : []
  }
  let date = trip.days[day]
  if stop.needsLeader && !date.leaderIsPresent { return [] }
  if let appointment = stop.appointment {
    guard appointment.day == day else { return [] }
    return [Board.Window(from: appointment.from, to: appointment.to)]
  }
  var spans: [Board.Window] = []
  if stop.openings.isEmpty {
    spans = [Board.Window(from: date.from, to: date.to)]
  } else {
    for opening in stop.openings where opening.day == nil || opening.day == day {
      spans.append(Board.Window(from: opening.from, to: opening.to - stop.serviceMinutes))
    }
  }
  if let lunch = date.lunch {
    spans = spans.flatMap { span in
      [
        Board.Window(from: span.from, to: min(span.to, lunch.from - stop.serviceMinutes)),
        Board.Window(from: max(span.from, lunch.to), to: span.to),
      ]
    }
  }
  var windows: [Board.Window] = []
  for span in spans.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
    let from = max(span.from, date.from)
    guard from <= span.to else { continue }
    if let last = windows.last, from <= last.to {
      windows[windows.count - 1].to = max(last.to, span.to)
    } else {
      windows.append(Board.Window(from: from, to: span.to))
    }
  }
  return windows
}
