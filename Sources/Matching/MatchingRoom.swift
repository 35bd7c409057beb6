import Atlas
import Freight

/// What every pairing of a run shares: tables by place and segment, built once. 匹配台
struct MatchingRoom {
  let snapshot: Snapshot
  let models: MatchingModels
  var model: MatchModel { models.choice }
  let shares: NationalShares
  let presence: Presence
  /// One table a chain that the district leads.
  let gaps: [GapTable]
  let desk: FreightDesk
  let labour: LabourMarket
  /// Places of the district's own sites, without duplicates, in site order.
  let homePlaces: [Int]
  /// Rival places that are not home places, in the district's order.
  let rivalPlaces: [Int]
  private let reaches: [Int: LabourReach]
  /// Local firms within reach of each market place.
  private let supplies: [Int: LocalSupply]
  /// By row of `Places`: of every place that a pairing can name; others are looked at when they are.
  private let grounds: [PlaceGround?]
  /// What the employer pays beside the wage, as a factor on it.
  let employerFactor: Span
  /// Today's value of one yuan a year over the term of use of land.
  let landAnnuity: Double
  /// Where each segment that a pairing can name is made.
  private let segmentHomes: [Int: SegmentHome]
  /// Market potential by segment, then by row of `Places` that an alternative can name.
  let potentials: [Int: [Int: Double]]
  /// The day by which signals are decayed.
  var asOf: Day
  let screens: Screens
  /// Rows of firms whose freight bills are wanted lane by lane.
  let detailed: Set<Int>
  /// The same for the first so many firms of a list.
  let detailedTop: Int
  /// Rows of `Firms` by segment with a confirmed link, and the region each one sits in.
  let sameSegment: [[Double]]
  let visitOutcomes: Int

  init(
    snapshot: Snapshot, models: MatchingModels, nation: Nation, detailed: Set<Int>,
    detailedTop: Int, only segments: Set<Int>? = nil, workers: Workers = .one
  ) {
    let (shares, presence, gaps) = (nation.shares, nation.presence, nation.gaps)
    asOf = snapshot.asOf
    self.detailed = detailed
    self.detailedTop = detailedTop
    self.snapshot = snapshot
    self.models = models
    screens = Screens(snapshot)
    self.shares = shares
    self.presence = presence
    self.gaps = gaps
    var homes: [Int] = []
    for site in snapshot.sites where !homes.contains(site.place) { homes.append(site.place) }
    homePlaces = homes
    rivalPlaces = snapshot.district.rivals.filter { !homes.contains($0) }
    let markets = homes + rivalPlaces
    // Tables are made for the places and segments that a pairing can name, not for the nation.
    let open = gaps.flatMap(\.rows)
      .filter { row in segments?.contains(row.segment) ?? row.gapClass.isOpen }.map(\.segment)
    var origins = Set<Int>()
    let homesInOrder = workers.map(open.count) {
      SegmentHome(open[$0], shares: shares, places: snapshot.places, model: models.choice)
    }
    segmentHomes = Dictionary(zip(open, homesInOrder)) { first, _ in first }
    for (segment, home) in zip(open, homesInOrder) {
      for row in snapshot.postings.rows(of: segment) {
        let firm = Int(snapshot.postings.firm[row])
        if let seat = snapshot.firms.seat[firm] { origins.insert(Int(seat)) }
        for plant in snapshot.plants[firm] { origins.insert(plant.place) }
      }
      for item in home.plausible { origins.insert(item.place) }
      if let median = home.median { origins.insert(median) }
    }
    let wanted = origins.union(markets).sorted()
    let floorKm = models.choice.value("marketFloorKm")
    // The way to every customer is the same for all segments.
    let ways = workers.map(wanted.count) { number in
      CustomerWays(to: wanted[number], shares.regions, snapshot.places, floorKm: floorKm)
    }
    let potentialsInOrder = workers.map(open.count) { index -> [Int: Double] in
      let demand = shares.demand[open[index]]
      return Dictionary(
        uniqueKeysWithValues: zip(wanted, ways).compactMap { place, ways in
          ways.potential(of: demand).map { (place, $0) }
        })
    }
    potentials = Dictionary(zip(open, potentialsInOrder)) { first, _ in first }
    // Counties and zones are read at their prefecture; only markets and places that lie in no
    // prefecture need rows of their own.
    let extra = origins.filter { shares.regions.regionOfPlace[$0] == nil }.sorted()
    desk = FreightDesk(
      snapshot: snapshot, shares: shares, network: models.freight, markets: markets,
      places: extra, at: origins.sorted(), segments: Set(open), workers: workers)
    self.labour = LabourMarket(model: models.labour, snapshot: snapshot)
    func byPlace<Value: Sendable>(
      _ places: Set<Int>, _ make: @Sendable (Int) -> Value
    ) -> [Int: Value] {
      let sorted = places.sorted()
      let made = workers.map(sorted.count) { make(sorted[$0]) }
      return Dictionary(uniqueKeysWithValues: zip(sorted, made))
    }
    let originRegions = Set(
      origins.map { shares.regions.regionOfPlace[$0].map { shares.regions.places[$0] } ?? $0 })
    let market = labour
    // Plants of this kind house part of their workers wherever they are, so every place is read with
    // beds; the plan says so.
    let reaches =
      snapshot.labour.isEmpty
      ? [:]
      : byPlace(originRegions.union(markets)) {
        LabourReach(market, site: $0, dormitory: true)
      }
    let suppliers = SupplierIndex(snapshot)
    let supplies = byPlace(originRegions.union(markets)) {
      LocalSupply(snapshot, model: models.suppliers, place: $0, index: suppliers)
    }
    var grounds = [PlaceGround?](repeating: nil, count: snapshot.places.count)
    for place in wanted {
      grounds[place] = PlaceGround(
        place, snapshot.places, shares.regions, reaches: reaches, supplies: supplies)
    }
    self.grounds = grounds
    self.reaches = reaches
    self.supplies = supplies
    let charges = models.freight.model[.employerCharges].span
    employerFactor = .each { 1 + charges[$0] }
    let (rate, years) = (
      models.choice.value("annuityRate"), models.choice.value("landYears")
    )
    landAnnuity = rate == 0 ? years : (1 - power(1 + rate, -years)) / rate
    let postings = snapshot.postings
    sameSegment = (0..<snapshot.segments.count).map { segment in
      var counts = [Double](repeating: 0, count: shares.regions.count)
      for row in postings.rows(of: segment) where postings.linkClass[row] == .confirmed {
        guard let seat = snapshot.firms.seat[Int(postings.firm[row])],
          let region = shares.regions.regionOfPlace[Int(seat)]
        else { continue }
        counts[region] += 1
      }
      return counts
    }
    visitOutcomes = (0..<snapshot.firms.count).reduce(0) { $0 + snapshot.outcomes[$1].count }
  }

