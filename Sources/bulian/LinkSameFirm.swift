import Atlas
import Foundation
import Ledger
import Linking

/// What is known and doubted about rows that may be one firm. 同一企业
struct JoinedFirms {
  struct Doubt {
    let first: FirmEntry
    let second: FirmEntry
    let because: Phrase
  }
  let merged: Int
  let doubts: [Doubt]
}

/// Joins rows that are one firm by name and place, and lists the pairs that a person should look at.
///
/// Only firms that may join are held in memory: those that share core name and place, or a whole name of
/// which one row has no place, and of which at least one has no credit code; two codes are two firms. A
/// pair that a person set apart stays apart. Credit and stock codes were settled at import.
func joinSameFirms(_ workspace: Workspace) throws -> JoinedFirms {
  let reader = FirmNameReader(places: workspace.library.places.map(\.name))
  var keys: [FirmKeys] = []
  try workspace.ledger.forEachFirmEntry { keys.append(FirmKeys($0, reader)) }
  let seated = repeated(keys, \.seated) { $0.seated != 0 && !$0.hasCode }
  let named = repeated(keys, \.whole) { $0.seated == 0 }
  let standing = Dictionary(
    try workspace.ledger.listMerges().map { ($0.firm, $0) }, uniquingKeysWith: { $1 })
  var entries: [FirmEntry] = []
  var places: [String: Int32] = [:]
  var identities: [FirmIdentity] = []
  var row = 0
  try workspace.ledger.forEachFirmEntry { entry in
    defer { row += 1 }
    // One that was ever merged or set apart is settled.
    guard row < keys.count, standing[entry.id] == nil,
      seated.contains(keys[row].seated) || named.contains(keys[row].whole)
    else { return }
    var place: Int32?
    if let code = entry.placeCode {
      let next = Int32(places.count)
      place = places[code, default: next]
      places[code] = place
    }
    entries.append(entry)
    identities.append(
      FirmIdentity(
        id: entry.id, name: entry.name, creditCode: entry.creditCode, stockCode: entry.stockCode,
        place: place))
  }
  let found = findSameFirms(identities, reader: reader)
  try workspace.ledger.record(
    found.merges.map {
      MergeRecord(
        firm: $0.merged, into: $0.kept, because: $0.reason.label.zh, decidedBy: "自动",
        decidedAt: Clock.now)
    })
  let byId = Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  return JoinedFirms(
    merged: found.merges.count,
    doubts: found.doubts.compactMap { doubt in
      guard let first = byId[doubt.first], let second = byId[doubt.second] else { return nil }
      return JoinedFirms.Doubt(first: first, second: second, because: doubt.because)
    })
}

/// What rows of one firm share, as hashes: collisions only cost a comparison.
private struct FirmKeys {
  let whole: UInt64
  /// Core name and place; 0 where the place is not known.
  let seated: UInt64
  let hasCode: Bool

  init(_ entry: FirmEntry, _ reader: FirmNameReader) {
    let name = reader.read(entry.name)
    whole = FirmKeys.hash(name.whole)
    seated = entry.placeCode.map { FirmKeys.hash(name.core + "|" + $0) } ?? 0
    hasCode = entry.creditCode != nil
  }

  /// FNV-1a.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// The keys that occur twice or more, at least once in a row that `opens` the comparison.
private func repeated(
  _ keys: [FirmKeys], _ key: (FirmKeys) -> UInt64, when opens: (FirmKeys) -> Bool
) -> Set<UInt64> {
  var counts: [UInt64: Int] = [:]
  for row in keys where opens(row) { counts[key(row)] = 0 }
  for row in keys {
    let value = key(row)
    if let count = counts[value] { counts[value] = count + 1 }
  }
  return Set(counts.filter { $0.value > 1 }.keys)
}
