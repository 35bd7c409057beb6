public import Atlas

/// A place's part of a nation's total. 份额
public struct PlaceShare: Sendable, Hashable {
  /// Row of `Places`.
  public let place: Int
  public let share: Double
  public init(place: Int, share: Double) {
    self.place = place
    self.share = share
  }
}

/// Which customers a plant serves. 市场情景
public enum Market: String, Sendable, Codable, CaseIterable {
  /// National demand.
  case today
  /// Customers near the site.
  case near
  /// `nearShare` of near, the rest of today.
  case mix
}

/// What one segment's inputs cost to bring to a place. 进项到厂物流成本
public struct InboundCost: Sendable, Hashable {
  /// Yuan of freight per 10k yuan of output.
  public let perTenThousandYuan: Span
  /// Tonnes of known inputs per 10k yuan of output.
  public let tonnesPerTenThousandYuan: Double
  /// Yuan per tonne of input; nil when the known inputs weigh nothing.
  public var perTonne: Span? {
    tonnesPerTenThousandYuan > 0 ? perTenThousandYuan / tonnesPerTenThousandYuan : nil
  }
  /// Ids of inputs that no supply place is known for, or that cannot reach the place: left out.
  public let unknownInputs: [String]
}

/// Expected landed costs of every segment at every place: freight for millions of firms without a
/// path per firm. 到岸成本表
///
/// Per tonne: freight, handling, in-transit, safety stock and loss. Cycle stock is left out: it
/// depends on the shipper's lots, not on the lane, and cancels in every saving. The range is that
/// of the freight model; coefficients and values per tonne stand at their base.
/// Shapes: rows are the prefectures and municipalities plus the rows asked for; any other place is
/// read at its prefecture. A table restricted to some places knows nothing of others.
public struct LandedCostTables: Sendable {
  /// Rows of `Places` that the tables have.
  public let rows: [Int]
  /// Rows of `Places` at which costs are known.
  private let starts: [Int]
  private let index: [Int32]
  private let segments: [Segment]
  private let sites: [Int]
  private var input: [[Span?]]
  private var today: [[Span?]]
  /// By segment, then site, then row.
  private var near: [[[Span?]]]
  private let inputsOf: [[(segment: Int?, id: String, tonnes: Double)]]
  private let nearShare: Span

