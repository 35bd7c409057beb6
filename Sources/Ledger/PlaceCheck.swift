import Atlas

/// Finds coordinates that do not fit their code. 坐标核对
///
/// Geocoding by an ambiguous name puts 东城区 of Beijing into Shanxi. A code says where a place
/// lies, so its neighbours by code are the witnesses: the place itself in the gazetteer, else the
/// other places of its prefecture.
enum PlaceCheck {
  /// Beyond this distance from the gazetteer's own position a point is wrong, km.
  static let limitKm = 50.0

  /// The codes of a file whose coordinates are wrong, with what to say of each.
  static func findOutliers(
    file: TableFile, layout: TableLayout, sheet: String?, gazetteer: Gazetteer
  ) throws -> [String: Fault] {
    let plan = layout.plan
    func cell(_ slot: Int) -> ImportPlan.Feed? { plan.feeds.first { $0.slot == slot } }
    guard let code = cell(0)?.cells.first, let longitude = cell(2)?.cells.first,
      let latitude = cell(3)?.cells.first
    else { return [:] }
    let datum = layout.profile?.datum ?? .wgs84
    var points: [(code: String, position: Position)] = []
    let reader = try file.rows(sheet: sheet)
    var row = RawRow()
    for _ in 0..<layout.headerRows { _ = try reader.next(&row) }
    while try reader.next(&row) {
      guard let x = Double(row.text(longitude).trimmingBlanks),
        let y = Double(row.text(latitude).trimmingBlanks)
      else { continue }
      let point = datum.wgs84(longitude: x, latitude: y)
      guard let position = Position(longitude: point.longitude, latitude: point.latitude) else { continue }
      let text = row.text(code).trimmingBlanks
      points.append((text.count == 12 ? String(text.prefix(6)) : text, position))
    }
    return findOutliers(points, gazetteer: gazetteer)
  }

  static func findOutliers(
    _ points: [(code: String, position: Position)], gazetteer: Gazetteer
  ) -> [String: Fault] {
    var faults: [String: Fault] = [:]
    for point in points {
      guard let entry = gazetteer.entry(code: point.code), let known = entry.position else { continue }
      let km = known.greatCircleKm(to: point.position)
      if km > limitKm {
        faults[point.code] = .farFromNeighbours(km: Int(km.rounded()), name: gazetteer.path(of: point.code))
      }
    }
    return faults
  }
}
