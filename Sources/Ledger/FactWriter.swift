import Atlas
import Crypto
import Foundation
import GRDB
import GRDBSQLite

/// Writes facts as whole-row versions and tells new, changed and known ones apart. 事实写入
final class FactWriter {
  enum Outcome: Equatable {
    case accepted
    case updated
    case unchanged
    /// The same firm a second time in this file.
    case repeated(isNewVersion: Bool)
    case refused(Fault)
  }

  private let kind: ImportKind
  private let batch: Int64
  /// Batches in which this very file was imported before.
  var earlierBatches: Set<Int64> = []
  private let insertion: Statement
  private let latest: Lookup
  private let database: Database
  private let slots: [Int]
  private let keySlots: [Int]
  private var canonical: [UInt8] = []
  private var key: [UInt8] = []
  private var hash = SHA256()
  private let isFirms: Bool
  /// The day that facts were last known on, and its text: files repeat few days many times.
  private var lastKnown: (day: Day, text: [UInt8]) = (Day(number: .min), [])
  private var tail: [UInt8] = []

  init(_ database: Database, kind: ImportKind, batch: Int64) throws {
    self.database = database
    self.kind = kind
    self.batch = batch
    isFirms = kind.id == "firms"
    slots = kind.columns.indices.filter { kind.columns[$0].field != nil }
    keySlots = kind.key.compactMap { field in kind.columns.firstIndex { $0.field == field } }
    let fields = slots.compactMap { kind.columns[$0].field }
    let names = [isFirms ? "firmId" : "factKey", "digest", "batchId", "line", "knownOn", "validOn"]
    insertion = try database.makeStatement(
      sql: """
        INSERT INTO \(kind.table) (\((names + fields).joined(separator: ", ")))
        VALUES (\((names + fields).map { _ in "?" }.joined(separator: ", ")))
        """)
    latest = try Lookup(
      database,
      sql: """
        SELECT digest, batchId FROM \(kind.table)
        WHERE \(isFirms ? "firmId" : "factKey") = ?1 ORDER BY knownOn DESC, id DESC LIMIT 1
        """)
  }

  func factsDigest() -> String { hash.finalize().map { hexadecimal($0) }.joined() }

  /// Writes a fact of any kind but firms.
  func write(_ cells: CellReader, line: Int, knownOn: Day, validOn: Day?) throws -> Outcome {
    key.removeAll(keepingCapacity: true)
    for slot in keySlots {
      if !key.isEmpty { key.append(0x1F) }
      switch cells.values[slot] {
      case .null: key.append(0x2D)
      case .integer(let value): key += Array(String(value).utf8)
      case .real(let value): key += Array(String(value).utf8)
      case .text(let start, let end): key += cells.scratch[start..<end]
      }
    }
    let digest = digest(of: cells)
    let keyText = String(decoding: key, as: UTF8.self)
    latest.bind(1, keyText)
    let known = try findLatest()
    if let known, known.digest == digest { return .unchanged }
    try insert(
      cells, key: .text, firm: 0, digest: digest, line: line, knownOn: knownOn, validOn: validOn)
    return known == nil ? .accepted : .updated
  }

  /// Writes a version of a firm, finding out first which firm it is.
  func writeFirm(
    _ cells: CellReader, directory: FirmDirectory, line: Int, knownOn: Day, validOn: Day?
  ) throws -> Outcome {
    let credit = cells.text(Slot.creditCode)
    let stock = cells.text(Slot.stockCode)
    let place = cells.text(Slot.place)
    let nameKey = FirmName.key(cells.bytes(Slot.name) ?? [])
    let digest = digest(of: cells)
    let id: Int64
    switch try directory.match(credit: credit, stock: stock, nameKey: nameKey, place: place) {
    case .conflict: return .refused(.firmConflict)
    case .ambiguous(let ids): return .refused(.ambiguousFirm(ids.map { "\($0)" }))
    case .new:
      id = try directory.insert(credit: credit, stock: stock, nameKey: nameKey, place: place)
      try insert(
        cells, key: .firm, firm: id, digest: digest, line: line, knownOn: knownOn, validOn: validOn)
      return .accepted
    case .found(let found): id = found
    }
    latest.bind(1, id)
    guard let known = try findLatest() else {
      try insert(
        cells, key: .firm, firm: id, digest: digest, line: line, knownOn: knownOn, validOn: validOn)
      return .accepted
    }
    let isSameFile = known.batch == batch
    if isSameFile || earlierBatches.contains(known.batch), credit != nil || stock != nil {
      // Two names under one code in one file: one of the rows is wrong, and nobody knows which.
      let earlier = try String.fetchOne(
        database,
        sql: "SELECT name FROM firmFact WHERE firmId = ? AND batchId = ? ORDER BY id DESC",
        arguments: [id, known.batch])
      if let earlier, FirmName.key(earlier) != nameKey { return .refused(.duplicateCode) }
    }
    if known.digest == digest {
      return isSameFile ? .repeated(isNewVersion: false) : .unchanged
    }
    try insert(
      cells, key: .firm, firm: id, digest: digest, line: line, knownOn: knownOn, validOn: validOn)
    return isSameFile ? .repeated(isNewVersion: true) : .updated
  }

