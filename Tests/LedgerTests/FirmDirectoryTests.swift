import Atlas
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct FirmDirectoryTests {
  @Test("a filter holds what a dictionary of lists holds, in the same order")
  func filterAgainstDictionary() {
    var random = Generator(seed: 11)
    var filter = KeyFilter(capacity: 10)
    var known: [UInt64: [Int64]] = [:]
    for firm in 1...20_000 as ClosedRange<UInt32> {
      let key = UInt64.random(in: 0..<6000, using: &random)
      filter.insert(key, firm: firm, most: 5)
      if known[key, default: []].count < 5 { known[key, default: []].append(Int64(firm)) }
    }
    for key in 0..<6100 as Range<UInt64> { #expect(filter.firms(of: key) == known[key] ?? []) }
  }

  @Test("who is known is answered from memory as the table answers it")
  func memoryAgainstTable() throws {
    let table = try outcomes(expecting: 0)
    let memory = try outcomes(expecting: 100_000)
    #expect(table == memory)
    for kind in ["found", "new", "conflict", "ambiguous"] {
      #expect(table.filter { $0.hasPrefix(kind) }.count > 20, "\(kind)")
    }
  }

  /// What a directory says of six thousand firms that share codes and names, one after the other.
  private func outcomes(expecting rows: Int) throws -> [String] {
    let bench = try Workbench()
    var random = Generator(seed: 12)
    return try bench.ledger.write { database in
      let directory = try FirmDirectory(database, gazetteer: Gazetteer(World.places))
      try directory.expect(rows)
      var outcomes: [String] = []
      for _ in 0..<6000 {
        func any(_ chance: Int, _ text: () -> String) -> [UInt8]? {
          Int.random(in: 0..<100, using: &random) < chance ? Array(text().utf8) : nil
        }
        let number = Int.random(in: 0..<4000, using: &random)
        let credit = any(60) { World.creditCode(number) }
        let stock = any(5) { String(600_000 + number % 100) }
        let place = any(80) { World.places[number % World.places.count].code }
        let match = try with(credit) { credit in
          try with(stock) { stock in
            try with(place) { place in
              let signs = FirmSigns(
                credit: credit, creditKey: credit.map { KeyFilter.key($0) } ?? 0, stock: stock,
                nameKey: Int64(number / 8), place: place)
              let match = try directory.match(signs)
              if match == .new { _ = try directory.insert(signs) }
              // The texts go with this row, not with a block.
              try directory.flush()
              return match
            }
          }
        }
        outcomes.append("\(match)")
      }
      try directory.restoreIndices(workers: .one)
      outcomes += try String.fetchAll(
        database,
        sql: """
          SELECT json_array(id, creditCode, stockCode, nameKey, placeCode) FROM firm ORDER BY id
          """)
      return outcomes
    }
  }

  private func with<Value>(
    _ bytes: [UInt8]?, _ body: (CellBytes?) throws -> Value
  ) rethrows -> Value {
    guard let bytes else { return try body(nil) }
    return try bytes.withUnsafeBufferPointer { try body($0) }
  }

  @Test("indices that were laid aside stand again when the file has been read")
  func indicesStandAgain() throws {
    let fresh = try Workbench().indices()
    let bench = try Workbench()
    _ = try bench.importText("firms", DirtyRegistry.text(rows: 5000, seed: 7))
    #expect(try bench.indices() == fresh)
    #expect(try bench.isSound())
    let settings = try bench.ledger.read { database in
      try ["cache_size", "threads", "temp_store", "foreign_keys", "ignore_check_constraints"].map {
        try Int.fetchOne(database, sql: "PRAGMA \($0)")
      }
    }
    #expect(settings == [-65536, 0, 2, 1, 0])
  }
}
