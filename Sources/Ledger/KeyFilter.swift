/// Says of most keys that they were never put in, without a look at the table. 布隆过滤器
///
/// A key that was put in is always found; one that was not is found one time in a hundred or so, and
/// the caller then asks the table. Memory: twelve bits a key.
/// Source: Bloom 1970, with the two hashes of Kirsch and Mitzenmacher 2006.
struct KeyFilter {
  private var words: [UInt64]
  private let mask: UInt64

  /// - Parameter capacity: how many keys will be put in; more make it say "maybe" more often.
  init(capacity: Int) {
    var bits: UInt64 = 1 << 12
    while bits < UInt64(capacity) * 12 { bits <<= 1 }
    words = [UInt64](repeating: 0, count: Int(bits / 64))
    mask = bits - 1
  }

  mutating func insert(_ key: UInt64) {
    let (first, step) = KeyFilter.hashes(key)
    for turn in 0..<6 as Range<UInt64> {
      let bit = (first &+ turn &* step) & mask
      words[Int(bit >> 6)] |= 1 << (bit & 63)
    }
  }

  func mayContain(_ key: UInt64) -> Bool {
    let (first, step) = KeyFilter.hashes(key)
    for turn in 0..<6 as Range<UInt64> {
      let bit = (first &+ turn &* step) & mask
      if words[Int(bit >> 6)] & 1 << (bit & 63) == 0 { return false }
    }
    return true
  }

  /// The mixing of splitmix64 (Steele, Lea and Flood 2014), twice.
  private static func hashes(_ key: UInt64) -> (UInt64, UInt64) {
    func mixed(_ value: UInt64) -> UInt64 {
      var z = value &+ 0x9E37_79B9_7F4A_7C15
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
    let first = mixed(key)
    return (first, mixed(first) | 1)
  }

  /// FNV-1a of the bytes of a text.
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
