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
  private var sure: [Float] = []
  private var kept: [(row: Int, atMost: Float)] = []
  private var exact: [RankedPairing] = []

  init(limit: Int) {
    precondition(limit > 0, "a list has room for one")
    self.limit = limit
  }

  @inline(__always)
  mutating func offer(_ row: Int, value: Float, margin: Float) {
    let atMost = value + margin
    if atMost >= threshold { keep(row, atMost: atMost, atLeast: value - margin) }
  }

  /// Takes a pairing whose value is known in double precision.
  mutating func offerExact(_ item: RankedPairing) {
    exact.append(item)
    if exact.count >= 2 * limit + 1024 { exact = RankedPairing.first(limit, of: exact) }
  }

  @inline(never)
  private mutating func keep(_ row: Int, atMost: Float, atLeast: Float) {
    kept.append((row, atMost))
    if sure.count < limit {
      sure.append(atLeast)
      var child = sure.count - 1
      while child > 0 {
        let parent = (child - 1) / 2
        if sure[parent] <= sure[child] { break }
        sure.swapAt(parent, child)
        child = parent
      }
    } else if atLeast > sure[0] {
      var parent = 0
      while 2 * parent + 1 < limit {
        var child = 2 * parent + 1
        if child + 1 < limit, sure[child + 1] < sure[child] { child += 1 }
        if sure[child] >= atLeast { break }
        sure[parent] = sure[child]
        parent = child
      }
      sure[parent] = atLeast
    }
    if sure.count == limit { threshold = sure[0] }
    // What fell below since is thrown away now and then, so that memory follows the limit.
    if kept.count >= 8 * limit + 4096 {
      let floor = threshold
      kept.removeAll { $0.atMost < floor }
      if kept.count >= 4 * limit + 2048 { kept.reserveCapacity(2 * kept.count) }
    }
  }

  /// The list itself, best first.
  /// - Parameter score: the kept rows in double precision.
  func settle(_ score: ([Int]) -> [RankedPairing]) -> [RankedPairing] {
    let rows = kept.filter { $0.atMost >= threshold }.map(\.row)
    return RankedPairing.first(limit, of: exact + score(rows))
  }
}
