import Atlas
import GRDB

/// Carries the rows of one file into the ledger; lives for one transaction. 导入器
final class Importer {
  static let shownIssues = 1000
  private static let blocksAhead = 4

  let database: Database
  let file: TableFile
  let kind: ImportKind
  let layout: TableLayout
  let options: ImportOptions
  let context: ImportContext
  let knownOn: Day
  private let workers: Workers
  private let gazetteer: Gazetteer
  private let firms: FirmDirectory
  private let writer: FactWriter
  private let issueStatement: Statement
  private let batchId: Int64
  private var result: ImportResult
  /// Lines that stayed out when this very file was imported before; nil for a first import.
  private var retry: Set<Int>?
  /// The first day that rows with a date of their own were known.
  private var earliest: Day?

  init(
    database: Database, file: TableFile, kind: ImportKind, layout: TableLayout,
    options: ImportOptions, context: ImportContext, gazetteer: Gazetteer,
    workers: Workers
  ) throws {
    self.workers = workers
    self.database = database
    self.file = file
    self.kind = kind
    self.layout = layout
    self.options = options
    self.context = context
    knownOn = Importer.knownOn(file: file, layout: layout, options: options, today: context.today)
    batchId = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM batch") ?? 0) + 1
    self.gazetteer = gazetteer
    firms = try FirmDirectory(database, gazetteer: gazetteer)
    writer = try FactWriter(database, kind: kind, layout: layout, batch: batchId, workers: workers)
    issueStatement = try database.makeStatement(
      sql: """
        INSERT INTO importIssue
          (batchId, line, columnName, code, excerpt, messageZh, messageEn, isRejection)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    result = ImportResult(kind: kind.id, knownOn: knownOn)
    result.profile = layout.profile?.name
    result.droppedColumns = layout.plan.dropped
    result.headerRow = layout.headerRows
  }

  /// - Returns: the counts; `batch` is nil when nothing changed and the caller has to undo.
  func run() throws -> ImportResult {
    if let earlier = try findEarlier() {
      if earlier.rejected == 0 {
        result.unchanged = earlier.facts
        result.rows = earlier.rows
        return result
      }
      retry = earlier.lines
      result.unchanged = earlier.facts
    }
    let source = BlockReader.Source(
      file: file, kind: kind, layout: layout, sheet: options.sheet, context: context,
      gazetteer: gazetteer, knownOn: knownOn, retry: retry)
    if kind.id == "firms" {
      // A row of a firm file takes some two hundred bytes; a packed one a quarter of that.
      try firms.expect(file.size / 200)
      // What the table asks of a value, the reading of a cell has just made sure of.
      try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
    }
    defer { try? database.execute(sql: "PRAGMA ignore_check_constraints = OFF") }
    if workers.count > 1, !source.namesFirms {
      let ahead = ReadAhead<RowBlock>(room: Importer.blocksAhead) { put in
        var reader = try BlockReader(source, firms: nil)
        while let block = try reader.next(), put(block) {}
      }
      defer { ahead.stop() }
      while let block = try ahead.next() { try settle(block) }
    } else {
      var reader = try BlockReader(source, firms: firms)
      while let block = try reader.next() { try settle(block) }
    }
    if result.accepted + result.updated == 0, retry != nil || result.unchanged == 0 {
      return result
    }
    try firms.restoreIndices(workers: workers)
    try writeBatch()
    return result
  }

  private struct Earlier {
    let facts: Int
    let rows: Int
    let rejected: Int
    let lines: Set<Int>
  }

  private func findEarlier() throws -> Earlier? {
    let batches = try Row.fetchAll(
      database,
      sql: """
        SELECT id, accepted + updated + unchanged, rows, rejected FROM batch
        WHERE fileDigest = ? AND kind = ? AND profileDigest = ? AND sheet IS ? ORDER BY id
        """, arguments: [file.digest, kind.id, layout.profile?.digest ?? "", options.sheet])
    guard let last = batches.last else { return nil }
    // A row that was refused beside another one of this file is refused beside it again.
    writer.earlierBatches = Set(batches.map { $0[0] as Int64 })
    let lines = try Int.fetchSet(
      database,
      sql: "SELECT line FROM importIssue WHERE batchId = ? AND isRejection = 1",
      arguments: [last[0] as Int64])
    return Earlier(facts: last[1], rows: last[2], rejected: last[3], lines: lines)
  }

  private func settle(_ block: RowBlock) throws {
    result.rows += block.rows
    if let day = block.earliest { earliest = min(earliest ?? day, day) }
    var (facts, issues) = (block.facts.makeIterator(), block.issues.makeIterator())
    var isBare = true
    firms.approach(block.facts)
    try block.bytes.withUnsafeBufferPointer { bytes in
      for step in block.steps {
        switch step {
        case .issue: if let issue = issues.next() { try report(issue) }
        case .issueOfBareRow: if let issue = issues.next(), isBare { try report(issue) }
        case .fact: if let fact = facts.next(), try settle(fact, in: bytes) { isBare = false }
        case .end:
          if isBare { result.rejected += 1 }
          isBare = true
        }
      }
      try firms.flush()
      try writer.flush()
    }
  }

  /// Writes a fact.
  /// - Returns: false when it stays out.
  private func settle(_ fact: RowBlock.Fact, in bytes: CellBytes) throws -> Bool {
    var fault: Fault?
    var isKept = true
    switch try writer.write(fact, in: bytes, directory: firms) {
    case .accepted: result.accepted += 1
    case .updated: result.updated += 1
    case .unchanged: result.unchanged += 1
    case .repeated(let isNewVersion):
      if isNewVersion { result.updated += 1 } else { result.unchanged += 1 }
      fault = .repeatedFirm
    case .refused(let because):
      fault = because
      isKept = false
    }
    if let fault {
      try report(
        RowBlock.Issue(
          fault: fault, line: fact.line, header: nil, excerpt: nil, rejects: !isKept))
    }
    return isKept
  }

  private func report(_ issue: RowBlock.Issue) throws {
    result.issueCount += 1
    let (code, message) = (issue.fault.code, issue.fault.message)
    try issueStatement.execute(arguments: [
      batchId, issue.line, issue.header, code, issue.excerpt, message.zh, message.en, issue.rejects,
    ])
    if result.issues.count < Importer.shownIssues {
      result.issues.append(
        ImportIssue(
          row: issue.line, column: issue.header, kind: code, excerpt: issue.excerpt,
          message: message, isRejection: issue.rejects))
    }
  }

  private func writeBatch() throws {
    let content: [DatabaseValueConvertible?] = [
      batchId, kind.id, file.name, file.digest, file.size, layout.profile?.name,
      layout.profile?.digest ?? "", options.sheet, (earliest ?? knownOn).iso, context.now,
      (options.disclosure ?? layout.profile?.disclosure ?? kind.disclosure).rawValue,
      options.note ?? layout.profile?.note, result.rows, result.accepted, result.updated,
      result.unchanged, result.rejected, result.droppedColumns.joined(separator: "、"),
      writer.factsDigest(),
    ]
    try Importer.insertBatch(database, id: batchId, content, at: context.now)
    result.batch = batchId
  }

  /// Adds a batch with its cells in the order below, and chains it into the journal.
  static func insertBatch(
    _ database: Database, id: Int64, _ content: [DatabaseValueConvertible?], at now: String
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO batch (id, kind, fileName, fileDigest, fileBytes, profile, profileDigest, sheet,
          knownOn, importedAt, disclosure, note, rows, accepted, updated, unchanged, rejected,
          droppedColumns, factsDigest)
        VALUES (\(content.map { _ in "?" }.joined(separator: ", ")))
        """, arguments: StatementArguments(content))
    try Journal.append(database, table: "batch", key: "\(id)", at: now)
  }

