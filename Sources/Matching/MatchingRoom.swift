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
  let reaches: [Int: LabourReach]
  /// Local firms within reach of each market place.
  let supplies: [Int: LocalSupply]
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
    detailedTop: Int, only segments: Set<Int>? = nil
  ) {
    let (shares, presence, gaps) = (nation.shares, nation.presence, nation.gaps)
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
    for segment in open {
      for row in snapshot.postings.rows(of: segment) {
        let firm = Int(snapshot.postings.firm[row])
        if let seat = snapshot.firms.seat[firm] { origins.insert(Int(seat)) }
        for plant in snapshot.plants[firm] { origins.insert(plant.place) }
      }
      let plausible = Origin.plausiblePlaces(
        segment, shares: shares, limit: Int(models.choice.value("plausiblePlaces")))
      for item in plausible { origins.insert(item.place) }
      if let median = shares.medianRegion(of: segment, places: snapshot.places) {
        origins.insert(shares.regions.places[median])
      }
    }
    // Counties and zones are read at their prefecture; only markets and places that lie in no
    // prefecture need rows of their own.
    let extra = origins.filter { shares.regions.regionOfPlace[$0] == nil }.sorted()
    desk = FreightDesk(
      snapshot: snapshot, shares: shares, network: models.freight, markets: markets,
      places: extra, at: origins.sorted(), segments: Set(open))
    self.labour = LabourMarket(model: models.labour, snapshot: snapshot)
    var reaches: [Int: LabourReach] = [:]
    if !snapshot.labour.isEmpty {
      let regions = Set(origins.compactMap { shares.regions.regionOfPlace[$0] })
        .map { shares.regions.places[$0] }
      for place in Set(markets + regions + extra).sorted() {
        // Plants of this kind house part of their workers wherever they are, so every place is read
        // with beds; the plan says so.
        reaches[place] = LabourReach(self.labour, site: place, dormitory: true)
      }
    }
    self.reaches = reaches
    var supplies: [Int: LocalSupply] = [:]
    let originRegions = Set(
      origins.map { shares.regions.regionOfPlace[$0].map { shares.regions.places[$0] } ?? $0 })
    let suppliers = SupplierIndex(snapshot)
    for place in Set(markets).union(originRegions).sorted() {
      supplies[place] = LocalSupply(
        snapshot, model: models.suppliers, place: place, index: suppliers)
    }
    self.supplies = supplies
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
