import Glibc

/// What was learned from labelled firms: which label a text sounds like. 已训练的挂链器
///
/// Rule: texts are vectors of character n-grams weighted by inverse document frequency and of
/// length one; a label is the mean of its firms, with `groupStrength` firms' worth of the mean of
/// its group mixed in; the score is the cosine, and a softmax of it, with a sharpness fitted on
/// left-one-out scores, is the probability. Groups come from the labels: 720902 is in 7209,
/// pcb.laminate in pcb. The same rows give the same value, to the bit, everywhere.
///
/// Shapes: the entries of feature `f` are `offset[f]..<offset[f + 1]` of `entryLabel`, `entryValue`.
public struct TrainedLinker: Sendable, Equatable {
  public internal(set) var options: TrainingOptions
  /// Ascending.
  public internal(set) var labels: [String]
  /// Firms of each label in the training rows.
  public internal(set) var support: [Int32]
  var group: [Int32]
  var groupCount: Int
  /// Keys of the features, ascending.
  var keys: [UInt64]
  var inverseFrequency: [Float]
  var offset: [Int32]
  var entryLabel: [Int32]
  var entryValue: [Float]
  /// What the label's own sum and its group's sum count in the score.
  var ownFactor: [Float]
  var groupFactor: [Float]
  var sharpness: Float
  /// Finds the row of a key; derived from `keys`.
  var index: KeyIndex

  /// A label and how probable it is.
  public struct Prediction: Sendable, Equatable {
    public let label: String
    public let probability: Double
  }

  /// The most probable labels, best first, ties by label; empty when no word was ever seen.
  public func predictions(for firm: FirmText, top: Int) -> [Prediction] {
    var scratch = TrainedScratch(options: options)
    return predictions(for: firm, top: top, using: &scratch)
  }

  /// The same for many firms in turn. Complexity: O(entries of the text's features).
  public func predictions(for firm: FirmText, top: Int, using scratch: inout TrainedScratch)
    -> [Prediction]
  {
    guard score(firm, &scratch) else { return [] }
    let best = scratch.best(top)
    var total: Float = 0
    let highest = best.first.map { scratch.scores[$0] } ?? 0
    for score in scratch.scores { total += exp(sharpness * (score - highest)) }
    return best.map {
      Prediction(
        label: labels[$0],
        probability: Double(exp(sharpness * (scratch.scores[$0] - highest)) / total))
    }
  }

  /// Fills `scratch.scores`; false when the text has no known feature.
  func score(_ firm: FirmText, _ scratch: inout TrainedScratch) -> Bool {
    scratch.reader.scan(firm)
    scratch.begin(features: keys.count)
    for key in scratch.reader.occurrences {
      if let row = index.row(of: key, in: keys) { scratch.count(row, 1) }
    }
    for key in scratch.reader.labelKeys {
      if let row = index.row(of: key, in: keys) {
        scratch.count(row, Float(options.industryWeight), dampened: false)
      }
    }
    var length: Float = 0
    for place in scratch.rows.indices {
      let row = Int(scratch.rows[place].0)
      let value = scratch.takeWeight(place) * inverseFrequency[row]
      length += value * value
      scratch.rows[place].1 = value
    }
    if scratch.rows.isEmpty { return false }
    let scale = 1 / length.squareRoot()
    scratch.clear(labels: labels.count, groups: groupCount)
    scratch.own.withUnsafeMutableBufferPointer { own in
      entryLabel.withUnsafeBufferPointer { entryLabel in
        entryValue.withUnsafeBufferPointer { entryValue in
          for (row, value) in scratch.rows {
            let value = value * scale
            for entry in Int(offset[Int(row)])..<Int(offset[Int(row) + 1]) {
              own[Int(entryLabel[entry])] += value * entryValue[entry]
            }
          }
        }
      }
    }
    for label in labels.indices { scratch.groups[Int(group[label])] += scratch.own[label] }
    for label in labels.indices {
      scratch.scores[label] =
        ownFactor[label] * scratch.own[label]
        + groupFactor[label] * scratch.groups[Int(group[label])]
    }
    return true
  }
}

/// Memory that a trained linker keeps from firm to firm.
public struct TrainedScratch: Sendable {
  var reader: TextFeatures
  /// Features of the text in order of first sight, and their values.
  var rows: [(Int32, Float)] = []
  private var counts: [Float] = []
  /// Place in `rows` from which industry labels stand; they are not dampened.
  private var firstLabel = Int.max
  var own: [Float] = []
  var groups: [Float] = []
  var scores: [Float] = []

  public init(options: TrainingOptions) { reader = TextFeatures(options: options) }

  mutating func begin(features: Int) {
    if counts.count != features { counts = [Float](repeating: 0, count: features) }
    rows.removeAll(keepingCapacity: true)
    firstLabel = Int.max
  }

  mutating func count(_ row: Int, _ weight: Float, dampened: Bool = true) {
    if !dampened { firstLabel = min(firstLabel, rows.count) }
    if counts[row] == 0 { rows.append((Int32(row), 0)) }
    counts[row] += weight
  }

  /// The weight of a feature of this text; its counter is free again.
  mutating func takeWeight(_ place: Int) -> Float {
    let row = Int(rows[place].0)
    defer { counts[row] = 0 }
    return place < firstLabel ? TextFeatures.dampened(counts[row]) : counts[row]
  }

  mutating func clear(labels: Int, groups groupCount: Int) {
    if own.count != labels { scores = [Float](repeating: 0, count: labels) }
    own.removeAll(keepingCapacity: true)
    own.append(contentsOf: repeatElement(0, count: labels))
    groups.removeAll(keepingCapacity: true)
    groups.append(contentsOf: repeatElement(0, count: groupCount))
  }

  /// Rows of the highest scores, best first, ties by row.
  func best(_ count: Int) -> [Int] {
    var best: [Int] = []
    for (row, score) in scores.enumerated() {
      if best.count == count, let last = best.last, scores[last] >= score { continue }
      let place = best.firstIndex { scores[$0] < score } ?? best.count
      best.insert(row, at: place)
      if best.count > count { best.removeLast() }
    }
    return best
  }
}

/// Open addressing over keys that live elsewhere.
struct KeyIndex: Sendable, Equatable {
  private var slots: [Int32]
  private let mask: Int

  init(keys: [UInt64]) {
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    for (row, key) in keys.enumerated() {
      var slot = Self.hash(key) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(row)
    }
  }

  @inline(__always)
  func row(of key: UInt64, in keys: [UInt64]) -> Int? {
    var slot = Self.hash(key) & mask
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      if keys[row] == key { return row }
      slot = (slot + 1) & mask
    }
    return nil
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }
}
