import Atlas
import GRDB

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

  private struct Insertion {
    let fact: RowBlock.Fact
    let content: CellBytes
    let key: CellBytes?
    let firm: Int64
  }

  private let batch: Int64
  /// Batches in which this very file was imported before.
  var earlierBatches: Set<Int64> = []
  private let insertion: GroupInsert<Insertion>
  private let latest: Lookup
  private let earlierName: Lookup
  private let days = DayTexts()
  private var digest: FactsDigest

  init(
    _ database: Database, kind: ImportKind, layout: TableLayout, batch: Int64, workers: Workers
  ) throws {
    digest = FactsDigest(workers: workers)
    self.batch = batch
    let subject = kind.id == "firms" ? "firmId" : "factKey"
    var names = [subject, "digest", "batchId", "line", "knownOn", "validOn"]
    // Number of the column of each position in canonical bytes; 0 for what no row of the file fills.
    var columns: [Int32] = []
    for (slot, column) in kind.columns.enumerated() {
      guard let field = column.field else { continue }
      let isFilled = layout.plan.filled.contains(slot)
      if isFilled { names.append(field) }
      columns.append(isFilled ? Int32(names.count) : 0)
    }
    let validOn = layout.profile?.validOn
    insertion = try GroupInsert(database, into: kind.table, names) { [days] row, binder in
      if let key = row.key { binder.bind(1, key) } else { binder.bind(1, row.firm) }
      binder.bind(2, row.fact.digest)
      binder.bind(3, batch)
      binder.bind(4, Int64(row.fact.line))
      binder.bind(5, days.text(of: row.fact.knownOn))
      if let validOn { binder.bind(6, days.text(of: validOn)) }
      Canonical.forEach(in: row.content) { position, value in
        switch value {
        case .integer(let value): binder.bind(columns[position], value)
        case .real(let value): binder.bind(columns[position], value)
        case .text(let value): binder.bind(columns[position], value)
        }
      }
    }
    latest = try Lookup(
      database,
      sql: """
        SELECT digest, batchId FROM \(kind.table)
        WHERE \(subject) = ?1 ORDER BY knownOn DESC, id DESC LIMIT 1
        """)
    earlierName = try Lookup(
      database, sql: "SELECT name FROM firmFact WHERE firmId = ? AND batchId = ? ORDER BY id DESC")
  }

  func factsDigest() -> String { digest.text() }

  /// Writes a fact that lies in `bytes`, of whatever kind, finding out first what it is about.
  func write(_ fact: RowBlock.Fact, in bytes: CellBytes, directory: FirmDirectory) throws -> Outcome
  {
    let content = fact.content.bytes(in: bytes)
    switch fact.subject {
    case .key(let span):
      let key = span.bytes(in: bytes)
      latest.bind(1, key)
      let known = try findLatest()
      if let known, known.digest == fact.digest { return .unchanged }
      try insert(fact, content, key: key, firm: 0)
      return known == nil ? .accepted : .updated
    case .firm(let credit, let creditKey, let stock, let nameKey, let place):
      let signs = FirmSigns(
        credit: credit?.bytes(in: bytes), creditKey: creditKey, stock: stock?.bytes(in: bytes),
        nameKey: nameKey, place: place?.bytes(in: bytes))
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
    try flush()
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
    try insertion.insert(Insertion(fact: fact, content: content, key: key, firm: firm))
    digest.add(content, firm: firm, line: fact.line, knownOn: days.text(of: fact.knownOn))
  }

  /// Puts the facts in that wait, before the bytes of their block go.
  func flush() throws { try insertion.flush() }
}

/// The texts of days, which stay where they lie: files repeat few days many times. 日期文本
private final class DayTexts {
  private var texts: [Day: CellBytes] = [:]
  private var last: (day: Day, text: CellBytes)?

  deinit { for text in texts.values { text.deallocate() } }

  func text(of day: Day) -> CellBytes {
    if let last, last.day == day { return last.text }
    let text = texts[day] ?? keep(day.iso.utf8)
    texts[day] = text
    last = (day, text)
    return text
  }

  private func keep(_ bytes: String.UTF8View) -> CellBytes {
    let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = text.initialize(from: bytes)
    return CellBytes(text)
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
