import Atlas

/// An offer that may be made because a law or a published rule provides for it. 可作承诺
public struct PermittedOffer: Sendable, Hashable {
  public let id: String
  public let offer: Phrase
  /// Words that an offer of this kind uses.
  public let words: [String]
  /// Law and article; a lawyer has to confirm it.
  public let basis: Phrase

  public init(id: String, offer: Phrase, words: [String], basis: Phrase) {
    self.id = id
    self.offer = offer
    self.words = words
    self.basis = basis
  }
}

/// The table of permitted offers and the words that no paper may promise or ask. 承诺依据表
public struct PermittedOffers: Sendable, Hashable {
  public let offers: [PermittedOffer]
  /// Words of firm-specific rewards and price relief, and of asks that the rules forbid, each with its rule.
  public let forbidden: [Forbidden]

  public struct Forbidden: Sendable, Hashable {
    public let words: [String]
    public let because: Phrase

    public init(words: [String], because: Phrase) {
      self.words = words
      self.because = because
    }
  }

  public init(offers: [PermittedOffer], forbidden: [Forbidden]) {
    self.offers = offers
    self.forbidden = forbidden
  }
}

/// What becomes of an offer or an ask that a person typed. 合规结论
public enum GateFinding: Sendable, Hashable {
  case permitted(text: String, basis: Phrase)
  case blocked(text: String, because: Phrase)
}

/// Keeps unlawful offers and asks out of papers (公平竞争审查条例; definitions, section 13). 合规闸口
///
/// Nothing gets through by default: an offer needs a basis from the table, and a forbidden word
/// blocks it whatever else it says.
public struct LegalityGate: Sendable {
  private let permitted: PermittedOffers

  public init(_ permitted: PermittedOffers) { self.permitted = permitted }

  /// - Parameter basis: the id of the row that the person names; without one the words decide.
  public func judge(offer text: String, basis: String? = nil) -> GateFinding {
    if let finding = forbidden(text) { return finding }
    let named = basis.flatMap { id in permitted.offers.first { $0.id == id } }
    let plain = normal(text)
    let worded = permitted.offers.first { offer in
      offer.words.contains { plain.contains(normal($0)) }
    }
    guard let row = basis == nil ? worded : named else {
      return .blocked(
        text: text,
        because: Phrase(
          zh: "未在可作承诺依据表中找到依据，不印出", en: "no basis in the table of permitted offers: not printed"))
    }
    return .permitted(text: text, basis: row.basis)
  }

  /// An ask needs no basis, but must not be one that the rules forbid.
  public func judge(ask text: String) -> GateFinding {
    forbidden(text) ?? .permitted(text: text, basis: Phrase(same: ""))
  }

  private func forbidden(_ text: String) -> GateFinding? {
    let plain = normal(text)
    for rule in permitted.forbidden where rule.words.contains(where: { plain.contains(normal($0)) })
    {
      return .blocked(text: text, because: rule.because)
    }
    return nil
  }

  /// Spaces and case put between the characters of a word do not hide it.
  private func normal(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "%" {
      out.unicodeScalars.append(scalar)
    }
    return out.lowercased()
  }
}
