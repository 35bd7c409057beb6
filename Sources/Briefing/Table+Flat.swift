import Atlas

/// A table as a spreadsheet holds it: one value a cell, a range in three columns. 平表
public struct FlatTable: Sendable, Hashable {
  public enum Value: Sendable, Hashable {
    case text(String)
    case number(Double, Grade)
    case unknown
    case blank
  }
  public struct Heading: Sendable, Hashable {
    public let title: String
    /// Relative width.
    public let weight: Double
    public let places: Int
    public let isNumeric: Bool
  }
  public let headings: [Heading]
  public let rows: [[Value]]
  public let kinds: [Row.Kind]
}

extension Table {
  /// The table with every range spread over low, base and high.
  public func flat(_ language: Language) -> FlatTable {
    let isRange = columns.indices.map { index in
      rows.contains { row in
        if case .span = row.cells[index].content { true } else { false }
      }
    }
    var headings: [FlatTable.Heading] = []
    for (index, column) in columns.enumerated() {
      func add(_ title: String, weight: Double) {
        headings.append(
          FlatTable.Heading(
            title: title, weight: weight, places: column.places,
            isNumeric: column.alignment == .trailing))
      }
      if isRange[index] {
        for end in Table.ends {
          add(column.heading + " " + end[language], weight: column.weight * 0.7)
        }
      } else {
        add(column.heading, weight: column.weight)
      }
    }
    let flat = rows.map { row in
      row.cells.indices.flatMap { index -> [FlatTable.Value] in
        switch row.cells[index].content {
        case .span(let span, let grade):
          return [span.low, span.base, span.high].map { .number($0, grade) }
        case .number(let value, let grade):
          let single = FlatTable.Value.number(value, grade)
          return isRange[index] ? [.blank, single, .blank] : [single]
        case .text(let text):
          return isRange[index] ? [.text(text), .blank, .blank] : [.text(text)]
        case .unknown:
          return isRange[index] ? [.unknown, .unknown, .unknown] : [.unknown]
        case .blank: return isRange[index] ? [.blank, .blank, .blank] : [.blank]
        }
      }
    }
    return FlatTable(headings: headings, rows: flat, kinds: rows.map(\.kind))
  }

  private static let ends = [
    Phrase(zh: "低", en: "low"), Phrase(zh: "基准", en: "base"), Phrase(zh: "高", en: "high"),
  ]
}

/// Sheets that go into one spreadsheet file. 工作簿
public struct Workbook: Sendable, Equatable {
  public struct Sheet: Sendable, Equatable {
    public let name: String
    public let table: Table
    /// Columns that stay in sight when the sheet is scrolled sideways.
    public let frozenColumns: Int

    public init(name: String, table: Table, frozenColumns: Int = 0) {
      self.name = name
      self.table = table
      self.frozenColumns = frozenColumns
    }
  }
  public let title: String
  public let language: Language
  public let classification: Classification
  public let isSample: Bool
  public let colophon: Colophon
  public let sheets: [Sheet]

  public init(
    title: String, language: Language, classification: Classification, isSample: Bool,
    colophon: Colophon, sheets: [Sheet]
  ) {
    self.title = title
    self.language = language
    self.classification = classification
    self.isSample = isSample
    self.colophon = colophon
    self.sheets = sheets
  }
}
