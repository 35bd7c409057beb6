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
      let found = index.rank(sample.columns, tables: sample.tables, limit: limit)
      #expect(found.lists == sample.exhaustive(limit: limit))
      let again = index.rank(
        sample.columns, tables: sample.tables, limit: limit, workers: backwards)
      #expect(again.lists == found.lists)
      #expect(again.scored == found.scored)
    }
  }

  @Test(
    "utilities beyond the range of single precision are scored in double precision",
    arguments: 100...110 as ClosedRange<UInt64>)
  func hugeUtilities(seed: UInt64) {
    let sample = SampleRegistry(seed: seed, largestUtility: 900)
    let reference = sample.exhaustive(limit: 9)
    #expect(rankEveryPairing(sample.columns, tables: sample.tables, limit: 9) == reference)
    let index = BoundedPostings(sample.columns, tables: sample.tables)
    #expect(index.rank(sample.columns, tables: sample.tables, limit: 9).lists == reference)
  }

  @Test(
    "a bound is never below the best value of its posting", arguments: 1...30 as ClosedRange<UInt64>
  )
  func boundsHold(seed: UInt64) {
    let sample = SampleRegistry(seed: seed)
    for segment in 0..<sample.columns.segments {
      let screen = SegmentScreen(
        segment: segment, columns: sample.columns, tables: sample.tables)
      for (row, bound) in zip(sample.columns.rows(of: segment), screen.bounds()) {
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
    let found = BoundedPostings(columns, tables: tables).rank(columns, tables: tables, limit: 50)
    #expect(found.scored < count / 50)
    #expect(found.lists == rankEveryPairing(columns, tables: tables, limit: 50))
    #expect(found.lists[0].count == 50)
  }
}
