public import Atlas
import Foundation
import GRDB

/// A table that is kept whole, because its cells mean nothing alone: road distances, a national
/// input-output table. 整表
struct ReferenceTable {
  enum Kind: String {
    case roads = "road-network"
    case inputOutput = "input-output"
  }
  let batch: Int64
  /// What the rows and columns are, one a line.
  let heading: String
  let content: Data
}

extension Ledger {
  /// What to say of files of a whole table that were imported before with the same meaning; nil when
  /// they are new.
  func findImported(
    _ kind: ReferenceTable.Kind, fileDigest: String, profileDigest: String, context: ImportContext
  ) throws(LedgerError) -> ImportResult? {
    let batch = try read { database in
      try Int64.fetchOne(
        database,
        sql: """
          SELECT id FROM batch WHERE kind = ? AND fileDigest = ? AND profileDigest = ?
          ORDER BY id DESC LIMIT 1
          """, arguments: [kind.rawValue, fileDigest, profileDigest])
    }
    return batch.map {
      var result = ImportResult(kind: kind.rawValue, knownOn: context.today)
      result.unchanged = 1
      result.batch = $0
      return result
    }
  }

  /// Keeps a whole table as one batch.
  func store(
    _ kind: ReferenceTable.Kind, name: String, bytes: Int, fileDigest: String,
    profileDigest: String, heading: String, content: Data, rows: Int, options: ImportOptions,
    context: ImportContext
  ) throws(LedgerError) -> ImportResult {
    let knownOn = options.knownOn ?? Importer.dayInside(name) ?? context.today
    return try write { database in
      let batch = try Int64.fetchOne(database, sql: "SELECT ifnull(max(id), 0) + 1 FROM batch") ?? 1
      try database.execute(
        sql: "INSERT INTO referenceTable (batchId, heading, content) VALUES (?, ?, ?)",
        arguments: [batch, heading, content])
      try Importer.insertBatch(
        database, id: batch,
        [
          batch, kind.rawValue, name, fileDigest, bytes, nil, profileDigest, options.sheet,
          knownOn.iso, context.now, (options.disclosure ?? .public).rawValue, options.note, rows, 1,
          0, 0, 0, "", Ledger.referenceDigest(heading, content),
        ], at: context.now)
      var result = ImportResult(kind: kind.rawValue, knownOn: knownOn)
      result.batch = batch
      result.accepted = 1
      result.rows = rows
      return result
    }
  }

  static func referenceDigest(_ heading: String, _ content: Data) -> String {
    digest(of: Data(heading.utf8) + content)
  }

  /// Road distances as known on a day, without freezing anything else; nil for none.
  public func roads(
    asOf: Day, configuration: WorkspaceConfiguration
  ) throws(LedgerError) -> RoadDistances? {
    try read { try Freeze($0, asOf: asOf, configuration: configuration).freezeRoads() }
  }

  /// The national table as known on a day, without freezing anything else; nil for none.
  public func nationalTable(
    asOf: Day, configuration: WorkspaceConfiguration
  ) throws(LedgerError) -> NationalTable? {
    try read { try Freeze($0, asOf: asOf, configuration: configuration).freezeNationalTable() }
  }
}

extension Freeze {
  /// The last whole table of a kind that was known; nil when there is none.
  func referenceTable(_ kind: ReferenceTable.Kind) throws -> ReferenceTable? {
    try Row.fetchOne(
      database,
      sql: """
        SELECT batchId, heading, content FROM referenceTable JOIN batch ON batch.id = batchId
        WHERE batch.kind = ? AND knownOn <= ? AND batch.id <= ?
        ORDER BY knownOn DESC, batch.id DESC LIMIT 1
        """, arguments: [kind.rawValue, asOf.iso, through]
    ).map { ReferenceTable(batch: $0[0], heading: $0[1], content: $0[2]) }
  }

  func freezeRoads() throws -> RoadDistances? {
    guard let table = try referenceTable(.roads) else { return nil }
    let points = table.heading.split(separator: "\n").map(String.init)
    var metres = Known<UInt32>(blank: 0)
    metres.reserve(points.count * points.count)
    table.content.withUnsafeBytes { bytes in
      for index in 0..<bytes.count / 4 {
        let value = UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        metres.append(value == .max ? nil : value)
      }
    }
    return RoadDistances(
      points: points, metres: metres, provenance: provenance(table.batch, 1))
  }

  func freezeNationalTable() throws -> NationalTable? {
    guard let table = try referenceTable(.inputOutput) else { return nil }
    let lines = table.heading.split(separator: "\n", omittingEmptySubsequences: false)
    let sectors = lines.dropFirst().map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    var numbers: [Double] = []
    table.content.withUnsafeBytes { bytes in
      for index in 0..<bytes.count / 8 {
        let bits = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
        numbers.append(Double(bitPattern: bits))
      }
    }
    let count = sectors.count
    func column(_ index: Int) -> [Double] {
      Array(numbers[(count * count + index * count)..<(count * count + (index + 1) * count)])
    }
    return NationalTable(
      year: lines.first.flatMap { Int($0) }, codes: sectors.map { $0[0] },
      names: sectors.map { Phrase(zh: $0[1], en: $0[2]) },
      intermediate: Array(numbers[..<(count * count)]), finalUse: column(0), imports: column(1),
      valueAdded: column(2), output: column(3), provenance: provenance(table.batch, 1))
  }
}
