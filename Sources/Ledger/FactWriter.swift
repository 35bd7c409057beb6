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

  private let batch: Int64
  private let database: Database
  /// Batches in which this very file was imported before.
  var earlierBatches: Set<Int64> = []
  private let insertion: Statement
  /// Number of the parameter of each position in canonical bytes; 0 for what no file of this layout
  /// fills.
  private let parameters: [Int32]
  private let latest: Lookup
  private let earlierName: Lookup
  private let validOn: [UInt8]?
  private var hash = SHA256()
  /// The day that facts were last known on, and its text: files repeat few days many times.
  private var lastKnown: (day: Day, text: [UInt8]) = (Day(number: .min), [])
  private var tail: [UInt8] = []

  init(_ database: Database, kind: ImportKind, layout: TableLayout, batch: Int64) throws {
    self.database = database
    self.batch = batch
    validOn = layout.profile?.validOn.map { Array($0.iso.utf8) }
    let isFirms = kind.id == "firms"
    let subject = isFirms ? "firmId" : "factKey"
    var names = [subject, "digest", "batchId", "line", "knownOn", "validOn"]
    var parameters: [Int32] = []
    for (slot, column) in kind.columns.enumerated() {
      guard let field = column.field else { continue }
      let isFilled = layout.plan.filled.contains(slot)
      if isFilled { names.append(field) }
      parameters.append(isFilled ? Int32(names.count) : 0)
    }
    self.parameters = parameters
    insertion = try database.makeStatement(
      sql: """
        INSERT INTO \(kind.table) (\(names.joined(separator: ", ")))
        VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
        """)
    latest = try Lookup(
      database,
      sql: """
        SELECT digest, batchId FROM \(kind.table)
        WHERE \(subject) = ?1 ORDER BY knownOn DESC, id DESC LIMIT 1
        """)
    earlierName = try Lookup(
      database, sql: "SELECT name FROM firmFact WHERE firmId = ? AND batchId = ? ORDER BY id DESC")
  }

  func factsDigest() -> String { hash.finalize().map { hexadecimal($0) }.joined() }

  /// Writes a fact that lies in `bytes`, of whatever kind, finding out first what it is about.
  func write(_ fact: RowBlock.Fact, in bytes: CellBytes, directory: FirmDirectory) throws -> Outcome
  {
    func text(_ span: RowBlock.Span?) -> CellBytes? {
      guard let span else { return nil }
      return CellBytes(rebasing: bytes[Int(span.start)..<Int(span.start + span.count)])
    }
    let content = CellBytes(
      rebasing: bytes[Int(fact.content.start)..<Int(fact.content.start + fact.content.count)])
    switch fact.subject {
    case .key(let span):
      let key = text(span)
      latest.bind(1, key)
      let known = try findLatest()
      if let known, known.digest == fact.digest { return .unchanged }
      try insert(fact, content, key: key, firm: 0)
      return known == nil ? .accepted : .updated
    case .firm(let credit, let stock, let nameKey, let place):
      let signs = FirmSigns(
        credit: text(credit), stock: text(stock), nameKey: nameKey, place: text(place))
      return try writeFirm(fact, content, signs, directory)
    }
  }

  /// Writes a version of a firm, finding out first which firm it is.
  private func writeFirm(
    _ fact: RowBlock.Fact, _ content: CellBytes, _ signs: FirmSigns, _ directory: FirmDirectory
  ) throws -> Outcome {
    let id: Int64
    switch try directory.match(signs) {
    case .conflict: return .refused(.firmConflict)
    case .ambiguous(let ids): return .refused(.ambiguousFirm(ids.map { "\($0)" }))
    case .new:
      try insert(fact, content, key: nil, firm: try directory.insert(signs))
      return .accepted
    case .found(let found): id = found
    }
    latest.bind(1, id)
    guard let known = try findLatest() else {
      try insert(fact, content, key: nil, firm: id)
      return .accepted
    }
    let isSameFile = known.batch == batch
    if isSameFile || earlierBatches.contains(known.batch),
      signs.credit != nil || signs.stock != nil,
      let earlier = try findName(of: id, batch: known.batch), earlier != signs.nameKey
    {
      // Two names under one code in one file: one of the rows is wrong, and nobody knows which.
      return .refused(.duplicateCode)
    }
    if known.digest == fact.digest {
      return isSameFile ? .repeated(isNewVersion: false) : .unchanged
    }
    try insert(fact, content, key: nil, firm: id)
    return isSameFile ? .repeated(isNewVersion: true) : .updated
  }

  private func findLatest() throws -> (digest: Int64, batch: Int64)? {
    guard try latest.step() else { return nil }
    defer { latest.reset() }
    return (latest.integer(0), latest.integer(1))
  }

  /// The key of the name that a batch gave a firm last.
  private func findName(of firm: Int64, batch: Int64) throws -> Int64? {
    earlierName.bind(1, firm)
    earlierName.bind(2, batch)
    guard try earlierName.step() else { return nil }
    defer { earlierName.reset() }
    return earlierName.text(0).map(FirmName.key)
  }

  private func insert(
    _ fact: RowBlock.Fact, _ content: CellBytes, key: CellBytes?, firm: Int64
  ) throws {
    let statement = insertion.sqliteStatement
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
    if lastKnown.day != fact.knownOn { lastKnown = (fact.knownOn, Array(fact.knownOn.iso.utf8)) }
    let known = lastKnown.text
    // Text is bound without a copy: all of it outlives the step.
    func bind(_ index: Int32, _ bytes: CellBytes) {
      let start = bytes.baseAddress.map {
        UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)
      }
      sqlite3_bind_text(statement, index, start, Int32(bytes.count), nil)
    }
    let result = known.withUnsafeBufferPointer { known in
      (validOn ?? []).withUnsafeBufferPointer { valid -> Int32 in
        if let key { bind(1, key) } else { sqlite3_bind_int64(statement, 1, firm) }
        sqlite3_bind_int64(statement, 2, fact.digest)
        sqlite3_bind_int64(statement, 3, batch)
        sqlite3_bind_int64(statement, 4, Int64(fact.line))
        bind(5, known)
        if !valid.isEmpty { bind(6, valid) }
        Canonical.forEach(in: content) { position, value in
          let index = parameters[position]
          switch value {
          case .integer(let value): sqlite3_bind_int64(statement, index, value)
          case .real(let value): sqlite3_bind_double(statement, index, value)
          case .text(let value): bind(index, value)
          }
        }
        return sqlite3_step(statement)
      }
    }
    let message =
      result == SQLITE_DONE
      ? nil : sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) }
    sqlite3_reset(statement)
    guard result == SQLITE_DONE else {
      throw DatabaseError(resultCode: ResultCode(rawValue: result), message: message)
    }
    hash.update(bufferPointer: UnsafeRawBufferPointer(content))
    tail.removeAll(keepingCapacity: true)
    Canonical.append(integer: firm, at: 254, to: &tail)
    Canonical.append(integer: Int64(fact.line), at: 255, to: &tail)
    known.withUnsafeBufferPointer { Canonical.append(text: $0, at: 255, to: &tail) }
    tail.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }
}

