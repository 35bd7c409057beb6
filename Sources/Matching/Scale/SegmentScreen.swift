/// The fused kernel of one segment: scores a posting at all sites in single precision and tests it
/// against the worst pairing that is sure to stay. 融合评分
///
/// Sites lie across the vector. The exponential has no branch (`powerOfTwo`); without an interaction
/// `exp(−V) = exp(−u)·exp(−t)` comes from a table.
///
/// Screening is exact: `slack` bounds what single precision can be off, so a firm that belongs in
/// the list is never left out, and the few that could are scored in double precision at the end.
struct SegmentScreen {
  typealias Vector = SIMD8<Float>
  let segment: Int
  let columns: PairingColumns
  let part: Int
  let tables: ScoreTables
  /// How far a screened value may be from the true one: `slack` × stake + `costSlack`.
  let slack: Float
  let costSlack: Float
  /// False when utilities, stakes or costs are so large that single precision would overflow: then
  /// every posting is scored in double precision.
  let isScreened: Bool

  private static let unit = 0x1p-24
  /// Utils beyond which `2^y` would leave the range of normal floats.
  private static let largestUtility = 40.0
  /// 10k yuan beyond which a sum could leave the range of floats.
  private static let largestAmount = 1e30

  /// - Parameter part: the segment of the columns, which are those of the tables' `segment`.
  init(segment: Int, columns: PairingColumns, part: Int, tables: ScoreTables) {
    self.segment = segment
    self.columns = columns
    self.part = part
    self.tables = tables
    let own = columns.utilitySize[part]
    let lean = columns.sizeSize[part] * tables.slopeSize[segment]
    let table = tables.utilitySize[segment]
    isScreened =
      own <= Self.largestUtility && table + lean <= Self.largestUtility
      && max(columns.stakeSize[part], tables.costSize) <= Self.largestAmount
    // Each of the three addends and their products and sums is rounded once: six roundings of a
    // magnitude below the sum of all. Factored, the utility enters by two roundings of a factor.
    // Eight more roundings of the stake or the cost cover the sum with one, the quotient, the
    // difference, the margin, and the tests of value and margin against the threshold.
    let utility = (own + lean + table) * 6 * Self.unit
    let relative = utility * 1.01 + powerOfTwoError + 8 * Self.unit
    slack = Float(2 * relative)
    // Below the normal floats a rounding is no longer relative but a fraction of the least of them.
    costSlack = Float(8 * Self.unit * tables.costSize) + .leastNormalMagnitude
  }

  /// Reads what a scan of the rows will read of the tables.
  func fetch(_ rows: Range<Int>) { withRows { $0.fetch(rows) } }

  /// Scores postings at every site and keeps those that could be among the best.
  func scan(_ rows: Range<Int>, into short: inout Shortlist) {
    guard isScreened else {
      for row in rows {
        short.offerExact(columns.best(row, segment: segment, tables: tables))
      }
      return
    }
    withRows { screened in
      if tables.isFactored {
        scan(rows, of: screened, into: &short) { screened.factored($0, own: $1) }
      } else {
        scan(rows, of: screened, into: &short) { screened.exponential($0, own: $1) }
      }
    }
  }

  @inline(__always)
  private func scan(
    _ rows: Range<Int>, of screened: ScreenedRows, into short: inout Shortlist,
    _ line: (_ row: Int, _ own: Float) -> some ScreenedLine
  ) {
    var first = rows.lowerBound
    while first < rows.upperBound {
      let count = min(ScoreTables.width, rows.upperBound &- first)
      let own = findOwn(screened, first, count)
      for lane in 0..<count {
        let row = first &+ lane
        let line = line(row, own[lane])
        let best = line.largest(screened.vectors)
        let margin = margin(line)
        if any(best .>= short.threshold - margin) {
          short.keep(row, value: best.largest, margin: margin)
        }
      }
      first &+= count
    }
  }

  @inline(__always)
  private func margin(_ line: some ScreenedLine) -> Float { line.stake[0] * slack + costSlack }

