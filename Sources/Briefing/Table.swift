import Atlas

/// A table of a paper or a sheet of a workbook. 表格
public struct Table: Sendable, Hashable {
  public var title: String
  public var columns: [Column]
  public var rows: [Row]
  public var note: String?
  public var sources: [SourceReference]

  public init(
    title: String, columns: [Column], rows: [Row], note: String? = nil,
    sources: [SourceReference] = []
  ) {
    for row in rows {
      precondition(row.cells.count == columns.count, "a row has one cell a column")
    }
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
    self.sources = sources
  }
}

/// A column of a table. 列
public struct Column: Sendable, Hashable {
  public enum Alignment: String, Sendable, Hashable { case leading, trailing, centre }
  public let title: String
  /// Printed under or beside the title; empty for text.
  public let unit: String
  public let alignment: Alignment
  /// Share of the table's width, relative to the other columns.
  public let weight: Double
  /// Decimals of numbers.
  public let places: Int
  public let clearance: Clearance

  public init(
    _ title: String, unit: String = "", alignment: Alignment = .leading, weight: Double = 1,
    places: Int = 0, clearance: Clearance = .open
  ) {
    self.title = title
    self.unit = unit
    self.alignment = alignment
    self.weight = weight
    self.places = places
    self.clearance = clearance
  }

  /// A column of numbers.
  public static func number(
    _ title: String, unit: String, weight: Double = 1, places: Int = 0,
    clearance: Clearance = .open
  ) -> Column {
    Column(
      title, unit: unit, alignment: .trailing, weight: weight, places: places,
      clearance: clearance)
  }

  public var heading: String { unit.isEmpty ? title : "\(title)（\(unit)）" }
}

/// A row of a table. 行
public struct Row: Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable { case body, total, group }
  public let cells: [Cell]
  public let kind: Kind
  public let clearance: Clearance

  public init(_ cells: [Cell], kind: Kind = .body, clearance: Clearance = .open) {
    self.cells = cells
    self.kind = kind
    self.clearance = clearance
  }
}

/// One cell: text, number, range, unknown, or nothing. 单元格
public struct Cell: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case text(String)
    case number(Double, Grade)
    case span(Span, Grade)
    /// What is missing.
    case unknown(String)
    case blank
  }
  public let content: Content
  public let sources: [SourceReference]
  public let clearance: Clearance

  public init(
    _ content: Content, sources: [SourceReference] = [], clearance: Clearance = .open
  ) {
    self.content = content
    self.sources = sources
    self.clearance = clearance
  }

  public static func text(_ text: String, clearance: Clearance = .open) -> Cell {
    Cell(.text(text), clearance: clearance)
  }
  public static let blank = Cell(.blank)

  /// A figure's base value with its grade; unknown stays unknown.
  public static func base(
    _ figure: Figure, _ language: Language, scale: Double = 1, sources: [SourceReference] = [],
    clearance: Clearance = .open
  ) -> Cell {
    guard let span = figure.span else {
      return Cell(.unknown(figure.because[language]), sources: sources, clearance: clearance)
    }
    return Cell(.number(span.base * scale, figure.grade), sources: sources, clearance: clearance)
  }

  /// A figure with its range.
  public static func range(
    _ figure: Figure, _ language: Language, scale: Double = 1, sources: [SourceReference] = [],
    clearance: Clearance = .open
  ) -> Cell {
    guard let span = figure.span?.ordered else {
      return Cell(.unknown(figure.because[language]), sources: sources, clearance: clearance)
    }
    return Cell(.span(span * scale, figure.grade), sources: sources, clearance: clearance)
  }

  /// What a paper prints in the cell.
  public func runs(_ column: Column, _ language: Language) -> [Run] {
    var runs: [Run]
    switch content {
    case .blank: runs = []
    case .text(let text): runs = [.text(text)]
    case .unknown: runs = [.flag(Grade.unknown.label[language])]
    case .number(let value, let grade):
      runs = [
        .number(
          Numerals.fixed(value, places: column.places),
          mark: Numeral(text: "", grade: grade).mark(language))
      ]
    case .span(let span, let grade):
      let base = Numerals.fixed(span.base, places: column.places)
      let low = Numerals.fixed(span.low, places: column.places)
      let high = Numerals.fixed(span.high, places: column.places)
      let to =
        span.low < 0 || span.high < 0 ? Phrase(zh: " 至 ", en: " to ")[language] : "–"
      let range =
        low == high ? "" : Phrase(zh: "（\(low)\(to)\(high)）", en: " (\(low)\(to)\(high))")[language]
      runs = [.number(base + range, mark: Numeral(text: "", grade: grade).mark(language))]
    }
    if !sources.isEmpty { runs.append(.references(sources.map(\.number).sorted())) }
    return runs
  }
}
