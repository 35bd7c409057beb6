/// Which firms may bear a key, answered from memory. 键表
///
/// Exact for keys of 64 bits; whether two texts of one key are the same text, only the table knows.
/// Memory: twelve bytes a slot, of which at most two thirds are taken; a look costs O(1) and as many
/// steps more as firms share the key.
struct KeyFilter {
  /// Keys and the firms that bear them, by open addressing; firm 0 marks an empty slot.
  private var keys: [UInt64]
  private var firms: [UInt32]
  private var count = 0

  /// - Parameter capacity: how many keys will likely be put in; more make it grow.
  init(capacity: Int) {
    var slots = 1 << 10
    while slots * 2 < capacity * 3 { slots <<= 1 }
    keys = [UInt64](repeating: 0, count: slots)
    firms = [UInt32](repeating: 0, count: slots)
  }

  /// - Parameter most: of the firms that share the key only so many are kept, the first ones.
  mutating func insert(_ key: UInt64, firm: UInt32, most: Int = .max) {
    if count * 3 >= keys.count * 2 { grow() }
    var slot = start(of: key)
    var namesakes = 0
    while firms[slot] != 0 {
      if keys[slot] == key { namesakes += 1 }
      if namesakes == most { return }
      slot = (slot + 1) & (keys.count - 1)
    }
    keys[slot] = key
    firms[slot] = firm
    count += 1
  }

  /// The firms that were put in with `key`, in the order in which they were.
  func firms(of key: UInt64) -> [Int64] {
    var found: [Int64] = []
    var slot = start(of: key)
    while firms[slot] != 0 {
      if keys[slot] == key { found.append(Int64(firms[slot])) }
      slot = (slot + 1) & (keys.count - 1)
    }
    return found
  }

  private mutating func grow() {
    let (oldKeys, oldFirms) = (keys, firms)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    firms = [UInt32](repeating: 0, count: oldKeys.count * 2)
    // From behind an empty slot, so that firms that share a key stay in their order.
    guard let gap = oldFirms.firstIndex(of: 0) else { return }
    for step in 1...oldKeys.count {
      let old = (gap + step) & (oldKeys.count - 1)
      guard oldFirms[old] != 0 else { continue }
      var slot = start(of: oldKeys[old])
      while firms[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
      keys[slot] = oldKeys[old]
      firms[slot] = oldFirms[old]
    }
  }

  private func start(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: KeyFilter.mixed(key)) & (keys.count - 1)
  }

  /// The mixing of splitmix64 (Steele, Lea and Flood 2014).
  private static func mixed(_ key: UInt64) -> UInt64 {
    var z = key &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// FNV-1a of the bytes of a text.
  static func key(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
