import Glibc

/// Reads a public orienteering instance: OPLib, Tsiligirides/Chao, TOP, TOPTW or Solomon (读算例).
///
/// The format is recognised by the text. In TOPTW and Solomon files the number of paths is not part
/// of the instance; `paths` gives it. A Solomon demand is the score.
/// Source: Euclidean lengths are exact in OP and TOP files, rounded as TSPLIB says in OPLib files,
/// and cut to one decimal (two for more than 101 points) in files with windows.
public func parseInstance(
  text: String, name: String, paths: Int = 1
) throws(InstanceError) -> Instance {
  let lines = Lines(text: text, name: name)
  if lines.contains(keyword: "NODE_SCORE_SECTION") { return try parseLibrary(lines) }
  if lines.contains(keyword: "CUSTOMER") { return try parseSolomon(lines, paths: paths) }
  guard let first = lines.rows.first else { throw .unknownFormat(name: name) }
  if first.words.count == 2, first.words[0] == "n" { return try parseTeam(lines) }
  if first.words.count == 2, lines.rows.dropFirst().allSatisfy({ $0.words.count == 3 }) {
    return try parseSingle(lines)
  }
  if first.words.count == 4, lines.rows.count > 2 { return try parseWindows(lines, paths: paths) }
  throw .unknownFormat(name: name)
}

/// The lines of a text that are not blank, as words, with their numbers.
struct Lines {
  struct Row {
    var number: Int
    var words: [Substring]
  }

  let name: String
  let rows: [Row]

