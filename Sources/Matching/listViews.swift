import Atlas

extension MatchingRoom {
  /// Adds what a list shows beside its order: the rank without displacement, and the pull of each firm.
  ///
  /// Both look at the whole list, of which the entries are a part.
  /// - Parameter list: every firm's best pairing, best first.
  /// - Complexity: O(list · log list), and segments² for their neighbours.
  func addViews(to entries: inout [Entry], of list: [ScoredPairing]) {
    // Ties keep the list's own order.
    let order = list.indices.filter { list[$0].valueWithoutDisplacement != nil }.sorted {
      (list[$0].valueWithoutDisplacement ?? 0, $1) > (list[$1].valueWithoutDisplacement ?? 0, $0)
    }
    var rank = [Int?](repeating: nil, count: list.count)
    for (place, index) in order.enumerated() { rank[index] = place + 1 }
    for row in entries.indices {
      entries[row].rankWithoutDisplacement = rank[entries[row].rank - 1]
    }
    addPull(to: &entries, of: list)
  }

  private func addPull(to entries: inout [Entry], of list: [ScoredPairing]) {
    let index = snapshot.segments
    let segments = Set(list.map(\.candidate.segment)).sorted()
    var neighbours: [Int: [Int]] = [:]
    for segment in segments {
      neighbours[segment] = segments.filter { index.isAdjacent(segment, $0) }
    }
    var counts: [Int: Int] = [:]
    for item in list where (item.expectedValue ?? 0) > 0 {
      if let region = snapshot.seatPrefecture(of: item.candidate.firm) {
        counts[region * index.count + item.candidate.segment, default: 0] += 1
      }
    }
    for row in entries.indices {
      guard let region = snapshot.seatPrefecture(of: entries[row].pairing.firm) else { continue }
      entries[row].pull = (neighbours[entries[row].pairing.segment] ?? [])
        .reduce(0) { $0 + (counts[region * index.count + $1] ?? 0) }
    }
  }
}
