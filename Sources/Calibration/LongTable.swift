/// A table with one row for each alternative of each case, in columns (长表).
///
/// The caller reads the file and numbers the cases and alternatives from 0; this is not a data frame.
/// Unknown: a missing number is NaN in a column; it is refused when a kept row needs it.
public struct LongTable: Sendable {
  /// The cells of one column.
  public enum Cells: Sendable {
    /// Numbers, NaN where missing.
    case numbers([Double])
    /// Texts, each a position in `names`.
    case labels(codes: [Int32], names: [String])
  }

  /// A named column.
  public struct Column: Sendable {
    /// The name in the header.
    public let name: String
    /// One cell for each row.
    public let cells: Cells

    /// Makes a column.
    public init(name: String, cells: Cells) {
      self.name = name
      self.cells = cells
    }
  }

  /// The case of each row, from 0.
  public let cases: [Int32]
  /// What the file calls each case.
  public let caseNames: [String]
  /// The alternative of each row, from 0.
  public let alternatives: [Int32]
  /// What the file calls each alternative.
  public let alternativeNames: [String]
  /// Whether the row is the chosen one of its case.
  public let chosen: [Bool]
  /// The other columns, in file order, then the derived ones.
  public private(set) var columns: [Column]

  /// Makes a table; all lists must be equally long.
  public init(
    cases: [Int32], caseNames: [String], alternatives: [Int32], alternativeNames: [String],
    chosen: [Bool], columns: [Column]
  ) {
    let count = cases.count
    precondition(
      alternatives.count == count && chosen.count == count, "a long table needs equal columns")
    precondition(
      columns.allSatisfy { $0.count == count }, "a long table needs equal columns")
    precondition(
      cases.allSatisfy { $0 >= 0 && Int($0) < caseNames.count }, "a case must have a name")
    precondition(
      alternatives.allSatisfy { $0 >= 0 && Int($0) < alternativeNames.count },
      "an alternative must have a name")
    self.cases = cases
    self.caseNames = caseNames
    self.alternatives = alternatives
    self.alternativeNames = alternativeNames
    self.chosen = chosen
    self.columns = columns
  }

  /// How many rows the table has.
  public var rowCount: Int { cases.count }

  /// The cells of the last column with this name.
  public func cells(named name: String) -> Cells? {
    columns.last { $0.name == name }?.cells
  }

  /// Adds a column computed from the others; it hides an older column of the same name.
  public mutating func derive(_ name: String, from formula: Formula)
    throws(FormulaFailure)
  {
    columns.append(Column(name: name, cells: .numbers(try formula.numbers(in: self))))
  }
}

extension LongTable.Column {
  /// How many cells the column has.
  var count: Int {
    switch cells {
    case .numbers(let values): values.count
    case .labels(let codes, _): codes.count
    }
  }
}
