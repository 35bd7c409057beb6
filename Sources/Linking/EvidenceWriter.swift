/// Writes the evidence of links as JSON text. 依据文本
///
/// Everything but the words and the weight is one of a few texts, made once. The same evidence
/// gives the same bytes: compact, Han not escaped, a number as the shortest text that reads back
/// the same.
public struct EvidenceWriter: Sendable {
  /// Up to the words, by field.
  private let opening: [[UInt8]]
  /// From the words to the weight, by kind, role and context.
  private let qualities: [[UInt8]]
  /// From the weight to the words in the sentence, by field.
  private let saying: [[UInt8]]
  /// What the sentence says of the words, by kind, role and context.
  private let closing: [[UInt8]]
  /// The numbers from 0 to 1 by thousandths.
  private let thousandths: [[UInt8]]

  private static let roles = 16
  private static let contexts = MentionContext.allCases.count
  /// No label holds it: it stands for the words in a sentence that is made once.
  private static let blank = "\u{0}"

  public init() {
    func quoted(_ text: some StringProtocol) -> [UInt8] {
      var bytes: [UInt8] = []
      Self.quote(String(text), into: &bytes)
      return bytes
    }
    func sentence(
      _ field: TextField, _ kind: EvidenceKind, _ role: FirmRole, _ context: MentionContext
    ) -> [Substring] {
      LinkEvidence(
        kind: kind, field: field, words: Self.blank, role: role, context: context, weight: 0
      ).phrase.zh.split(separator: Self.blank, omittingEmptySubsequences: false)
    }
    opening = TextField.allCases.map {
      Array("{\"field\":\"".utf8) + quoted($0.label.zh) + Array("\",\"words\":\"".utf8)
    }
    saying = TextField.allCases.map {
      Array(",\"say\":\"".utf8) + quoted(sentence($0, .alias, [], .head)[0])
    }
    var qualities: [[UInt8]] = []
    var closing: [[UInt8]] = []
    for kind in EvidenceKind.allCases {
      for role in (0..<UInt8(Self.roles)).map(FirmRole.init) {
        for context in MentionContext.allCases {
          qualities.append(
            Array("\",\"kind\":\"".utf8) + quoted(kind.label.zh) + Array("\",\"role\":\"".utf8)
              + quoted(role.label.zh) + Array("\",\"context\":\"".utf8)
              + quoted(context.label.zh) + Array("\",\"weight\":".utf8))
          closing.append(quoted(sentence(.name, kind, role, context)[1]) + Array("\"}".utf8))
        }
      }
    }
    self.qualities = qualities
    self.closing = closing
    thousandths = (0...1000).map { Array(Self.number(Double($0) / 1000).utf8) }
  }

  /// The evidence as a JSON array; `memory` is kept from link to link.
  public func text(of evidence: [LinkEvidence], using memory: inout [UInt8]) -> String {
    memory.removeAll(keepingCapacity: true)
    memory.append(0x5B)
    for (index, item) in evidence.enumerated() {
      if index > 0 { memory.append(0x2C) }
      append(item, to: &memory)
    }
    memory.append(0x5D)
    return String(decoding: memory, as: UTF8.self)
  }

  private func append(_ item: LinkEvidence, to bytes: inout [UInt8]) {
    let field = Int(item.field.rawValue)
    let role = Int(item.role.rawValue) & (Self.roles - 1)
    let quality =
      (Int(item.kind.rawValue) * Self.roles + role) * Self.contexts
      + Int(item.context.rawValue)
    bytes.append(contentsOf: opening[field])
    Self.quote(item.words, into: &bytes)
    bytes.append(contentsOf: qualities[quality])
    let rounded = (item.weight * 1000).rounded()
    if rounded >= 0, rounded <= 1000 {
      bytes.append(contentsOf: thousandths[Int(rounded)])
    } else {
      bytes.append(contentsOf: Self.number(rounded / 1000).utf8)
    }
    bytes.append(contentsOf: saying[field])
    Self.quote(item.words, into: &bytes)
    bytes.append(contentsOf: closing[quality])
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    return value == value.rounded() && abs(value) < 9e15 ? String(Int64(value)) : "\(value)"
  }

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { text in
      if !text.contains(where: isEscaped) {
        bytes.append(contentsOf: text)
        return
      }
      for byte in text {
        guard isEscaped(byte) else {
          bytes.append(byte)
          continue
        }
        bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(0x6E)
        case 0x0D: bytes.append(0x72)
        case 0x09: bytes.append(0x74)
        default:
          let digits = String(byte, radix: 16)
          bytes.append(contentsOf: ("u" + String(repeating: "0", count: 4 - digits.count)).utf8)
          bytes.append(contentsOf: digits.utf8)
        }
      }
    }
  }

  @inline(__always)
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F
  }
}
