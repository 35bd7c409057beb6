/// Which firms may bear a key, answered from memory. 键表
///
/// Exact for keys of 64 bits; whether two texts of one key are the same text, only the table knows.
/// Memory: sixteen bytes a slot, of which at most two thirds are taken; a look costs O(1) and as many
/// steps more as firms share the key.
struct KeyFilter {
  /// A key and a firm that bears it; firm 0 marks an empty slot.
  private struct Slot {
    var key: UInt64 = 0
    var firm: UInt32 = 0
  }

  /// Open addressing: a key stands at its own place or in the first empty slot behind it.
  private var slots: [Slot]
  private var count = 0

  /// - Parameter capacity: how many keys will likely be put in; more make it grow.
  init(capacity: Int) {
    var size = 1 << 10
    while size * 2 < capacity * 3 { size <<= 1 }
    slots = [Slot](repeating: Slot(), count: size)
  }

  /// - Parameter most: of the firms that share the key only so many are kept, the first ones.
  mutating func insert(_ key: UInt64, firm: UInt32, most: Int = .max) {
    if count * 3 >= slots.count * 2 { grow() }
    var place = start(of: key)
    var namesakes = 0
    while slots[place].firm != 0 {
      if slots[place].key == key { namesakes += 1 }
      if namesakes == most { return }
      place = (place + 1) & (slots.count - 1)
    }
    slots[place] = Slot(key: key, firm: firm)
    count += 1
  }

  /// The firms that were put in with `key`, in the order in which they were.
  func firms(of key: UInt64) -> [Int64] {
    var found: [Int64] = []
    var place = start(of: key)
    while slots[place].firm != 0 {
      if slots[place].key == key { found.append(Int64(slots[place].firm)) }
      place = (place + 1) & (slots.count - 1)
    }
    return found
  }

  /// Looks at the place of a key only, so that it is near when it is asked for.
  func approach(_ key: UInt64) -> UInt32 { slots[start(of: key)].firm }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    // From behind an empty slot, so that firms that share a key stay in their order.
    guard let gap = old.firstIndex(where: { $0.firm == 0 }) else { return }
    for step in 1...old.count {
      let slot = old[(gap + step) & (old.count - 1)]
      guard slot.firm != 0 else { continue }
      var place = start(of: slot.key)
      while slots[place].firm != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }

  private func start(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: KeyFilter.mixed(key)) & (slots.count - 1)
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
