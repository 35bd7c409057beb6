import Atlas

extension MatchingRoom {
  /// Adds what a list shows beside its order: the rank without displacement, and the pull of each firm.
  ///
  /// Complexity: O(entries log entries), and segments² for their neighbours.
  func addViews(to entries: inout [Entry]) {
    let stake = model.stakePerWorth
    let values = entries.map { entry -> Double? in
      guard let value = entry.expectedValue, let likelihood = entry.likelihood?.base,
        let counted = entry.worth.base, let whole = entry.worthWithoutDisplacement.base
      else { return nil }
      return value + likelihood * stake * (whole - counted)
    }
    // Ties keep the list's own order.
    let order = values.indices.filter { values[$0] != nil }.sorted {
      ((values[$0] ?? 0), $1) > ((values[$1] ?? 0), $0)
    }
    for (place, index) in order.enumerated() { entries[index].rankWithoutDisplacement = place + 1 }
    addPull(to: &entries)
  }

  private func addPull(to entries: inout [Entry]) {
    let index = snapshot.segments
    let segments = Set(entries.map(\.pairing.segment)).sorted()
    var neighbours: [Int: [Int]] = [:]
    for segment in segments {
      neighbours[segment] = segments.filter { index.isAdjacent(segment, $0) }
    }
    var counts: [[Int]: Int] = [:]
    for entry in entries where (entry.expectedValue ?? 0) > 0 {
      if let region = snapshot.seatPrefecture(of: entry.pairing.firm) {
        counts[[region, entry.pairing.segment], default: 0] += 1
      }
    }
    for row in entries.indices {
      guard let region = snapshot.seatPrefecture(of: entries[row].pairing.firm) else { continue }
      entries[row].pull = (neighbours[entries[row].pairing.segment] ?? [])
        .reduce(0) { $0 + (counts[[region, $1]] ?? 0) }
    }
  }
}
