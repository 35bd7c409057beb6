import Atlas

/// Why bytes are not a trained linker. 学习卡错误
public enum TrainedLinkerError: Error, Sendable, Equatable {
  case notALinker
  case newerVersion(Int)
  case cutShort
  case inconsistent

  /// What is wrong and what to do.
  public var message: Phrase {
    switch self {
    case .notALinker:
      Phrase(
        zh: "不是补链的学习卡：请用 link --train 重新训练。",
        en: "not a trained linker of Bulian: train again with link --train.")
    case .newerVersion(let version):
      Phrase(
        zh: "学习卡版本 \(version) 比本程序新：请升级程序或重新训练。",
        en:
          "the trained linker has version \(version), newer than this program: upgrade or train again."
      )
    case .cutShort:
      Phrase(zh: "学习卡不完整：请重新训练。", en: "the trained linker is cut short: train again.")
    case .inconsistent:
      Phrase(zh: "学习卡内容前后矛盾：请重新训练。", en: "the trained linker contradicts itself: train again.")
    }
  }
}

extension TrainedLinker {
  private static let magic: [UInt8] = Array("BLTL".utf8)
  private static let version = 1

  /// The linker as bytes, little-endian; equal linkers give equal bytes.
  public var bytes: [UInt8] {
    var out = ByteWriter()
    out.bytes += Self.magic
    out.add(UInt32(Self.version))
    out.add(UInt32(options.longestGram))
    out.add(UInt32((options.readsName ? 1 : 0) | (options.readsScope ? 2 : 0)))
    out.add(options.industryWeight.bitPattern)
    out.add(options.groupStrength.bitPattern)
    out.add(UInt32(groupCount))
    out.add(sharpness.bitPattern)
    out.add(UInt32(labels.count))
    for row in labels.indices {
      let name = Array(labels[row].utf8)
      out.add(UInt32(name.count))
      out.bytes += name
      out.add(UInt32(bitPattern: support[row]))
      out.add(UInt32(bitPattern: group[row]))
      out.add(ownFactor[row].bitPattern)
      out.add(groupFactor[row].bitPattern)
    }
    out.add(UInt32(keys.count))
    for row in keys.indices {
      out.add(keys[row])
      out.add(inverseFrequency[row].bitPattern)
      out.add(UInt32(bitPattern: offset[row + 1] - offset[row]))
    }
    out.add(UInt32(entryLabel.count))
    for entry in entryLabel.indices {
      out.add(UInt32(bitPattern: entryLabel[entry]))
      out.add(entryValue[entry].bitPattern)
    }
    return out.bytes
  }

  /// Reads what `bytes` wrote.
  ///
  /// - Throws: when the bytes are of another kind, newer, cut short or inconsistent.
  public init(bytes: [UInt8]) throws(TrainedLinkerError) {
    var input = ByteReader(bytes: bytes)
    guard bytes.starts(with: Self.magic) else { throw .notALinker }
    input.cursor = Self.magic.count
    let version = try input.word()
    guard version == Self.version else { throw .newerVersion(Int(version)) }
    var options = TrainingOptions()
    options.longestGram = Int(try input.word())
    guard (1...3).contains(options.longestGram) else { throw .inconsistent }
    let reads = try input.word()
    options.readsName = reads & 1 != 0
    options.readsScope = reads & 2 != 0
    options.industryWeight = Double(bitPattern: try input.long())
    options.groupStrength = Double(bitPattern: try input.long())
    self.options = options
    groupCount = Int(try input.word())
    sharpness = Float(bitPattern: try input.word())
    (labels, support, group, ownFactor, groupFactor) = ([], [], [], [], [])
    for _ in 0..<(try input.count(atLeast: 20)) {
      labels.append(try input.text())
      support.append(Int32(bitPattern: try input.word()))
      group.append(Int32(bitPattern: try input.word()))
      ownFactor.append(Float(bitPattern: try input.word()))
      groupFactor.append(Float(bitPattern: try input.word()))
    }
    (keys, inverseFrequency, offset) = ([], [], [0])
    for _ in 0..<(try input.count(atLeast: 16)) {
      keys.append(try input.long())
      inverseFrequency.append(Float(bitPattern: try input.word()))
      let entries = Int32(bitPattern: try input.word())
      guard entries >= 0, let last = offset.last, last <= Int32.max - entries else {
        throw .inconsistent
      }
      offset.append(last + entries)
    }
    (entryLabel, entryValue) = ([], [])
    for _ in 0..<(try input.count(atLeast: 8)) {
      entryLabel.append(Int32(bitPattern: try input.word()))
      entryValue.append(Float(bitPattern: try input.word()))
    }
    index = KeyIndex(keys: keys)
    let labelCount = Int32(labels.count)
    let groups = Int32(clamping: groupCount)
    guard input.cursor == bytes.count, Int(offset.last ?? 0) == entryLabel.count,
      entryLabel.allSatisfy({ $0 >= 0 && $0 < labelCount }),
      group.allSatisfy({ $0 >= 0 && $0 < groups }), groupCount <= labels.count,
      zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .inconsistent }
  }
}

private struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func add<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
    }
  }
}

private struct ByteReader {
  let bytes: [UInt8]
  var cursor = 0

  mutating func word() throws(TrainedLinkerError) -> UInt32 {
    UInt32(truncatingIfNeeded: try integer(bytes: 4))
  }

  mutating func long() throws(TrainedLinkerError) -> UInt64 { try integer(bytes: 8) }

  /// A count of things that take at least so many bytes each, hence cannot promise more than is left.
  mutating func count(atLeast size: Int) throws(TrainedLinkerError) -> Int {
    let count = Int(try word())
    guard count <= (bytes.count - cursor) / size else { throw .cutShort }
    return count
  }

  mutating func text() throws(TrainedLinkerError) -> String {
    let count = Int(try word())
    guard count <= bytes.count - cursor else { throw .cutShort }
    defer { cursor += count }
    return String(decoding: bytes[cursor..<cursor + count], as: UTF8.self)
  }

  private mutating func integer(bytes size: Int) throws(TrainedLinkerError) -> UInt64 {
    guard size <= bytes.count - cursor else { throw .cutShort }
    var value: UInt64 = 0
    for place in (0..<size).reversed() { value = value << 8 | UInt64(bytes[cursor + place]) }
    cursor += size
    return value
  }
}
