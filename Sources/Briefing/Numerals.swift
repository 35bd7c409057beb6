import Atlas

/// How numbers are written in every paper: one rounding rule, one place for signs. 数字写法
///
/// Rule: a magnitude of 10 or more is printed whole, a smaller one with one decimal (a trailing
/// zero is dropped); halves go away from zero. 10,000 万元 and more is printed in 亿元 with two
/// decimals. Columns of a table have fixed decimals, so that their totals can be checked by eye.
public enum Numerals {
  /// The minus sign of papers (U+2212); machine-readable files use the hyphen.
  public static let minus = "\u{2212}"

  /// A number with fixed decimals and thousands separators.
  public static func fixed(_ value: Double, places: Int, minus sign: String = minus) -> String {
    precondition(value.isFinite, "only finite numbers are printed")
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard abs(scaled) < 9e15 else { return "\(value)" }
    var digits = String(Int64(abs(scaled)))
    if digits.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.count) + digits
    }
    let whole = digits.dropLast(places)
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    let fraction = places > 0 ? "." + digits.suffix(places) : ""
    return (scaled < 0 ? sign : "") + grouped + fraction
  }

  /// A number by the rounding rule.
  public static func plain(_ value: Double) -> String {
    trimmed(fixed(value, places: places(for: value)))
  }

  /// Decimals that the rounding rule gives a magnitude.
  public static func places(for value: Double) -> Int { abs(value) >= 9.95 ? 0 : 1 }

  /// The value that `plain` shows, as a number.
  public static func displayed(_ value: Double, places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (value * scale).rounded() / scale
  }

  /// A range as `1,800–3,200`; with a negative end the word for "to" keeps the signs apart.
  public static func range(_ low: Double, _ high: Double, _ language: Language) -> String {
    let places = max(abs(low), abs(high)) >= 9.95 ? 0 : 1
    let left = trimmed(fixed(min(low, high), places: places))
    let right = trimmed(fixed(max(low, high), places: places))
    if left == right { return left }
    if left.hasPrefix(minus) || right.hasPrefix(minus) {
      return left + Phrase(zh: " 至 ", en: " to ")[language] + right
    }
    return left + "–" + right
  }

  /// Displayed addends and a total that is exactly their sum. 合计
  public static func total(_ addends: [Double], places: Int) -> Double {
    displayed(addends.reduce(0) { $0 + displayed($1, places: places) }, places: places)
  }

  /// Whole units of `total` shared out in proportion to `weights` by largest remainder: the parts
  /// always add up to `total`; ties go to the earlier part. 最大余数法
  public static func apportion(_ weights: [Double], total: Int) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    let exact = weights.map { $0 / sum * Double(total) }
    var parts = exact.map { Int($0.rounded(.down)) }
    let order = exact.indices.sorted {
      let left = exact[$0] - Double(parts[$0])
      let right = exact[$1] - Double(parts[$1])
      return left != right ? left > right : $0 < $1
    }
    for index in order.prefix(max(0, total - parts.reduce(0, +))) { parts[index] += 1 }
    return parts
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// A number ready to print: digits with unit, and the mark that its grade puts on it. 印出的数字
public struct Numeral: Sendable, Hashable {
  /// Digits and unit.
  public let text: String
  public let grade: Grade

  public init(text: String, grade: Grade) {
    self.text = text
    self.grade = grade
  }

  /// 估 on an estimate, nothing on a record.
  public func mark(_ language: Language) -> String? {
    grade == .estimated ? Grade.estimated.label[language] : nil
  }

