import Glibc

/// A point on the earth in WGS84 degrees. 坐标
public struct Position: Sendable, Hashable, Codable {
  public let longitude: Double
  public let latitude: Double

  /// Nil when the pair is not a point on the earth.
  public init?(longitude: Double, latitude: Double) {
    guard longitude.isFinite, latitude.isFinite, abs(longitude) <= 180, abs(latitude) <= 90
    else { return nil }
    self.longitude = longitude
    self.latitude = latitude
  }

  /// Mean earth radius in km (IUGG).
  public static let earthRadiusKm = 6371.0088

  /// Great-circle distance in km by the haversine formula.
  public func greatCircleKm(to other: Position) -> Double {
    let radians = Double.pi / 180
    let halfLatitude = (other.latitude - latitude) * radians / 2
    let halfLongitude = (other.longitude - longitude) * radians / 2
    let chord =
      sin(halfLatitude) * sin(halfLatitude)
      + cos(latitude * radians) * cos(other.latitude * radians)
      * sin(halfLongitude) * sin(halfLongitude)
    return 2 * Position.earthRadiusKm * asin(min(1, chord.squareRoot()))
  }
}
