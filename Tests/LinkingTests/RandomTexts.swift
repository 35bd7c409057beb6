import Atlas

/// Texts drawn from pieces by a seed. 随机文本
struct RandomTexts {
  var generator: Generator

  init(seed: UInt64) { generator = Generator(seed: seed) }

  /// Up to `count` pieces in a row.
  mutating func text(of pieces: [String], upTo count: Int) -> String {
    (0..<Int.random(in: 0...count, using: &generator)).map { _ in
      pieces.randomElement(using: &generator) ?? ""
    }.joined()
  }

  /// Scalars that escape, fold, combine or lie outside the basic plane.
  static let awkward = [
    "\"", "\\", "\n", "\r", "\r\n", "\t", "\u{0}", "\u{1}", "\u{1F}", "\u{7F}", "\u{80}", "𠮷", "👩‍🏭",
    "e\u{301}", "が", "か\u{3099}", "\u{37E}", "\u{200D}", "\u{FE0F}", "\u{3000}", "，\u{301}", "한",
    "🇨🇳", "µ",
  ]
}