  private func findLatest() throws -> (digest: Int64, batch: Int64)? {
    guard try latest.step() else { return nil }
    defer { latest.reset() }
    return (latest.integer(0), latest.integer(1))
  }

  private enum KeyKind { case text, firm }

  private enum Slot {
    static let name = 0
    static let creditCode = 2
    static let stockCode = 3
    static let place = 4
  }

  /// A 64-bit FNV-1a of the canonical bytes of the row.
  private func digest(of cells: CellReader) -> Int64 {
    canonical.removeAll(keepingCapacity: true)
    for (position, slot) in slots.enumerated() {
      switch cells.values[slot] {
      case .null: continue
      case .integer(let value): Canonical.append(integer: value, at: position, to: &canonical)
      case .real(let value): Canonical.append(real: value, at: position, to: &canonical)
      case .text(let start, let end):
        Canonical.append(text: cells.scratch[start..<end], at: position, to: &canonical)
      }
    }
    return Canonical.hash(canonical)
  }

  private func insert(
    _ cells: CellReader, key kind: KeyKind, firm: Int64, digest: Int64, line: Int, knownOn: Day,
    validOn: Day?
  ) throws {
    let statement = insertion.sqliteStatement
    sqlite3_reset(statement)
    if lastKnown.day != knownOn { lastKnown = (knownOn, Array(knownOn.iso.utf8)) }
    let known = lastKnown.text
    let valid = validOn.map { Array($0.iso.utf8) }
    // Text is bound without a copy: all of it outlives the step.
    let result = key.withUnsafeBufferPointer { keyBytes in
      known.withUnsafeBufferPointer { knownBytes in
        (valid ?? []).withUnsafeBufferPointer { validBytes in
          cells.scratch.withUnsafeBufferPointer { scratch -> Int32 in
            func bind(_ index: Int32, _ bytes: CellBytes) {
              let start = bytes.baseAddress.map {
                UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
              }
              sqlite3_bind_text(statement, index, start, Int32(bytes.count), nil)
            }
            if kind == .firm {
              sqlite3_bind_int64(statement, 1, firm)
            } else {
              bind(1, keyBytes)
            }
            sqlite3_bind_int64(statement, 2, digest)
            sqlite3_bind_int64(statement, 3, batch)
            sqlite3_bind_int64(statement, 4, Int64(line))
            bind(5, knownBytes)
            if valid == nil { sqlite3_bind_null(statement, 6) } else { bind(6, validBytes) }
            for (position, slot) in slots.enumerated() {
              let index = Int32(7 + position)
              switch cells.values[slot] {
              case .null: sqlite3_bind_null(statement, index)
              case .integer(let value): sqlite3_bind_int64(statement, index, value)
              case .real(let value): sqlite3_bind_double(statement, index, value)
              case .text(let start, let end):
                bind(index, CellBytes(rebasing: scratch[start..<end]))
              }
            }
            return sqlite3_step(statement)
          }
        }
      }
    }
    let message =
      result == SQLITE_DONE
      ? nil : sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) }
    sqlite3_reset(statement)
    guard result == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: result), message: message)
    }
    canonical.withUnsafeBytes { hash.update(bufferPointer: $0) }
    tail.removeAll(keepingCapacity: true)
    Canonical.append(integer: firm, at: 254, to: &tail)
    Canonical.append(integer: Int64(line), at: 255, to: &tail)
    Canonical.append(text: known[...], at: 255, to: &tail)
    tail.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }
}

/// The byte form of a row that digests are taken of. 规范字节
enum Canonical {
  static func append(integer value: Int64, at position: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: position))
    bytes.append(1)
    append(UInt64(bitPattern: value), to: &bytes)
  }

  static func append(real value: Double, at position: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: position))
    bytes.append(2)
    append(value.bitPattern, to: &bytes)
  }

  static func append(text: ArraySlice<UInt8>, at position: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(truncatingIfNeeded: position))
    bytes.append(3)
    append(UInt64(text.count), to: &bytes)
    bytes.append(contentsOf: text)
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  static func hash(_ bytes: [UInt8]) -> Int64 {
    Int64(bitPattern: bytes.withUnsafeBufferPointer { KeyFilter.key($0) })
  }
}
