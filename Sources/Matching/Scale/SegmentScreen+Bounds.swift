extension SegmentScreen {
  /// What no expected value of a posting can exceed, for all postings of the segment in their order,
  /// and the least and the most of these.
  func bounds() -> (values: [Float], least: Float, most: Float) {
    let rows = columns.rows(of: part)
    guard isScreened else {
      let values = rows.map { row in
        tables.bound(
          segment: segment, zone: Int(columns.zone[row]), utility: Double(columns.utility[row]),
          size: columns.size.isEmpty ? 0 : Double(columns.size[row]),
          stake: Double(columns.stake[row]))
      }
      return (values, values.min() ?? 0, values.max() ?? 0)
    }
    // Of every zone the best utility and the least cost.
    let zones = (0..<tables.zones).map { zone in
      SIMD2(
        Float(tables.bestUtility[segment * tables.zones + zone]), Float(tables.leastCost[zone]))
    }
    let lean = Float(tables.slopeSize[segment]).nextUp
    var least = Vector(repeating: .infinity)
    var most = Vector(repeating: -.infinity)
    let values = [Float](unsafeUninitializedCapacity: rows.count) { out, count in
      withRows { screened in
        zones.withUnsafeBufferPointer { zones in
          @inline(__always)
          func fill(_ row: Int, _ width: Int) {
            var utility = Vector()
            var cost = Vector()
            var stake = Vector()
            // The last posting again in lanes that would be empty.
            for lane in 0..<ScoreTables.width {
              let row = row &+ min(lane, width &- 1)
              let zone = zones[Int(screened.zones[row])]
              utility[lane] = screened.utilities[row] + zone.x
              if !tables.isFactored { utility[lane] += abs(screened.sizes[row]) * lean }
              cost[lane] = zone.y
              stake[lane] = screened.stakes[row]
            }
            let value = stake / (powerOfTwo(utility * Float(-ScoreTables.log2e)) + 1) - cost
            // This rounds as often as a screened value and its test do, which slack has room for.
            let bound = value + (stake * slack + 2 * costSlack)
            for lane in 0..<width { out[row &- rows.lowerBound &+ lane] = bound[lane] }
            least = least.replacing(with: bound, where: bound .< least)
            most = most.replacing(with: bound, where: bound .> most)
          }
          var row = rows.lowerBound
          while row + ScoreTables.width <= rows.upperBound {
            fill(row, ScoreTables.width)
            row += ScoreTables.width
          }
          if row < rows.upperBound { fill(row, rows.upperBound - row) }
        }
      }
      count = rows.count
    }
    return (values, least.min(), most.largest)
  }
}
