import Atlas
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct ReadAheadTests {
  private struct Broken: Error {}

  private static let two = Workers(count: 2) { iterations, body in
    for index in 0..<iterations { body(index) }
  }

  @Test("values come in the order of their making, and what went wrong comes behind them")
  func order() throws {
    let ahead = ReadAhead<Int>(room: 3) { put in
      for value in 0..<1000 where !put(value) { return }
      throw Broken()
    }
    for value in 0..<1000 { #expect(try ahead.next() == value) }
    #expect(throws: Broken.self) { try ahead.next() }
    #expect(throws: Broken.self) { try ahead.next() }
    ahead.stop()
  }

  @Test("who stops early waits for nobody, however much was still to come")
  func stops() throws {
    let ahead = ReadAhead<Int>(room: 2) { put in
      var value = 0
      while put(value) { value += 1 }
    }
    #expect(try ahead.next() == 0)
    ahead.stop()
  }

  @Test("two workers make the ledger that one makes, of a file with everything wrong in it")
  func sameLedger() throws {
    let first = DirtyRegistry.text(rows: 4000, seed: 1)
    let second = DirtyRegistry.text(rows: 4000, seed: 2)
    var dumps: [String] = []
    var results: [[ImportResult]] = []
    for workers in [Workers.one, Self.two] {
      let bench = try Workbench()
      results.append(
        try [first, second, first].enumerated().map { index, text in
          let path = try bench.file("registry-\(index % 2).csv", text)
          return try bench.ledger.importFile(
            path, kind: "firms", context: World.context(), workers: workers)
        })
      dumps.append(try bench.dump())
      #expect(try bench.isSound())
    }
    #expect(results[0] == results[1])
    #expect(dumps[0] == dumps[1])
    #expect(results[0][0].accepted > 1000 && results[0][0].rejected > 100)
    #expect(results[0][1].updated > 100 && results[0][2].accepted == 0)
  }

  @Test("kinds that name firms are read beside the ledger, with any number of workers")
  func namesFirms() throws {
    var dumps: [String] = []
    for workers in [Workers.one, Self.two] {
      let bench = try Workbench()
      _ = try bench.importText(
        "firms", "name,credit_code\n甲厂,\(World.creditCode(1))\n乙厂,\n", name: "firms.csv")
      let path = try bench.file("plants.csv", "企业,地点,产品\n甲厂,深圳市,板\n丙厂,深圳市,板\n乙厂,吉林市,\n")
      let result = try bench.ledger.importFile(
        path, kind: "plants", context: World.context(), workers: workers)
      #expect((result.accepted, result.rejected) == (2, 1))
      dumps.append(try bench.dump())
    }
    #expect(dumps[0] == dumps[1])
  }

  @Test(
    "a file that breaks off in the middle leaves the ledger as it was, and its indices",
    arguments: [1, 2])
  func breaksOff(count: Int) throws {
    let workers = count == 1 ? Workers.one : Self.two
    let bench = try Workbench()
    _ = try bench.importText("firms", DirtyRegistry.text(rows: 200, seed: 3))
    let before = try bench.dump()
    // Far enough into the file that the indices are away by then.
    let path = try bench.file(
      "open.csv", DirtyRegistry.text(rows: 6000, seed: 4) + "\"nobody closes this quote,")
    let error = #expect(throws: LedgerError.self) {
      try bench.ledger.importFile(path, kind: "firms", context: World.context(), workers: workers)
    }
    #expect(error?.code == "BL0219", "\(String(describing: error))")
    #expect(try bench.dump() == before)
    #expect(try bench.isSound())
    #expect(try bench.indices() == Workbench().indices())
  }
}

/// A registry in which everything goes wrong that does in real ones. 脏登记册
enum DirtyRegistry {
  static func text(rows: Int, seed: UInt64) -> String {
    var random = Generator(seed: seed)
    func any(_ words: [String]) -> String { words[Int.random(in: 0..<words.count, using: &random)] }
    var text = "企业名称,统一社会信用代码,证券代码,所属省份,所属城市,地址,员工人数,营业收入,注册资本,成立日期,经营状态,主营产品,经营范围\n"
    for row in 0..<rows {
      let other = Int.random(in: 0...row, using: &random)
      let name = any([
        "示例\(row)号电子有限公司", "示例\(row)号电子有限公司", "示例\(row)号电子有限公司", "示例\(other)号电子有限公司",
        "示例\(other)号电子（有限公司）", "同名商店", "", "\"示例\(row)号\"\"引号\"\"厂\"",
      ])
      let code = any([
        World.creditCode(row), World.creditCode(row), World.creditCode(row), World.creditCode(row),
        World.creditCode(other), World.creditCode(row).lowercased(), "", "-", "440301103097413",
        "91440300MA00000019",
      ])
      let stock = any(["", "", "", "", "", "", "", "", "60\(1000 + other % 500).SH", "坏"])
      let place = any(["广东,深圳市", "黑龙江省,鹤岗市", ",南山区", "火星,", ",", "吉林省,吉林市"])
      let address = any(["广东省深圳市南山区科技路1号", "月球路1号", ""])
      let employees = any(["\(row % 900)", "１２３", "1,234人", "-5", "很多", "1.5万人", "", "3e2"])
      let revenue = any(["\(row)", "1亿元", "-300", "12美元", ""])
      let capital = any(["100万元人民币", "50万美元", "-2万", "百", "１００万元", ""])
      let day = any(["2015-06-01", "2015/6/1", "42156", "2015-13-01", "1700-01-01", ""])
      let status = any(["存续", "吊销，未注销", "迁出", "-", "奇怪"]).replacing("，", with: "、")
      let products = any(["多层板、覆铜板", "\"多层板,覆铜板;x\"", "板", ""])
      let scope = any([
        "电子元器件制造；货物进出口（依法须经批准的项目除外）", "电话13800138000", "\"第一行\n第二行\"", "零\u{200B}宽",
        String(repeating: "长", count: row % 500 == 7 ? 6000 : 3),
      ])
      let cells = [
        name, code, stock, place, address, employees, revenue, capital, day, status, products,
        scope,
      ]
      text += cells.joined(separator: ",") + (row % 97 == 0 ? "\r\n\n" : "\n")
    }
    return text
  }
}

extension Workbench {
  /// Every row of every table as text.
  func dump() throws -> String {
    try ledger.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      return try tables.map { table in
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
        return table + "\n" + rows.map { "\($0)" }.joined(separator: "\n")
      }.joined(separator: "\n")
    }
  }

  /// Names and texts of all indices.
  func indices() throws -> [String] {
    try ledger.read {
      try String.fetchAll(
        $0,
        sql: "SELECT name || coalesce(sql, '') FROM sqlite_schema WHERE type = 'index' ORDER BY 1")
    }
  }

  /// True when every index fits its table and every row what its table asks of it.
  func isSound() throws -> Bool {
    try ledger.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") == ["ok"] }
  }
}