  /// - Parameters:
  ///   - supplyShare: by segment, where it is made; any positive scale.
  ///   - demandShare: by segment, where its customers are; any positive scale.
  ///   - sites: places whose near market is wanted.
  ///   - at: the only places at which costs are wanted; nil for all rows.
  ///   - wanted: the only segments whose inbound and outbound costs are wanted; nil for all.
  ///   - scenarios: the only ones wanted, the first of them for what is left out.
  ///   - workers: share cargo classes and scenarios; they change no number.
  /// - Complexity: O(at · rows · terminals + segments · at · rows).
  public init(
    network: FreightNetwork, segments: [Segment], supplyShare: [[PlaceShare]],
    demandShare: [[PlaceShare]], sites: [Int], extraRows: [Int] = [], at only: [Int]? = nil,
    wanted: Set<Int>? = nil, scenarios: [Scenario] = Scenario.allCases, workers: Workers = .one
  ) {
    precondition(
      supplyShare.count == segments.count && demandShare.count == segments.count,
      "one list of shares per segment")
    let rows = LandedCostTables.chooseRows(network.places, extra: extraRows + sites)
    self.rows = rows
    self.segments = segments
    self.sites = sites
    let column = LandedCostTables.index(rows, in: network.places)
    let starts =
      only.map { places in
        Set((places + sites).compactMap { column[$0] >= 0 ? rows[Int(column[$0])] : nil }).sorted()
      } ?? rows
    self.starts = starts
    index = LandedCostTables.index(starts, in: network.places)
    nearShare = .each { network.model.value(.nearShare, $0) }
    let numbers = Dictionary(
      segments.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    inputsOf = segments.map { segment in
      segment.inputs.map { input in
        let row = numbers[input.segment]
        let value = row.map { segments[$0].valuePerTonne.value } ?? 0
        let tonnes = value > 0 ? input.coefficient.value * 10_000 / value : 0
        return (row, input.segment, tonnes)
      }
    }
    let empty = [Span?](repeating: nil, count: starts.count)
    input = Array(repeating: empty, count: segments.count)
    today = input
    near = Array(repeating: Array(repeating: empty, count: sites.count), count: segments.count)
    let weights = LandedCostTables.Weights(
      supply: supplyShare.map { LandedCostTables.gather($0, index: column) },
      demand: demandShare.map { LandedCostTables.gather($0, index: column) })
    // A segment's outbound cost and that of each of its inputs are needed, nothing else.
    var needed = [Bool](repeating: wanted == nil, count: segments.count)
    for segment in (wanted ?? []).sorted() {
      needed[segment] = true
      for input in inputsOf[segment] { if let row = input.segment { needed[row] = true } }
    }
    let classes = CargoClass.allCases.filter { cargo in
      segments.indices.contains { needed[$0] && segments[$0].cargo == cargo }
    }
    let tasks = classes.flatMap { cargo in scenarios.map { (cargo, $0) } }
    let isNeeded = needed
    let ground = LaneGround(network: network, from: starts, to: rows)
    let costs = workers.map(tasks.count) { task -> [SegmentCosts] in
      let (cargo, scenario) = tasks[task]
      let members = segments.indices.filter { isNeeded[$0] && segments[$0].cargo == cargo }
      return LandedCostTables.costs(
        of: members, segments: segments, cargo: cargo, scenario: scenario, ground: ground,
        sites: sites, weights: weights)
    }
    for (task, members) in zip(tasks, costs) {
      for costs in members { take(costs, task.1, isFirst: task.1 == scenarios.first) }
    }
  }

  /// What bringing in a segment's inputs costs at a place; nil when no input's cost is known.
  public func inbound(segment: Int, place: Int) -> InboundCost? {
    guard index[place] >= 0 else { return nil }
    var sum = Span.zero
    var tonnes = 0.0
    var unknown: [String] = []
    for item in inputsOf[segment] {
      guard let row = item.segment, item.tonnes > 0, let cost = input[row][Int(index[place])]
      else {
        unknown.append(item.id)
        continue
      }
      sum += cost * item.tonnes
      tonnes += item.tonnes
    }
    guard unknown.count < inputsOf[segment].count else { return nil }
    return InboundCost(
      perTenThousandYuan: sum, tonnesPerTenThousandYuan: tonnes, unknownInputs: unknown)
  }

  /// Yuan per tonne of a segment's product brought to a place from the nation's suppliers.
  ///
  /// Suppliers are drawn by gravity: share ∝ supply · exp(−θ · cost).
  public func delivered(segment: Int, to place: Int) -> Span? {
    index[place] < 0 ? nil : input[segment][Int(index[place])]
  }

  /// Yuan per tonne of a segment's product from a place to the market that the new plant serves.
  ///
  /// Unknown: nil when no customer is known, or for `near` none within the radius of the site.
  /// - Parameter site: one of the places that the tables were made for.
  public func outbound(segment: Int, from place: Int, site: Int, market: Market) -> Span? {
    guard index[place] >= 0 else { return nil }
    let row = Int(index[place])
    let far = today[segment][row]
    if market == .today { return far }
    guard let number = sites.firstIndex(of: site) else { return nil }
    let close = near[segment][number][row]
    if market == .near { return close }
    guard let far, let close else { return nil }
    return .each { nearShare[$0] * close[$0] + (1 - nearShare[$0]) * far[$0] }
  }

  /// Tonnes of output per 10k yuan; nil when the value per tonne is not positive.
  public func tonnesPerTenThousandYuan(segment: Int) -> Double? {
    let value = segments[segment].valuePerTonne.value
    return value > 0 ? 10_000 / value : nil
  }

  private struct Weights {
    let supply: [[(row: Int, share: Double)]]
    let demand: [[(row: Int, share: Double)]]
  }

  /// One segment's mean costs under one scenario, by row at which costs are known.
  private struct SegmentCosts {
    let segment: Int
    var delivered: [Double?] = []
    var sold: [Double?] = []
    /// By site, then row.
    var near: [[Double?]]
  }

  private static func costs(
    of members: [Int], segments: [Segment], cargo: CargoClass, scenario: Scenario,
    ground: LaneGround, sites: [Int], weights: Weights
  ) -> [SegmentCosts] {
    let (network, starts, rows) = (ground.network, ground.starts, ground.rows)
    let lanes = AllLanes(ground, cargo: cargo, scenario: scenario)
    let decay = network.model.value(.sourcingDecay, scenario)
    let radius = network.model.value(.nearRadiusKm, scenario)
    let closeBy = sites.map { site in
      rows.map { network.distance($0, site).map { $0 <= radius } ?? false }
    }
    return members.map { segment in
      let costs = lanes.costs(
        valuePerTonne: segments[segment].valuePerTonne.value, network: network)
      let supply = weights.supply[segment]
      let demand = weights.demand[segment]
      let demandNear = closeBy.map { close in demand.filter { close[$0.row] } }
      var out = SegmentCosts(segment: segment, near: sites.map { _ in [] })
      for row in starts.indices {
        func cost(_ to: Int) -> Double? { costs[row * rows.count + to] }
        out.delivered.append(gravity(supply, decay: decay, cost: cost))
        out.sold.append(mean(demand, cost: cost))
        for site in sites.indices {
          out.near[site].append(mean(demandNear[site], cost: cost))
        }
      }
      return out
    }
  }

  private mutating func take(_ costs: SegmentCosts, _ scenario: Scenario, isFirst: Bool) {
    let segment = costs.segment
    func put(_ value: Double?, _ cell: inout Span?) {
      LandedCostTables.put(value, &cell, scenario, isFirst: isFirst)
    }
    for row in starts.indices {
      put(costs.delivered[row], &input[segment][row])
      put(costs.sold[row], &today[segment][row])
      for site in sites.indices {
        put(costs.near[site][row], &near[segment][site][row])
      }
    }
  }

  /// Keeps a span only while every scenario so far is known.
  private static func put(
    _ value: Double?, _ cell: inout Span?, _ scenario: Scenario, isFirst: Bool
  ) {
    guard let value else {
      cell = nil
      return
    }
    if isFirst {
      cell = Span(value)
    } else {
      cell?[scenario] = value
    }
  }

  /// Σ w·c / Σ w over the reachable; nil when none is.
  private static func mean(
    _ weights: [(row: Int, share: Double)], cost: (Int) -> Double?
  ) -> Double? {
    var (sum, total) = (0.0, 0.0)
    for item in weights {
      guard let cost = cost(item.row) else { continue }
      sum += item.share * cost
      total += item.share
    }
    return total > 0 ? sum / total : nil
  }

  /// The mean with weights Y·exp(−θ·(c − least c)): the shift keeps the exponentials in range.
  private static func gravity(
    _ weights: [(row: Int, share: Double)], decay: Double, cost: (Int) -> Double?
  ) -> Double? {
    var least = Double.infinity
    for item in weights {
      if let cost = cost(item.row) { least = min(least, cost) }
    }
    guard least.isFinite else { return nil }
    var (sum, total) = (0.0, 0.0)
    for item in weights {
      guard let cost = cost(item.row) else { continue }
      let weight = item.share * exponential(-decay * (cost - least))
      sum += weight * cost
      total += weight
    }
    return total > 0 ? sum / total : nil
  }

  /// Prefectures, provinces without prefectures, and the rows asked for.
  static func chooseRows(_ places: Places, extra: [Int]) -> [Int] {
    var wanted = [Bool](repeating: false, count: places.count)
    var hasPrefecture = [Bool](repeating: false, count: places.count)
    for row in 0..<places.count where places.level[row] == .prefecture {
      wanted[row] = true
      hasPrefecture[Int(places.parent[row])] = Int(places.parent[row]) != row
    }
    for row in 0..<places.count where places.level[row] == .province && !hasPrefecture[row] {
      wanted[row] = true
    }
    for row in extra { wanted[row] = true }
    return wanted.indices.filter { wanted[$0] }
  }

  /// By row of `Places`: the table row it is read at, or -1 where it lies in none.
  private static func index(_ rows: [Int], in places: Places) -> [Int32] {
    var own = [Int32](repeating: -1, count: places.count)
    for (number, row) in rows.enumerated() { own[row] = Int32(number) }
    return (0..<places.count).map { row in
      var current = row
      while own[current] < 0 {
        let up = Int(places.parent[current])
        if up == current { return -1 }
        current = up
      }
      return own[current]
    }
  }

  private static func gather(
    _ shares: [PlaceShare], index: [Int32]
  ) -> [(row: Int, share: Double)] {
    var sums: [Int: Double] = [:]
    for item in shares where item.share > 0 && index[item.place] >= 0 {
      sums[Int(index[item.place]), default: 0] += item.share
    }
    return sums.keys.sorted().compactMap { row in sums[row].map { (row, $0) } }
  }
}
