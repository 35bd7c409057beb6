/// A language a paper or a message is written in. 语言
public enum Language: String, Sendable, Codable, CaseIterable {
  case zhHans = "zh-Hans"
  case en
}

/// One sentence or label in both languages; leaving one out does not compile. 用语
public struct Phrase: Sendable, Hashable, Codable {
  /// Simplified Chinese.
  public let zh: String
  /// English.
  public let en: String

  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The same text in both languages: names, codes and numbers.
  public init(same text: String) {
    self.init(zh: text, en: text)
  }

  /// The text in `language`.
  public subscript(language: Language) -> String {
    switch language {
    case .zhHans: zh
    case .en: en
    }
  }

  /// Two phrases, one after the other, in each language.
  public static func + (left: Phrase, right: Phrase) -> Phrase {
    Phrase(zh: left.zh + right.zh, en: left.en + right.en)
  }
}
