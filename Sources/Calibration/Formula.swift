/// A formula over the columns of a table, for filters and derived columns (算式).
///
/// Knows + − * / and parentheses, < <= > >= == !=, && || !, numbers, 'texts', column names (in
/// `backquotes` when they are not plain), and ln(…), exp(…), abs(…). A text column can be compared
/// with a text for equality; a bare word that is no column is taken as a text there (mode == car).
/// The spellings =, <>, and, or, not of spreadsheets and databases are understood too.
/// Unknown: a comparison with a missing number is false.
public struct Formula: Equatable, Sendable {
  indirect enum Node: Equatable, Sendable {
    case number(Double)
    case text(String)
    case name(String)
    case call(String, Node)
    case negative(Node)
    case not(Node)
    case arithmetic(Character, Node, Node)
    case comparison(String, Node, Node)
    case both(Node, Node)
    case either(Node, Node)
  }

  /// The formula as written.
  public let source: String
  let root: Node

  /// Reads a formula.
  public init(_ source: String) throws(FormulaFailure) {
    self.source = source
    var parser = FormulaParser(tokens: try FormulaToken.list(in: source))
    root = try parser.parseAll()
  }

  /// The formula as a number for each row.
  public func numbers(in table: LongTable) throws(FormulaFailure) -> [Double] {
    try FormulaValues(table: table).numbers(root)
  }

  /// The formula as yes or no for each row.
  public func flags(in table: LongTable) throws(FormulaFailure) -> [Bool] {
    try FormulaValues(table: table).flags(root)
  }
}

/// Why a formula cannot be read or computed; positions are characters from 1.
public enum FormulaFailure: Error, Equatable, Sendable {
  /// Something stands where it has no meaning.
  case unexpected(String, position: Int)
  /// The formula stops in the middle.
  case unfinished
  /// No column has this name.
  case unknownColumn(String)
  /// A text column stands where a number is needed.
  case notANumber(column: String)
  /// A number stands where yes or no is needed.
  case notACondition(String)
  /// Yes or no, or a text, stands where a number is needed.
  case notAnAmount(String)
  /// Only ln, exp and abs are known.
  case unknownFunction(String)
}