  private static func knownOn(
    file: TableFile, layout: TableLayout, options: ImportOptions, today: Day
  ) -> Day {
    if let day = options.knownOn { return day }
    if case .day(let day) = layout.profile?.knownOn { return day }
    return dayInside(file.name) ?? today
  }

  /// The first date inside a text: `20260315` or `2026-03-15`.
  static func dayInside(_ text: String) -> Day? {
    var runs: [(digits: String, before: Character?)] = []
    var digits = ""
    var before: Character?
    var last: Character?
    for character in text + " " {
      if character.isASCII, character.isNumber {
        if digits.isEmpty { before = last }
        digits.append(character)
      } else if !digits.isEmpty {
        runs.append((digits, before))
        digits = ""
      }
      last = character
    }
    for (index, run) in runs.enumerated() {
      if run.digits.count == 8, let day = Day(run.digits), (1990...2100).contains(day.civil.year) {
        return day
      }
      if run.digits.count == 4, index + 2 < runs.count, runs[index + 1].digits.count <= 2,
        runs[index + 2].digits.count <= 2, runs[index + 1].before == runs[index + 2].before,
        let year = Int(run.digits), let month = Int(runs[index + 1].digits),
        let dayOfMonth = Int(runs[index + 2].digits), (1990...2100).contains(year),
        let day = Day(year: year, month: month, day: dayOfMonth)
      {
        return day
      }
    }
    return nil
  }
}

extension Fault {
  /// True when the fault keeps the whole row out, whatever column it stands in.
  var rejectsRow: Bool {
    switch self {
    case .negative, .creditCode, .unknownSegment, .unknownChain, .unknownFirm, .ambiguousFirm,
      .duplicateCode, .noCoordinates, .farFromNeighbours, .notAPlace, .needsFirmOrSite, .wageSlip,
      .firmConflict:
      true
    case .missingValue, .notANumber, .unknownUnit, .notADate, .unknownChoice, .unknownPlace,
      .ambiguousPlace, .repeatedFirm, .implausible, .noConsent, .outOfRange:
      false
    }
  }

  func rejects(_ column: ImportColumn) -> Bool { rejectsRow || column.isRequired }
}
