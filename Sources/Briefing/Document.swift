import Atlas

/// A paper before it is printed: composed once, rendered many times. 文书
public struct Document: Sendable, Equatable {
  public var title: String
  public var subtitle: String
  public var language: Language
  public var classification: Classification
  /// True for illustrative data: 示例数据 is printed on every page.
  public var isSample: Bool
  /// Ledger id of the firm that the paper is about.
  public var subject: Int64?
  public var blocks: [Block]
  public var sources: [Source]
  public var colophon: Colophon

  public init(
    title: String, subtitle: String, language: Language, classification: Classification,
    isSample: Bool, subject: Int64?, blocks: [Block], sources: [Source], colophon: Colophon
  ) {
    self.title = title
    self.subtitle = subtitle
    self.language = language
    self.classification = classification
    self.isSample = isSample
    self.subject = subject
    self.blocks = blocks
    self.sources = sources
    self.colophon = colophon
  }
}

/// The facts at the foot of every paper. 页脚
public struct Colophon: Sendable, Hashable {
  /// Data sources and their licences, one line.
  public let sourcesAndLicence: String
  public let cutOff: String
  public let run: String
  public let model: String
  /// How many numbers of the paper are unknown.
  public let unknowns: Int
  /// How many firms were kept out.
  public let exclusions: Int
  /// A sentence that must stand on the paper, such as the list's disclaimer.
  public let disclaimer: String?

  public init(
    sourcesAndLicence: String, cutOff: String, run: String, model: String, unknowns: Int,
    exclusions: Int, disclaimer: String?
  ) {
    self.sourcesAndLicence = sourcesAndLicence
    self.cutOff = cutOff
    self.run = run
    self.model = model
    self.unknowns = unknowns
    self.exclusions = exclusions
    self.disclaimer = disclaimer
  }

  /// The lines as printed.
  public func lines(_ language: Language) -> [String] {
    let facts = Phrase(
      zh: "来源与许可：\(sourcesAndLicence)｜数据截至 \(cutOff)｜批次 \(run)｜模型卡 \(model)"
        + "｜未知 \(unknowns) 项｜剔除 \(exclusions) 家",
      en: "Sources and licence: \(sourcesAndLicence) | data as of \(cutOff) | run \(run)"
        + " | model card \(model) | \(unknowns) unknowns | \(exclusions) exclusions")[language]
    return [disclaimer, facts].compactMap { $0 }
  }
}

/// A part of a paper with its own clearance. 段落块
public struct Block: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case heading(level: Int, String)
    case paragraph([Sentence])
    case list([[Sentence]])
    case table(Table)
    case figure(Illustration)
    case note(title: String, [Sentence])
    case keyNumbers([KeyNumber])
    case checklist([ChecklistItem])
    case pageBreak
    /// Where the numbered sources are printed.
    case sources
    /// Where all questions of the paper are printed again, numbered: 待核实.
    case questions
  }
  public var content: Content
  public var clearance: Clearance

  public init(_ content: Content, clearance: Clearance = .open) {
    self.content = content
    self.clearance = clearance
  }

  public static func heading(_ level: Int, _ text: String, clearance: Clearance = .open) -> Block {
    Block(.heading(level: level, text), clearance: clearance)
  }
  public static func paragraph(_ sentences: [Sentence], clearance: Clearance = .open) -> Block {
    Block(.paragraph(sentences), clearance: clearance)
  }
  public static func table(_ table: Table, clearance: Clearance = .open) -> Block {
    Block(.table(table), clearance: clearance)
  }
  public static let pageBreak = Block(.pageBreak)
}

/// A picture with its caption. 图
public struct Illustration: Sendable, Hashable {
  public let drawing: Drawing
  public let caption: String
  public let sources: [SourceReference]

  public init(drawing: Drawing, caption: String, sources: [SourceReference] = []) {
    self.drawing = drawing
    self.caption = caption
    self.sources = sources
  }
}

/// One of the few numbers that page one shows large. 关键数
public struct KeyNumber: Sendable, Hashable {
  public let label: String
  public let value: Numeral
  /// Low to high, printed under the value; empty without one.
  public let range: String
  public let note: String
  public let sources: [SourceReference]
  public let clearance: Clearance

  public init(
    label: String, value: Numeral, range: String = "", note: String, sources: [SourceReference],
    clearance: Clearance
  ) {
    self.range = range
    self.label = label
    self.value = value
    self.note = note
    self.sources = sources
    self.clearance = clearance
  }
}

/// A line with a box to tick. 清单项
public struct ChecklistItem: Sendable, Hashable {
  public let text: String
  public let owner: String
  public let due: String
  public let clearance: Clearance

  public init(text: String, owner: String, due: String, clearance: Clearance = .open) {
    self.text = text
    self.owner = owner
    self.due = due
    self.clearance = clearance
  }
}
