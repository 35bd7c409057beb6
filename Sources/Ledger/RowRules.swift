import Atlas

/// Rules that look at several cells of a row. 行规则
struct RowRules {
  private let kindId: String
  private let datum: ImportProfile.Datum
  /// For places: codes whose coordinates are wrong.
  private let outliers: [String: Fault]

  init(_ source: BlockReader.Source) throws {
    kindId = source.kind.id
    datum = source.layout.profile?.datum ?? .wgs84
    outliers =
      kindId == "places"
      ? try PlaceCheck.findOutliers(
        file: source.file, layout: source.layout, sheet: source.sheet, gazetteer: source.gazetteer)
      : [:]
  }

  /// What is wrong with the row as a whole, and the header to name; may put cells right.
  func check(_ cells: inout CellReader) -> (Fault, String?)? {
    switch kindId {
    case "firms":
      if let text = cells.unresolvedPlace {
        cells.unresolvedPlace = nil
        return (text, "所在地")
      }
    case "places":
      if let longitude = cells.real(2), let latitude = cells.real(3) {
        let point = datum.wgs84(
          longitude: longitude, latitude: latitude)
        guard Position(longitude: point.longitude, latitude: point.latitude) != nil else {
          return (.outOfRange("±180°, ±90°"), "经度/纬度")
        }
        cells.setReal(2, (point.longitude * 1e6).rounded() / 1e6)
        cells.setReal(3, (point.latitude * 1e6).rounded() / 1e6)
      }
      if let code = cells.text(0), let fault = outliers[code] { return (fault, "经度/纬度") }
    case "factors":
      if cells.isNull(0), cells.isNull(1) { return (.needsFirmOrSite, "企业/载体") }
    case "hosts":
      if cells.integer(2) != 1, !cells.isNull(3) || !cells.isNull(4) {
        cells.setNull(3)
        cells.setNull(4)
        return (.noConsent, nil)
      }
    case "wages":
      if let wage = cells.real(2), let bill = cells.real(3), let heads = cells.real(4), heads > 0,
        bill > 0
      {
        let ratio = wage / (bill * 10_000 / heads)
        if ratio > 1.1 || ratio < 1 / 1.1 {
          return (.wageSlip(ratio < 1 ? 1 / max(ratio, 1e-9) : ratio), "平均工资")
        }
      }
    default: break
    }
    return nil
  }
}
