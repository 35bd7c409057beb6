import Atlas
import GRDB
import GRDBSQLite

/// Reads facts as they were known on a day: per key the versions up to that day, a later one
/// replacing cells that it fills; a blank cell never erases what was known. 事实读取
enum Facts {
  /// One fact: cells in the order of the asked columns, and the line it was last read from.
  struct Fact {
    fileprivate(set) var cells: [DatabaseValue]
    /// The firm's id, in tables keyed by firm.
    fileprivate(set) var key: Int64 = 0
    fileprivate(set) var batch: Int64 = 0
    fileprivate(set) var line: Int32 = 0

    func text(_ index: Int) -> String? { String.fromDatabaseValue(cells[index]) }
    func requireText(_ index: Int) -> String { text(index) ?? "" }
    func real(_ index: Int) -> Double? { Double.fromDatabaseValue(cells[index]) }
    func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(cells[index]) }
    func flag(_ index: Int) -> Bool? { integer(index).map { $0 != 0 } }
    func day(_ index: Int) -> Day? { text(index).flatMap { Day($0) } }
    /// Values joined by 、 in one cell.
    func list(_ index: Int) -> [String] {
      text(index)?.split(separator: "、").map(String.init) ?? []
    }
  }

  /// Calls `body` once per key, in ascending order of the key.
  static func forEachLatest(
    _ database: Database, table: String, columns: [String], asOf: Day?, key: String = "factKey",
    through batch: Int64 = .max, _ body: (Fact) throws -> Void
  ) throws {
    let statement = try database.makeStatement(
      sql: """
        SELECT \(key), batchId, line, \(columns.joined(separator: ", ")) FROM \(table)
        WHERE knownOn <= ? AND batchId <= ? ORDER BY \(key), knownOn, id
        """)
    let rows = try Row.fetchCursor(statement, arguments: [asOf?.iso ?? "9999-12-31", batch])
    var current = Fact(cells: [])
    var currentKey: DatabaseValue?
    while let row = try rows.next() {
      let key: DatabaseValue = row[0]
      if key != currentKey {
        if currentKey != nil { try body(current) }
        currentKey = key
        current.key = Int64.fromDatabaseValue(key) ?? 0
        current.cells = (0..<columns.count).map { row[3 + $0] }
      } else {
        for index in 0..<columns.count {
          let value: DatabaseValue = row[3 + index]
          if !value.isNull { current.cells[index] = value }
        }
      }
      current.batch = row[1]
      current.line = row[2]
    }
    if currentKey != nil { try body(current) }
  }
}
