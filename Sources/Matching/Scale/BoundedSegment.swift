/// The postings of one segment with the largest bounds, largest first as far as it matters.
///
/// Bounds are sorted into buckets by how far they are above the least of them, thirty-two buckets
/// an octave; within a bucket the order is that of the firms. The order says only what is scored
/// first: whether scoring may end is decided by `ceiling` and `rest`.
struct BoundedSegment {
  let head: PairingColumns
  /// What no posting of a block of the head, or of a later block, can exceed.
  let ceiling: [Float]
  /// What no posting outside the head can exceed; nil when there is none.
  let rest: Float?

  /// Postings between two looks at a ceiling.
  static let block = 32
  private static let buckets = 1024
  /// Bits of a float that a bucket does not tell apart.
  private static let shift: UInt32 = 18
  /// The head has as many postings at least, and as large a part of the segment.
  private static let leastHead = 1024
  private static let part = 8

  /// - Complexity: O(postings).
  init(_ all: PairingColumns, segment: Int, tables: ScoreTables) {
    let screen = SegmentScreen(segment: segment, columns: all, part: segment, tables: tables)
    let (bounds, smallest, most) = screen.bounds()
    // Finite, so that the difference of two infinite bounds does not arise.
    let least = min(smallest, .greatestFiniteMagnitude)
    // Differences are not negative, and those floats order as their bits do.
    let top = (most - least).bitPattern
    @inline(__always)
    func bucket(_ bound: Float) -> Int {
      min(Int((top &- (bound - least).bitPattern) >> Self.shift), Self.buckets &- 1)
    }
    /// The difference was rounded to at most the edge, so it is below the next float; the sum is
    /// rounded once in double and once in single precision.
    func upperEdge(_ bucket: Int) -> Float {
      let edge = Float(bitPattern: top - UInt32(bucket) << Self.shift)
      return Float(Double(edge.nextUp) + Double(least)).nextUp
    }
    let wanted = max(Self.leastHead, bounds.count / Self.part)
    var next = [Int32](repeating: 0, count: Self.buckets)
    let (rows, rest) = next.withUnsafeMutableBufferPointer { next -> ([Int32], Float?) in
      for bound in bounds { next[bucket(bound)] &+= 1 }
      // Counts become the places where buckets start, those after the cut stay out.
      var count = 0
      var cut = 0
      while cut < Self.buckets, count < wanted {
        let size = Int(next[cut])
        next[cut] = Int32(count)
        count += size
        cut += 1
      }
      let first = all.rows(of: segment).lowerBound
      let rows = [Int32](unsafeUninitializedCapacity: count) { rows, initialised in
        for (place, bound) in bounds.enumerated() {
          let bucket = bucket(bound)
          guard bucket < cut else { continue }
          rows[Int(next[bucket])] = Int32(truncatingIfNeeded: first &+ place)
          next[bucket] &+= 1
        }
        initialised = count
      }
      return (rows, count < bounds.count ? upperEdge(cut) : nil)
    }
    self.rest = rest
    head = PairingColumns(all, segment: segment, rows: rows)
    // Where a bucket started is by now where it ends.
    var bucket = 0
    ceiling = stride(from: 0, to: rows.count, by: Self.block).map { row in
      while next[bucket] <= row { bucket += 1 }
      return upperEdge(bucket)
    }
  }

  /// Scores block by block as long as a block could enter the list.
  /// - Returns: how many postings were scored.
  func scan(_ screen: SegmentScreen, into short: inout Shortlist) -> Int {
    // A list that is not full has no threshold: so many need no look at their ceilings.
    var next = min(short.limit, head.count)
    next = min((next + Self.block - 1) / Self.block * Self.block, head.count)
    screen.fetch(0..<next)
    screen.scan(0..<next, into: &short)
    while next < head.count, ceiling[next / Self.block] >= short.threshold {
      let end = min(next + Self.block, head.count)
      screen.scan(next..<end, into: &short)
      next = end
    }
    return next
  }
}
