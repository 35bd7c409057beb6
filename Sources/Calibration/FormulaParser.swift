/// One word of a formula.
struct FormulaToken: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case text
    case name
    case sign
  }

  let kind: Kind
  let text: String
  let position: Int

  static func list(in source: String) throws(FormulaFailure) -> [FormulaToken] {
    let characters = Array(source)
    var tokens: [FormulaToken] = []
    var index = 0
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "_" || character == "."
    }
    while index < characters.count {
      let start = index
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character.isASCII && character.isNumber
        || character == "." && index + 1 < characters.count && characters[index + 1].isNumber
      {
        while index < characters.count, isWord(characters[index]) { index += 1 }
        if index < characters.count, "+-".contains(characters[index]),
          "eE".contains(characters[index - 1])
        {
          index += 1
          while index < characters.count, isWord(characters[index]) { index += 1 }
        }
        let text = String(characters[start..<index])
        guard let value = Double(text), value.isFinite else {
          throw .unexpected(text, position: start + 1)
        }
        tokens.append(.init(kind: .number(value), text: text, position: start + 1))
      } else if isWord(character) {
        while index < characters.count, isWord(characters[index]) { index += 1 }
        let text = String(characters[start..<index])
        let sign = ["and": "&&", "or": "||", "not": "!"][text.lowercased()]
        tokens.append(
          .init(kind: sign == nil ? .name : .sign, text: sign ?? text, position: start + 1))
      } else if "'\"`".contains(character) {
        index += 1
        while index < characters.count, characters[index] != character { index += 1 }
        guard index < characters.count else { throw .unfinished }
        tokens.append(
          .init(
            kind: character == "`" ? .name : .text,
            text: String(characters[start + 1..<index]), position: start + 1))
        index += 1
      } else {
        let pair = String(characters[index..<min(index + 2, characters.count)])
        let text =
          ["==", "!=", "<=", ">=", "<>", "&&", "||"].contains(pair) ? pair : String(character)
        guard text.count == 2 || "+-*/()<>!=".contains(character) else {
          throw .unexpected(text, position: start + 1)
        }
        let sign = ["=": "==", "<>": "!="][text] ?? text
        tokens.append(.init(kind: .sign, text: sign, position: start + 1))
        index += text.count
      }
    }
    return tokens
  }
}

/// Reads words into a tree, by precedence: || then && then comparison then + − then * / then signs.
struct FormulaParser {
  let tokens: [FormulaToken]
  var next = 0

  init(tokens: [FormulaToken]) { self.tokens = tokens }

  mutating func parseAll() throws(FormulaFailure) -> Formula.Node {
    let node = try either()
    if next < tokens.count {
      throw .unexpected(tokens[next].text, position: tokens[next].position)
    }
    return node
  }

  private mutating func take(_ signs: String...) -> String? {
    guard next < tokens.count, tokens[next].kind == .sign, signs.contains(tokens[next].text) else {
      return nil
    }
    next += 1
    return tokens[next - 1].text
  }

  private mutating func either() throws(FormulaFailure) -> Formula.Node {
    var left = try both()
    while take("||") != nil { left = .either(left, try both()) }
    return left
  }

  private mutating func both() throws(FormulaFailure) -> Formula.Node {
    var left = try comparison()
    while take("&&") != nil { left = .both(left, try comparison()) }
    return left
  }

  private mutating func comparison() throws(FormulaFailure) -> Formula.Node {
    let left = try sum()
    guard let sign = take("==", "!=", "<=", ">=", "<", ">") else { return left }
    return .comparison(sign, left, try sum())
  }

  private mutating func sum() throws(FormulaFailure) -> Formula.Node {
    var left = try product()
    while let sign = take("+", "-") { left = .arithmetic(Character(sign), left, try product()) }
    return left
  }

  private mutating func product() throws(FormulaFailure) -> Formula.Node {
    var left = try signed()
    while let sign = take("*", "/") { left = .arithmetic(Character(sign), left, try signed()) }
    return left
  }

  private mutating func signed() throws(FormulaFailure) -> Formula.Node {
    if take("-") != nil { return .negative(try signed()) }
    if take("+") != nil { return try signed() }
    if take("!") != nil { return .not(try signed()) }
    return try primary()
  }

  private mutating func primary() throws(FormulaFailure) -> Formula.Node {
    guard next < tokens.count else { throw .unfinished }
    let token = tokens[next]
    next += 1
    switch token.kind {
    case .number(let value): return .number(value)
    case .text: return .text(token.text)
    case .name:
      guard take("(") != nil else { return .name(token.text) }
      let argument = try either()
      try close()
      guard ["ln", "exp", "abs"].contains(token.text) else { throw .unknownFunction(token.text) }
      return .call(token.text, argument)
    case .sign:
      guard token.text == "(" else { throw .unexpected(token.text, position: token.position) }
      let inner = try either()
      try close()
      return inner
    }
  }

  private mutating func close() throws(FormulaFailure) {
    guard next < tokens.count else { throw .unfinished }
    guard take(")") != nil else {
      throw .unexpected(tokens[next].text, position: tokens[next].position)
    }
  }
}
