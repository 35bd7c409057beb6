public import Atlas

/// The postings that could be worth most, in the order of what they could be worth at most: the
/// index by which most firms need not be scored. 上界索引
///
/// Formula: `UB_f = stake_f · 1/(1 + exp(−(u_f + max_r t[s][z][r] + |x_f|·max_r |g[s][r]|)))
/// − min_r visitCost[z][r]`, rounded up, so that rounding never drops a true member.
/// Source: the MaxScore and threshold-algorithm family (Turtle and Flood 1995; Ding and Suel 2011).
/// Memory: the columns of the first eighth of every segment once more.
public struct BoundedPostings: Sendable {
  private let columns: PairingColumns
  private let tables: ScoreTables
  private let segments: [BoundedSegment]

  /// - Complexity: O(postings), one exponential a posting instead of one a site.
  public init(_ columns: PairingColumns, tables: ScoreTables, workers: Workers = .one) {
    requireFit(columns, tables)
    self.columns = columns
    self.tables = tables
    segments = workers.map(columns.segments) {
      BoundedSegment(columns, segment: $0, tables: tables)
    }
  }

  /// The same lists as `rankEveryPairing`, scoring only firms that could enter. 剪枝评分
  ///
  /// - Returns: the lists, and how many postings were scored.
  public func rank(
    limit: Int, workers: Workers = .one
  ) -> (lists: [[RankedPairing]], scored: Int) {
    let found = workers.map(segments.count) { segment -> (list: [RankedPairing], scored: Int) in
      let bounded = segments[segment]
      let head = SegmentScreen(segment: segment, columns: bounded.head, part: 0, tables: tables)
      var short = Shortlist(limit: limit)
      let scored = bounded.scan(head, into: &short)
      guard let rest = bounded.rest, rest >= short.threshold else {
        return (head.settle(short), scored)
      }
      // The list is so long that what was left out could enter it.
      let rows = columns.rows(of: segment)
      let screen = SegmentScreen(
        segment: segment, columns: columns, part: segment, tables: tables)
      short = Shortlist(limit: limit)
      screen.scan(rows, into: &short)
      return (screen.settle(short), scored + rows.count)
    }
    return (found.map(\.list), found.reduce(0) { $0 + $1.scored })
  }
}
