import Glibc

/// A firm whose label somebody knows. 标注企业
public struct LabelledFirm: Sendable, Equatable {
  public let firm: FirmText
  /// A segment id or an industry label.
  public let label: String

  public init(firm: FirmText, label: String) {
    self.firm = firm
    self.label = label
  }
}

extension TrainedLinker {
  /// Learns from labelled firms; no rows make a linker that never predicts.
  ///
  /// Complexity: O(n-grams of all rows); some seconds for a hundred thousand firms.
  public init(learning rows: [LabelledFirm], options: TrainingOptions = TrainingOptions()) {
    let labels = Set(rows.map(\.label)).sorted()
    let groupNames = labels.map(Self.group(of:))
    let groups = Set(groupNames).sorted()
    let groupRow = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    let labelRow = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    let group = groupNames.map { Int32(groupRow[$0] ?? 0) }
    let own = rows.map { labelRow[$0.label] ?? 0 }

    var reader = TextFeatures(options: options)
    var read: [(keys: [UInt64], weights: [Float])] = []
    var frequency: [UInt64: Int] = [:]
    for row in rows {
      reader.read(row.firm)
      read.append((reader.keys, reader.weights))
      for key in reader.keys { frequency[key, default: 0] += 1 }
    }
    let keys = frequency.keys.sorted()
    let index = KeyIndex(keys: keys)
    let inverse = keys.map { log(Float(1 + rows.count) / Float(1 + (frequency[$0] ?? 0))) + 1 }
    let vectors = read.map { text in
      Self.vector(keys: text.keys, weights: text.weights, index: index, all: keys, inverse)
    }
    let sums = LabelSums(
      vectors: vectors, own: own, group: group, labels: labels.count, groups: groups.count,
      features: keys.count)

    self.options = options
    self.labels = labels
    self.group = group
    groupCount = groups.count
    self.keys = keys
    inverseFrequency = inverse
    self.index = index
    offset = sums.offset
    entryLabel = sums.entryLabel
    entryValue = sums.entryValue
    support = sums.count
    let factors = labels.indices.map {
      sums.factors(of: $0, strength: Float(options.groupStrength), leaving: nil, own: 0, group: 0)
    }
    ownFactor = factors.map(\.own)
    groupFactor = factors.map(\.group)
    sharpness = 1
    sharpness = sums.fitSharpness(
      vectors: vectors, own: own, strength: Float(options.groupStrength))
  }

  /// The part of a label that its relatives share: 720902 → 7209, pcb.laminate → pcb.
  static func group(of label: String) -> String {
    if let dot = label.lastIndex(of: ".") { return String(label[..<dot]) }
    if label.utf8.count >= 4, label.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return String(label.dropLast(2))
    }
    return label
  }

  private static func vector(
    keys: [UInt64], weights: [Float], index: KeyIndex, all: [UInt64], _ inverse: [Float]
  ) -> [(feature: Int32, value: Float)] {
    var vector: [(feature: Int32, value: Float)] = []
    var length: Float = 0
    for (key, weight) in zip(keys, weights) {
      guard let row = index.row(of: key, in: all) else { continue }
      let value = weight * inverse[row]
      length += value * value
      vector.append((Int32(row), value))
    }
    let scale = length > 0 ? 1 / length.squareRoot() : 0
    for row in vector.indices { vector[row].value *= scale }
    return vector
  }
}

/// The summed vectors of each label, and the products of sums that lengths are made of.
private struct LabelSums {
  typealias Vector = [(feature: Int32, value: Float)]
  let group: [Int32]
  var offset: [Int32] = [0]
  var entryLabel: [Int32] = []
  var entryValue: [Float] = []
  /// Firms of each label and of each group.
  var count: [Int32]
  private var groupFirms: [Int32]
  /// |sum of label|², |sum of group|², and their product.
  private var ownSquare: [Float]
  private var groupSquare: [Float]
  private var cross: [Float]

