/// Finds the rows of a registry that may be one firm with another row, before any two are
/// compared. 同一企业初筛
///
/// Two rows may be one firm when they share core name and place and one of them has no credit code,
/// or when they share the whole name and one of them has no place: two codes are two firms. Rows
/// that open a comparison are told first, by what they lack; a registry without such a row needs no
/// name read. Rows are known by their order and held as two hashes: equal hashes of different names
/// only cost a comparison.
public struct SameFirmSieve: Sendable {
  private let reader: FirmNameReader
  private var places: Set<String> = []
  private var opensWithoutPlace = false
  private var parts = FirmNameParts()
  /// The hash of the whole name, its last bit set where the place is not known.
  private var whole: [UInt64] = []
  /// The hash of core name and place, its last bit set where a code is known; 0 for rows that can
  /// share neither.
  private var seated: [UInt64] = []

  public init(reader: FirmNameReader) { self.reader = reader }

  /// Tells of a row that lacks its credit code, its place or both.
  public mutating func open(place: String?, hasCode: Bool) {
    if let place {
      if !hasCode { places.insert(place) }
    } else {
      opensWithoutPlace = true
    }
  }

  /// True when no row opens a comparison.
  public var isIdle: Bool { places.isEmpty && !opensWithoutPlace }

  /// True when rows all over the nation open a comparison, so that nearly every name is read.
  public var readsMostNames: Bool { opensWithoutPlace || places.count > 500 }

  /// True when the name of a row at this place will be looked at.
  public func readsName(at place: String?) -> Bool {
    opensWithoutPlace || place.map(places.contains) ?? false
  }

  /// Takes the next row, after all rows that open a comparison were told.
  public mutating func add(name: String, place: String?, hasCode: Bool) {
    if let place, places.contains(place) {
      reader.take(name, apart: &parts)
      var hash = Self.hash(parts.core.isEmpty ? parts.whole[...] : parts.core)
      Self.extend(&hash, 0x7C)
      for byte in place.utf8 { Self.extend(&hash, UInt16(byte)) }
      seated.append(max(hash & ~1, 2) | (hasCode ? 1 : 0))
    } else {
      if opensWithoutPlace { reader.fold(name, into: &parts) }
      seated.append(0)
    }
    if opensWithoutPlace {
      whole.append(Self.hash(parts.whole[...]) & ~1 | (place == nil ? 1 : 0))
    }
  }

  /// Rows to be compared, ascending.
  public func candidates() -> [Int] {
    let seats = Self.repeated(seated.lazy.filter { $0 != 0 }) { $0 & 1 == 0 }
    let names = Self.repeated(whole) { $0 & 1 == 1 }
    return seated.indices.filter { row in
      (seated[row] != 0 && seats.contains(seated[row] | 1))
        || (opensWithoutPlace && names.contains(whole[row] | 1))
    }
  }

  /// The keys, their mark set, that occur twice or more, at least once in a row that opens.
  private static func repeated(
    _ keys: some Sequence<UInt64>, when opens: (UInt64) -> Bool
  ) -> Set<UInt64> {
    var counts: [UInt64: Int] = [:]
    for key in keys where opens(key) { counts[key | 1] = 0 }
    for key in keys {
      if let count = counts[key | 1] { counts[key | 1] = count + 1 }
    }
    return Set(counts.filter { $0.value > 1 }.keys)
  }

  private static func hash(_ units: ArraySlice<UInt16>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for unit in units { extend(&hash, unit) }
    return hash
  }

  /// FNV-1a by units.
  @inline(__always)
  private static func extend(_ hash: inout UInt64, _ unit: UInt16) {
    hash = (hash ^ UInt64(unit)) &* 0x100_0000_01B3
  }
}
