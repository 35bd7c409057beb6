import Atlas
import Expectations
import Foundation
import Testing

@testable import Matching

@Suite("a run over a drawn registry")
struct MatchTests {
  private static let frozen = Result { try DrawnLedger(firms: 700, seed: 5).freeze() }
  private let snapshot: Snapshot
  private let models: MatchingModels

  init() throws { (snapshot, models) = try MatchTests.frozen.get() }

  @Test("workers change no number")
  func workers() {
    let alone = match(snapshot, models: models, seed: 3, listed: 5)
    let together = match(snapshot, models: models, seed: 3, listed: 5, workers: threeThreads)
    #expect(alone == together)
    #expect(alone.rankings.allSatisfy { $0.standings.count > 200 })
  }

  @Test("a shorter list is the beginning of the whole one, entry by entry")
  func listed() throws {
    let whole = match(snapshot, models: models, seed: 3, listed: .max, workers: threeThreads)
    let short = match(snapshot, models: models, seed: 3, listed: 5, workers: threeThreads)
    for (all, some) in zip(whole.rankings, short.rankings) {
      #expect(all.entries.count == all.standings.count)
      #expect(all.listed == all.entries.count)
      #expect(some.standings == all.standings)
      #expect(some.entries.count < all.entries.count)
      #expect(some.listed >= 150)
      for entry in some.entries { #expect(entry == all.entries[entry.rank - 1]) }
      // The order is that of the values that the full readings give.
      for (row, entry) in all.entries.enumerated() {
        #expect(all.standings.firm[row] == Int32(entry.pairing.firm))
        #expect(all.standings.expectedValue[row] == entry.expectedValue)
      }
    }
    #expect(whole.gaps == short.gaps)
  }

  @Test("a firm that is asked for has its entry, whatever its rank")
  func detailed() throws {
    let plain = match(snapshot, models: models, seed: 3, listed: 5, workers: threeThreads)
    let last = try #require(plain.rankings[0].standings.firm.last).advanced(by: 0)
    let asked = match(
      snapshot, models: models, seed: 3, detailed: [Int(last)], listed: 5, workers: threeThreads)
    #expect(!plain.rankings[0].entries.contains { $0.pairing.firm == Int(last) })
    let entry = try #require(asked.rankings[0].entries.last)
    #expect(entry.pairing.firm == Int(last) && entry.rank == plain.rankings[0].standings.count)
    #expect(asked.rankings[0].listed == plain.rankings[0].listed)
  }

  @Test("time reaches a value through signals alone")
  func anotherDay() throws {
    let day = snapshot.asOf.adding(days: -30)
    let now = match(snapshot, models: models, seed: 3, comparedWith: day, workers: threeThreads)
    var earlier = snapshot
    earlier.asOf = day
    let then = match(earlier, models: models, seed: 3)
    var moved = 0
    for (today, before) in zip(now.rankings, then.rankings) {
      func values(_ list: Standings) -> [Int32: Double?] {
        Dictionary(
          uniqueKeysWithValues: (0..<list.count).map { (list.firm[$0], list.expectedValue[$0]) })
      }
      let values = (today: values(today.standings), then: values(before.standings))
      for (firm, value) in values.then {
        #expect(today.valuesThen[Int(firm)] ?? values.today[firm] ?? nil == value)
        if values.today[firm] != value { moved += 1 }
      }
      #expect(today.valuesThen.keys.allSatisfy { !snapshot.signals[$0].isEmpty })
    }
    #expect(moved > 0)
  }

  @Test("packed standings come back whole, and damaged ones not at all")
  func packed() throws {
    let list = match(snapshot, models: models, seed: 3, workers: threeThreads).rankings[0]
    let packed = PackedStandings(list, firms: snapshot.firms)
    #expect(packed.listed.count == list.standings.count)
    #expect(packed.excluded.count == list.excluded.count && !list.excluded.isEmpty)
    #expect(packed.listed.contains { $0.expectedValue == nil })
    let bytes = packed.bytes
    #expect(PackedStandings(bytes) == packed)
    for end in stride(from: 0, to: bytes.count, by: 997) {
      #expect(PackedStandings(Array(bytes[..<end])) == nil)
    }
    #expect(PackedStandings(bytes + [0]) == nil)
    #expect(PackedStandings(Array("[]".utf8)) == nil)
  }

  @Test("a person's move shifts the others by one, also beyond what was read in full")
  func overridden() throws {
    let list = match(snapshot, models: models, seed: 3, listed: 5, workers: threeThreads)
      .rankings[0]
    let moved = list.entries[4]
    let beyond = try #require(list.entries.last)
    #expect(beyond.rank > list.listed + 1)
    let shown = list.overridden(by: [
      ListOverride(
        firm: moved.pairing.firm, action: .rank(1), because: "x", by: "甲",
        at: "2026-05-01T00:00:00Z",
        document: nil),
      ListOverride(
        firm: list.entries[9].pairing.firm, action: .exclude, because: "x", by: "甲",
        at: "2026-05-01T00:00:00Z", document: nil),
    ])
    #expect(shown.entries[0].pairing == moved.pairing && shown.entries[0].machineRank == 5)
    #expect(shown.entries[1].rank == 2 && shown.entries[1].machineRank == 1)
    #expect(shown.entries.last?.rank == beyond.rank - 1)
    #expect(shown.entries.last?.machineRank == beyond.rank)
    #expect(zip(shown.entries, shown.entries.dropFirst()).allSatisfy { $0.rank < $1.rank })
  }
}
