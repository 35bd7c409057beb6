import Foundation

/// Archives made byte by byte and uncompressed, so that no outside program is needed.
enum Archives {
  /// A gzip file with stored blocks (RFC 1952).
  static func gzip(_ data: Data) -> Data {
    var file = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    let length = UInt16(data.count)
    file.append(1)
    file.append(littleEndian: length)
    file.append(littleEndian: ~length)
    file.append(data)
    file.append(littleEndian: checksum(data))
    file.append(littleEndian: UInt32(data.count))
    return file
  }

  /// A workbook with one sheet of inline strings.
  static func workbook(_ rows: [[String]]) -> Data {
    let cells = rows.enumerated().map { number, row in
      "<row r=\"\(number + 1)\">"
        + row.map { "<c t=\"inlineStr\"><is><t>\(escape($0))</t></is></c>" }.joined() + "</row>"
    }.joined()
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    let office = "http://schemas.openxmlformats.org"
    return zip([
      (
        "[Content_Types].xml",
        head + "<Types xmlns=\"\(office)/package/2006/content-types\">"
          + "<Default Extension=\"rels\" ContentType="
          + "\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          + "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
      ),
      (
        "_rels/.rels",
        head + "<Relationships xmlns=\"\(office)/package/2006/relationships\">"
          + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument/2006/relationships/"
          + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        head + "<workbook xmlns=\"\(office)/spreadsheetml/2006/main\" xmlns:r="
          + "\"\(office)/officeDocument/2006/relationships\"><sheets>"
          + "<sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        head + "<Relationships xmlns=\"\(office)/package/2006/relationships\">"
          + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument/2006/relationships/"
          + "worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
      ),
      (
        "xl/worksheets/sheet1.xml",
        head + "<worksheet xmlns=\"\(office)/spreadsheetml/2006/main\"><sheetData>\(cells)"
          + "</sheetData></worksheet>"
      ),
    ])
  }

  /// A zip archive with stored members (APPNOTE 6.3).
  private static func zip(_ members: [(name: String, text: String)]) -> Data {
    var file = Data()
    var directory = Data()
    for member in members {
      let data = Data(member.text.utf8)
      let name = Data(member.name.utf8)
      var entry = Data()
      for field: UInt16 in [20, 0x800, 0, 0, 0x21] { entry.append(littleEndian: field) }
      entry.append(littleEndian: checksum(data))
      entry.append(littleEndian: UInt32(data.count))
      entry.append(littleEndian: UInt32(data.count))
      entry.append(littleEndian: UInt16(name.count))
      entry.append(littleEndian: UInt16(0))
      let offset = UInt32(file.count)
      file.append(littleEndian: UInt32(0x0403_4B50))
      file.append(entry)
      file.append(name)
      file.append(data)
      directory.append(littleEndian: UInt32(0x0201_4B50))
      directory.append(littleEndian: UInt16(20))
      directory.append(entry)
      for field: UInt16 in [0, 0, 0] { directory.append(littleEndian: field) }
      directory.append(littleEndian: UInt32(0))
      directory.append(littleEndian: offset)
      directory.append(name)
    }
    let start = UInt32(file.count)
    file.append(directory)
    file.append(littleEndian: UInt32(0x0605_4B50))
    for field: UInt16 in [0, 0, UInt16(members.count), UInt16(members.count)] {
      file.append(littleEndian: field)
    }
    file.append(littleEndian: UInt32(directory.count))
    file.append(littleEndian: start)
    file.append(littleEndian: UInt16(0))
    return file
  }

  /// CRC-32 (ISO 3309), bit by bit.
  private static func checksum(_ data: Data) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in data {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~value
  }

  private static func escape(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

extension Data {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