  /// What the own utility of up to eight postings gives: `exp(−u)`, or `−log2(e)·u` with an
  /// interaction.
  @inline(__always)
  private func findOwn(_ screened: ScreenedRows, _ first: Int, _ count: Int) -> Vector {
    var utility = Vector()
    if count == ScoreTables.width {
      for lane in 0..<ScoreTables.width { utility[lane] = screened.utilities[first &+ lane] }
    } else {
      for lane in 0..<count { utility[lane] = screened.utilities[first &+ lane] }
    }
    let exponent = utility * Float(-ScoreTables.log2e)
    return tables.isFactored ? powerOfTwo(exponent) : exponent
  }

  /// The best pairings of a scanned list, best first, in double precision.
  func settle(_ short: Shortlist) -> [RankedPairing] {
    guard isScreened else { return short.settle { _ in [] } }
    return withRows { screened in
      short.settle { kept in
        var pairings: [(row: Int, site: Int)] = []
        pairings.reserveCapacity(2 * kept.count)
        for (row, atMost) in kept {
          let own = findOwn(screened, row, 1)[0]
          if tables.isFactored {
            findSites(row, atMost, screened.factored(row, own: own), &pairings)
          } else {
            findSites(row, atMost, screened.exponential(row, own: own), &pairings)
          }
        }
        return score(pairings)
      }
    }
  }

  /// The sites that could be a posting's best.
  @inline(__always)
  private func findSites(
    _ row: Int, _ atMost: Float, _ line: some ScreenedLine,
    _ pairings: inout [(row: Int, site: Int)]
  ) {
    // The largest screened value is a margin below `atMost`, the true best value at most one lower,
    // its screened value one more; the fourth margin covers the roundings of these differences.
    let floor = atMost - 4 * margin(line)
    var first = 0
    while first < tables.vectors {
      // One bit for every site of eight vectors: which it is cannot be foretold, so none is branched
      // upon until there is a bit to take.
      var hits = SIMD8<UInt32>()
      for vector in first..<min(first + 8, tables.vectors) {
        let bit = SIMD8<UInt32>(repeating: 1 &<< UInt32(vector - first))
        hits |= SIMD8().replacing(with: bit, where: line.values(vector) .>= floor)
      }
      var bits = UInt64(
        littleEndian: unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: hits), to: UInt64.self))
      while bits != 0 {
        let bit = bits.trailingZeroBitCount
        pairings.append((row, (first + (bit & 7)) * ScoreTables.width + (bit >> 3)))
        bits &= bits - 1
      }
      first += 8
    }
  }

  /// Every row at the best of its sites, in double precision; the first site of equal ones.
  private func score(_ pairings: [(row: Int, site: Int)]) -> [RankedPairing] {
    // All look-ups first: what is in no cache arrives many at a time.
    let looked = pairings.map { row, site in
      (
        firm: columns.firm[row],
        utility: tables.utility(segment: segment, zone: Int(columns.zone[row]), site: site)
      )
    }
    var list: [RankedPairing] = []
    list.reserveCapacity(pairings.count)
    var last = -1
    for ((row, site), (firm, utility)) in zip(pairings, looked) {
      let value = columns.expectedValue(
        row, utility: utility, segment: segment, site: site, tables: tables)
      let item = RankedPairing(expectedValue: value, firm: firm, site: Int32(site))
      if row != last {
        list.append(item)
        last = row
      } else {
        let best = list[list.count - 1]
        if value > best.expectedValue || value == best.expectedValue && item.site < best.site {
          list[list.count - 1] = item
        }
      }
    }
    return list
  }

  @inline(__always)
  func withRows<Result>(_ body: (ScreenedRows) -> Result) -> Result {
    columns.zone.withUnsafeBufferPointer { zones in
      columns.utility.withUnsafeBufferPointer { utilities in
        columns.stake.withUnsafeBufferPointer { stakes in
          columns.size.withUnsafeBufferPointer { sizes in
            tables.screen.withUnsafeBufferPointer { table in
              tables.screenSlope.withUnsafeBufferPointer { slopes in
                tables.cost.withUnsafeBufferPointer { costs in
                  let size = tables.zones * tables.vectors
                  let slopes =
                    tables.isFactored ? slopes[..<0] : slopes[(segment * tables.vectors)...]
                  return body(
                    ScreenedRows(
                      zones: zones, utilities: utilities, stakes: stakes, sizes: sizes,
                      table: .init(rebasing: table[segment * size..<(segment + 1) * size]),
                      slopes: .init(rebasing: slopes), costs: costs,
                      vectors: tables.vectors))
                }
              }
            }
          }
        }
      }
    }
  }
}