  init(text: String, name: String) {
    self.name = name
    var rows: [Row] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" }
      if !words.isEmpty { rows.append(Row(number: index + 1, words: words)) }
    }
    self.rows = rows
  }

  func contains(keyword: String) -> Bool {
    rows.contains { $0.words[0].uppercased().hasPrefix(keyword) }
  }

  func number(_ row: Row, _ column: Int) throws(InstanceError) -> Double {
    guard column < row.words.count, let value = Double(row.words[column]), value.isFinite else {
      throw .badLine(name: name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
    return value
  }

  func whole(_ row: Row, _ column: Int) throws(InstanceError) -> Int {
    let value = try number(row, column)
    guard let whole = Int(exactly: value), (0...100_000).contains(whole) else {
      throw .badLine(name: name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
    return whole
  }

  func points(_ rows: ArraySlice<Row>) throws(InstanceError) -> [ScoredPoint] {
    var points: [ScoredPoint] = []
    for row in rows {
      points.append(
        ScoredPoint(x: try number(row, 0), y: try number(row, 1), score: try number(row, 2)))
    }
    return points
  }
}

/// A point of an instance with its score.
struct ScoredPoint {
  var x: Double
  var y: Double
  var score: Double

  func length(to other: ScoredPoint) -> Double {
    let dx = x - other.x
    let dy = y - other.y
    return (dx * dx + dy * dy).squareRoot()
  }
}

/// `Tmax P`, then points; the first starts and the second ends.
private func parseSingle(_ lines: Lines) throws(InstanceError) -> Instance {
  let limit = try lines.number(lines.rows[0], 0)
  let paths = try lines.whole(lines.rows[0], 1)
  let points = try lines.points(lines.rows.dropFirst())
  guard points.count >= 2, paths >= 1 else {
    throw .incomplete(name: lines.name, missing: "start and end")
  }
  return orienteering(lines.name, points, start: 0, end: 1, paths: paths, limit: limit)
}

/// `n`, `m`, `tmax`, then points; the first starts and the last ends.
private func parseTeam(_ lines: Lines) throws(InstanceError) -> Instance {
  guard lines.rows.count >= 5, lines.rows[1].words[0] == "m", lines.rows[2].words[0] == "tmax"
  else { throw .incomplete(name: lines.name, missing: "n, m and tmax") }
  let count = try lines.whole(lines.rows[0], 1)
  let paths = try lines.whole(lines.rows[1], 1)
  let limit = try lines.number(lines.rows[2], 1)
  let points = try lines.points(lines.rows.dropFirst(3))
  guard points.count == count, paths >= 1 else {
    throw .incomplete(name: lines.name, missing: "the \(count) announced points")
  }
  return orienteering(
    lines.name, points, start: 0, end: points.count - 1, paths: paths, limit: limit)
}

private func orienteering(
  _ name: String, _ points: [ScoredPoint], start: Int, end: Int, paths: Int, limit: Double
) -> Instance {
  let travel = points.map { from in points.map { from.length(to: $0) } }
  let stops = points.indices.filter { $0 != start && $0 != end }.map { row in
    Stop(id: "\(row + 1)", place: row, prize: points[row].score)
  }
  let day = TripDay(start: start, end: end, from: 0, to: limit)
  let trip = Trip(
    stops: stops, days: [TripDay](repeating: day, count: paths), travelMinutes: travel,
    segmentFactor: 1)
  return Instance(
    name: name, trip: trip, baseScore: points[start].score + (start == end ? 0 : points[end].score),
    start: "\(start + 1)", end: "\(end + 1)")
}

/// TSPLIB keywords with COST_LIMIT and NODE_SCORE_SECTION: a closed tour from the depot.
private func parseLibrary(_ lines: Lines) throws(InstanceError) -> Instance {
  var header: [String: String] = [:]
  var sections: [String: [Lines.Row]] = [:]
  var section: String?
  for row in lines.rows {
    let word = String(row.words[0])
    if word == "EOF" { break }
    if word.hasSuffix("_SECTION") || word.hasSuffix("_SECTION:") {
      section = word.hasSuffix(":") ? String(word.dropLast()) : word
    } else if word.contains(":") || (row.words.count > 1 && row.words[1].hasPrefix(":")) {
      let parts = row.words.joined(separator: " ").split(separator: ":", maxSplits: 1)
      let key = parts[0].split(separator: " ").joined()
      header[key] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      section = nil
    } else if let section {
      sections[section, default: []].append(row)
    } else {
      throw .badLine(
        name: lines.name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
  }
  guard let count = header["DIMENSION"].flatMap({ Int($0) }), (1...100_000).contains(count) else {
    throw .incomplete(name: lines.name, missing: "DIMENSION")
  }
  guard let limit = header["COST_LIMIT"].flatMap({ Double($0) }), limit.isFinite else {
    throw .incomplete(name: lines.name, missing: "COST_LIMIT")
  }
  let travel = try libraryLengths(lines, header: header, sections: sections, count: count)
  var score = [Double?](repeating: nil, count: count)
  for row in sections["NODE_SCORE_SECTION"] ?? [] {
    let node = try lines.whole(row, 0)
    guard (1...count).contains(node) else {
      throw .badLine(
        name: lines.name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
    score[node - 1] = try lines.number(row, 1)
  }
  var depot = 0
  if let row = sections["DEPOT_SECTION"]?.first { depot = try lines.whole(row, 0) - 1 }
  guard (0..<count).contains(depot), let depotScore = score[depot] else {
    throw .incomplete(name: lines.name, missing: "the score of the depot")
  }
  var stops: [Stop] = []
  for node in 0..<count where node != depot {
    guard let prize = score[node] else {
      throw .incomplete(name: lines.name, missing: "the score of node \(node + 1)")
    }
    stops.append(Stop(id: "\(node + 1)", place: node, prize: prize))
  }
  let day = TripDay(start: depot, end: depot, from: 0, to: limit)
  let trip = Trip(stops: stops, days: [day], travelMinutes: travel, segmentFactor: 1)
  return Instance(
    name: lines.name, trip: trip, baseScore: depotScore, start: "\(depot + 1)",
    end: "\(depot + 1)")
}

/// `k v N t`, `D Q`, then `i x y d S f a list O C`; the first point is start and end.
private func parseWindows(_ lines: Lines, paths: Int) throws(InstanceError) -> Instance {
  var customers: [Customer] = []
  for row in lines.rows.dropFirst(2) {
    guard row.words.count >= 7 else {
      throw .badLine(
        name: lines.name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
    customers.append(
      Customer(
        id: String(row.words[0]),
        point: ScoredPoint(
          x: try lines.number(row, 1), y: try lines.number(row, 2), score: try lines.number(row, 4)),
        service: try lines.number(row, 3), open: try lines.number(row, row.words.count - 2),
        close: try lines.number(row, row.words.count - 1)))
  }
  return try windowed(lines.name, customers, paths: paths)
}

/// The layout of Solomon: `CUST NO. XCOORD YCOORD DEMAND READY DUE SERVICE` after `CUSTOMER`.
private func parseSolomon(_ lines: Lines, paths: Int) throws(InstanceError) -> Instance {
  var customers: [Customer] = []
  var isInside = false
  for row in lines.rows {
    if row.words[0].uppercased().hasPrefix("CUSTOMER") {
      isInside = true
    } else if isInside, row.words[0].uppercased() != "CUST" {
      customers.append(
        Customer(
          id: "\(try lines.whole(row, 0))",
          point: ScoredPoint(
            x: try lines.number(row, 1), y: try lines.number(row, 2),
            score: try lines.number(row, 3)),
          service: try lines.number(row, 6), open: try lines.number(row, 4),
          close: try lines.number(row, 5)))
    }
  }
  return try windowed(lines.name, customers, paths: paths)
}

private struct Customer {
  var id: String
  var point: ScoredPoint
  var service: Double
  var open: Double
  var close: Double
}

private func windowed(
  _ name: String, _ customers: [Customer], paths: Int
) throws(InstanceError) -> Instance {
  guard let depot = customers.first else { throw .incomplete(name: name, missing: "the depot") }
  let scale = customers.count > 101 ? 100.0 : 10.0
  let travel = customers.map { from in
    customers.map { (from.point.length(to: $0.point) * scale).rounded(.down) / scale }
  }
  let stops = customers.indices.dropFirst().map { row in
    let customer = customers[row]
    // Public windows bound the begin of the service; opening hours bound its end as well.
    return Stop(
      id: customer.id, place: row, prize: customer.point.score, serviceMinutes: customer.service,
      openings: [Opening(from: customer.open, to: customer.close + customer.service)])
  }
  let day = TripDay(start: 0, end: 0, from: depot.open, to: depot.close)
  let trip = Trip(
    stops: stops, days: [TripDay](repeating: day, count: max(1, paths)), travelMinutes: travel,
    segmentFactor: 1)
  return Instance(name: name, trip: trip, baseScore: 0, start: depot.id, end: depot.id)
}

/// The lengths of a TSPLIB file, rounded as its type says.
///
/// Source: Reinelt 1995, TSPLIB 95.
private func libraryLengths(
  _ lines: Lines, header: [String: String], sections: [String: [Lines.Row]], count: Int
) throws(InstanceError) -> [[Double]] {
  let type = header["EDGE_WEIGHT_TYPE"] ?? "EUC_2D"
  if type == "EXPLICIT" {
    return try explicitLengths(lines, header, sections["EDGE_WEIGHT_SECTION"] ?? [], count)
  }
  guard ["EUC_2D", "CEIL_2D", "ATT", "GEO"].contains(type) else {
    throw .unknownWeights(name: lines.name, type: type)
  }
  var x = [Double?](repeating: nil, count: count)
  var y = [Double](repeating: 0, count: count)
  for row in sections["NODE_COORD_SECTION"] ?? [] {
    let node = try lines.whole(row, 0)
    guard (1...count).contains(node) else {
      throw .badLine(
        name: lines.name, line: row.number, excerpt: row.words.joined(separator: " "))
    }
    x[node - 1] = try lines.number(row, 1)
    y[node - 1] = try lines.number(row, 2)
  }
  var points: [ScoredPoint] = []
  for node in 0..<count {
    guard let x = x[node] else {
      throw .incomplete(name: lines.name, missing: "the place of node \(node + 1)")
    }
    points.append(ScoredPoint(x: x, y: y[node], score: 0))
  }
  return points.map { from in points.map { libraryLength(type, from, $0) } }
}

private func libraryLength(_ type: String, _ a: ScoredPoint, _ b: ScoredPoint) -> Double {
  switch type {
  case "ATT":
    let length = (((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)) / 10).squareRoot()
    let rounded = length.rounded()
    return rounded < length ? rounded + 1 : rounded
  case "CEIL_2D":
    return a.length(to: b).rounded(.up)
  case "GEO":
    if a.x == b.x && a.y == b.y { return 0 }
    func radians(_ value: Double) -> Double {
      let degrees = value.rounded(.towardZero)
      return 3.141592 * (degrees + 5 * (value - degrees) / 3) / 180
    }
    let q1 = cos(radians(a.y) - radians(b.y))
    let q2 = cos(radians(a.x) - radians(b.x))
    let q3 = cos(radians(a.x) + radians(b.x))
    return (6378.388 * acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1).rounded(.down)
  default:
    return (a.length(to: b) + 0.5).rounded(.down)
  }
}

private func explicitLengths(
  _ lines: Lines, _ header: [String: String], _ rows: [Lines.Row], _ count: Int
) throws(InstanceError) -> [[Double]] {
  let format = header["EDGE_WEIGHT_FORMAT"] ?? "FULL_MATRIX"
  var values: [Double] = []
  for row in rows {
    for column in row.words.indices { values.append(try lines.number(row, column)) }
  }
  let cells: [(Int, Int)]
  switch format {
  case "FULL_MATRIX": cells = (0..<count).flatMap { a in (0..<count).map { (a, $0) } }
  case "LOWER_DIAG_ROW": cells = (0..<count).flatMap { a in (0...a).map { (a, $0) } }
  case "LOWER_ROW": cells = (0..<count).flatMap { a in (0..<a).map { (a, $0) } }
  case "UPPER_DIAG_ROW": cells = (0..<count).flatMap { a in (a..<count).map { (a, $0) } }
  case "UPPER_ROW":
    cells = (0..<count).flatMap { a in ((a + 1)..<max(a + 1, count)).map { (a, $0) } }
  default: throw .unknownWeights(name: lines.name, type: "EXPLICIT \(format)")
  }
  guard values.count == cells.count else {
    throw .incomplete(
      name: lines.name, missing: "\(cells.count) edge weights (it has \(values.count))")
  }
  var travel = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
  for (cell, value) in zip(cells, values) {
    travel[cell.0][cell.1] = value
    if format != "FULL_MATRIX" { travel[cell.1][cell.0] = value }
  }
  return travel
}
