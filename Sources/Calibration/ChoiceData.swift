/// Choice sets ready to fit: one row of numbers for each alternative, rows of a case together (选择集).
///
/// Rows are sorted by case and then alternative, so that the order of the file cannot change a digit.
public struct ChoiceData: Sendable {
  /// What was left out, and why.
  public struct LeftOut: Equatable, Sendable {
    /// Cases with a single alternative: they say nothing about a choice.
    public var singletons = 0
    /// Cases whose chosen row the filter took away.
    public var choiceFiltered = 0

    /// Nothing left out.
    public init() {}
  }

  /// The names of the coefficients, one for each column.
  public let names: [String]
  /// Where each case begins among the rows; one more than there are cases.
  public let starts: [Int]
  /// rows × names, row after row.
  public let values: [Double]
  /// The chosen row of each case.
  public let chosen: [Int]
  /// The weight of each case.
  public let weights: [Double]
  /// What is added to the utility of each row with a coefficient of 1, such as −ln q of a sample.
  public let offsets: [Double]
  /// The group of each case within which choices may depend on each other.
  public let clusters: [Int32]
  /// The alternative of each row.
  public let alternatives: [Int32]
  /// What was left out.
  public let leftOut: LeftOut

  /// How many cases there are.
  public var caseCount: Int { chosen.count }
  /// How many rows there are.
  public var rowCount: Int { alternatives.count }
  /// How many coefficients there are.
  public var columnCount: Int { names.count }

  /// Makes choice sets from bare numbers.
  ///
  /// Without weights, offsets or clusters every case weighs 1, nothing is added, and every case is
  /// its own group.
  /// Throws: `.notFinite` with the column's name and the row.
  public init(
    names: [String], starts: [Int], values: [Double], chosen: [Int], weights: [Double]? = nil,
    offsets: [Double]? = nil, clusters: [Int32]? = nil, alternatives: [Int32]? = nil,
    leftOut: LeftOut = LeftOut()
  ) throws(ChoiceDataFailure) {
    let rows = starts.last ?? 0
    precondition(starts.count == chosen.count + 1, "every case needs a start and a choice")
    precondition(values.count == rows * names.count, "every row needs one value for each name")
    precondition(
      chosen.indices.allSatisfy { starts[$0] <= chosen[$0] && chosen[$0] < starts[$0 + 1] },
      "the chosen row must lie in its case")
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(column: names[bad % names.count], row: bad / names.count)
    }
    guard !chosen.isEmpty else { throw .noCases(leftOut) }
    self.names = names
    self.starts = starts
    self.values = values
    self.chosen = chosen
    self.weights = weights ?? [Double](repeating: 1, count: chosen.count)
    self.offsets = offsets ?? [Double](repeating: 0, count: rows)
    self.clusters = clusters ?? (0..<Int32(chosen.count)).map { $0 }
    self.alternatives = alternatives ?? [Int32](repeating: 0, count: rows)
    self.leftOut = leftOut
    precondition(
      self.weights.count == chosen.count && self.clusters.count == chosen.count,
      "every case needs a weight and a group")
    precondition(
      self.offsets.count == rows && self.alternatives.count == rows,
      "every row needs an offset and an alternative")
  }

  /// Makes choice sets from parts of another's, which were checked there.
  init(
    checkedNames names: [String], starts: [Int], values: [Double], chosen: [Int],
    weights: [Double], offsets: [Double], clusters: [Int32], alternatives: [Int32]
  ) {
    self.names = names
    self.starts = starts
    self.values = values
    self.chosen = chosen
    self.weights = weights
    self.offsets = offsets
    self.clusters = clusters
    self.alternatives = alternatives
    leftOut = LeftOut()
  }
}

/// Why a table cannot be fitted; rows count from 0 without the header, cases and columns by name.
public enum ChoiceDataFailure: Error, Equatable, Sendable {
  /// No column has this name.
  case unknownColumn(String)
  /// A column of texts stands where numbers are needed.
  case notNumeric(column: String)
  /// No row has this alternative.
  case unknownAlternative(String)
  /// Two terms have the same name.
  case duplicateTerm(String)
  /// There is no term at all.
  case noTerms
  /// No row of the case is marked as chosen.
  case noneChosen(caseName: String)
  /// More than one row of the case is marked as chosen.
  case severalChosen(caseName: String)
  /// An alternative appears twice in a case.
  case repeatedAlternative(caseName: String, alternative: String)
  /// The filter took the chosen row of a case away, and that was not allowed.
  case chosenOutsideSet(caseName: String)
  /// A number that a kept row needs is missing or infinite.
  case notFinite(column: String, row: Int)
  /// A weight must be above 0.
  case weightNotPositive(column: String, row: Int)
  /// Nothing is left to fit.
  case noCases(ChoiceData.LeftOut)
}
