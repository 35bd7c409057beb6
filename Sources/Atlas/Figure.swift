/// A number as people read it: range, unit, grade and the reason behind it. 数字
///
/// Unknown: `span` is nil, the grade is `.unknown` and `because` names what is missing.
public struct Figure: Sendable, Hashable, Codable {
  public let span: Span?
  public let unit: Unit
  public let grade: Grade
  /// From which facts by which model, or what is missing.
  public let because: Phrase
  /// Where the fact came from, for a number that is a record.
  public let provenance: Provenance?

  public init(
    _ span: Span, _ unit: Unit, _ grade: Grade, because: Phrase, provenance: Provenance? = nil
  ) {
    precondition(span.isFinite, "a figure is a finite number or unknown")
    self.span = span
    self.unit = unit
    self.grade = grade
    self.because = because
    self.provenance = provenance
  }

  private init(unit: Unit, missing: Phrase) {
    span = nil
    self.unit = unit
    grade = .unknown
    because = missing
    provenance = nil
  }

  /// A number that is not known, with what would have to be known.
  public static func unknown(_ unit: Unit, missing: Phrase) -> Figure {
    Figure(unit: unit, missing: missing)
  }

  public var base: Double? { span?.base }
}

/// The line of the source file that a fact was read from. 出处
public struct Provenance: Sendable, Hashable, Codable, Comparable {
  /// Row of `Snapshot.sources`.
  public let source: Int32
  /// Line of the file, the header being line 1.
  public let line: Int32

  public init(source: Int32, line: Int32) {
    self.source = source
    self.line = line
  }

  public static func < (left: Provenance, right: Provenance) -> Bool {
    (left.source, left.line) < (right.source, right.line)
  }
}

/// Who may read a fact. 密级
public enum Disclosure: String, Sendable, Codable, CaseIterable {
  /// Published. 公开
  case `public`
  /// For the office alone. 内部
  case office
  /// Given in confidence by a firm: only that firm's own papers may show it. 企业保密
  case confidential
}
