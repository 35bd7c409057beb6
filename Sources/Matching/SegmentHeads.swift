import Atlas

/// The confirmed firms of a segment by what it brings them, to say where one of them stands in the
/// nation. 头部企业
struct SegmentHeads: Sendable {
  /// 10k yuan per year, largest first.
  private let revenues: [Double]
  private let total: Double

  init(_ segment: Int, in snapshot: Snapshot) {
    let postings = snapshot.postings
    let known = postings.rows(of: segment).compactMap { row in
      postings.linkClass[row] == .confirmed
        ? segmentRevenue(posting: row, snapshot: snapshot) : nil
    }
    total = known.reduce(0, +)
    revenues = known.sorted(by: >)
  }

  /// National rank by revenue in the segment, firms of the same one sharing it, and the share of all
  /// that is known; nil where the firm earns nothing there.
  func place(ofRevenue own: Double) -> (rank: Int, share: Double)? {
    guard own > 0 else { return nil }
    var (low, high) = (0, revenues.count)
    while low < high {
      let middle = (low + high) / 2
      if revenues[middle] > own { low = middle + 1 } else { high = middle }
    }
    return (low + 1, total > 0 ? own / total : 0)
  }
}
