import GRDB
import GRDBSQLite

/// Inserts rows into one table, many with one statement. 成组插入
///
/// A statement costs about as much as a row: the tree is opened, the transaction is looked at. Rows
/// wait until a group is full or somebody has to find them; their texts have to stay where they lie.
final class GroupInsert<Row> {
  private let database: Database
  private let single: Statement
  private let group: Statement
  private let columns: Int32
  private let bind: (Row, Binder) -> Void
  private var waiting: [Row] = []

  private static var groupSize: Int { 64 }

  /// Binds the values of one row of a statement; what is not bound is null.
  struct Binder {
    fileprivate let statement: OpaquePointer
    fileprivate let offset: Int32

    /// - Parameter index: of the column, from 1.
    func bind(_ index: Int32, _ value: Int64) {
      sqlite3_bind_int64(statement, offset + index, value)
    }

    func bind(_ index: Int32, _ value: Double) {
      sqlite3_bind_double(statement, offset + index, value)
    }

    func bind(_ index: Int32, _ text: CellBytes) {
      bindInPlace(statement, offset + index, text)
    }
  }

  init(
    _ database: Database, into table: String, _ columns: [String],
    bind: @escaping (Row, Binder) -> Void
  ) throws {
    self.database = database
    self.columns = Int32(columns.count)
    self.bind = bind
    let row = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
    // What fails is undone with the whole transaction: the rows before it need no journal of their own.
    let insertion = "INSERT OR FAIL INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
    single = try database.makeStatement(sql: insertion + row)
    let rows = Array(repeating: row, count: GroupInsert.groupSize).joined(separator: ", ")
    group = try database.makeStatement(sql: insertion + rows)
  }

  func insert(_ row: Row) throws {
    waiting.append(row)
    if waiting.count == GroupInsert.groupSize { try flush() }
  }

  /// Puts the rows in that wait: before the table is read, and before their texts go.
  func flush() throws {
    if waiting.isEmpty { return }
    defer { waiting.removeAll(keepingCapacity: true) }
    if waiting.count == GroupInsert.groupSize { return try run(group, waiting[...]) }
    for index in waiting.indices { try run(single, waiting[index...index]) }
  }

  private func run(_ statement: Statement, _ rows: ArraySlice<Row>) throws {
    let handle = statement.sqliteStatement
    sqlite3_clear_bindings(handle)
    var offset: Int32 = 0
    for row in rows {
      bind(row, Binder(statement: handle, offset: offset))
      offset += columns
    }
    defer { sqlite3_reset(handle) }
    let result = sqlite3_step(handle)
    if result != SQLITE_DONE { throw database.failure(result) }
  }
}
