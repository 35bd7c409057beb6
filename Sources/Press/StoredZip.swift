/// A ZIP archive of uncompressed files: enough for the small parts of an office document. 压缩包
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16; CRC-32 of ISO 3309. Every file is
/// dated 1980-01-01, so that the same parts give the same bytes.
struct StoredZip {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  mutating func add(_ name: String, _ text: String) {
    let data = Array(text.utf8)
    let nameBytes = Array(name.utf8)
    let offset = UInt32(body.count)
    var common: [UInt8] = []
    // Version 2.0, UTF-8 names, stored, 1980-01-01.
    append16([20, 0x0800, 0, 0, 0x0021], to: &common)
    append32([StoredZip.checksum(data), UInt32(data.count), UInt32(data.count)], to: &common)
    append16([UInt16(nameBytes.count), 0], to: &common)
    append32([0x0403_4B50], to: &body)
    body += common + nameBytes + data
    append32([0x0201_4B50], to: &directory)
    append16([20], to: &directory)
    directory += common
    append16([0, 0, 0], to: &directory)
    append32([0, offset], to: &directory)
    directory += nameBytes
    count += 1
  }

  func finished() -> [UInt8] {
    var out = body + directory
    append32([0x0605_4B50], to: &out)
    append16([0, 0, count, count], to: &out)
    append32([UInt32(directory.count), UInt32(body.count)], to: &out)
    append16([0], to: &out)
    return out
  }

  private func append16(_ values: [UInt16], to out: inout [UInt8]) {
    for value in values { out += [UInt8(value & 0xFF), UInt8(value >> 8)] }
  }

  private func append32(_ values: [UInt32], to out: inout [UInt8]) {
    for value in values {
      out += (0..<4).map { UInt8((value >> (8 * UInt32($0))) & 0xFF) }
    }
  }

  static func checksum(_ data: [UInt8]) -> UInt32 {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in data {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? (remainder >> 1) ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    return ~remainder
  }
}
