/// Which columns enter the utility of an alternative, and how (效用项).
///
/// Coefficients are named as they are asked for: `gc`, `air` for a constant, `income:air` for a case
/// column that counts at one alternative, `time:car` for a column with its own coefficient there.
public struct UtilityTerms: Equatable, Sendable {
  /// A column that is the same at every alternative of a case, and so can only count at some.
  public struct CaseTerm: Equatable, Sendable {
    /// The column.
    public let column: String
    /// The alternative where it counts; nil for every alternative but the reference.
    public let alternative: String?

    /// Makes a term.
    public init(column: String, alternative: String?) {
      self.column = column
      self.alternative = alternative
    }

    /// Reads `income:air` or `income`.
    public init(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1)
      column = parts.first.map(String.init) ?? text
      alternative = parts.count == 2 ? String(parts[1]) : nil
    }
  }

  /// Columns with one coefficient for all alternatives.
  public var terms: [String]
  /// The alternative without a constant; nil for no constants at all.
  public var constantsReference: String?
  /// Case columns that count at some alternatives.
  public var caseTerms: [CaseTerm]
  /// Columns with a coefficient for each alternative.
  public var byAlternative: [String]

  /// Makes a list of terms.
  public init(
    terms: [String] = [], constantsReference: String? = nil, caseTerms: [CaseTerm] = [],
    byAlternative: [String] = []
  ) {
    self.terms = terms
    self.constantsReference = constantsReference
    self.caseTerms = caseTerms
    self.byAlternative = byAlternative
  }
}
