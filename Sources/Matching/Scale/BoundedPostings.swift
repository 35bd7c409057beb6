/// The postings of every segment in the order of what they could be worth at most: the index by
/// which most firms need not be scored. 上界索引
///
/// Formula: `UB_f = stake_f · 1/(1 + exp(−(u_f + max_r t[s][z][r] + |x_f|·max_r |g[s][r]|)))
/// − min_r visitCost[z][r]`, rounded up, so that rounding never drops a true member.
/// Source: the MaxScore and threshold-algorithm family (Turtle and Flood 1995; Ding and Suel 2011).
/// Memory: eight bytes a posting.
public struct BoundedPostings: Sendable {
  /// Rows of the columns by segment, largest bound first, ties by firm.
  let order: [Int32]
  /// The bound of each row in that order.
  let bound: [Float]

  /// - Complexity: O(postings · log postings), one exponential a posting instead of one a site.
  public init(_ columns: PairingColumns, tables: ScoreTables, workers: Workers = .one) {
    requireFit(columns, tables)
    let sorted = workers.map(columns.segments) { segment -> [UInt64] in
      let screen = SegmentScreen(segment: segment, columns: columns, tables: tables)
      let first = columns.rows(of: segment).lowerBound
      return BoundedPostings.sorted(
        screen.bounds().enumerated().map { place, bound in
          UInt64(~BoundedPostings.ascending(bound)) << 32 | UInt64(first + place)
        })
    }
    order = Array(
      unsafeUninitializedCapacity: columns.count
    ) { buffer, count in
      for keys in sorted {
        for key in keys {
          buffer[count] = Int32(truncatingIfNeeded: key & 0xFFFF_FFFF)
          count += 1
        }
      }
    }
    bound = Array(unsafeUninitializedCapacity: columns.count) { buffer, count in
      for keys in sorted {
        for key in keys {
          buffer[count] = BoundedPostings.value(~UInt32(truncatingIfNeeded: key >> 32))
          count += 1
        }
      }
    }
  }

  /// Bits that order as unsigned numbers the way the floats do.
  static func ascending(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
  }

  static func value(_ ascending: UInt32) -> Float {
    Float(bitPattern: ascending >> 31 == 1 ? ascending & 0x7FFF_FFFF : ~ascending)
  }

  /// The same lists as `rankEveryPairing`, scoring only firms that could enter. 剪枝评分
  ///
  /// Postings are taken block by block in the order of their bounds; the first block whose largest
  /// bound is below the worst pairing kept ends the segment.
  /// - Returns: the lists, and how many postings were scored.
  public func rank(
    _ columns: PairingColumns, tables: ScoreTables, limit: Int, workers: Workers = .one
  ) -> (lists: [[RankedPairing]], scored: Int) {
    requireFit(columns, tables)
    let found = workers.map(columns.segments) { segment -> (list: [RankedPairing], scored: Int) in
      let rows = columns.rows(of: segment)
      let screen = SegmentScreen(segment: segment, columns: columns, tables: tables)
      var short = Shortlist(limit: limit)
      var next = rows.lowerBound
      while next < rows.upperBound, bound[next] >= short.threshold {
        let end = min(next + BoundedPostings.block, rows.upperBound)
        screen.scan(order[next..<end].lazy.map { Int($0) }, into: &short)
        next = end
      }
      return (screen.settle(short), next - rows.lowerBound)
    }
    return (found.map(\.list), found.reduce(0) { $0 + $1.scored })
  }

  private static let block = 128

  /// The keys in ascending order of their upper half, stably: a radix sort by eleven bits.
  private static func sorted(_ keys: [UInt64]) -> [UInt64] {
    var from = keys
    var to = keys
    for shift in [32, 43, 54] as [UInt64] {
      var start = [Int](repeating: 0, count: 2049)
      for key in from { start[Int(key >> shift & 0x7FF) + 1] += 1 }
      for digit in 0..<2048 { start[digit + 1] += start[digit] }
      for key in from {
        let digit = Int(key >> shift & 0x7FF)
        to[start[digit]] = key
        start[digit] += 1
      }
      swap(&from, &to)
    }
    return from
  }
}
