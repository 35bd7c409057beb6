import Atlas

/// What a place says to every project alike, found once: a pairing reads it at ten places. 地点底数
final class PlaceGround: Sendable {
  /// Yuan a head and year.
  let wage: Double?
  /// Yuan per MWh ÷ 10,000, as `Places` has it.
  let energyPrice: Double?
  /// 10k yuan a mu.
  let landPrice: Double?
  /// Row of `Regions`.
  let region: Int?
  /// Labour of the place itself when its market was built, else of its region.
  let reach: LabourReach?
  /// Suppliers of the place itself when they were gathered, else of its region.
  let supply: LocalSupply?

  init(
    _ place: Int, _ places: Places, _ regions: Regions, reaches: [Int: LabourReach],
    supplies: [Int: LocalSupply]
  ) {
    wage = places.climb(places.wage, from: place)
    energyPrice = places.climb(places.energyPrice, from: place)
    landPrice = places.climb(places.landPrice, from: place)
    region = regions.regionOfPlace[place]
    let seat = region.map { regions.places[$0] }
    reach = reaches[place] ?? seat.flatMap { reaches[$0] }
    supply = supplies[place] ?? seat.flatMap { supplies[$0] }
  }
}

extension Places {
  /// A place's figure, or that of the nearest place it lies in.
  func climb(_ column: Known<Double>, from place: Int) -> Double? {
    var current = place
    while true {
      if let value = column[current] { return value }
      let up = Int(parent[current])
      if up == current { return nil }
      current = up
    }
  }
}
