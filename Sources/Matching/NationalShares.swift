import Atlas

/// Where in the nation each segment is made and where it is wanted, as shares over regions. 全国布局
///
/// Only shares enter gravity; an absolute figure never does.
///
/// Shapes: `supply[segment][region]`, `demand[segment][region]`; each row sums to 1 or is empty
/// where nothing is known.
public struct NationalShares: Sendable, Equatable {
  public let regions: Regions
  public let supply: [[Double]]
  public let demand: [[Double]]
  /// Demand of each segment by region, 10k yuan per year; empty where unknown.
  public let demandValue: [[Double]]

  public init(_ snapshot: Snapshot, model: MatchModel) {
    let regions = Regions(snapshot.places)
    self.regions = regions
    let segments = snapshot.segments
    let census = CensusShares(snapshot, regions: regions)
    supply = (0..<segments.count).map { segment in
      let firms = firmShares(of: segment, snapshot: snapshot, regions: regions)
      let (people, exact) = census.shares(of: segments[segment])
      guard !people.isEmpty else { return firms }
      guard !firms.isEmpty else { return people }
      let weight = model.value(
        exact ? "nationalShareFirmWeight" : "nationalShareFirmWeightCoarse")
      return zip(firms, people).map { weight * $0 + (1 - weight) * $1 }
    }
    let market =
      census.manufacturing.isEmpty ? populationShares(snapshot, regions) : census.manufacturing
    var values: [[Double]] = []
    for segment in 0..<segments.count {
      values.append(
        demandOf(segment, snapshot: snapshot, supply: supply, market: market, regions: regions))
    }
    demandValue = values
    demand = values.map(normalised)
  }

  /// Demand for a segment within `radiusKm` of a place, 10k yuan per year; nil when unknown.
  public func demandNear(
    _ place: Int, segment: Int, radiusKm: Double, places: Places
  ) -> Double? {
    guard !demandValue[segment].isEmpty, let here = places.position[place] else { return nil }
    var sum = 0.0
    for (region, row) in regions.places.enumerated() {
      guard let there = places.position[row], here.greatCircleKm(to: there) <= radiusKm
      else { continue }
      sum += demandValue[segment][region]
    }
    return sum
  }

  /// The region where most of a segment is made, by the smallest weighted distance to all of it;
  /// nil when nothing is known.
  public func medianRegion(of segment: Int, places: Places) -> Int? {
    let shares = supply[segment]
    guard !shares.isEmpty else { return nil }
    let heavy = shares.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }.prefix(40)
    var best: (region: Int, cost: Double)?
    for candidate in heavy {
      guard let here = places.position[regions.places[candidate]] else { continue }
      var cost = 0.0
      for other in heavy {
        guard let there = places.position[regions.places[other]] else { continue }
        cost += shares[other] * here.greatCircleKm(to: there)
      }
      if best.map({ cost < $0.cost }) ?? true { best = (candidate, cost) }
    }
    return best?.region
  }
}

/// Revenue of linked firms by region, as shares; empty when no linked firm has a known place.
private func firmShares(of segment: Int, snapshot: Snapshot, regions: Regions) -> [Double] {
  var value = [Double](repeating: 0, count: regions.count)
  let postings = snapshot.postings
  for row in postings.rows(of: segment) where postings.linkClass[row] == .confirmed {
    let firm = Int(postings.firm[row])
    guard let output = segmentRevenue(posting: row, snapshot: snapshot) else { continue }
    let plants = snapshot.plants[firm]
    if plants.isEmpty {
      guard let seat = snapshot.firms.seat[firm],
        let region = regions.regionOfPlace[Int(seat)]
      else { continue }
      value[region] += output
    } else {
      for (place, weight) in plantWeights(plants) {
        guard let region = regions.regionOfPlace[place] else { continue }
        value[region] += output * weight
      }
    }
  }
  return normalised(value)
}

