public import Atlas
import Foundation
import GRDB

/// What an import needs to know of the world: places, chains, layouts, and what day it is. 导入环境
public struct ImportContext: Sendable {
  /// The shipped gazetteer and the workspace's own zones; places of the ledger are added.
  public var places: [Places.Entry]
  public var chains: [ChainModel]
  public var profiles: [ImportProfile]
  /// Ids and other words of the labour model's occupations; empty keeps what the file says.
  public var occupations: [(id: String, words: [String])]
  public var today: Day
  /// The instant as UTC text (`2026-11-23T14:05:00Z`), for the diary.
  public var now: String

  public init(
    places: [Places.Entry], chains: [ChainModel], profiles: [ImportProfile] = [],
    occupations: [(id: String, words: [String])] = [], today: Day, now: String
  ) {
    self.places = places
    self.chains = chains
    self.profiles = profiles
    self.occupations = occupations
    self.today = today
    self.now = now
  }
}

/// How one file is to be read. 导入选项
public struct ImportOptions: Sendable {
  /// A profile's name; nil tries the own layout and every profile of the kind.
  public var profile: String?
  public var sheet: String?
  /// The day from which the office could have known the facts.
  public var knownOn: Day?
  public var disclosure: Disclosure?
  public var note: String?

  public init(
    profile: String? = nil, sheet: String? = nil, knownOn: Day? = nil,
    disclosure: Disclosure? = nil, note: String? = nil
  ) {
    self.profile = profile
    self.sheet = sheet
    self.knownOn = knownOn
    self.disclosure = disclosure
    self.note = note
  }
}

/// What came of importing one file. 导入结果
public struct ImportResult: Sendable, Equatable {
  public let kind: String
  /// Facts that are new to the ledger.
  public var accepted = 0
  /// Facts that became a new version of something known.
  public var updated = 0
  /// Facts that the ledger already holds.
  public var unchanged = 0
  /// Rows of the file that stayed out, each with at least one issue.
  public var rejected = 0
  /// The first thousand issues; the ledger keeps all of a recorded batch.
  public var issues: [ImportIssue] = []
  public var issueCount = 0
  /// Rows of the file below the header, blank ones not counted.
  public var rows = 0
  /// The profile that was used; nil for the own layout.
  public var profile: String?
  public var knownOn: Day
  /// Headers of columns that hold natural persons and were dropped.
  public var droppedColumns: [String] = []
  /// Number of the header's row.
  public var headerRow = 1
  /// The batch in the ledger; nil when nothing was written.
  public var batch: Int64?

  init(kind: String, knownOn: Day) {
    self.kind = kind
    self.knownOn = knownOn
  }
}

extension Ledger {
  /// Imports one file as one kind, in one transaction: all of it or nothing.
  ///
  /// Idempotent by file digest, kind and profile digest; a file imported before is read again
  /// only for the rows that stayed out then. More than one worker: cells are read on another thread
  /// than that which writes; the ledger is the same.
  /// - Throws: `LedgerError` when the file as a whole cannot be read; the ledger is unchanged.
  public func importFile(
    _ path: String, kind kindId: String, options: ImportOptions = ImportOptions(),
    context: ImportContext, workers: Workers = .one
  ) throws(LedgerError) -> ImportResult {
    let kind = try ImportKind.require(kindId)
    let file = try TableFile(path: path, workers: workers)
    let layout = try TableLayout.choose(file, kind: kind, options: options, context: context)
    let gazetteer = Gazetteer(context.places + (try placeEntries(asOf: nil)))
    // Every id that a row refers to comes from this transaction or was read in it.
    return try writeUnchecked { database in
      let importer = try Importer(
        database: database, file: file, kind: kind, layout: layout, options: options,
        context: context, gazetteer: gazetteer, workers: workers)
      let result = try importer.run()
      return (result, result.batch == nil ? .rollback : .commit)
    }
  }

  /// The issues of a batch, in the order of the file.
  public func issues(batch: Int64, limit: Int = .max) throws(LedgerError) -> [ImportIssue] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT line, columnName, code, excerpt, messageZh, messageEn, isRejection
          FROM importIssue WHERE batchId = ? ORDER BY id LIMIT ?
          """, arguments: [batch, limit]
      ).map { row in
        ImportIssue(
          row: row[0], column: row[1], kind: row[2], excerpt: row[3],
          message: Phrase(zh: row[4], en: row[5]), isRejection: row[6])
      }
    }
  }

  /// The places that were imported, latest version of each.
  public func placeEntries(asOf: Day?, through batch: Int64 = .max) throws(LedgerError) -> [Places
    .Entry]
  {
    try read { database in
      var entries: [Places.Entry] = []
      try Facts.forEachLatest(
        database, table: "placeFact",
        columns: [
          "code", "name", "longitude", "latitude", "parent", "level", "population",
          "wageYuanPerYear", "landPriceWanYuanPerMu", "energyPriceYuanPerMWh", "areaKm2",
        ], asOf: asOf, through: batch
      ) { fact in
        let code = fact.requireText(0)
        entries.append(
          Places.Entry(
            code: code, name: fact.requireText(1),
            level: PlaceLevel(word: fact.text(5)) ?? PlaceLevel(code: code),
            parent: fact.text(4) ?? PlaceLevel.parent(of: code),
            position: fact.real(2).flatMap { longitude in
              fact.real(3).flatMap { Position(longitude: longitude, latitude: $0) }
            }, population: fact.real(6), wage: fact.real(7), landPrice: fact.real(8),
            energyPrice: fact.real(9), area: fact.real(10)))
      }
      return entries
    }
  }
}

extension PlaceLevel {
  init?(word: String?) {
    switch word {
    case "province": self = .province
    case "prefecture": self = .prefecture
    case "county": self = .county
    case "zone": self = .zone
    default: return nil
    }
  }

  /// The level that a code of GB/T 2260 shows; anything else is an office-made zone.
  init(code: String) {
    guard code.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      self = .zone
      return
    }
    self = code.hasSuffix("0000") ? .province : code.hasSuffix("00") ? .prefecture : .county
  }

  /// The code one level up, as GB/T 2260 nests them; nil for provinces and office-made codes.
  static func parent(of code: String) -> String? {
    switch PlaceLevel(code: code) {
    case .county: return code.prefix(4) + "00"
    case .prefecture: return code.prefix(2) + "0000"
    case .province, .zone: return nil
    }
  }
}

/// How often one kind of issue was met, with one sentence of it. 问题统计
public struct IssueCount: Sendable, Equatable {
  public let code: String
  public let count: Int
  public let example: String
}

extension Ledger {
  /// Issues of all batches, counted by code.
  public func countIssues() throws(LedgerError) -> [IssueCount] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT code, count(*), min(messageZh) FROM importIssue GROUP BY code ORDER BY code"
      ).map { IssueCount(code: $0[0], count: $0[1], example: $0[2]) }
    }
  }
}
