/// Why a numeric function refuses its input instead of returning a number that is not one.
///
/// Rows and columns are positions from 0; the caller, who knows the names, words the sentence.
public enum NumericsFailure: Error, Equatable, Sendable {
  /// A matrix or list has another size than its partner.
  case sizeMismatch(expected: Int, found: Int)
  /// Nothing was given where at least one row and column are needed.
  case empty
  /// A value is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// A coefficient, flow or output is below zero where that has no meaning.
  case negative(row: Int, column: Int)
  /// The output of a sector is below zero or not a finite number.
  case badOutput(sector: Int)
  /// A weight is below zero or not a finite number.
  case badWeight(column: Int)
  /// A pairwise judgement is not the inverse of its mirror.
  case notReciprocal(row: Int, column: Int)
  /// The system has no unique solution: this unknown cannot be separated from the earlier ones.
  case singular(unknown: Int)
  /// The first sectors up to this one use up at least what they make: the spectral radius is 1 or
  /// more, and no output can meet a positive demand.
  case notProductive(sector: Int)
  /// An iteration did not settle within its budget.
  case notConverged(iterations: Int)
}
