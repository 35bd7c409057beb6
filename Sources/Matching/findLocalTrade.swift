import Atlas

/// Another firm of the district that one could buy from or sell to. 互通有无
public struct LocalTrade: Sendable, Equatable {
  public enum Direction: Sendable, Equatable {
    /// The other firm could supply this one.
    case buy
    /// The other firm could be a customer.
    case sell
  }

  public let direction: Direction
  /// Row of `Firms`.
  public let other: Int
  /// What would change hands.
  public let segment: Int
  /// Yearly value by the chain model's coefficient, 10k yuan; nil when the buyer's output is unknown.
  public let value: Double?
  /// Great-circle distance between the seats; nil when one is unknown.
  public let distanceKm: Double?
}

/// Who here could supply a home firm, and who could buy from it; largest value first.
/// Complexity: O(segments of the firm × postings of its neighbours).
public func findLocalTrade(of firm: Int, snapshot: Snapshot) -> [LocalTrade] {
  let index = snapshot.segments
  let postings = snapshot.postings
  let atHome = homeFirms(snapshot)
  let own = (0..<index.count).filter { segment in
    postings.rows(of: segment).contains {
      Int(postings.firm[$0]) == firm && postings.linkClass[$0] == .confirmed
    }
  }
  func members(_ segment: Int) -> [Int] {
    postings.rows(of: segment).filter {
      postings.linkClass[$0] == .confirmed && atHome[Int(postings.firm[$0])]
        && Int(postings.firm[$0]) != firm
    }
  }
  func revenue(_ firm: Int, _ segment: Int) -> Double? {
    postings.rows(of: segment).first { Int(postings.firm[$0]) == firm }
      .flatMap { segmentRevenue(posting: $0, snapshot: snapshot) }
  }
  func distance(_ other: Int) -> Double? {
    guard let a = snapshot.firms.seat[firm], let b = snapshot.firms.seat[other],
      let from = snapshot.places.position[Int(a)], let to = snapshot.places.position[Int(b)]
    else { return nil }
    return from.greatCircleKm(to: to)
  }
  var found: [LocalTrade] = []
  for segment in own {
    for input in index[segment].inputs {
      guard let supplier = index.find(input.segment) else { continue }
      for row in members(supplier) {
        let other = Int(postings.firm[row])
        found.append(
          LocalTrade(
            direction: .buy, other: other, segment: supplier,
            value: revenue(firm, segment).map { $0 * input.coefficient.value },
            distanceKm: distance(other)))
      }
    }
    for buyer in 0..<index.count {
      guard let input = index[buyer].inputs.first(where: { $0.segment == index[segment].id })
      else { continue }
      for row in members(buyer) {
        let other = Int(postings.firm[row])
        found.append(
          LocalTrade(
            direction: .sell, other: other, segment: segment,
            value: revenue(other, buyer).map { $0 * input.coefficient.value },
            distanceKm: distance(other)))
      }
    }
  }
  return found.sorted {
    ($0.value ?? -1) != ($1.value ?? -1)
      ? ($0.value ?? -1) > ($1.value ?? -1) : ($0.other, $0.segment) < ($1.other, $1.segment)
  }
}
