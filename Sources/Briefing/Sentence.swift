import Atlas

/// A piece of a sentence. 文字片段
public enum Inline: Sendable, Hashable {
  case text(String)
  case strong(String)
  case number(Numeral)
  /// A line to fill in with a pen, followed by its unit: ＿＿吨.
  case blank(unit: String)
}

/// A fact with the sources that it stands on; without one it cannot be made. 论断
public struct Statement: Sendable, Hashable {
  public let inlines: [Inline]
  /// Never empty, ascending.
  public let sources: [SourceReference]
  public let clearance: Clearance

  public init(
    _ inlines: [Inline], source: SourceReference, also: [SourceReference] = [],
    clearance: Clearance
  ) {
    self.inlines = inlines
    sources = Array(Set(also).union([source])).sorted()
    self.clearance = clearance
  }
}

/// Something to ask or to confirm; it needs no source and is never printed as a fact. 待核实
public struct Question: Sendable, Hashable {
  public let inlines: [Inline]
  public let clearance: Clearance

  public init(_ inlines: [Inline], clearance: Clearance) {
    self.inlines = inlines
    self.clearance = clearance
  }

  public init(_ text: String, clearance: Clearance) {
    self.init([.text(text)], clearance: clearance)
  }
}

/// A whole sentence: what is withheld from a reader is withheld sentence by sentence. 句子
public enum Sentence: Sendable, Hashable {
  case claim(Statement)
  case question(Question)
  /// Words of the form itself: labels and instructions that say nothing about the world.
  case wording(String, Clearance)

  public static func wording(_ text: String) -> Sentence { .wording(text, .open) }

  public var clearance: Clearance {
    switch self {
    case .claim(let statement): statement.clearance
    case .question(let question): question.clearance
    case .wording(_, let clearance): clearance
    }
  }

  /// A claim when a source stands behind it, otherwise a question: 无来源即待核实.
  public static func claimOrQuestion(
    _ inlines: [Inline], sources: [SourceReference], clearance: Clearance
  ) -> Sentence {
    guard let first = sources.first else {
      return .question(Question(inlines, clearance: clearance))
    }
    return .claim(
      Statement(inlines, source: first, also: Array(sources.dropFirst()), clearance: clearance))
  }
}

/// What every renderer prints, sentence structure resolved. 排印单元
public enum Run: Sendable, Hashable {
  case text(String)
  case strong(String)
  case number(String, mark: String?)
  case blank(unit: String)
  /// 待核实 before a question.
  case flag(String)
  case references([Int])
}

extension Sentence {
  /// The runs of the sentence in `language`.
  func runs(_ language: Language) -> [Run] {
    switch self {
    case .wording(let text, _): return [.text(text)]
    case .claim(let statement):
      return statement.inlines.map { $0.run(language) }
        + [.references(statement.sources.map(\.number))]
    case .question(let question):
      return [.flag(Phrase(zh: "待核实", en: "to confirm")[language])]
        + question.inlines.map { $0.run(language) }
    }
  }
}

extension Inline {
  func run(_ language: Language) -> Run {
    switch self {
    case .text(let text): .text(text)
    case .strong(let text): .strong(text)
    case .number(let numeral): .number(numeral.text, mark: numeral.mark(language))
    case .blank(let unit): .blank(unit: unit)
    }
  }
}
