import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("released schemas are migrated")
struct SchemaTests {
  @Test("a ledger of the first version opens as the newest, with what it held")
  func firstVersion() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "old.sqlite").path
    do {
      let queue = try DatabaseQueue(path: path)
      try queue.write { database in
        try database.execute(sql: Schema.migrations[0])
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationId)")
        try database.execute(sql: "PRAGMA user_version = 1")
        try database.execute(
          sql: "INSERT INTO firm (id, nameKey, placeCode) VALUES (7, 11, '500153')")
      }
    }
    _ = try Ledger.open(path)
    let queue = try DatabaseQueue(path: path)
    let found = try queue.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA user_version"),
        try String.fetchOne(database, sql: "SELECT placeCode FROM firm WHERE id = 7"),
        try Int.fetchOne(database, sql: "SELECT count(*) FROM referenceTable")
      )
    }
    #expect(found.0 == Schema.version && found.1 == "500153" && found.2 == 0)
  }
}
