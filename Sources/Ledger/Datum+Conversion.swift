import Atlas
import Glibc

extension ImportProfile.Datum {
  /// The point in WGS84 of a pair of degrees in this datum.
  ///
  /// Source: the published approximation of the GCJ-02 shift on the Krasovsky ellipsoid; the
  /// inverse is one subtraction, good to a few metres.
  func wgs84(longitude: Double, latitude: Double) -> (longitude: Double, latitude: Double) {
    switch self {
    case .wgs84: return (longitude, latitude)
    case .gcj02:
      let shift = Self.shift(longitude, latitude)
      return (longitude - shift.longitude, latitude - shift.latitude)
    case .bd09:
      let x = longitude - 0.0065
      let y = latitude - 0.006
      let turn = Double.pi * 3000 / 180
      let radius = (x * x + y * y).squareRoot() - 0.00002 * sin(y * turn)
      let angle = atan2(y, x) - 0.000003 * cos(x * turn)
      return Self.gcj02.wgs84(longitude: radius * cos(angle), latitude: radius * sin(angle))
    }
  }

  private static func shift(_ longitude: Double, _ latitude: Double)
    -> (longitude: Double, latitude: Double)
  {
    let x = longitude - 105
    let y = latitude - 35
    let pi = Double.pi
    let root = abs(x).squareRoot()
    let common = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    let axis = 6_378_245.0
    let eccentricity = 0.006_693_421_622_965_943
    let radians = latitude / 180 * pi
    let magic = 1 - eccentricity * sin(radians) * sin(radians)
    let rootMagic = magic.squareRoot()
    let latitudeShift = north * 180 / (axis * (1 - eccentricity) / (magic * rootMagic) * pi)
    let longitudeShift = east * 180 / (axis / rootMagic * cos(radians) * pi)
    return (longitudeShift, latitudeShift)
  }
}
