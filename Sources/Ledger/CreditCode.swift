/// The unified social credit code of a Chinese legal person. 统一社会信用代码
///
/// Eighteen characters of 0-9 and A-Z without I, O, S, V, Z; the last one checks the others:
/// C18 = 31 − (Σ Cᵢ·3^(i−1) mod 31) mod 31.
/// Source: GB 32100-2015, 5.
public struct CreditCode: Sendable, Hashable {
  /// Eighteen upper-case characters.
  public let text: String

  /// Nil when the length, a character or the check character is wrong.
  public init?(_ text: some StringProtocol) {
    let upper = text.uppercased()
    guard CreditCode.isValid(Array(upper.utf8)) else { return nil }
    self.text = upper
  }

  /// True for eighteen characters of the alphabet with a right check character.
  static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count == 18 else { return false }
    var sum = 0
    var weight = 1
    var position = 0
    for byte in bytes {
      guard let value = value(of: byte) else { return false }
      if position == 17 { return value == (31 - sum % 31) % 31 }
      sum += value * weight
      weight = weight * 3 % 31
      position += 1
    }
    return false
  }

  /// True for what was meant as a credit code: 18 characters, capitals and digits only.
  static func looksLikeOne(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.count == 18
      && bytes.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      }
  }

  private static func value(of byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: return Int(byte) - 0x30
    case 0x61...0x7A: return value(of: byte - 0x20)
    case 0x41...0x5A:
      // I, O, S, V and Z are left out of the alphabet.
      let letter = Int(byte) - 0x41
      let skipped: Int
      switch byte {
      case 0x49, 0x4F, 0x53, 0x56, 0x5A: return nil
      case 0x41..<0x49: skipped = 0
      case 0x4A..<0x4F: skipped = 1
      case 0x50..<0x53: skipped = 2
      case 0x54..<0x56: skipped = 3
      default: skipped = 4
      }
      return 10 + letter - skipped
    default: return nil
    }
  }
}
