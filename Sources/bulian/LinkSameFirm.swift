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
/// Only firms whose core name occurs twice are held in memory. A pair that a person set apart stays
/// apart. Credit and stock codes were settled at import.
func joinSameFirms(_ workspace: Workspace) throws -> JoinedFirms {
  let reader = FirmNameReader(places: workspace.library.places.map(\.name))
  var hashes: [UInt64] = []
  try workspace.ledger.forEachFirmEntry { hashes.append(hash(reader.read($0.name).core)) }
  var sorted = hashes
  sorted.sort()
  var repeated: Set<UInt64> = []
  for index in sorted.indices.dropFirst() where sorted[index] == sorted[index - 1] {
    repeated.insert(sorted[index])
  }
  let standing = Dictionary(
    try workspace.ledger.listMerges().map { ($0.firm, $0) }, uniquingKeysWith: { $1 })
  var entries: [FirmEntry] = []
  var places: [String: Int32] = [:]
  var identities: [FirmIdentity] = []
  var row = 0
  try workspace.ledger.forEachFirmEntry { entry in
    defer { row += 1 }
    // One that was ever merged or set apart is settled.
    guard row < hashes.count, repeated.contains(hashes[row]), standing[entry.id] == nil else {
      return
    }
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

/// FNV-1a: collisions only cost a comparison.
private func hash(_ text: String) -> UInt64 {
  text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
