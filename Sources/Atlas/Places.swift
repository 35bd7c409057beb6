/// Level of a place. 层级
public enum PlaceLevel: UInt8, Sendable, Codable {
  case province, prefecture, county, zone
}

/// The gazetteer as columns; a row is a place. 地点
///
/// Rows are sorted by code, so that a code finds its row by bisection.
public struct Places: Sendable, Equatable {
  public private(set) var code: [String] = []
  public private(set) var name: [String] = []
  public private(set) var level: [PlaceLevel] = []
  /// Row of the place this one lies in, or itself for a province.
  public private(set) var parent: [Int32] = []
  public private(set) var position: [Position?] = []
  /// Persons.
  public private(set) var population = Known<Double>(blank: 0)
  /// Yearly wage level, yuan.
  public private(set) var wage = Known<Double>(blank: 0)
  /// Industrial land, 10k yuan per mu.
  public private(set) var landPrice = Known<Double>(blank: 0)
  /// Industrial electricity, yuan per MWh.
  public private(set) var energyPrice = Known<Double>(blank: 0)
  /// Area, square km.
  public private(set) var area = Known<Double>(blank: 0)
  public private(set) var provenance: [Provenance?] = []

  public var count: Int { code.count }

  /// One place before it gets its row.
  public struct Entry: Sendable {
    public var code: String
    public var name: String
    public var level: PlaceLevel
    public var parent: String?
    public var position: Position?
    public var population: Double?
    public var wage: Double?
    public var landPrice: Double?
    public var energyPrice: Double?
    public var area: Double?
    public var provenance: Provenance?

    public init(
      code: String, name: String, level: PlaceLevel, parent: String? = nil,
      position: Position? = nil, population: Double? = nil, wage: Double? = nil,
      landPrice: Double? = nil, energyPrice: Double? = nil, area: Double? = nil,
      provenance: Provenance? = nil
    ) {
      self.code = code
      self.name = name
      self.level = level
      self.parent = parent
      self.position = position
      self.population = population
      self.wage = wage
      self.landPrice = landPrice
      self.energyPrice = energyPrice
      self.area = area
      self.provenance = provenance
    }

    /// This entry where it says something, the earlier one where it is silent.
    ///
    /// A parent that is not listed says nothing: an office that corrects the wage of a county does not take
    /// it out of its province.
    public func over(_ earlier: Entry, isListed: (String) -> Bool) -> Entry {
      Entry(
        code: code, name: name, level: level,
        parent: parent.map(isListed) == true ? parent : earlier.parent,
        position: position ?? earlier.position, population: population ?? earlier.population,
        wage: wage ?? earlier.wage, landPrice: landPrice ?? earlier.landPrice,
        energyPrice: energyPrice ?? earlier.energyPrice, area: area ?? earlier.area,
        provenance: provenance ?? earlier.provenance)
    }
  }

  /// Builds the columns; of two entries with one code the later wins where it says something.
  public init(_ entries: [Entry]) {
    let codes = Set(entries.map(\.code))
    var latest: [String: Entry] = [:]
    for entry in entries {
      latest[entry.code] =
        latest[entry.code].map { entry.over($0, isListed: codes.contains) } ?? entry
    }
    let sorted = latest.values.sorted { $0.code < $1.code }
    for entry in sorted {
      code.append(entry.code)
      name.append(entry.name)
      level.append(entry.level)
      position.append(entry.position)
      population.append(entry.population)
      wage.append(entry.wage)
      landPrice.append(entry.landPrice)
      energyPrice.append(entry.energyPrice)
      area.append(entry.area)
      provenance.append(entry.provenance)
    }
    for (row, entry) in sorted.enumerated() {
      parent.append(Int32(entry.parent.flatMap { find(code: $0) } ?? row))
    }
  }

  /// The row of a code. Complexity: O(log n).
  public func find(code wanted: String) -> Int? {
    var low = 0
    var high = code.count
    while low < high {
      let middle = (low + high) / 2
      if code[middle] < wanted { low = middle + 1 } else { high = middle }
    }
    return low < code.count && code[low] == wanted ? low : nil
  }

  /// The prefecture that a place lies in: itself, or the nearest ancestor of that level.
  ///
  /// A municipality has no prefectures: its counties and zones count as places of their own, and
  /// for them the municipality itself is the answer.
  public func prefecture(of row: Int) -> Int {
    var current = row
    while level[current] != .prefecture, Int(parent[current]) != current {
      current = Int(parent[current])
    }
    return current
  }

  /// True when `row` is `ancestor` or lies in it.
  public func lies(_ row: Int, in ancestor: Int) -> Bool {
    var current = row
    while current != ancestor {
      let up = Int(parent[current])
      if up == current { return false }
      current = up
    }
    return true
  }
}

/// An offer inside a home place: land, power, factory space. 载体
public struct Site: Sendable, Equatable {
  public let id: String
  public let name: String
  /// Row of `Places`.
  public let place: Int
  public let landMu: Double?
  public let powerMegawatt: Double?
  public let factorySquareMetres: Double?
  /// What the site is permitted to host, such as 电镀.
  public let environmentalCapacity: [String]
  public let tags: [String]
  /// True for the one site of a home place without sites of its own.
  public let implicit: Bool
  public let provenance: Provenance?

  public init(
    id: String, name: String, place: Int, landMu: Double? = nil, powerMegawatt: Double? = nil,
    factorySquareMetres: Double? = nil, environmentalCapacity: [String] = [], tags: [String] = [],
    implicit: Bool = false, provenance: Provenance? = nil
  ) {
    self.id = id
    self.name = name
    self.place = place
    self.landMu = landMu
    self.powerMegawatt = powerMegawatt
    self.factorySquareMetres = factorySquareMetres
    self.environmentalCapacity = environmentalCapacity
    self.tags = tags
    self.implicit = implicit
    self.provenance = provenance
  }
}
