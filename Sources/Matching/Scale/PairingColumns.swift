/// A registry as the ranking reads it: one posting for every firm on a segment, as columns grouped
/// by segment. 列式名册
///
/// Shapes: the postings of segment `s` are rows `offset[s]..<offset[s + 1]`, ascending by firm.
/// Units: `utility` utils, `stake` 10k yuan, `size` the unit of the tables' interaction.
/// Unknown: a firm whose stake is unknown has no posting here; it comes after all others.
public struct PairingColumns: Sendable {
  public let offset: [Int32]
  /// Row of `Firms`; rows ascend with the firm's id, so that they break ties.
  public let firm: [Int32]
  /// Zone of the firm's origin.
  public let zone: [UInt16]
  public let utility: [Float]
  public let stake: [Float]
  /// Empty without an interaction.
  public let size: [Float]
  /// Largest magnitudes by segment, for the bounds of rounding.
  let utilitySize: [Double]
  let sizeSize: [Double]
  let stakeSize: [Double]
  /// Zones that the tables must have.
  let zones: Int

  /// - Precondition: the columns agree in length, stakes are not negative, every number is finite.
  public init(
    offset: [Int32], firm: [Int32], zone: [UInt16], utility: [Float], stake: [Float],
    size: [Float] = []
  ) {
    let count = firm.count
    precondition(offset.first == 0 && offset.last.map(Int.init) == count, "offsets span the rows")
    precondition(
      zone.count == count && utility.count == count && stake.count == count
        && (size.isEmpty || size.count == count), "columns agree in length")
    self.offset = offset
    self.firm = firm
    self.zone = zone
    self.utility = utility
    self.stake = stake
    self.size = size
    let segments = offset.count - 1
    var utilitySize = [Double](repeating: 0, count: segments)
    var sizeSize = utilitySize
    var stakeSize = utilitySize
    var isSound = true
    for segment in 0..<segments {
      let rows = Int(offset[segment])..<Int(offset[segment + 1])
      var largest: Float = 0
      var largestStake: Float = 0
      for row in rows {
        largest = max(largest, abs(utility[row]))
        largestStake = max(largestStake, stake[row])
        isSound = isSound && stake[row] >= 0 && stake[row].isFinite && utility[row].isFinite
      }
      utilitySize[segment] = Double(largest)
      stakeSize[segment] = Double(largestStake)
      guard !size.isEmpty else { continue }
      largest = 0
      for row in rows {
        largest = max(largest, abs(size[row]))
        isSound = isSound && size[row].isFinite
      }
      sizeSize[segment] = Double(largest)
    }
    precondition(isSound, "an unknown or a negative stake has no posting")
    self.utilitySize = utilitySize
    self.sizeSize = sizeSize
    self.stakeSize = stakeSize
    zones = Int(zone.max() ?? 0) + 1
  }

  /// Some rows of a segment of other columns, in another order.
  ///
  /// - Complexity: O(rows); nothing is validated again.
  init(_ columns: PairingColumns, segment: Int, rows: [Int32]) {
    func taken<Value>(_ column: [Value]) -> [Value] {
      column.isEmpty ? [] : rows.map { column[Int($0)] }
    }
    offset = [0, Int32(rows.count)]
    firm = taken(columns.firm)
    zone = taken(columns.zone)
    utility = taken(columns.utility)
    stake = taken(columns.stake)
    size = taken(columns.size)
    utilitySize = [columns.utilitySize[segment]]
    sizeSize = [columns.sizeSize[segment]]
    stakeSize = [columns.stakeSize[segment]]
    zones = columns.zones
  }

  public var segments: Int { offset.count - 1 }
  public var count: Int { firm.count }

  public func rows(of segment: Int) -> Range<Int> {
    Int(offset[segment])..<Int(offset[segment + 1])
  }

  /// The expected value of a pairing, 10k yuan: the reference that every order is by.
  ///
  /// - Parameter utility: of the tables at the segment, the posting's zone and the site.
  func expectedValue(
    _ row: Int, utility other: Double, segment: Int, site: Int, tables: ScoreTables
  ) -> Double {
    var sum = Double(utility[row]) + other
    if !tables.isFactored { sum += Double(size[row]) * tables.slope[segment * tables.sites + site] }
    return Double(stake[row]) * (1 / (1 + exponential(-sum)))
      - tables.visitCost[Int(zone[row]) * tables.sites + site]
  }

  /// The best site of a posting in a segment of the tables and its expected value there; the first
  /// site of equal ones.
  func best(_ row: Int, segment: Int, tables: ScoreTables) -> RankedPairing {
    var best = RankedPairing(expectedValue: -.infinity, firm: firm[row], site: 0)
    for site in 0..<tables.sites {
      let utility = tables.utility(segment: segment, zone: Int(zone[row]), site: site)
      let value = expectedValue(
        row, utility: utility, segment: segment, site: site, tables: tables)
      if value > best.expectedValue {
        best.expectedValue = value
        best.site = Int32(site)
      }
    }
    return best
  }
}
