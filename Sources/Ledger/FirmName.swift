/// A firm's name reduced to what tells firms apart. 企业名归一
enum FirmName {
  /// A 64-bit key of the name: blanks and brackets dropped, full width folded, case ignored.
  ///
  /// The hash is FNV-1a; a collision would need 2³² firms to become likely.
  static func key(_ name: some Sequence<UInt8>) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) {
      hash ^= UInt64(byte)
      hash = hash &* 0x100_0000_01B3
    }
    var first: UInt8 = 0
    var second: UInt8 = 0
    var state = 0
    for byte in name {
      if state == 0 {
        switch byte {
        case 0x41...0x5A: add(byte + 0x20)
        case 0...0x20, 0x28, 0x29, 0x5B, 0x5D, 0x7F: continue
        case 0xEF, 0xE3:
          first = byte
          state = 1
        default: add(byte)
        }
      } else if state == 1 {
        second = byte
        state = 2
      } else {
        state = 0
        if first == 0xEF, second == 0xBC || second == 0xBD {
          // U+FF01 to U+FF5E are ASCII at full width.
          let scalar = second == 0xBC ? Int(byte) - 0x80 + 0x20 : Int(byte) - 0x80 + 0x60
          if scalar == 0x28 || scalar == 0x29 || scalar == 0x3B || scalar == 0x3D { continue }
          add(
            scalar >= 0x41 && scalar <= 0x5A
              ? UInt8(scalar + 0x20) : UInt8(truncatingIfNeeded: scalar))
        } else if first == 0xE3, second == 0x80, byte == 0x80 || (0x90...0x95).contains(byte) {
          continue
        } else {
          add(first)
          add(second)
          add(byte)
        }
      }
    }
    return Int64(bitPattern: hash)
  }

  /// The key of a text.
  static func key(_ name: String) -> Int64 { key(name.utf8) }

  /// A stock code as kept: six digits without exchange, or the code of another market as it is.
  static func stockCode(_ text: String) -> String? {
    var code = text.uppercased().filter { !$0.isWhitespace }
    for mark in ["SH", "SZ", "BJ"] {
      if code.hasSuffix("." + mark) { code = String(code.dropLast(3)) }
      if code.hasSuffix(mark) { code = String(code.dropLast(2)) }
      if code.hasPrefix(mark) { code = String(code.dropFirst(2)) }
      if code.hasPrefix(".") { code = String(code.dropFirst()) }
    }
    guard !code.isEmpty, code.count <= 12,
      code.utf8.allSatisfy({
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2E || $0 == 0x2D
      })
    else { return nil }
    if code.utf8.allSatisfy({ (0x30...0x39).contains($0) }), code.count <= 6 {
      return String(repeating: "0", count: 6 - code.count) + code
    }
    return code
  }
}
