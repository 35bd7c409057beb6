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
      guard let position = Position(longitude: point.longitude, latitude: point.latitude) else {
        continue
      }
      let text = row.text(code).trimmingBlanks
      points.append((text.count == 12 ? String(text.prefix(6)) : text, position))
    }
    return findOutliers(points, gazetteer: gazetteer)
  }

  /// Points whose code is listed are held against the gazetteer; the others against the places of
  /// their prefecture, in the file and in the gazetteer: far is more than `farKm` and more than
  /// three times what is usual there (medians, so that a few wrong neighbours do not matter).
  static func findOutliers(
    _ points: [(code: String, position: Position)], gazetteer: Gazetteer
  ) -> [String: Fault] {
    var faults: [String: Fault] = [:]
    var unlisted: [(code: String, position: Position)] = []
    for point in points {
      guard let known = gazetteer.entry(code: point.code)?.position else {
        unlisted.append(point)
        continue
      }
      let km = known.greatCircleKm(to: point.position)
      if km > limitKm {
        faults[point.code] = .farFromNeighbours(
          km: Int(km.rounded()), name: gazetteer.path(of: point.code))
      }
    }
    guard !unlisted.isEmpty else { return faults }
    var groups: [String: [(code: String, position: Position)]] = [:]
    for point in points where faults[point.code] == nil {
      groups[group(of: point.code), default: []].append(point)
    }
    var listed: [String: [Position]] = [:]
    for entry in gazetteer.listed {
      guard let position = entry.position else { continue }
      listed[group(of: entry.code), default: []].append(position)
    }
    for point in unlisted {
      guard PlaceLevel(code: point.code) == .county else { continue }
      let name = group(of: point.code)
      let own = (groups[name] ?? []).filter { $0.code != point.code }.map(\.position)
      let witnesses = (listed[name] ?? []).isEmpty ? own : listed[name] ?? []
      guard witnesses.count >= 3 else { continue }
      let distance = median(witnesses.map { $0.greatCircleKm(to: point.position) })
      let usual = median(
        witnesses.map { one in median(witnesses.map { $0.greatCircleKm(to: one) }) })
      if distance > max(farKm, 3 * usual) {
        faults[point.code] = .farFromNeighbours(
          km: Int(distance.rounded()),
          name: gazetteer.path(of: name.count == 4 ? name + "00" : name + "0000"))
      }
    }
    return faults
  }

  /// Beyond this median distance from its neighbours a point is doubted, km.
  static let farKm = 250.0

  /// The prefecture part of a code; the province for the four municipalities.
  private static func group(of code: String) -> String {
    ["11", "12", "31", "50"].contains(code.prefix(2))
      ? String(code.prefix(2)) : String(code.prefix(4))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
