import Atlas

/// Heads and output of every segment at home and in the nation, from linked firms. 布局
///
/// Shapes: one entry a global segment; `presence` is regions × segments, row-major, with the
/// home district as one more row at the end.
struct Presence {
  let localHeads: [Double]
  let nationalHeads: [Double]
  /// Confirmed firms at home, largest first.
  let localFirms: [[Int]]
  /// Confirmed firms elsewhere, largest first.
  let nationalFirms: [[Int]]
  /// Recorded output of the home firms, 10k yuan per year, one addend a firm.
  let localOutputs: [[Double]]
  /// Free capacity of the home firms, 10k yuan per year, one addend a firm of known quality.
  let localCapacities: [[Double]]
  let capacityRecorded: [Bool]
  /// Relatedness density of each segment at home with the diagonal left out.
  let density: [Double?]
  let isHome: [Bool]

  init(_ snapshot: Snapshot, regions: Regions, uncommitted free: Double) {
    let segments = snapshot.segments
    let postings = snapshot.postings
    let isHome = homeFirms(snapshot)
    var localHeads = [Double](repeating: 0, count: segments.count)
    var nationalHeads = localHeads
    var local = [[(firm: Int, size: Double)]](repeating: [], count: segments.count)
    var elsewhere = local
    var outputs = [[Double]](repeating: [], count: segments.count)
    var capacities = outputs
    var recorded = [Bool](repeating: false, count: segments.count)
    var table = [Bool](repeating: false, count: (regions.count + 1) * segments.count)
    for segment in 0..<segments.count {
      for row in postings.rows(of: segment) where postings.linkClass[row] == .confirmed {
        let firm = Int(postings.firm[row])
        guard snapshot.firms.status[firm] != .cancelled, snapshot.firms.status[firm] != .revoked
        else { continue }
        let revenue = segmentRevenue(posting: row, snapshot: snapshot)
        let heads =
          snapshot.firms.employees[firm].map { Double($0) * Double(postings.share[row]) }
          ?? revenue.map { $0 / segments[segment].outputPerWorker.value } ?? 0
        nationalHeads[segment] += heads
        if isHome[firm] {
          localHeads[segment] += heads
          local[segment].append((firm, revenue ?? 0))
          if let revenue { outputs[segment].append(revenue) }
          if let capacity = postings.capacity[row] {
            capacities[segment].append(Double(capacity))
            recorded[segment] = true
          } else if let revenue {
            capacities[segment].append(revenue * free)
          }
          table[regions.count * segments.count + segment] = true
        } else {
          // A firm that is kept off lists is not held up as a main firm either.
          if snapshot.firms.flags[firm].isDisjoint(with: [.dishonest, .doNotContact]) {
            elsewhere[segment].append((firm, revenue ?? 0))
          }
        }
        if let seat = snapshot.firms.seat[firm], let region = regions.regionOfPlace[Int(seat)] {
          table[region * segments.count + segment] = true
        }
      }
    }
    func largestFirst(_ list: [(firm: Int, size: Double)]) -> [Int] {
      list.sorted { ($0.size, $1.firm) > ($1.size, $0.firm) }.map(\.firm)
    }
    let relatedness = Relatedness(
      presence: table, places: regions.count + 1, segments: segments.count)
    let dense = relatedness.density(diagonal: .leftOut)
    self.localHeads = localHeads
    self.nationalHeads = nationalHeads
    localFirms = local.map(largestFirst)
    nationalFirms = elsewhere.map(largestFirst)
    localOutputs = outputs
    localCapacities = capacities
    capacityRecorded = recorded
    density = Array(dense[(regions.count * segments.count)...])
    self.isHome = isHome
  }
}

/// Which firms have their seat or a plant in the home district.
func homeFirms(_ snapshot: Snapshot) -> [Bool] {
  var atHome = [Bool](repeating: false, count: snapshot.places.count)
  for row in 0..<snapshot.places.count {
    atHome[row] = snapshot.district.home.contains { snapshot.places.lies(row, in: $0) }
  }
  return (0..<snapshot.firms.count).map { firm in
    if let seat = snapshot.firms.seat[firm], atHome[Int(seat)] { return true }
    return snapshot.plants[firm].contains { atHome[$0.place] }
  }
}