  init(
    vectors: [Vector], own: [Int], group: [Int32], labels: Int, groups: Int, features: Int
  ) {
    self.group = group
    count = [Int32](repeating: 0, count: labels)
    groupFirms = [Int32](repeating: 0, count: groups)
    ownSquare = [Float](repeating: 0, count: labels)
    cross = ownSquare
    groupSquare = [Float](repeating: 0, count: groups)
    for label in own {
      count[label] += 1
      groupFirms[Int(group[label])] += 1
    }
    // Postings by feature, each ascending by row, hence summed in row order.
    var perFeature = [[(Int32, Float)]](repeating: [], count: features)
    for (row, vector) in vectors.enumerated() {
      for item in vector { perFeature[Int(item.feature)].append((Int32(own[row]), item.value)) }
    }
    var ownPart = [Float](repeating: 0, count: labels)
    var groupPart = [Float](repeating: 0, count: groups)
    for postings in perFeature {
      let touched = Set(postings.map(\.0)).sorted()
      for (label, value) in postings {
        ownPart[Int(label)] += value
        groupPart[Int(group[Int(label)])] += value
      }
      for label in touched.map(Int.init) {
        entryLabel.append(Int32(label))
        entryValue.append(ownPart[label])
        ownSquare[label] += ownPart[label] * ownPart[label]
        cross[label] += ownPart[label] * groupPart[Int(group[label])]
      }
      for touchedGroup in Set(touched.map { Int(group[Int($0)]) }).sorted() {
        groupSquare[touchedGroup] += groupPart[touchedGroup] * groupPart[touchedGroup]
        groupPart[touchedGroup] = 0
      }
      for label in touched { ownPart[Int(label)] = 0 }
      offset.append(Int32(entryLabel.count))
    }
  }

  /// What own sum and group sum count in the cosine with a label, optionally without one firm.
  ///
  /// - Parameters leaving: the label of the firm left out; `own`, `group`: its products with the
  ///   sums of `label` and its group.
  func factors(of label: Int, strength: Float, leaving: Int?, own: Float, group dotGroup: Float)
    -> (own: Float, group: Float)
  {
    let family = Int(group[label])
    var firms = Float(count[label])
    var relatives = Float(groupFirms[family])
    var ownSquare = ownSquare[label]
    var groupSquare = groupSquare[family]
    var cross = cross[label]
    if let leaving, Int(group[leaving]) == family {
      if leaving == label {
        cross += 1 - own - dotGroup
        ownSquare += 1 - 2 * own
        firms -= 1
      } else {
        cross -= own
      }
      groupSquare += 1 - 2 * dotGroup
      relatives -= 1
    }
    let share = strength / max(1e-6, firms + strength)
    let ownPart = firms > 0 ? (1 - share) / firms : 0
    let groupPart = relatives > 0 ? share / relatives : 0
    let square =
      ownPart * ownPart * ownSquare + 2 * ownPart * groupPart * cross
      + groupPart * groupPart * groupSquare
    guard square > 1e-10 else { return (0, 0) }
    let length = square.squareRoot()
    return (ownPart / length, groupPart / length)
  }

  /// The sharpness that gives left-one-out probabilities the highest likelihood.
  func fitSharpness(vectors: [Vector], own: [Int], strength: Float) -> Float {
    var scores: [[Float]] = []
    var truth: [Int] = []
    // Two thousand firms, evenly spread, settle one number.
    let step = max(1, vectors.count / 2_000)
    for row in stride(from: 0, to: vectors.count, by: step) where count[own[row]] > 1 {
      scores.append(leftOneOut(vectors[row], own: own[row], strength: strength))
      truth.append(own[row])
    }
    if truth.isEmpty { return 10 }
    func loss(_ sharpness: Float) -> Double {
      var sum = 0.0
      for (row, want) in zip(scores, truth) {
        var total: Float = 0
        for score in row { total += exp(sharpness * (score - row[want])) }
        sum += Double(log(total))
      }
      return sum
    }
    var (low, high): (Float, Float) = (1, 80)
    for _ in 0..<18 {
      let left = low + (high - low) * 0.382
      let right = low + (high - low) * 0.618
      if loss(left) <= loss(right) { high = right } else { low = left }
    }
    return (low + high) / 2
  }

  private func leftOneOut(_ vector: Vector, own: Int, strength: Float) -> [Float] {
    var dots = [Float](repeating: 0, count: count.count)
    var groupDots = [Float](repeating: 0, count: groupFirms.count)
    for item in vector {
      for entry in Int(offset[Int(item.feature)])..<Int(offset[Int(item.feature) + 1]) {
        dots[Int(entryLabel[entry])] += item.value * entryValue[entry]
      }
    }
    for label in dots.indices { groupDots[Int(group[label])] += dots[label] }
    return dots.indices.map { label in
      let dotGroup = groupDots[Int(group[label])]
      let factor = factors(
        of: label, strength: strength, leaving: own, own: dots[label], group: dotGroup)
      let related = group[own] == group[label]
      return factor.own * (dots[label] - (label == own ? 1 : 0))
        + factor.group * (dotGroup - (related ? 1 : 0))
    }
  }
}