/// The firm's revenue in the posting's segment, 10k yuan per year: recorded revenue times share,
/// else heads times the segment's output per worker times share; nil when neither is known.
func segmentRevenue(posting row: Int, snapshot: Snapshot) -> Double? {
  let firm = Int(snapshot.postings.firm[row])
  let share = Double(snapshot.postings.share[row])
  if let revenue = snapshot.firms.revenue[firm] { return Double(revenue) * share }
  guard let heads = snapshot.firms.employees[firm] else { return nil }
  let segment = snapshot.postings.segment(of: row)
  return Double(heads) * snapshot.segments[segment].outputPerWorker.value * share
}

/// Weights of a firm's plants: recorded shares, else heads, else equal.
func plantWeights(_ plants: ArraySlice<Plant>) -> [(place: Int, weight: Double)] {
  let shares = plants.compactMap(\.share)
  let heads = plants.compactMap(\.heads)
  let raw: [Double] =
    if shares.count == plants.count, shares.reduce(0, +) > 0 {
      shares
    } else if heads.count == plants.count, heads.reduce(0, +) > 0 {
      heads
    } else {
      plants.map { _ in 1 }
    }
  let total = raw.reduce(0, +)
  return zip(plants, raw).map { ($0.place, $1 / total) }
}

/// Census employment by region and industry.
private struct CensusShares {
  private var byIndustry: [(name: String, shares: [Double])] = []
  let manufacturing: [Double]

  init(_ snapshot: Snapshot, regions: Regions) {
    var index: [String: Int] = [:]
    var values: [(name: String, value: [Double])] = []
    for record in snapshot.industryEmployment {
      guard let region = regions.regionOfPlace[record.place] else { continue }
      let row: Int
      if let found = index[record.industry] {
        row = found
      } else {
        row = values.count
        index[record.industry] = row
        values.append((record.industry, [Double](repeating: 0, count: regions.count)))
      }
      values[row].value[region] += record.persons
    }
    byIndustry = values.map { ($0.name, normalised($0.value)) }
    manufacturing = index["制造业"].map { normalised(values[$0].value) } ?? []
  }

  /// Shares of the census industry that matches the segment, and whether the match is by name.
  func shares(of segment: Segment) -> (shares: [Double], exact: Bool) {
    for label in segment.industries {
      if let match = byIndustry.first(where: { $0.name == label }) { return (match.shares, true) }
    }
    return (manufacturing, false)
  }
}

private func populationShares(_ snapshot: Snapshot, _ regions: Regions) -> [Double] {
  var value = [Double](repeating: 0, count: regions.count)
  for (region, row) in regions.places.enumerated() {
    value[region] = snapshot.places.population[row] ?? 0
  }
  return normalised(value)
}

/// Demand by region: what the segment's buyers on the loaded chains take, and the rest of national
/// output spread as manufacturing (or people) is.
private func demandOf(
  _ segment: Int, snapshot: Snapshot, supply: [[Double]], market: [Double], regions: Regions
) -> [Double] {
  let id = snapshot.segments[segment].id
  let national = snapshot.segments[segment].nationalOutput.value
  var value = [Double](repeating: 0, count: regions.count)
  var used = 0.0
  for buyer in 0..<snapshot.segments.count where !supply[buyer].isEmpty {
    for input in snapshot.segments[buyer].inputs where input.segment == id {
      let amount = input.coefficient.value * snapshot.segments[buyer].nationalOutput.value
      used += amount
      for region in 0..<regions.count { value[region] += amount * supply[buyer][region] }
    }
  }
  let rest = max(0, national - used)
  if !market.isEmpty {
    for region in 0..<regions.count { value[region] += rest * market[region] }
  }
  return value.contains { $0 > 0 } ? value : []
}

/// The values divided by their sum; empty when the sum is zero.
func normalised(_ values: [Double]) -> [Double] {
  let total = values.reduce(0, +)
  return total > 0 ? values.map { $0 / total } : []
}
