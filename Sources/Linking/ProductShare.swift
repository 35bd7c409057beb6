/// How much of a firm a link is about, by the firm's own list of products: one of ten products is
/// taken as a tenth of the firm. 产品占比
///
/// The list is read once for all links of a firm; the memory is kept from firm to firm.
public struct ProductShare: Sendable {
  private struct Item {
    var units: Range<Int>
    var isPlain: Bool
  }

  private let normaliser = Normaliser()
  private var units: [UInt16] = []
  private var items: [Item] = []
  private var words: [UInt16] = []

  public init() {}

  /// Reads the list of a firm: its products, or its main business where it names none.
  public mutating func read(_ firm: FirmText) {
    units.removeAll(keepingCapacity: true)
    items.removeAll(keepingCapacity: true)
    let text = firm.products.isEmpty ? firm.mainBusiness : firm.products
    let bytes = text.utf8
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      let next = text.index(after: index)
      if Self.maySeparate(bytes[index]), Self.separators.contains(text[index]) {
        append(text[start..<index])
        start = next
      }
      index = next
    }
    append(text[start...])
  }

  /// The share of the list's members in which words of the link stand, a member at least by half;
  /// nil where the firm lists fewer than two.
  public mutating func share(of link: Link) -> Double? {
    guard items.count > 1 else { return nil }
    var named = [Bool](repeating: false, count: items.count)
    for evidence in link.evidence where evidence.kind == .alias || evidence.kind == .keyword {
      words.removeAll(keepingCapacity: true)
      words.append(contentsOf: evidence.words.utf16)
      let isPlain = words.allSatisfy(Self.isPlain)
      for (row, item) in items.enumerated() where !named[row] {
        named[row] =
          isPlain && item.isPlain
          ? contains(item.units)
          : String(decoding: units[item.units], as: UTF16.self).contains(evidence.words)
      }
    }
    return max(Double(named.count { $0 }), 0.5) / Double(items.count)
  }

  private mutating func append(_ part: Substring) {
    let first = units.count
    normaliser.append(part, to: &units)
    if units.count == first { return }
    items.append(
      Item(units: first..<units.count, isPlain: units[first...].allSatisfy(Self.isPlain)))
  }

  /// True when the words stand in a member of the list.
  private func contains(_ range: Range<Int>) -> Bool {
    guard let first = words.first else { return true }
    var start = range.lowerBound
    while start + words.count <= range.upperBound {
      if units[start] == first, units[start..<(start + words.count)].elementsEqual(words) {
        return true
      }
      start += 1
    }
    return false
  }

  private static let separators: Set<Character> = ["、", ",", "，", ";", "；", "/", "\n"]

  /// True for the first bytes of the separators and of what Unicode holds equal to them.
  @inline(__always)
  private static func maySeparate(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, 0x2C, 0x2F, 0x3B, 0xCD, 0xE3, 0xEF: true
    default: false
    }
  }

  /// True for units that are always a character of their own, equal to no other: of a text of these
  /// the units can be compared. Other texts are compared by character.
  @inline(__always)
  private static func isPlain(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x20...0x7E, 0x4E00...0x9FFF, 0x3001...0x3011, 0x3041...0x3096, 0x30A1...0x30FC: true
    default: false
    }
  }
}
