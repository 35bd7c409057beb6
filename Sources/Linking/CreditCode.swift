/// A unified social credit code whose check digit is right. 统一社会信用代码
///
/// Eighteen characters: registering authority 1, kind 1, place 6, organisation code 9, check 1.
/// Source: GB 32100-2015, clause 4.7 and annex A.
public struct CreditCode: Sendable, Hashable {
  /// Upper case, without blanks.
  public let text: String

  /// - Returns: nil when the text is not a code or its check digit is wrong; `check` says which.
  public init?(_ raw: String) {
    guard case .valid(let code) = Self.check(raw) else { return nil }
    self = code
  }

  private init(checked text: String) { self.text = text }

  /// What a text is, as a code.
  public enum Reading: Sendable, Equatable {
    case valid(CreditCode)
    case wrongLength(Int)
    /// A character that the standard does not use: I, O, S, V, Z or anything else.
    case wrongCharacter(Character)
    case wrongCheckDigit(expected: Character)
    /// The nine characters of the organisation do not check among themselves.
    case wrongOrganisation(expected: Character)
  }

  /// Reads a code as people type it: blanks, hyphens, width and case do not matter.
  public static func check(_ raw: String) -> Reading {
    let text = foldCode(raw)
    guard text.count == 18 else { return .wrongLength(text.count) }
    var sum = 0
    var weight = 1
    for character in text.dropLast() {
      guard let value = value(of: character) else { return .wrongCharacter(character) }
      sum += value * weight
      weight = weight * 3 % 31
    }
    guard let last = text.last, value(of: last) != nil else {
      return .wrongCharacter(text.last ?? " ")
    }
    let expected = alphabet[(31 - sum % 31) % 31]
    guard last == expected else { return .wrongCheckDigit(expected: expected) }
    let organisation = String(text.dropFirst(8).prefix(9))
    guard let check = OrganisationCode.checkCharacter(of: organisation.dropLast()),
      let stated = organisation.last
    else { return .wrongCharacter(organisation.last ?? " ") }
    guard stated == check else { return .wrongOrganisation(expected: check) }
    return .valid(CreditCode(checked: text))
  }

  /// The place of registration, six digits. 登记机关行政区划
  public var place: String { String(text.dropFirst(2).prefix(6)) }

  /// The organisation code inside. 组织机构代码
  public var organisation: String { String(text.dropFirst(8).prefix(9)) }

  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")

  private static func value(of character: Character) -> Int? {
    alphabet.firstIndex(of: character)
  }
}

/// The older code of an organisation: eight characters and a check. 组织机构代码
///
/// Source: GB 11714-1997.
public enum OrganisationCode {
  /// True when a text of nine characters, with or without the hyphen, checks.
  public static func isValid(_ raw: String) -> Bool {
    let text = foldCode(raw)
    guard text.count == 9, let last = text.last else { return false }
    return checkCharacter(of: text.dropLast()) == last
  }

  /// The check character of the first eight, nil when one is not a digit or letter.
  static func checkCharacter(of body: Substring) -> Character? {
    let weights = [3, 7, 9, 10, 5, 8, 4, 2]
    guard body.count == weights.count else { return nil }
    var sum = 0
    for (character, weight) in zip(body, weights) {
      guard let ascii = character.asciiValue else { return nil }
      switch ascii {
      case 0x30...0x39: sum += Int(ascii - 0x30) * weight
      case 0x41...0x5A: sum += (Int(ascii - 0x41) + 10) * weight
      default: return nil
      }
    }
    switch 11 - sum % 11 {
    case 10: return "X"
    case 11: return "0"
    case let digit: return Character(String(digit))
    }
  }
}
