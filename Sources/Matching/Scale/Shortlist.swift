/// A firm at its best site for one segment. 最佳配对
public struct RankedPairing: Sendable, Equatable {
  /// 10k yuan.
  public var expectedValue: Double
  /// Row of `Firms`.
  public var firm: Int32
  public var site: Int32

  public init(expectedValue: Double, firm: Int32, site: Int32) {
    self.expectedValue = expectedValue
    self.firm = firm
    self.site = site
  }

  /// More expected value first, ties by the firm's row.
  static func comesFirst(_ left: RankedPairing, _ right: RankedPairing) -> Bool {
    left.expectedValue != right.expectedValue
      ? left.expectedValue > right.expectedValue : left.firm < right.firm
  }

  /// The first `limit` of a list, best first.
  static func first(_ limit: Int, of list: [RankedPairing]) -> [RankedPairing] {
    Array(list.sorted(by: comesFirst).prefix(limit))
  }
}

/// What could still be among the best so many, while values are known up to a margin. 短名单
///
/// A heap keeps the largest sure values (value less margin) with the smallest on top; a posting
/// whose value plus margin is below that one cannot belong to the list, all others are kept.
///
/// Complexity: O(1) for a posting that cannot enter, O(log limit) for one that could;
/// about `limit · ln(postings / limit)` of them could.
struct Shortlist {
  let limit: Int
  /// The worst value that is sure to be reached by `limit` postings; −∞ while there are fewer.
  private(set) var threshold: Float = -.infinity
  /// The heap; once it is full, infinity comes after it, so that every child has a sibling.
  private var sure: [Float] = []
  private var kept: [(row: Int, atMost: Float)] = []
  private var exact: [RankedPairing] = []

  init(limit: Int) {
    precondition(limit > 0, "a list has room for one")
    // Rows are counted in 32 bits; no sum of a few limits overflows.
    self.limit = min(limit, 1 << 32)
  }

  /// Takes a pairing whose value is known in double precision.
  mutating func offerExact(_ item: RankedPairing) {
    exact.append(item)
    if exact.count >= 2 * limit + 1024 { exact = RankedPairing.first(limit, of: exact) }
  }

  /// Takes a pairing whose value is known up to a margin.
  ///
  /// The caller may drop one whose value is below `threshold − margin` itself.
  @inline(never)
  mutating func keep(_ row: Int, value: Float, margin: Float) {
    let atLeast = value - margin
    kept.append((row, value + margin))
    if sure.count < limit {
      sure.append(atLeast)
      guard sure.count == limit else { return }
      sure.append(.infinity)
      for parent in (0..<limit / 2).reversed() { sink(sure[parent], at: parent) }
    } else if atLeast > threshold {
      sink(atLeast, at: 0)
    }
    threshold = sure[0]
    // What fell below since is thrown away now and then, so that memory follows the limit.
    if kept.count >= 8 * limit + 4096 {
      let floor = threshold
      kept.removeAll { $0.atMost < floor }
      if kept.count >= 4 * limit + 2048 { kept.reserveCapacity(2 * kept.count) }
    }
  }

  /// Puts a value in the place of one of the heap, below which all is in order.
  private mutating func sink(_ value: Float, at place: Int) {
    let limit = limit
    sure.withUnsafeMutableBufferPointer { sure in
      var parent = place
      while 2 &* parent &+ 1 < limit {
        // Which child is smaller is a coin toss: added, not branched upon.
        let left = 2 &* parent &+ 1
        let child = left &+ (sure[left &+ 1] < sure[left] ? 1 : 0)
        if sure[child] >= value { break }
        sure[parent] = sure[child]
        parent = child
      }
      sure[parent] = value
    }
  }

  /// The list itself, best first.
  ///
  /// - Parameter score: kept rows in double precision, given what each is worth at most.
  func settle(_ score: ([(row: Int, atMost: Float)]) -> [RankedPairing]) -> [RankedPairing] {
    RankedPairing.first(limit, of: exact + score(kept.filter { $0.atMost >= threshold }))
  }
}
