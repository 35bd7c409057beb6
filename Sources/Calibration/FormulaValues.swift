import Glibc

/// Computes a formula for all rows of a table, one node after the other.
struct FormulaValues {
  let table: LongTable

  func numbers(_ node: Formula.Node) throws(FormulaFailure) -> [Double] {
    switch node {
    case .number(let value):
      return [Double](repeating: value, count: table.rowCount)
    case .name(let name):
      switch table.cells(named: name) {
      case .numbers(let values)?: return values
      case .labels?: throw .notANumber(column: name)
      case nil: throw .unknownColumn(name)
      }
    case .negative(let inner):
      return try numbers(inner).map { -$0 }
    case .call(let function, let argument):
      let values = try numbers(argument)
      switch function {
      case "ln": return values.map { log($0) }
      case "exp": return values.map { exp($0) }
      default: return values.map { abs($0) }
      }
    case .arithmetic(let sign, let left, let right):
      let (a, b) = (try numbers(left), try numbers(right))
      switch sign {
      case "+": return zip(a, b).map { $0 + $1 }
      case "-": return zip(a, b).map { $0 - $1 }
      case "*": return zip(a, b).map { $0 * $1 }
      default: return zip(a, b).map { $0 / $1 }
      }
    case .text(let text):
      throw .notAnAmount(text)
    case .not, .comparison, .both, .either:
      // A condition counts as 1 or 0, which makes dummies of filters.
      return try flags(node).map { $0 ? 1 : 0 }
    }
  }

  func flags(_ node: Formula.Node) throws(FormulaFailure) -> [Bool] {
    switch node {
    case .not(let inner): return try flags(inner).map { !$0 }
    case .both(let left, let right):
      return zip(try flags(left), try flags(right)).map { $0 && $1 }
    case .either(let left, let right):
      return zip(try flags(left), try flags(right)).map { $0 || $1 }
    case .comparison(let sign, let left, let right):
      if let flags = try compareTexts(sign, left, right) { return flags }
      let (a, b) = (try numbers(left), try numbers(right))
      switch sign {
      case "==": return zip(a, b).map { $0 == $1 }
      case "!=": return zip(a, b).map { $0 < $1 || $0 > $1 }
      case "<": return zip(a, b).map { $0 < $1 }
      case "<=": return zip(a, b).map { $0 <= $1 }
      case ">": return zip(a, b).map { $0 > $1 }
      default: return zip(a, b).map { $0 >= $1 }
      }
    case .number(let value): throw .notACondition("\(value)")
    case .text(let text): throw .notACondition(text)
    case .name(let name): throw .notACondition(name)
    case .call(let function, _): throw .notACondition(function)
    case .negative: throw .notACondition("-")
    case .arithmetic(let sign, _, _): throw .notACondition(String(sign))
    }
  }

  /// Compares when either side is a text column or a text; nil when both sides are numbers.
  private func compareTexts(_ sign: String, _ left: Formula.Node, _ right: Formula.Node)
    throws(FormulaFailure) -> [Bool]?
  {
    guard let column = labels(left) ?? labels(right) else {
      for case .text(let text) in [left, right] { throw .notAnAmount(text) }
      return nil
    }
    guard sign == "==" || sign == "!=" else { throw .notAnAmount(column.name) }
    let wanted = sign == "=="
    let other = labels(left) == nil ? left : right
    if let second = labels(other) {
      return zip(column.codes, second.codes).map {
        (column.names[Int($0)] == second.names[Int($1)]) == wanted
      }
    }
    let text: String
    switch other {
    case .text(let value): text = value
    case .name(let value) where table.cells(named: value) == nil: text = value
    default: throw .notANumber(column: column.name)
    }
    let matches = column.names.map { ($0 == text) == wanted }
    return column.codes.map { matches[Int($0)] }
  }

  private func labels(_ node: Formula.Node) -> (
    name: String, codes: [Int32], names: [String]
  )? {
    guard case .name(let name) = node,
      case .labels(let codes, let names)? = table.cells(named: name)
    else { return nil }
    return (name, codes, names)
  }
}
