import Atlas
import Foundation
import Testing

@testable import Ledger

@Suite struct ReadingTests {
  func with<T>(_ text: String, _ body: (CellBytes) -> T) -> T {
    Array(text.utf8).withUnsafeBufferPointer(body)
  }

  @Test("numbers read as people write them")
  func numbers() {
    let cases: [(String, Double, String)] = [
      ("1,234.5", 1234.5, ""), ("１２３", 123, ""), ("-3", -3, ""), ("3.2亿元", 3.2, "亿元"),
      ("12.0", 12, ""),
      ("¥1 200 元", 1200, "元"), ("1.5E3", 1500, ""), ("0.1", 0.1, ""), ("50%", 50, "%"),
      ("9007199254740993", 9007199254740992, ""),
    ]
    for (text, value, unit) in cases {
      let read = with(text) { cell in
        CellReading.number(cell).map { (value: $0.value, unit: CellReading.text($0.unit)) }
      }
      #expect(read?.value == value && read?.unit == unit, "\(text) \(String(describing: read))")
    }
    for text in ["", "abc", "约五百", "元5"] {
      #expect(with(text) { CellReading.number($0) == nil }, "\(text)")
    }
  }

  @Test("decimal cells equal the standard library's reading of the same digits")
  func numbersAgainstLibrary() {
    var random = Generator(seed: 3)
    for _ in 0..<2000 {
      let whole = Int.random(in: -9_999_999...9_999_999, using: &random)
      let text = "\(whole).\(Int.random(in: 0...99_999, using: &random))"
      #expect(with(text) { CellReading.number($0)?.value } == Double(text))
    }
  }

  @Test("a text that passes for plain is one that cleaning and blacking out would leave as it is")
  func plainTexts() {
    let pieces = [
      "电", "a", "7", "1380013", " ", "-", "@", "\n", "\u{7F}", "\u{200B}", "“", "（", "；",
      "\u{FEFF}",
      "示例电路板有限公司", "、", "é",
    ]
    var random = Generator(seed: 5)
    var plain = 0
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      with(text) { cell in
        guard CellReading.isPlain(cell) else { return }
        plain += 1
        var cleaned: [UInt8] = []
        #expect(!CellReading.cleaned(cell, into: &cleaned), "\(text)")
        #expect(PersonalColumns.redacted(cell) == nil, "\(text)")
      }
    }
    #expect(plain > 1000)
    #expect(with("一般项目：电子元器件制造（依法须经批准的项目除外）；货物进出口") { CellReading.isPlain($0) })
  }

  @Test("wrappers and blanks fall away, marks for missing are missing")
  func blanks() {
    #expect(with("\u{3000} =\"91A\" \u{A0}") { CellReading.text(CellReading.trimmed($0)) } == "91A")
    for mark in ["-", "--", "－", "—", "nan", "None", "\u{3000}"] {
      #expect(with(mark) { CellReading.isMissing(CellReading.trimmed($0)) }, "\(mark)")
    }
    #expect(!with("0") { CellReading.isMissing($0) })
  }

  @Test("hidden and direction-changing characters do not survive in a name")
  func hidden() {
    var target: [UInt8] = []
    #expect(with("甲\u{202E}乙\u{200B}厂\t二\n部") { CellReading.cleaned($0, into: &target) })
    #expect(String(decoding: target, as: UTF8.self) == "甲乙厂 二 部")
    #expect(!with("甲乙厂") { CellReading.cleaned($0, into: &target) })
  }

  @Test("dates in every spelling of the layouts, and no others")
  func days() {
    for text in [
      "2019-03-05", "2019/3/5", "20190305", "2019年3月5日", "43529", "2019-03-05 00:00:00", "2019.3.5",
      "1551744000000",
    ] {
      #expect(with(text) { CellReading.day($0) }?.iso == "2019-03-05", "\(text)")
    }
    for text in ["9999-12-31", "2019-13-01", "昨天", "7"] {
      #expect(with(text) { CellReading.day($0) } == nil, "\(text)")
    }
  }

  @Test("the check digit of GB 32100 accepts the right code and no single change of it")
  func creditCodes() {
    // Codes published with the standard's own example algorithm: a listed bank's and an insurer's.
    for number in [0, 1, 77, 4_242, 999_999] {
      let code = World.creditCode(number)
      #expect(CreditCode(code)?.text == code)
      #expect(CreditCode(code.lowercased())?.text == code)
      for position in 0..<18 {
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY" {
          var changed = Array(code)
          if changed[position] == other { continue }
          changed[position] = other
          #expect(CreditCode(String(changed)) == nil)
        }
      }
    }
    #expect(CreditCode("91440300MA0000001I") == nil)
    #expect(CreditCode("") == nil)
  }

  @Test("places by code, name, short name and path; ambiguity is said")
  func gazetteer() {
    let places = Gazetteer(World.places)
    #expect(places.find("440305") == .one("440305"))
    #expect(places.find("440305000000") == .one("440305"))
    #expect(
      places.find("440399") == .one("440300"), "an unknown county is at least in its prefecture")
    #expect(places.find("南山区") == .several(["230404", "440305"]))
    #expect(places.find("广东省深圳市南山区") == .one("440305"))
    #expect(places.find("广东深圳南山区") == .one("440305"))
    #expect(places.find("鹤岗 / 南山区") == .one("230404"))
    #expect(places.find("吉林") == .one("220000"))
    #expect(places.find("吉林市") == .one("220200"))
    #expect(places.find("重庆市荣昌") == .one("500153"))
    #expect(places.find("重庆市重庆市荣昌区") == .one("500153"))
    #expect(places.find("火星") == .none)
    #expect(places.find(inAddress: "广东省深圳市南山区某路1号") == .one("440305"))
  }

  @Test("firm names agree across width, case, blanks and brackets, and differ otherwise")
  func names() {
    #expect(FirmName.key("（深圳）ＡＢＣ电子") == FirmName.key("(深圳) abc电子"))
    #expect(FirmName.key("【甲】厂") == FirmName.key("甲厂"))
    #expect(FirmName.key("甲厂") != FirmName.key("乙厂"))
    #expect(FirmName.stockCode("000001.SZ") == "000001")
    #expect(FirmName.stockCode("600373sh") == "600373")
    #expect(FirmName.stockCode("1") == "000001")
    #expect(FirmName.stockCode("00700.HK") == "00700.HK")
  }

  @Test("the date of an export is found in its file name")
  func fileDates() {
    #expect(Importer.dayInside("高级搜索20260315.xlsx")?.iso == "2026-03-15")
    #expect(Importer.dayInside("2019-07-13-data.txt")?.iso == "2019-07-13")
    #expect(Importer.dayInside("firms.csv") == nil)
    #expect(Importer.dayInside("13800138000.csv") == nil)
  }

  @Test("telephone, identity numbers and mail are blacked out, codes and quantities are not")
  func redaction() {
    func redacted(_ text: String) -> String {
      with(text) {
        PersonalColumns.redacted($0).map { String(decoding: $0, as: UTF8.self) } ?? text
      }
    }
    #expect(redacted("电13812345678转") == "电***********转")
    #expect(redacted("a.b@c.cn 收") == "******** 收")
    #expect(redacted("证11010119900307851X") == "证******************")
    #expect(redacted("0755-26501234") == "*************")
    for text in [
      World.creditCode(5), "年产12345678吨", "2019-03-05", "1,234,567.89", "登记号 440301103097413",
    ] {
      #expect(redacted(text) == text)
    }
  }
}
