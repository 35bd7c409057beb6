import Testing

@testable import Matching

@Suite("ranking of a large registry")
struct RankPairingsTests {
  @Test(
    "the fused kernel gives the list of the exhaustive reference, bit for bit",
    arguments: 1...60 as ClosedRange<UInt64>)
  func denseIsExact(seed: UInt64) {
    let sample = SampleRegistry(seed: seed)
    for limit in [1, 7, 100, 5000] {
      let reference = sample.exhaustive(limit: limit)
      #expect(rankEveryPairing(sample.columns, tables: sample.tables, limit: limit) == reference)
      #expect(
        rankEveryPairing(sample.columns, tables: sample.tables, limit: limit, workers: backwards)
          == reference)
    }
  }

  @Test(
    "pruning by bounds never changes a list", arguments: 1...60 as ClosedRange<UInt64>)
  func prunedIsExact(seed: UInt64) {
    let sample = SampleRegistry(seed: seed)
    let index = BoundedPostings(sample.columns, tables: sample.tables)
    for limit in [1, 7, 100, 5000] {
      let found = index.rank(limit: limit)
      #expect(found.lists == sample.exhaustive(limit: limit))
      let again = index.rank(limit: limit, workers: backwards)
      #expect(again.lists == found.lists)
      #expect(again.scored == found.scored)
    }
  }

  @Test(
    "utilities beyond the range of single precision are scored in double precision",
    arguments: 100...110 as ClosedRange<UInt64>)
  func hugeUtilities(seed: UInt64) {
    let sample = SampleRegistry(seed: seed, largestUtility: 900)
    let index = BoundedPostings(sample.columns, tables: sample.tables)
    for limit in [9, .max] {
      let reference = sample.exhaustive(limit: limit)
      #expect(rankEveryPairing(sample.columns, tables: sample.tables, limit: limit) == reference)
      #expect(index.rank(limit: limit).lists == reference)
    }
  }

  @Test(
    "a bound is never below the best value of its posting", arguments: 1...30 as ClosedRange<UInt64>
  )
  func boundsHold(seed: UInt64) {
    let sample = SampleRegistry(seed: seed)
    for segment in 0..<sample.columns.segments {
      let screen = SegmentScreen(
        segment: segment, columns: sample.columns, part: segment, tables: sample.tables)
      let bounds = screen.bounds()
      #expect(bounds.values.allSatisfy { bounds.least <= $0 && $0 <= bounds.most })
      for (row, bound) in zip(sample.columns.rows(of: segment), bounds.values) {
        let best = sample.columns.best(row, segment: segment, tables: sample.tables)
        #expect(Double(bound) >= best.expectedValue)
      }
    }
  }

  @Test("pruning scores few firms of a large segment")
  func prunesMuch() {
    let count = 60_000
    let tables = ScoreTables(
      segments: 1, zones: 2, sites: 40, utility: (0..<80).map { Double($0 % 7) / 7 - 3 },
      visitCost: [Double](repeating: 1, count: 80))
    let columns = PairingColumns(
      offset: [0, Int32(count)], firm: (0..<count).map { Int32($0) },
      zone: (0..<count).map { UInt16($0 % 2) },
      utility: (0..<count).map { Float($0 * 7919 % 1000) / 1000 },
      stake: (0..<count).map { Float(1 + $0 * 104_729 % 50_021) })
    let found = BoundedPostings(columns, tables: tables).rank(limit: 50)
    #expect(found.scored < count / 50)
    #expect(found.lists == rankEveryPairing(columns, tables: tables, limit: 50))
    #expect(found.lists[0].count == 50)
  }

  @Test(
    "stakes so large or so small that single precision ends give the same lists",
    arguments: 200...212 as ClosedRange<UInt64>)
  func extremeStakes(seed: UInt64) {
    for (scale, cost) in [
      (Float.greatestFiniteMagnitude, 0), (1e30, 1e29), (1e-30, 1e-31),
      (.leastNonzeroMagnitude * 700, 0), (1, 1e300),
      (100, 0), (0, 1),
    ] {
      let sample = SampleRegistry(seed: seed, stake: scale, cost: cost)
      let reference = sample.exhaustive(limit: 20)
      #expect(rankEveryPairing(sample.columns, tables: sample.tables, limit: 20) == reference)
      let index = BoundedPostings(sample.columns, tables: sample.tables)
      #expect(index.rank(limit: 20).lists == reference)
    }
  }

  @Test(
    "a segment larger than a chunk and than the index's head gives the list of the reference",
    arguments: [1, 40, 90])
  func largeSegments(sites: Int) {
    for isEqual in [false, true] {
      let sample = SampleRegistry(large: 20_000, sites: sites, isEqual: isEqual)
      let index = BoundedPostings(sample.columns, tables: sample.tables)
      let all = sample.exhaustive(limit: 20_000)
      for limit in [1, 100, 2400, 6000, .max] {
        let reference = all.map { Array($0.prefix(limit)) }
        #expect(rankEveryPairing(sample.columns, tables: sample.tables, limit: limit) == reference)
        #expect(index.rank(limit: limit).lists == reference)
      }
    }
  }

  @Test("the blocks of an index are in the order of their ceilings, which hold")
  func ceilingsHold() {
    let sample = SampleRegistry(large: 20_000, sites: 5, isEqual: false)
    let bounded = BoundedSegment(sample.columns, segment: 0, tables: sample.tables)
    let screen = SegmentScreen(
      segment: 0, columns: bounded.head, part: 0, tables: sample.tables)
    let head = screen.bounds().values
    #expect((2500..<20_000).contains(head.count))
    for (row, bound) in head.enumerated() {
      #expect(bound <= bounded.ceiling[row / BoundedSegment.block])
    }
    #expect(zip(bounded.ceiling, bounded.ceiling.dropFirst()).allSatisfy { $0 >= $1 })
    let taken = Set(bounded.head.firm)
    #expect(taken.count == head.count)
    for row in 0..<sample.columns.count where !taken.contains(sample.columns.firm[row]) {
      let best = sample.columns.best(row, segment: 0, tables: sample.tables)
      #expect(best.expectedValue <= Double(bounded.rest ?? -.infinity))
    }
  }
}
