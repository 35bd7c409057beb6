import GRDB

/// How many links of each class the machine has found: kept beside the links, because counting the
/// rows of a large ledger takes as long as linking what changed. 挂链计数
struct LinkTally: Equatable {
  private(set) var confirmed = 0
  private(set) var uncertain = 0
  private(set) var rejected = 0

  var total: Int { confirmed + uncertain + rejected }

  mutating func add(_ linkClass: MachineLink.Class?, _ count: Int) {
    switch linkClass {
    case .confirmed: confirmed += count
    case .uncertain: uncertain += count
    case .rejected, nil: rejected += count
    }
  }

  /// The tally of the table as it stands: as it was kept, or counted when the links have changed
  /// without it.
  static func read(_ database: Database) throws -> LinkTally {
    let kept = try LinkMark.setting(database, name)?.split(separator: " ") ?? []
    if kept.count == 6, let mark = try LinkMark.read(database),
      kept[..<3].joined(separator: " ") == mark.text,
      mark.purges == (try LinkMark.countPurges(database)),
      let confirmed = Int(kept[3]), let uncertain = Int(kept[4]), let rejected = Int(kept[5])
    {
      return LinkTally(confirmed: confirmed, uncertain: uncertain, rejected: rejected)
    }
    var tally = LinkTally()
    let rows = try Row.fetchCursor(
      database, sql: "SELECT class, count(*) FROM machineLink GROUP BY class")
    while let row = try rows.next() { tally.add(MachineLink.Class(rawValue: row[0]), row[1]) }
    return tally
  }

  /// Keeps the tally for the links that were found at `mark`.
  func keep(_ database: Database, at mark: LinkMark) throws {
    try LinkMark.set(
      database, LinkTally.name, "\(mark.text) \(confirmed) \(uncertain) \(rejected)")
  }

  private static let name = "machineLinkTally"
}

/// What the machine's links were last made from. 挂链标记
struct LinkMark: Equatable {
  /// Changes with everything but facts that decides a link.
  let linker: String
  /// Removals up to then: one may have taken facts away, so that their numbers are given again.
  let purges: Int
  /// The youngest fact.
  let fact: Int64

  var text: String { "\(linker) \(purges) \(fact)" }

  static func now(_ database: Database, linker: String) throws -> LinkMark {
    LinkMark(
      linker: linker, purges: try countPurges(database),
      fact: try Int64.fetchOne(database, sql: "SELECT max(id) FROM firmFact") ?? 0)
  }

  static func read(_ database: Database) throws -> LinkMark? {
    let parts = try setting(database, name)?.split(separator: " ").map(String.init) ?? []
    guard parts.count == 3, let purges = Int(parts[1]), let fact = Int64(parts[2]) else {
      return nil
    }
    return LinkMark(linker: parts[0], purges: purges, fact: fact)
  }

  func keep(_ database: Database) throws { try LinkMark.set(database, LinkMark.name, text) }

  static func forget(_ database: Database) throws {
    try database.execute(sql: "DELETE FROM setting WHERE name = ?", arguments: [name])
  }

  private static let name = "machineLinks"

  static func countPurges(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM purge") ?? 0
  }

  static func setting(_ database: Database, _ name: String) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
  }

  static func set(_ database: Database, _ name: String, _ value: String) throws {
    try database.execute(
      sql: """
        INSERT INTO setting (name, value) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """, arguments: [name, value])
  }
}
