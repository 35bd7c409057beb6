import Atlas
import Crypto
import Foundation
import GRDB
import GRDBSQLite

/// Carries the rows of one file into the ledger; lives for one transaction. 导入器
final class Importer {
  static let shownIssues = 1000
  private static let addressSlot = ImportKind.firms.columns.firstIndex { $0.name == "address" } ?? 0

  let database: Database
  let file: TableFile
  let kind: ImportKind
  let layout: TableLayout
  let options: ImportOptions
  let context: ImportContext
  let knownOn: Day
  private let resolver: ReferenceResolver
  private let cells: CellReader
  private let writer: FactWriter
  private let issueStatement: Statement
  private let batchId: Int64
  private var result: ImportResult
  private let outliers: [String: Fault]
  /// Lines that stayed out when this very file was imported before; nil for a first import.
  private var retry: Set<Int>?
  /// The first day that rows with a date of their own were known.
  private var earliest: Day?

  init(
    database: Database, file: TableFile, kind: ImportKind, layout: TableLayout,
    options: ImportOptions, context: ImportContext, gazetteer: Gazetteer
  ) throws {
    self.database = database
    self.file = file
    self.kind = kind
    self.layout = layout
    self.options = options
    self.context = context
    knownOn = Importer.knownOn(file: file, layout: layout, options: options, today: context.today)
    batchId = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM batch") ?? 0) + 1
    resolver = try ReferenceResolver(database, gazetteer: gazetteer, context: context)
    cells = CellReader(kind: kind, resolver: resolver, missing: layout.profile?.missing ?? [])
    writer = try FactWriter(database, kind: kind, batch: batchId)
    issueStatement = try database.makeStatement(
      sql: """
        INSERT INTO importIssue
          (batchId, line, columnName, code, excerpt, messageZh, messageEn, isRejection)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    outliers =
      kind.id == "places"
      ? try PlaceCheck.findOutliers(
        file: file, layout: layout, sheet: options.sheet, gazetteer: gazetteer)
      : [:]
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
    // A row of a firm file takes some two hundred bytes; a packed one a quarter of that.
    if kind.id == "firms" { try resolver.firms.expect(file.size / 200, in: database) }
    let reader = try file.rows(sheet: options.sheet)
    var row = RawRow()
    for _ in 0..<layout.headerRows { _ = try reader.next(&row) }
    while try reader.next(&row) {
      if row.isBlank { continue }
      result.rows += 1
      if let retry, !retry.contains(row.line) { continue }
      try take(row)
    }
    if result.accepted + result.updated == 0, retry != nil || result.unchanged == 0 {
      return result
    }
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

  private func take(_ row: RawRow) throws {
    let plan = layout.plan
    try row.bytes.withUnsafeBufferPointer { bytes in
      func cell(_ index: Int) -> CellBytes {
        guard index < row.ends.count else { return CellBytes(rebasing: bytes[0..<0]) }
        return CellBytes(rebasing: bytes[row.range(index)])
      }
      cells.begin()
      var isRejected = false
      for feed in plan.feeds {
        let fault: Fault?
        if let constant = feed.constant {
          fault = try constant.withUnsafeBufferPointer { try cells.read($0, for: feed) }
        } else if feed.isJoined {
          var joined: [UInt8] = []
          for index in feed.cells { joined += CellReading.trimmed(cell(index)) }
          fault = try joined.withUnsafeBufferPointer { try cells.read($0, for: feed) }
        } else {
          fault = try cells.read(cell(feed.cells[0]), for: feed)
        }
        if let fault {
          let out = fault.rejects(feed.column)
          if out { isRejected = true }
          try report(
            fault, line: row.line, header: feed.header.isEmpty ? feed.column.title.zh : feed.header,
            excerpt: feed.cells.first.map(cell), rejects: out)
        }
      }
      if let drop = layout.profile?.drop, !drop.isEmpty {
        for feed in plan.feeds {
          guard let words = drop[feed.column.name], let text = cells.text(feed.slot) else {
            continue
          }
          if words.contains(text) {
            try report(
              .notAPlace, line: row.line, header: feed.header, excerpt: feed.cells.first.map(cell),
              rejects: true)
            isRejected = true
          }
        }
      }
      if isRejected {
        result.rejected += 1
        return
      }
      if let name = plan.eachName, let into = plan.eachInto, !plan.each.isEmpty {
        var written = 0
        for part in plan.each {
          let feed = ImportPlan.Feed(column: kind.columns[into], slot: into)
          feed.scale = part.scale
          feed.header = part.header
          let number = CellReading.trimmed(cell(part.cell))
          if CellReading.isMissing(number, extra: cells.missing) { continue }
          if let fault = try cells.read(number, for: feed) {
            try report(fault, line: row.line, header: part.header, excerpt: number, rejects: false)
            continue
          }
          let constant = ImportPlan.Feed(column: kind.columns[name], slot: name)
          _ = try part.value.withUnsafeBufferPointer { try cells.read($0, for: constant) }
          if try finish(row: row, bytes: bytes) { written += 1 }
        }
        if written == 0 {
          try report(
            .missingValue, line: row.line, header: plan.each[0].header, excerpt: nil, rejects: true)
          result.rejected += 1
        }
        return
      }
      if try !finish(row: row, bytes: bytes) { result.rejected += 1 }
    }
  }

  /// Checks the row as a whole and writes its fact.
  /// - Returns: false when the row stays out.
  private func finish(row: RawRow, bytes: CellBytes) throws -> Bool {
    var day = knownOn
    if let index = layout.plan.knownOnCell, index < row.ends.count {
      day =
        Importer.dayInside(CellReading.text(CellBytes(rebasing: bytes[row.range(index)])))
        ?? knownOn
      earliest = min(earliest ?? day, day)
    }
    if kind.id == "firms" { cells.resolveSeat(address: Importer.addressSlot) }
    if let fault = try checkRow() {
      let (problem, header) = fault
      let out = problem.rejectsRow || kind.id == "places"
      try report(problem, line: row.line, header: header, excerpt: nil, rejects: out)
      if out { return false }
    }
    let outcome: FactWriter.Outcome
    if kind.id == "firms" {
      outcome = try writer.writeFirm(
        cells, directory: resolver.firms, line: row.line, knownOn: day,
        validOn: layout.profile?.validOn)
    } else {
      outcome = try writer.write(
        cells, line: row.line, knownOn: day, validOn: layout.profile?.validOn)
    }
    switch outcome {
    case .accepted: result.accepted += 1
    case .updated: result.updated += 1
    case .unchanged: result.unchanged += 1
    case .repeated(let isNewVersion):
      if isNewVersion { result.updated += 1 } else { result.unchanged += 1 }
      try report(
        .repeatedFirm, line: row.line, header: nil,
        excerpt: nil, rejects: false)
    case .refused(let fault):
      try report(fault, line: row.line, header: nil, excerpt: nil, rejects: true)
      return false
    }
    return true
  }

  /// Rules that look at several cells of a row.
  private func checkRow() throws -> (Fault, String?)? {
    switch kind.id {
    case "firms":
      if let text = cells.unresolvedPlace {
        cells.unresolvedPlace = nil
        return (text, "所在地")
      }
    case "places":
      if let longitude = cells.real(2), let latitude = cells.real(3) {
        let point = (layout.profile?.datum ?? .wgs84).wgs84(
          longitude: longitude, latitude: latitude)
        guard Position(longitude: point.longitude, latitude: point.latitude) != nil else {
          return (.outOfRange("±180°, ±90°"), "经度/纬度")
        }
        cells.setReal(2, (point.longitude * 1e6).rounded() / 1e6)
        cells.setReal(3, (point.latitude * 1e6).rounded() / 1e6)
      }
      if let code = cells.text(0), let fault = outliers[code] { return (fault, "经度/纬度") }
    case "factors":
      if cells.isNull(0), cells.isNull(1) { return (.needsFirmOrSite, "企业/载体") }
    case "hosts":
      if cells.integer(2) != 1, !cells.isNull(3) || !cells.isNull(4) {
        cells.setNull(3)
        cells.setNull(4)
        return (.noConsent, nil)
      }
    case "wages":
      if let wage = cells.real(2), let bill = cells.real(3), let heads = cells.real(4), heads > 0,
        bill > 0
      {
        let ratio = wage / (bill * 10_000 / heads)
        if ratio > 1.1 || ratio < 1 / 1.1 {
          return (.wageSlip(ratio < 1 ? 1 / max(ratio, 1e-9) : ratio), "平均工资")
        }
      }
    default: break
    }
    return nil
  }

  private func report(
    _ fault: Fault, line: Int, header: String?, excerpt: CellBytes?, rejects: Bool
  ) throws {
    result.issueCount += 1
    var shown: String?
    if let excerpt, header.map(PersonalColumns.contains) != true {
      let cell = CellReading.trimmed(excerpt)
      let bytes = PersonalColumns.redacted(cell) ?? Array(cell)
      let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
      shown = text.isEmpty ? nil : String(text.prefix(40))
    }
    let message = fault.message
    try issueStatement.execute(arguments: [
      batchId, line, header, fault.code, shown, message.zh, message.en, rejects,
    ])
    if result.issues.count < Importer.shownIssues {
      result.issues.append(
        ImportIssue(
          row: line, column: header, kind: fault.code, excerpt: shown, message: message,
          isRejection: rejects))
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
