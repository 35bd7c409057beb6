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
/// Names are read only where a firm lacks its credit code or its place, and only firms that may join
/// are held in memory: those that share core name and place, or a whole name of which one row has
/// no place, and of which at least one has no credit code; two codes are two firms. A pair that a
/// person set apart stays apart. Credit and stock codes were settled at import.
func joinSameFirms(_ workspace: Workspace) throws -> JoinedFirms {
  let ledger = workspace.ledger
  let reader = FirmNameReader(places: workspace.library.places.map(\.name))
  var sieve = SameFirmSieve(reader: reader)
  try ledger.forEachOpenFirm { sieve.open(place: $0, hasCode: $1) }
  if sieve.isIdle { return JoinedFirms(merged: 0, doubts: []) }
  try ledger.forEachFirmName(
    wants: sieve.readsMostNames ? nil : { [sieve] in sieve.readsName(at: $0) }
  ) { sieve.add(name: $0, place: $1, hasCode: $2) }
  let candidates = sieve.candidates()
  if candidates.isEmpty { return JoinedFirms(merged: 0, doubts: []) }
  let standing = Set(try ledger.listMerges().map(\.firm))
  var entries: [FirmEntry] = []
  var places: [String: Int32] = [:]
  var identities: [FirmIdentity] = []
  try ledger.forEachFirmEntry(rows: candidates) { entry in
    // One that was ever merged or set apart is settled.
    if standing.contains(entry.id) { return }
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
  try ledger.record(
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
