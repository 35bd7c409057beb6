public import Atlas
import GRDB
import GRDBSQLite

extension Ledger {
  /// The ledger as it was known at the end of a day, as columns. 冻结
  ///
  /// Only facts with `knownOn` up to `asOf`; ids become rows; equal ledgers give equal digests.
  /// - Parameter batch: leaves out what later batches brought, to tell new facts from the passing of time.
  /// - Parameter places: the shipped gazetteer; places and wages of the ledger are laid over it.
  /// - Parameter columns: what to do with columns that are kept beside the ledger; they change no bit.
  /// - Complexity: O(facts), one pass per table; with kept columns O(firms) and the facts since.
  public func freeze(
    asOf: Day, places: [Places.Entry], chains: [ChainModel], configuration: WorkspaceConfiguration,
    through batch: Int64 = .max, columns: ColumnsUse = .read
  ) throws(LedgerError) -> Snapshot {
    let imported = try placeEntries(asOf: asOf, through: batch)
    return try read { database in
      var freeze = try Freeze(
        database, asOf: asOf, through: batch, chains: chains, configuration: configuration)
      return try freeze.snapshot(
        base: places, imported: imported, columns: columns,
        file: FrozenColumns.path(ofLedger: path))
    }
  }

  /// What a freeze does with the columns of an earlier one. 列存用法
  public enum ColumnsUse: Sendable, Equatable {
    /// Reads every fact, for whoever wants proof.
    case ignore
    /// Begins from them where they are there and fit.
    case read
    /// The same, and keeps its own for the next one, of at least so many firms: a smaller ledger is
    /// read as fast.
    case keep(from: Int)
  }
}

/// One freeze: the maps from ledger ids to rows while the columns fill. 冻结过程
struct Freeze {
  let database: Database
  let asOf: Day
  let through: Int64
  let chains: [ChainModel]
  let configuration: WorkspaceConfiguration
  let segments: SegmentIndex
  private var sourceOfBatch: [Int64: Int32] = [:]
  private(set) var sources: [SourceRecord] = []
  private(set) var places = Places([])
  private(set) var firms = Firms()
  private(set) var mergedInto: [Int64: Int64] = [:]
  private(set) var machineLinks = MachineLinkColumns()

