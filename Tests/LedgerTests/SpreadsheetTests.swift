import Atlas
import Expectations
import Foundation
import Testing

@testable import Ledger

/// Writes small .xlsx files part by part, stored without compression. 测试用工作簿
enum TinyWorkbook {
  static func make(_ parts: [(String, String)]) -> Data {
    var file = Data()
    var directory = Data()
    func number(_ value: Int, _ width: Int) -> Data {
      Data((0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    for (name, text) in parts {
      let body = Data(text.utf8)
      let sum = number(Int(crc(body)), 4)
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + sum + number(body.count, 4)
        + number(body.count, 4) + number(name.utf8.count, 2) + number(0, 2)
      directory +=
        Data([0x50, 0x4B, 1, 2]) + number(20, 2) + common + number(0, 10) + number(file.count, 4)
        + Data(name.utf8)
      file += Data([0x50, 0x4B, 3, 4]) + common + Data(name.utf8) + body
    }
    let start = file.count
    file += directory
    file +=
      Data([0x50, 0x4B, 5, 6]) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
      + number(directory.count, 4) + number(start, 4) + number(0, 2)
    return file
  }

  static func crc(_ data: Data) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in data {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  static func parts(sheet: String, strings: String = "", prefix: String = "") -> [(String, String)]
  {
    [
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"封面\" r:id=\"rId2\"/><sheet name=\"数据\" r:id=\"rId1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
      ),
      (
        "xl/styles.xml",
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"0.00&quot;day&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
      ),
      ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
      (
        "xl/worksheets/sheet1.xml",
        prefix
          + "<worksheet><sheetData>\(sheet)</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A4:A5\"/></mergeCells></worksheet>"
      ),
      ("xl/worksheets/sheet2.xml", "<worksheet><sheetData/></worksheet>"),
    ]
  }

  static let strings =
    "<si><t>企业名称</t></si><si><r><t>成立</t></r><r><t>日期</t></r><rPh><t>x</t></rPh></si><si><t xml:space=\"preserve\"> 甲&amp;乙&#x5382; </t></si><si/>"
  static let sheet =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
    + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\" t=\"b\"><v>1</v></c><c r=\"C3\" s=\"1\"><v>43529</v></c></row>"
    + "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>丙厂</t></is></c><c r=\"B4\" t=\"e\"><v>#REF!</v></c><c r=\"C4\" s=\"2\"><v>43529.5</v></c></row>"
    + "<row r=\"5\"><c r=\"B5\" t=\"str\"><f>1+1</f><v>二</v></c><c r=\"C5\" s=\"3\"><v>12.50</v></c></row>"
}

@Suite struct SpreadsheetTests {
  func read(_ path: String, sheet: String? = nil) throws -> [[String]] {
    let reader = try TableFile(path: path).rows(sheet: sheet)
    var rows: [[String]] = []
    var row = RawRow()
    while try reader.next(&row) { rows.append(["\(row.line)"] + row.texts) }
    return rows
  }

  @Test("strings, dates, booleans, errors, gaps and merges read as a person sees them")
  func cells() throws {
    let bench = try Workbench()
    let path = try bench.file(
      "a.xlsx",
      TinyWorkbook.make(
        TinyWorkbook.parts(sheet: TinyWorkbook.sheet, strings: TinyWorkbook.strings)))
    #expect(
      try read(path, sheet: "数据") == [
        ["1", "企业名称", "", "成立日期"], ["3", " 甲&乙厂 ", "是", "2019-03-05"],
        ["4", "丙厂", "", "2019-03-05"], ["5", "丙厂", "二", "12.50"],
      ])
    #expect(try read(path).isEmpty, "the first sheet is empty")
    let missing = #expect(throws: LedgerError.self) { _ = try read(path, sheet: "别的") }
    #expect(missing?.code == "BL0218" && missing?.message.zh.contains("封面、数据") == true)
    let result = try bench.ledger.importFile(
      path, kind: "firms", options: ImportOptions(sheet: "数据"), context: World.context())
    #expect(result.accepted == 2)
  }

  @Test("a document type, a bomb and an encrypted part are refused before they cost anything")
  func hostile() throws {
    let bench = try Workbench()
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
    let path = try bench.file(
      "e.xlsx",
      TinyWorkbook.make(TinyWorkbook.parts(sheet: "<row><c><v>&b;</v></c></row>", prefix: entity)))
    #expect(#expect(throws: LedgerError.self) { _ = try read(path, sheet: "数据") }?.code == "BL0217")
    var data = TinyWorkbook.make(TinyWorkbook.parts(sheet: TinyWorkbook.sheet))
    // Sizes in the directory: one part claims two gigabytes.
    let mark = Data([0x50, 0x4B, 1, 2])
    let at = try #require(data.range(of: mark)).lowerBound
    data.replaceSubrange(at + 24..<at + 28, with: [0, 0, 0, 0x80])
    let bomb = try bench.file("b.xlsx", data)
    #expect(#expect(throws: LedgerError.self) { _ = try read(bomb) }?.code == "BL0217")
    data.replaceSubrange(at + 24..<at + 28, with: [1, 0, 0, 0])
    data[at + 8] = 1
    let locked = try bench.file("l.xlsx", data)
    #expect(#expect(throws: LedgerError.self) { _ = try read(locked) }?.code == "BL0217")
  }

  @Test("a spreadsheet cut off anywhere is an error with a sentence, never a shorter table")
  func truncated() throws {
    let bench = try Workbench()
    let whole = TinyWorkbook.make(
      TinyWorkbook.parts(sheet: TinyWorkbook.sheet, strings: TinyWorkbook.strings))
    for length in stride(from: 8, to: whole.count - 1, by: 41) {
      let path = try bench.file("c.xlsx", whole.prefix(length))
      #expect(throws: LedgerError.self, "\(length)") { _ = try read(path, sheet: "数据") }
    }
  }

  @Test(
    "the census reads as xlsx2csv reads it",
    .enabled(
      if: SharedData.isPresent && FileManager.default.fileExists(atPath: "/usr/bin/xlsx2csv"),
      "no xlsx2csv or no data"))
  func secondReader() throws {
    let path = try #require(SharedData.file("labour/census-county-2020.xlsx")).path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/xlsx2csv")
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".csv")
    process.arguments = [path, folder.path]
    try process.run()
    process.waitUntilExit()
    defer { try? FileManager.default.removeItem(at: folder) }
    let other = try read(folder.path)
    let own = try read(path)
    #expect(own.count == other.count)
    var different = 0
    for (one, two) in zip(own, other) {
      for (left, right) in zip(one.dropFirst(), two.dropFirst()) where left != right {
        // Floats are written out in full in the file and rounded by the other reader.
        if let x = Double(left), let y = Double(right), abs(x - y) < 1e-6 * max(1, abs(x)) {
          continue
        }
        different += 1
      }
    }
    #expect(different == 0)
  }

  @Test("readers survive damaged input: an answer or an error, in bounded time")
  func fuzz() throws {
    let bench = try Workbench()
    let seconds = Double(ProcessInfo.processInfo.environment["BULIAN_FUZZ_SECONDS"] ?? "") ?? 1
    let seeds: [(String, Data)] = [
      (
        "f.xlsx",
        TinyWorkbook.make(
          TinyWorkbook.parts(sheet: TinyWorkbook.sheet, strings: TinyWorkbook.strings))
      ),
      (
        "f.csv",
        Data(
          "企业名称,统一社会信用代码,员工人数\r\n\"甲\"\"厂\",\(World.creditCode(4)),\"1,200\"\r\n乙厂,-,３００人\r\n".utf8)
      ),
      ("f.csv", CFGB18030.encode("企业名称,所在地,注册资本\n甲厂,广东省深圳市,50万美元\n乙厂,荣昌,100万元人民币\n")),
    ]
    var random = Generator(seed: 20_241_004)
    let start = ContinuousClock.now
    var rounds = 0
    var outcomes = (read: 0, refused: 0)
    while ContinuousClock.now - start < .seconds(seconds) {
      let (name, seed) = seeds[rounds % seeds.count]
      var data = seed
      for _ in 0...Int.random(in: 0...6, using: &random) {
        let at = Int.random(in: 0..<data.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: data[at] = UInt8.random(in: 0...255, using: &random)
        case 1: data[at] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: data = data.prefix(max(1, at))
        case 3: data.insert(contentsOf: data[at..<min(data.count, at + 40)], at: at)
        default: data.removeSubrange(at..<min(data.count, at + 9))
        }
        if data.isEmpty { data = Data([0]) }
      }
      let path = try bench.file(name, data)
      do {
        _ = try bench.ledger.importFile(path, kind: "firms", context: World.context())
        outcomes.read += 1
      } catch {
        outcomes.refused += 1
      }
      rounds += 1
    }
    print("fuzz", rounds, "rounds", outcomes)
    #expect(outcomes.read + outcomes.refused == rounds)
    #expect(try bench.ledger.checkHealth().isSound)
  }
}
