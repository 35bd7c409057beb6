import Atlas
import Testing

@testable import Cards

@Suite struct TableTests {
  @Test("cells keep commas, quotes and line breaks, rows keep their line")
  func reads() throws {
    let table = try Table(
      "\u{FEFF}# note\na,b\r\n1,\"x, \"\"y\"\"\nz\"\n\n2,\n", card: "Freight/x.csv")
    #expect(table.header == ["a", "b"])
    #expect(table.rows.map(\.cells) == [["1", "x, \"y\"\nz"], ["2", ""]])
    #expect(table.rows.map(\.line) == [3, 6])
    #expect(try table.number(table.rows[1], 0) == 2)
    #expect(try table.number(table.rows[1], 1) == nil)
  }

  @Test(
    "a broken table is refused at its line",
    arguments: [
      ("", "卡片 x.csv 第 1 行无法读取：文件是空的，请补上表头和内容。"),
      ("a,b\n1\n", "卡片 x.csv 第 2 行无法读取：这一行有 1 格，表头有 2 列。"),
      ("a,a\n1,2\n", "卡片 x.csv 第 1 行无法读取：列“a”出现两次。"),
      ("a\n\"1\n2", "卡片 x.csv 第 2 行无法读取：引号没有结束。"),
    ])
  func refuses(text: String, sentence: String) {
    do {
      _ = try Table(text, card: "x.csv")
      Issue.record("accepted")
    } catch {
      #expect(error.message.zh == sentence)
    }
  }
}

@Suite struct PlacesReaderTests {
  private func places(_ rows: String) throws(CardError) -> [Places.Entry] {
    try readPlaces(
      try Table("code,name,level,parent,longitude,latitude\n" + rows, card: "places.csv"))
  }

  @Test("a place without coordinates has no position")
  func unknownPosition() throws {
    let entries = try places("500000,重庆市,province,,106.5,29.5\n500153,荣昌区,county,500000,,\n")
    #expect(entries[0].position == Position(longitude: 106.5, latitude: 29.5))
    #expect(entries[1].position == nil)
    #expect(entries[1].parent == "500000")
  }

  @Test(
    "a wrong place is refused at its line",
    arguments: [
      ("1,甲,province,,1,1\n1,乙,province,,1,1\n", "卡片 places.csv 第 3 行 code：代码 1 在第 2 行已用过。"),
      ("1,甲,town,,1,1\n", "卡片 places.csv 第 2 行 level：层级应是 province、prefecture、county 或 zone。"),
      ("1,甲,county,2,1,1\n", "卡片 places.csv 第 2 行 parent：上级代码 2 不在表里。"),
      ("1,甲,province,,190,1\n", "卡片 places.csv 第 2 行 longitude：经纬度不完整或不在地球上。"),
      ("1,甲,province,,1,\n", "卡片 places.csv 第 2 行 longitude：经纬度不完整或不在地球上。"),
      ("1,甲,province,,x,1\n", "卡片 places.csv 第 2 行 longitude：“x”不是数字。"),
    ])
  func refuses(rows: String, sentence: String) {
    do {
      _ = try places(rows)
      Issue.record("accepted")
    } catch {
      #expect(error.message.zh == sentence)
    }
  }
}
