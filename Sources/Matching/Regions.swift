import Atlas

/// The prefecture-level places between which freight and national shares are counted. 地级单元
///
/// A municipality is one region; a county or zone belongs to the region of its prefecture.
public struct Regions: Sendable, Equatable {
  /// Row of `Places` of each region, ascending.
  public let places: [Int]
  /// Region of each row of `Places`; nil for a province or a place without any position.
  public let regionOfPlace: [Int?]

  public init(_ places: Places) {
    var isRegion = [Bool](repeating: false, count: places.count)
    for row in 0..<places.count where places.position[row] != nil {
      switch places.level[row] {
      case .prefecture: isRegion[row] = true
      case .county, .zone: isRegion[places.prefecture(of: row)] = true
      case .province: break
      }
    }
    var regions: [Int] = []
    var index = [Int?](repeating: nil, count: places.count)
    for row in 0..<places.count where isRegion[row] && places.position[row] != nil {
      // A province whose counties hang below prefectures is no region of its own.
      index[row] = regions.count
      regions.append(row)
    }
    var owner = [Int?](repeating: nil, count: places.count)
    for row in 0..<places.count {
      owner[row] = index[row] ?? index[places.prefecture(of: row)]
    }
    self.places = regions
    regionOfPlace = owner
  }

  public var count: Int { places.count }
}