  /// Where a segment is made in the nation.
  func home(ofSegment segment: Int) -> SegmentHome {
    segmentHomes[segment]
      ?? SegmentHome(segment, shares: shares, places: snapshot.places, model: model)
  }

  /// What a place says to every project.
  func ground(at place: Int) -> PlaceGround {
    grounds[place]
      ?? PlaceGround(
        place, snapshot.places, shares.regions, reaches: reaches, supplies: supplies)
  }

  /// The firms that could fill the open gaps of a table, and those that must not be proposed.
  func findSlates(
    for table: GapTable
  ) -> (candidates: [Candidate], excluded: [Exclusion]) {
    var candidates: [Candidate] = []
    var excluded: [Int: Exclusion] = [:]
    let postings = snapshot.postings
    for gap in table.rows where gap.gapClass.isOpen {
      for row in postings.rows(of: gap.segment) {
        let firm = Int(postings.firm[row])
        if let screen = screens.screens(firm: firm).first {
          if excluded[firm] == nil {
            excluded[firm] = Exclusion(firm: firm, reason: screen.key, because: screen.reason)
          }
          continue
        }
        guard postings.linkClass[row] == .confirmed else {
          if excluded[firm] == nil {
            excluded[firm] = Exclusion(
              firm: firm, reason: "uncertainLink",
              because: Phrase(
                zh: "挂链待核：请在复核表中确认或否决", en: "link uncertain: decide in the review sheet"))
          }
          continue
        }
        for site in snapshot.sites.indices {
          if let screen = screens.screen(segment: gap.segment, site: site) {
            if excluded[firm] == nil {
              excluded[firm] = Exclusion(firm: firm, reason: screen.key, because: screen.reason)
            }
            continue
          }
          candidates.append(Candidate(posting: row, firm: firm, segment: gap.segment, site: site))
        }
      }
    }
    // A firm that may be proposed for one pairing is not excluded for another.
    let kept = Set(candidates.map(\.firm))
    return (
      candidates,
      excluded.values.filter { !kept.contains($0.firm) }
        .sorted { snapshot.firms.id[$0.firm] < snapshot.firms.id[$1.firm] }
    )
  }
}

/// A pairing to be assessed.
struct Candidate: Equatable {
  /// Row of `Postings`.
  let posting: Int
  let firm: Int
  let segment: Int
  let site: Int
}
