import Atlas

extension Origin {
  /// Where a firm makes a segment today: its plants, else its registered seat, else the segment's
  /// national median place; nil when even that is not known.
  ///
  /// Unknown: a seat is an uncertain origin; `plausible` then carries the places where the
  /// segment is mostly made, for the range.
  static func find(firm: Int, snapshot: Snapshot, elsewhere home: SegmentHome) -> Origin? {
    let places = snapshot.places
    let plants = snapshot.plants[firm]
    if !plants.isEmpty {
      let placed = plants.filter { places.position[$0.place] != nil }
      if !placed.isEmpty {
        let weights = plantWeights(placed[...])
          .map { WeightedPlace(place: $0.place, weight: $0.weight) }
          .sorted { ($0.weight, $1.place) > ($1.weight, $0.place) }
        return Origin(basis: .plants, places: weights, plausible: [])
      }
    }
    if let seat = snapshot.firms.seat[firm], places.position[Int(seat)] != nil {
      return Origin(
        basis: .seat, places: [WeightedPlace(place: Int(seat), weight: 1)],
        plausible: home.plausible)
    }
    guard let median = home.median else { return nil }
    return Origin(
      basis: .median, places: [WeightedPlace(place: median, weight: 1)],
      plausible: home.plausible)
  }

  /// The places where a segment is mostly made, heaviest first, with weights that sum to 1.
  static func plausiblePlaces(
    _ segment: Int, shares: NationalShares, limit: Int
  ) -> [WeightedPlace] {
    let supply = shares.supply[segment]
    let heaviest = supply.indices.sorted { (supply[$0], $1) > (supply[$1], $0) }.prefix(limit)
      .filter { supply[$0] > 0 }
    let total = heaviest.reduce(0) { $0 + supply[$1] }
    return heaviest.map {
      WeightedPlace(place: shares.regions.places[$0], weight: supply[$0] / total)
    }
  }
}

/// Where a segment is made in the nation, for firms of which no better place is known. 环节产地
struct SegmentHome {
  /// Heaviest first, with weights that sum to 1.
  let plausible: [WeightedPlace]
  /// Row of `Places`; nil where nothing is known.
  let median: Int?

  init(_ segment: Int, shares: NationalShares, places: Places, model: MatchModel) {
    plausible = Origin.plausiblePlaces(
      segment, shares: shares, limit: Int(model.value("plausiblePlaces")))
    median = shares.medianRegion(of: segment, places: places).map { shares.regions.places[$0] }
  }
}
