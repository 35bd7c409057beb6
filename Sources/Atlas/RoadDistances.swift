/// Road distances between points of a country, computed once from a road graph. 公路里程表
public struct RoadDistances: Sendable, Equatable {
  /// Place codes and terminal ids, one a row and column.
  public let points: [String]
  /// Metres, row by row; nil where no road leads.
  public let metres: Known<UInt32>
  public let provenance: Provenance

  public init(points: [String], metres: Known<UInt32>, provenance: Provenance) {
    precondition(metres.count == points.count * points.count, "a table of distances is square")
    self.points = points
    self.metres = metres
    self.provenance = provenance
  }
}