  /// A figure as `2,400（1,800–3,200）吨/年`; unknown says what is missing.
  public init(_ figure: Figure, _ language: Language, withRange: Bool = true) {
    guard let span = figure.span?.ordered else {
      self.init(text: Grade.unknown.label[language], grade: .unknown)
      return
    }
    let (scale, unit) = Numeral.scale(span, figure.unit, language)
    let scaled = span * scale
    let base =
      scale < 1 ? Numeral.short(scaled.base) : Numerals.plain(scaled.base)
    var text = base
    if withRange, scaled.low != scaled.high {
      let range =
        scale < 1
        ? Numeral.short(scaled.low) + Phrase(zh: " 至 ", en: " to ")[language]
          + Numeral.short(scaled.high)
        : Numerals.range(scaled.low, scaled.high, language)
      if range != base { text += Phrase(zh: "（\(range)）", en: " (\(range))")[language] }
    }
    // A closing bracket of full width already keeps its distance.
    if text.hasSuffix("）") { text += unit } else { text += Numeral.joined(unit, language) }
    self.init(text: text, grade: figure.grade)
  }

  /// The range of a figure alone, empty without one.
  public static func range(of figure: Figure, _ language: Language) -> String {
    guard let span = figure.span?.ordered, span.low != span.high else { return "" }
    return Numerals.range(span.low, span.high, language)
  }

  /// The range of a saving in words, empty without one.
  public static func savingRange(_ figure: Figure, _ language: Language) -> String {
    guard let span = figure.span?.ordered, span.low != span.high else { return "" }
    let isMillions = inMillions(figure.unit, language)
    func worded(_ value: Double) -> String {
      savingWord(value)[language] + " " + magnitude(value, isMillions)
    }
    if span.low < 0, span.high > 0 {
      return worded(span.low) + Phrase(zh: " 至 ", en: " to ")[language] + worded(span.high)
    }
    let ends = [abs(span.low), abs(span.high)].sorted()
    return isMillions
      ? magnitude(ends[0], true) + "–" + magnitude(ends[1], true)
      : Numerals.range(ends[0], ends[1], language)
  }

  /// A saving, or in the same place and size an increase: `增加 320 万元/年（180–450）`.
  public static func saving(_ figure: Figure, _ language: Language, withRange: Bool = true)
    -> Numeral
  {
    guard let span = figure.span?.ordered else { return Numeral(figure, language) }
    let isMillions = inMillions(figure.unit, language)
    let unit =
      isMillions ? " million yuan/yr" : joined(figure.unit.symbol[language], language)
    var text = savingWord(span.base)[language] + " " + magnitude(span.base, isMillions) + unit
    let range = savingRange(figure, language)
    if withRange, !range.isEmpty { text += Phrase(zh: "（\(range)）", en: " (\(range))")[language] }
    return Numeral(text: text, grade: figure.grade)
  }

  /// English has no word for 万: yearly sums are said in millions.
  private static func inMillions(_ unit: Unit, _ language: Language) -> Bool {
    language == .en && unit == .wanYuanPerYear
  }

  private static func magnitude(_ value: Double, _ isMillions: Bool) -> String {
    isMillions ? short(abs(value) / 100) : Numerals.plain(abs(value))
  }

  /// 节省 or 增加.
  public static func savingWord(_ value: Double) -> Phrase {
    value < 0 ? Phrase(zh: "增加", en: "increase of") : Phrase(zh: "节省", en: "saving of")
  }

  private static func scale(_ span: Span, _ unit: Unit, _ language: Language) -> (Double, String) {
    let largest = max(abs(span.low), abs(span.base), abs(span.high))
    switch unit {
    case .share, .probability: return (100, "%")
    case .wanYuan where largest >= 10_000:
      return language == .en ? (0.01, "million yuan") : (0.0001, "亿元")
    case .wanYuanPerYear where largest >= 10_000:
      return language == .en ? (0.01, "million yuan/yr") : (0.0001, "亿元/年")
    default: return (1, unit.symbol[language])
    }
  }

  /// 亿元 with two decimals, trailing zeros dropped.
  private static func short(_ value: Double) -> String {
    var text = Numerals.fixed(value, places: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  private static func joined(_ unit: String, _ language: Language) -> String {
    unit.isEmpty || unit.hasPrefix("%") ? unit : " " + unit
  }
}
