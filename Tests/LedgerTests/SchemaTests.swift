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
        try database.execute(
          sql: """
            INSERT INTO machineLink (firmId, segmentId, score, class, likelyShare, evidence)
            VALUES (7, 'pcb.b', 0.5, 'uncertain', NULL, '[]'), (7, 'pcb.a', 1, 'confirmed', 0.25, '[{}]')
            """)
      }
    }
    _ = try Ledger.open(path)
    let queue = try DatabaseQueue(path: path)
    let found = try queue.read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA user_version"),
        try String.fetchOne(database, sql: "SELECT placeCode FROM firm WHERE id = 7"),
        try Int.fetchOne(database, sql: "SELECT count(*) FROM referenceTable"),
        try String.fetchAll(
          database,
          sql: """
            SELECT json_array(firmId, segmentId, score, class, likelyShare) FROM machineLink
            ORDER BY firmId, segmentId
            """)
      )
    }
    #expect(found.0 == Schema.version && found.1 == "500153" && found.2 == 0)
    #expect(
      found.3 == [
        #"[7,"pcb.a",1.0,"confirmed",0.25]"#, #"[7,"pcb.b",0.5,"uncertain",null]"#,
      ])
  }
}
