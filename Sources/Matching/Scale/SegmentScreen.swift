/// The fused kernel of one segment: scores a posting at all sites in single precision and tests it
/// against the worst pairing that is sure to stay. 融合评分
///
/// Sites lie across the vector. The exponential has no branch (`power2`); without an interaction
/// `exp(−V) = exp(−u)·exp(−t)` comes from a table.
///
/// Screening is exact: `slack` bounds what single precision can be off, so a firm that belongs in
/// the list is never left out, and the few that could are scored in double precision at the end.
struct SegmentScreen {
  typealias Vector = SIMD8<Float>
  let segment: Int
  let columns: PairingColumns
  let tables: ScoreTables
  /// How far a screened value may be from the true one: `slack` × stake + `costSlack`.
  let slack: Float
  let costSlack: Float
  /// False when utilities are so large that single precision would overflow: then every posting is
  /// scored in double precision.
  let isScreened: Bool

  private static let unit = 0x1p-24
  /// Utils beyond which `2^y` would leave the range of normal floats.
  private static let largestUtility = 40.0

  init(segment: Int, columns: PairingColumns, tables: ScoreTables) {
    self.segment = segment
    self.columns = columns
    self.tables = tables
    let own = columns.utilitySize[segment]
    let lean = columns.sizeSize[segment] * tables.slopeSize[segment]
    let table = tables.utilitySize[segment]
    isScreened = own <= Self.largestUtility && table + lean <= Self.largestUtility
    // Each of the three addends and their products and sums is rounded once: six roundings of a
    // magnitude below the sum of all. Factored, the utility enters by two roundings of a factor.
    let utility = (own + lean + table) * 6 * Self.unit
    let relative = utility * 1.01 + powerOfTwoError + 8 * Self.unit
    slack = Float(2 * relative)
    costSlack = Float(8 * Self.unit * tables.costSize)
  }

  /// Scores postings at every site and keeps those that could be among the best.
  func scan(_ rows: some Sequence<Int>, into short: inout Shortlist) {
    guard isScreened else {
      for row in rows {
        short.offerExact(columns.best(row, segment: segment, tables: tables))
      }
      return
    }
    withRows { screened in
      if tables.isFactored {
        for row in rows {
          let line = screened.factored(row)
          short.offer(row, value: largest(line), margin: line.stake[0] * slack + costSlack)
        }
      } else {
        for row in rows {
          let line = screened.exponential(row)
          short.offer(row, value: largest(line), margin: line.stake[0] * slack + costSlack)
        }
      }
    }
  }

  /// The best pairings of a scanned list, best first, in double precision.
  func settle(_ short: Shortlist) -> [RankedPairing] {
    guard isScreened else { return short.settle { _ in [] } }
    return withRows { screened in
      short.settle { rows in
        rows.map { row in
          tables.isFactored
            ? settle(row, screened.factored(row)) : settle(row, screened.exponential(row))
        }
      }
    }
  }

  @inline(__always)
  private func largest(_ line: some ScreenedLine) -> Float {
    var best = Vector(repeating: -.infinity)
    var site = 0
    while site < tables.stride {
      let value = line.values(at: site)
      best = best.replacing(with: value, where: value .> best)
      site += ScoreTables.width
    }
    let four = best.lowHalf.replacing(with: best.highHalf, where: best.highHalf .> best.lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return max(two.x, two.y)
  }

  /// The best site in double precision, looking at those only that could be it.
  private func settle(_ row: Int, _ line: some ScreenedLine) -> RankedPairing {
    let floor = largest(line) - 2 * (line.stake[0] * slack + costSlack)
    var best = RankedPairing(expectedValue: -.infinity, firm: columns.firm[row], site: 0)
    for start in stride(from: 0, to: tables.sites, by: ScoreTables.width) {
      let values = line.values(at: start)
      guard any(values .>= floor) else { continue }
      for lane in 0..<min(ScoreTables.width, tables.sites - start) where values[lane] >= floor {
        let value = columns.expectedValue(
          row, site: start + lane, segment: segment, tables: tables)
        if value > best.expectedValue {
          best.expectedValue = value
          best.site = Int32(start + lane)
        }
      }
    }
    return best
  }

  private func withRows<Result>(_ body: (ScreenedRows) -> Result) -> Result {
    columns.zone.withUnsafeBufferPointer { zones in
      columns.utility.withUnsafeBufferPointer { utilities in
        columns.stake.withUnsafeBufferPointer { stakes in
          columns.size.withUnsafeBufferPointer { sizes in
            tables.cost.withUnsafeBytes { costs in
              tables.exponentSlope.withUnsafeBytes { slopes in
                (tables.isFactored ? tables.factor : tables.exponent).withUnsafeBytes { table in
                  body(
                    ScreenedRows(
                      zones: zones, utilities: utilities, stakes: stakes, sizes: sizes,
                      table: UnsafeRawBufferPointer(
                        rebasing: table[(segment * tables.zones * tables.stride * 4)...]),
                      slopes: tables.isFactored
                        ? slopes
                        : UnsafeRawBufferPointer(
                          rebasing: slopes[(segment * tables.stride * 4)...]), costs: costs,
                      stride: tables.stride))
                }
              }
            }
          }
        }
      }
    }
  }

  /// What no expected value of a posting can exceed, for all postings of the segment in their order.
  func bounds() -> [Float] {
    let rows = columns.rows(of: segment)
    guard isScreened else {
      return rows.map { row in
        tables.bound(
          segment: segment, zone: Int(columns.zone[row]), utility: Double(columns.utility[row]),
          size: columns.size.isEmpty ? 0 : Double(columns.size[row]),
          stake: Double(columns.stake[row]))
      }
    }
    let best = (0..<tables.zones).map { Float(tables.bestUtility[segment * tables.zones + $0]) }
    let least = tables.leastCost.map { Float($0) }
    let lean = Float(tables.slopeSize[segment]).nextUp
    let hasSize = !columns.size.isEmpty
    return Array(unsafeUninitializedCapacity: rows.count) { out, count in
      columns.zone.withUnsafeBufferPointer { zones in
        columns.utility.withUnsafeBufferPointer { utilities in
          columns.stake.withUnsafeBufferPointer { stakes in
            var start = rows.lowerBound
            while start < rows.upperBound {
              let width = min(ScoreTables.width, rows.upperBound - start)
              var utility = Vector()
              var cost = Vector()
              var stake = Vector()
              for lane in 0..<width {
                let row = start + lane
                let zone = Int(zones[row])
                utility[lane] = utilities[row] + best[zone]
                if hasSize { utility[lane] += abs(columns.size[row]) * lean }
                cost[lane] = least[zone]
                stake[lane] = stakes[row]
              }
              let value = stake / (powerOfTwo(utility * Float(-ScoreTables.log2e)) + 1) - cost
              let bound = value + (stake * slack + 2 * costSlack)
              for lane in 0..<width { out[start - rows.lowerBound + lane] = bound[lane].nextUp }
              start += width
            }
          }
        }
      }
      count = rows.count
    }
  }
}
