public import Atlas

/// Road distances between named points, from a road graph. 公路里程矩阵
///
/// Points are place codes and terminal ids (`rail:团结村`); a pair that is not in the matrix falls
/// back on great circle × circuity.
public struct RoadMatrix: Sendable, Equatable {
  /// Row by row; nil where no road leads.
  public let km: [Double?]
  private let row: [String: Int]
  private let width: Int

  public init(points: [String], km: [Double?]) {
    precondition(km.count == points.count * points.count, "a road matrix is square")
    self.km = km
    width = points.count
    row = Dictionary(zip(points, points.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The distances that a snapshot holds.
  public init(_ roads: RoadDistances) {
    self.init(
      points: roads.points,
      km: (0..<roads.metres.count).map { roads.metres[$0].map { Double($0) / 1000 } })
  }

  /// True when both points are rows of the matrix.
  public func knows(_ first: String, _ second: String) -> Bool {
    row[first] != nil && row[second] != nil
  }

  /// Kilometres by road; nil when a point is unknown or no road leads.
  public func km(_ first: String, _ second: String) -> Double? {
    guard let from = row[first], let to = row[second] else { return nil }
    return km[from * width + to]
  }
}

/// Which ground a point stands on, for what roads and trains can reach. 地域
enum Territory: Sendable, Hashable {
  case mainland, hainan, taiwan
  case abroad(String)

  /// From a division code: two digits of the province, or a foreign code such as `DE-DUI`.
  init(code: String) {
    switch code.prefix(2) {
    case "46": self = .hainan
    case "71": self = .taiwan
    case let head where head.allSatisfy { ("0"..."9").contains($0) } && head.count == 2:
      self = .mainland
    case let head: self = .abroad(String(head))
    }
  }

  var isDomestic: Bool {
    if case .abroad = self { false } else { true }
  }

  /// True when trucks cross from one to the other: over land, or by the ferry to 海南.
  func hasRoad(to other: Territory) -> Bool {
    switch (self, other) {
    case (.mainland, .hainan), (.hainan, .mainland): true
    default: self == other
    }
  }
}

/// A place or terminal as a point on the ground.
struct Point: Sendable {
  let key: String
  let name: String
  let position: Position
  let territory: Territory
  let mountain: Bool
}

/// Where everything lies and how far it is by road and rail. 空间
///
/// Distances are the same under every scenario: the range of the fitted rates already holds the
/// error of the distances they were fitted with.
struct Geography: Sendable {
  let terminals: [Point]
  let interchangeKm: Double
  private let circuityPlain: Double
  private let circuityMountain: Double
  private let circuityRail: Double
  private let matrix: RoadMatrix?
  private let rowOfTerminal: [String: Int]

  /// Provinces whose roads wind: 重庆, 四川, 贵州, 云南, 西藏.
  private static let mountainProvinces: Set<String> = ["50", "51", "52", "53", "54"]

  static func isMountain(code: String) -> Bool {
    mountainProvinces.contains(String(code.prefix(2)))
  }

  init(model: FreightModel, matrix: RoadMatrix?) {
    terminals = model.terminals.map {
      Point(
        key: $0.id, name: $0.name, position: $0.position,
        territory: Territory(code: $0.placeCode),
        mountain: Geography.isMountain(code: $0.placeCode))
    }
    rowOfTerminal = Dictionary(
      uniqueKeysWithValues: model.terminals.enumerated().map { ($1.id, $0) })
    interchangeKm = model[.interchangeKm].value
    circuityPlain = model[.circuityRoadPlain].value
    circuityMountain = model[.circuityRoadMountain].value
    circuityRail = model[.circuityRail].value
    self.matrix = matrix
  }

  func terminalRow(_ mode: Mode, _ name: String) -> Int {
    guard let row = rowOfTerminal[Terminal.id(mode, name)] else {
      preconditionFailure("the model has checked that every stop is a terminal")
    }
    return row
  }

  /// True when a truck between the two takes the ferry of the 琼州 strait.
  func crossesStrait(_ first: Point, _ second: Point) -> Bool {
    (first.territory == .hainan) != (second.territory == .hainan)
  }

  /// Kilometres by road; nil where none leads: across the sea to 中国台湾, or over a border.
  func roadKm(_ first: Point, _ second: Point) -> Double? {
    guard first.territory.hasRoad(to: second.territory) else { return nil }
    if let matrix, matrix.knows(first.key, second.key) {
      return matrix.km(first.key, second.key)
    }
    func winding(_ point: Point) -> Double {
      point.mountain ? circuityMountain : circuityPlain
    }
    return first.position.greatCircleKm(to: second.position) * (winding(first) + winding(second))
      / 2
  }

  func railKm(_ first: Point, _ second: Point) -> Double {
    first.position.greatCircleKm(to: second.position) * circuityRail
  }
}