  init(
    _ database: Database, asOf: Day, through: Int64 = .max, chains: [ChainModel] = [],
    configuration: WorkspaceConfiguration
  ) throws {
    self.through = through
    self.database = database
    self.asOf = asOf
    self.chains = chains
    self.configuration = configuration
    segments = SegmentIndex(chains)
    let batches = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, fileName, kind, fileDigest, rows, knownOn, disclosure, note FROM batch
        WHERE knownOn <= ? AND id <= ? ORDER BY id
        """, arguments: [asOf.iso, through])
    while let row = try batches.next() {
      sourceOfBatch[row[0]] = Int32(sources.count)
      sources.append(
        SourceRecord(
          name: row[1], kind: row[2], digest: row[3], rows: row[4],
          knownOn: Day(row[5] as String) ?? asOf,
          disclosure: Disclosure(rawValue: row[6]) ?? .office, note: row[7]))
    }
    let merges = try Row.fetchCursor(
      database, sql: "SELECT firmId, intoFirmId FROM firmMerge WHERE decidedOn <= ? ORDER BY id",
      arguments: [asOf.iso])
    while let row = try merges.next() {
      let firm: Int64 = row[0]
      let into: Int64? = row[1]
      mergedInto[firm] = into
    }
  }

  func provenance(_ batch: Int64, _ line: Int32) -> Provenance {
    Provenance(source: sourceOfBatch[batch] ?? 0, line: line)
  }

  func provenance(_ fact: Facts.Fact) -> Provenance { provenance(fact.batch, fact.line) }

  /// The firm that a ledger id stands for after merges.
  func survivor(_ id: Int64) -> Int64 { Freeze.survivor(id, in: mergedInto) }

  static func survivor(_ id: Int64, in merges: [Int64: Int64]) -> Int64 {
    var current = id
    for _ in 0..<8 {
      guard let into = merges[current] else { return current }
      current = into
    }
    return current
  }

  /// Complexity: O(log firms).
  func row(ofFirm id: Int64?) -> Int? {
    guard let id else { return nil }
    return firms.find(id: mergedInto.isEmpty ? id : survivor(id))
  }

  mutating func snapshot(
    base: [Places.Entry], imported: [Places.Entry], columns: Ledger.ColumnsUse, file: String
  ) throws -> Snapshot {
    places = Places(try layPlaces(base: base, imported: imported))
    try freezeColumns(columns, file: file)
    let count = firms.count
    func find(_ code: String) -> Int? { places.find(code: code) }
    let district = District(
      name: configuration.name, home: configuration.home.compactMap(find),
      rivals: configuration.rivals.compactMap(find), leads: configuration.leads.map(\.chain),
      chiefs: configuration.leads.map(\.chief), language: configuration.language,
      isSample: configuration.isSample)
    var snapshot = Snapshot(
      asOf: asOf, digest: "", district: district, places: places,
      sites: try freezeSites(home: district.home), chains: chains, firms: firms,
      postings: try freezePostings(),
      plants: FirmGroups(firmCount: count, rows: try freezePlants()),
      projects: FirmGroups(firmCount: count, rows: try freezeProjects()),
      lanes: FirmGroups(firmCount: count, rows: try freezeLanes()),
      ties: FirmGroups(firmCount: count, rows: try freezeTies()),
      signals: FirmGroups(firmCount: count, rows: try freezeSignals()),
      outcomes: FirmGroups(firmCount: count, rows: try freezeOutcomes()),
      claims: FirmGroups(firmCount: count, rows: try freezeClaims()),
      labour: try freezeLabour(), vacancies: try freezeVacancies(), targets: try freezeTargets(),
      factors: try freezeFactors(), assets: try freezeAssets(), atlas: try freezeAtlas(),
      sources: sources, industryEmployment: try freezeIndustryEmployment(),
      roads: try freezeRoads(), national: try freezeNationalTable())
    snapshot.digest = SnapshotDigest.of(snapshot)
    return snapshot
  }

  /// Firms and the machine's links: from kept columns and what has changed since, or from all facts.
  private mutating func freezeColumns(_ use: Ledger.ColumnsUse, file: String) throws {
    let ground = use == .ignore ? nil : try FrozenColumns.Ground(self)
    var isWorthKeeping = true
    if let kept = ground.flatMap({ FrozenColumns(path: file, ground: $0) }),
      let change = try FirmChange(since: kept, in: self)
    {
      firms = try freezeFirms(from: kept.firms, change)
      machineLinks = try readMachineLinks(from: kept.links, change)
      // A few changed firms are read again as fast as the columns are written.
      isWorthKeeping = change.firms.count > kept.firms.count / 50
    } else {
      firms = try freezeFirms()
      machineLinks = try readMachineLinks()
    }
    guard case .keep(let least) = use, isWorthKeeping, through == .max, firms.count >= least,
      let ground
    else { return }
    FrozenColumns(
      ground: ground, mark: try FrozenColumns.Mark(self), merges: mergedInto, firms: firms,
      links: machineLinks
    ).write(to: file)
  }

  /// The shipped gazetteer, the workspace's zones, imported places, and the latest wage of each.
  private func layPlaces(base: [Places.Entry], imported: [Places.Entry]) throws -> [Places.Entry] {
    var entries: [Places.Entry] = []
    var rowOfCode: [String: Int] = [:]
    for entry in base + configuration.zoneEntries + imported {
      if let row = rowOfCode[entry.code] {
        let old = entries[row]
        var merged = entry
        merged.level = old.level
        merged.parent = old.parent ?? entry.parent
        merged.population = entry.population ?? old.population
        merged.wage = entry.wage ?? old.wage
        merged.landPrice = entry.landPrice ?? old.landPrice
        merged.energyPrice = entry.energyPrice ?? old.energyPrice
        merged.area = entry.area ?? old.area
        merged.position = entry.position ?? old.position
        entries[row] = merged
      } else {
        rowOfCode[entry.code] = entries.count
        entries.append(entry)
      }
    }
    var latestYear: [Int: Int64] = [:]
    try Facts.forEachLatest(
      database, table: "wageFact", columns: ["placeCode", "year", "wageYuanPerYear", "population"],
      asOf: asOf, through: through
    ) { fact in
      guard let row = rowOfCode[fact.requireText(0)], let year = fact.integer(1),
        year >= latestYear[row] ?? 0
      else { return }
      latestYear[row] = year
      entries[row].wage = fact.real(2)
      entries[row].population = fact.real(3) ?? entries[row].population
      entries[row].provenance = provenance(fact)
    }
    // A parent that is not listed gives way to the next one up, so that every county finds its city.
    for row in entries.indices {
      guard let parent = entries[row].parent, rowOfCode[parent] == nil else { continue }
      entries[row].parent = PlaceLevel.parent(of: parent).flatMap {
        rowOfCode[$0] == nil ? nil : $0
      }
    }
    return entries
  }

  private func freezeSites(home: [Int]) throws -> [Site] {
    var sites: [Site] = []
    try Facts.forEachLatest(
      database, table: "siteFact",
      columns: [
        "siteId", "name", "placeCode", "landMu", "powerMegawatt", "factorySquareMetres",
        "environmentalCapacity", "tags",
      ], asOf: asOf, through: through
    ) { fact in
      guard let place = places.find(code: fact.requireText(2)),
        home.contains(where: { places.lies(place, in: $0) })
      else { return }
      sites.append(
        Site(
          id: fact.requireText(0), name: fact.requireText(1), place: place, landMu: fact.real(3),
          powerMegawatt: fact.real(4), factorySquareMetres: fact.real(5),
          environmentalCapacity: fact.list(6), tags: fact.list(7), provenance: provenance(fact)))
    }
    for place in home where !sites.contains(where: { places.lies($0.place, in: place) }) {
      sites.append(
        Site(id: places.code[place], name: places.name[place], place: place, implicit: true))
    }
    return sites.sorted { $0.id < $1.id }
  }
}
