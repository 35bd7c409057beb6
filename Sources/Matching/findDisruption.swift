import Atlas

/// What a stop of one segment does to the district's firms. 断供影响
///
/// For the office alone (内部): it names who would stand still.
public struct Disruption: Sendable, Equatable {
  /// A home firm that stops, or goes on short. 停产企业
  public struct Stop: Sendable, Equatable {
    /// Row of `Firms`.
    public let firm: Int
    public let segment: Int
    /// Days until its stock of the missing input is used up; low, base, high.
    public let days: Span
    /// The segments from the stopped one to this one, both ends included.
    public let way: [Int]
    /// Part of this segment's output that the missing input costs, yuan per yuan.
    public let dependence: Double
    /// Recorded output of the firm on the segment, 10k yuan per year; nil when unknown.
    public let output: Double?
  }

  public let segment: Int
  /// Home firms on the stopped segment itself.
  public let suppliers: [Int]
  /// True when at most one of them carries it: a single-source segment is a weak one.
  public let isSingleSource: Bool
  /// Soonest first, ties by firm.
  public let stops: [Stop]
}

/// Which home firms stop within how many days when a segment stops delivering.
///
/// A plant stands still when its stock of an input is used up; then its own customers begin to live on their stock. The day of a
/// segment is the shortest sum of stocks along the inputs that matter, found by Dijkstra's algorithm; inputs below the card's
/// `disruptionCoefficient` stop nobody. It is the case that no other source steps in: the worst one, and said so.
/// Complexity: O(segments² + postings).
public func findDisruption(of segment: Int, snapshot: Snapshot, model: MatchModel)
  -> Disruption
{
  let index = snapshot.segments
  let floor = model.value("disruptionCoefficient")
  let atHome = homeFirms(snapshot)
  func localFirms(_ segment: Int) -> [Int] {
    snapshot.postings.rows(of: segment).filter {
      snapshot.postings.linkClass[$0] == .confirmed && atHome[Int(snapshot.postings.firm[$0])]
        && snapshot.firms.status[Int(snapshot.postings.firm[$0])] != .cancelled
        && snapshot.firms.status[Int(snapshot.postings.firm[$0])] != .revoked
    }
  }
  var buyers = [[(segment: Int, coefficient: Double)]](repeating: [], count: index.count)
  for buyer in 0..<index.count {
    for input in index[buyer].inputs where input.coefficient.value >= floor {
      guard let supplier = index.find(input.segment) else { continue }
      buyers[supplier].append((buyer, input.coefficient.value))
    }
  }
  // Shortest day, way and dependence of every segment that the stop reaches.
  var day = [Double?](repeating: nil, count: index.count)
  var from = [Int?](repeating: nil, count: index.count)
  var done = [Bool](repeating: false, count: index.count)
  day[segment] = 0
  while true {
    var next: Int?
    for candidate in 0..<index.count where !done[candidate] {
      guard let value = day[candidate] else { continue }
      if let best = next, (day[best] ?? 0) <= value { continue }
      next = candidate
    }
    guard let current = next, let reached = day[current] else { break }
    done[current] = true
    // Only plants of the district carry the stop on; elsewhere it would be the nation's.
    guard current == segment || !localFirms(current).isEmpty else { continue }
    for buyer in buyers[current] where !done[buyer.segment] {
      let value = reached + index[buyer.segment].inventoryDays.value
      if day[buyer.segment].map({ value < $0 }) ?? true {
        day[buyer.segment] = value
        from[buyer.segment] = current
      }
    }
  }
  var stops: [Disruption.Stop] = []
  for reached in 0..<index.count where reached != segment && day[reached] != nil {
    var way = [reached]
    while let before = from[way[0]] { way.insert(before, at: 0) }
    let days = Span(
      low: way.dropFirst().reduce(0) { $0 + index[$1].inventoryDays.low },
      base: way.dropFirst().reduce(0) { $0 + index[$1].inventoryDays.value },
      high: way.dropFirst().reduce(0) { $0 + index[$1].inventoryDays.high })
    let before = way[way.count - 2]
    let dependence =
      index[reached].inputs.first { $0.segment == index[before].id }?.coefficient.value ?? 0
    for row in localFirms(reached) {
      stops.append(
        Disruption.Stop(
          firm: Int(snapshot.postings.firm[row]), segment: reached, days: days, way: way,
          dependence: dependence, output: segmentRevenue(posting: row, snapshot: snapshot)))
    }
  }
  stops.sort { ($0.days.base, $0.firm, $0.segment) < ($1.days.base, $1.firm, $1.segment) }
  let suppliers = localFirms(segment).map { Int(snapshot.postings.firm[$0]) }.sorted()
  let capacities = localFirms(segment).compactMap {
    segmentRevenue(posting: $0, snapshot: snapshot)
  }
  let effective = Concentration(amounts: capacities)?.effectiveSuppliers
  return Disruption(
    segment: segment, suppliers: suppliers,
    isSingleSource: !suppliers.isEmpty
      && (suppliers.count == 1 || (effective ?? 9) < model.value("weakNEff")), stops: stops)
}