/// The byte form of a row that digests are taken of. 规范字节
///
/// Position, type and value of every cell that is not empty, one behind the other.
enum Canonical {
  enum Value {
    case integer(Int64)
    case real(Double)
    case text(CellBytes)
  }

  static func append(integer value: Int64, at position: Int, to bytes: inout [UInt8]) {
    append(1, UInt64(bitPattern: value), at: position, to: &bytes)
  }

  static func append(real value: Double, at position: Int, to bytes: inout [UInt8]) {
    append(2, value.bitPattern, at: position, to: &bytes)
  }

  static func append(text: some Collection<UInt8>, at position: Int, to bytes: inout [UInt8]) {
    append(3, UInt64(text.count), at: position, to: &bytes)
    bytes.append(contentsOf: text)
  }

  private static func append(
    _ type: UInt8, _ word: UInt64, at position: Int, to bytes: inout [UInt8]
  ) {
    withUnsafeTemporaryAllocation(byteCount: 10, alignment: 1) { head in
      head[0] = UInt8(truncatingIfNeeded: position)
      head[1] = type
      head.storeBytes(of: word.littleEndian, toByteOffset: 2, as: UInt64.self)
      bytes.append(contentsOf: head)
    }
  }

  /// Hands over the values that `append` has put down.
  static func forEach(in bytes: CellBytes, _ body: (_ position: Int, Value) -> Void) {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index < bytes.count {
      let position = Int(bytes[index])
      let type = bytes[index + 1]
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index + 2, as: UInt64.self))
      index += 10
      switch type {
      case 1: body(position, .integer(Int64(bitPattern: word)))
      case 2: body(position, .real(Double(bitPattern: word)))
      default:
        body(position, .text(CellBytes(rebasing: bytes[index..<index + Int(word)])))
        index += Int(word)
      }
    }
  }

  static func hash(_ bytes: CellBytes) -> Int64 { Int64(bitPattern: KeyFilter.key(bytes)) }
}
