import Atlas
import Matching

/// A box of the picture with its lines of text, before it has a place. 环节框
struct PanoramaBox: Sendable {
  /// Index into `PanoramaData.segments`.
  let segment: Int
  let width: Double
  let height: Double
  let lines: [Line]

  /// A line of text, relative to the top left corner of the box.
  struct Line: Sendable {
    let text: String
    let x: Double
    let baseline: Double
    let size: Double
    let weight: TextMetrics.Weight
    let colour: Colour
    let room: Double
  }

  /// Height of the band that marks the reader's own firm.
  let bandHeight: Double

  /// - Parameters:
  ///   - scale: 1 is 11 pt names.
  ///   - firmLines: lines that each list of firms may take; 0 also leaves the figure out.
  init(
    _ index: Int, _ segment: PanoramaSegment, width: Double, scale: Double, firmLines: Int,
    language: Language
  ) {
    self.segment = index
    self.width = width
    let pad = 6 * scale
    let left = PanoramaBox.strip(scale) + pad
    let room = width - left - pad
    var lines: [Line] = []
    var y = pad
    func add(
      _ text: String, size: Double, weight: TextMetrics.Weight = .regular, colour: Colour = .ink,
      indent: Double = 0, advance: Bool = true
    ) {
      let height = size * PanoramaBox.leading
      lines.append(
        Line(
          text: text, x: left + indent, baseline: y + height * 0.78, size: size, weight: weight,
          colour: colour, room: room - indent))
      if advance { y += height }
    }

    if let marked = segment.marked {
      let size = 9.6 * scale
      let band = wrap("★ " + marked, width: room, size: size, weight: .bold, limit: 2)
      y = 2.4 * scale
      for line in band { add(line, size: size, weight: .bold, colour: .white) }
      bandHeight = y + 2 * scale
      y = bandHeight + pad * 0.7
    } else {
      bandHeight = 0
    }

    let badge = segment.gapClass.label[language]
    let badgeSize = 8 * scale
    let badgeWidth = TextMetrics.width(badge, size: badgeSize, weight: .bold) + 8 * scale
    let nameSize = 11 * scale
    let nameLines = wrap(
      segment.name, width: max(nameSize * 2, room - badgeWidth - 4 * scale), size: nameSize,
      weight: .bold, limit: 2)
    let nameTop = y
    for line in nameLines { add(line, size: nameSize, weight: .bold) }
    lines.append(
      Line(
        text: badge, x: width - pad - badgeWidth + 4 * scale,
        baseline: nameTop + nameSize * PanoramaBox.leading * 0.74, size: badgeSize, weight: .bold,
        colour: segment.gapClass.ink, room: badgeWidth))
    if !segment.figure.isEmpty, firmLines > 0 {
      for line in wrap(segment.figure, width: room, size: 8 * scale, limit: 2) {
        add(line, size: 8 * scale, colour: .grey)
      }
    }
    y += 1.5 * scale

    let words = PanoramaWords(language)
    let size = 8.4 * scale
    let tags: [(String, [PanoramaFirm], Colour)] = [
      (words.local, segment.local, .ink), (words.national, segment.national, .grey),
      (words.target, segment.targets, .seal),
    ]
    let indent =
      tags.map { TextMetrics.width($0.0, size: size, weight: .bold) }.reduce(0, max) + 4 * scale
    func list(_ tag: String, _ text: [String], _ colour: Colour) {
      add(tag, size: size, weight: .bold, colour: colour, advance: false)
      for line in text { add(line, size: size, colour: colour, indent: indent) }
    }
    for (tag, firms, colour) in tags where !firms.isEmpty {
      list(
        tag,
        firmText(
          firms, width: room - indent, size: size, lines: max(1, firmLines), words: words), colour)
    }
    if segment.local.isEmpty, segment.national.isEmpty, segment.targets.isEmpty {
      add(words.toFill, size: size, weight: .bold, colour: .seal)
    }
    y += pad * 0.75
    self.lines = lines
    height = y
  }

  static let leading = 1.32
  static func strip(_ scale: Double) -> Double { 8 * scale }
}

/// As many firms as fit, then how many more there are.
private func firmText(
  _ firms: [PanoramaFirm], width: Double, size: Double, lines: Int, words: PanoramaWords
) -> [String] {
  // A segment may have thousands: names beyond what the lines hold, blanks apart, need no trial.
  var names: [String] = []
  var taken = 0.0
  for firm in firms {
    let name = firm.distanceKm.map { firm.name + words.distance($0) } ?? firm.name
    taken += TextMetrics.width(name.filter { !$0.isWhitespace }, size: size)
    if !names.isEmpty, taken > width * Double(lines) + 0.001 { break }
    names.append(name)
  }
  var best = [fitted(names[0], width: width, size: size)]
  for count in stride(from: names.count, through: 1, by: -1) {
    let left = firms.count - count
    let text =
      names.prefix(count).joined(separator: words.separator) + (left > 0 ? words.more(left) : "")
    let wrapped = wrap(text, width: width, size: size)
    if wrapped.count <= lines {
      best = wrapped
      break
    }
  }
  return best
}

/// The fixed words of the picture. 图中用语
struct PanoramaWords: Sendable {
  let language: Language
  init(_ language: Language) { self.language = language }

  var local: String { Phrase(zh: "本地", en: "Local")[language] }
  var national: String { Phrase(zh: "全国", en: "China")[language] }
  var target: String { Phrase(zh: "拟引", en: "Target")[language] }
  var toFill: String { Phrase(zh: "企业待补", en: "firms: to be filled")[language] }
  var separator: String { Phrase(zh: "、", en: ", ")[language] }
  func more(_ count: Int) -> String {
    Phrase(zh: " 等另 \(count) 家", en: " and \(count) more")[language]
  }
  func distance(_ km: Double) -> String {
    if km < 1 { return Phrase(zh: "（区内）", en: " (here)")[language] }
    let text = Numerals.fixed(km, places: 0)
    return Phrase(zh: "（\(text)km）", en: " (\(text)km)")[language]
  }
}

extension GapClass {
  /// Colours and patterns chosen so that classes differ in lightness and pattern as well as hue.
  var ink: Colour {
    switch self {
    case .supplement: Colour("#a83e00")
    case .strengthen: Colour("#8a5a00")
    case .extend: Colour("#005a8e")
    case .steady: Colour("#00684c")
    case .outside, .unknown: .grey
    }
  }

  /// The fill of the strip and of legend swatches.
  var hatch: Drawing.Fill {
    switch self {
    case .supplement: .hatch(.cross, ink: .vermilion, paper: Colour("#fde5d6"))
    case .strengthen: .hatch(.diagonal, ink: Colour("#c98700"), paper: Colour("#fdf3dc"))
    case .extend: .hatch(.vertical, ink: .blue, paper: Colour("#e2f0f9"))
    case .steady: .solid(Colour("#4fb79a"))
    case .outside: .solid(Colour("#d5d9df"))
    case .unknown: .hatch(.dots, ink: .grey, paper: .white)
    }
  }

  /// The fill of the box: a hole in the chain is hatched all over, lightly enough to read on.
  var ground: Drawing.Fill {
    switch self {
    case .supplement:
      .hatch(.diagonal, ink: Colour("#f2c9ae", opacity: 0.55), paper: Colour("#fffaf6"))
    case .strengthen: .solid(Colour("#fffbf0"))
    case .extend: .solid(Colour("#f4fafe"))
    case .steady: .solid(Colour("#f5fbf9"))
    case .outside: .solid(Colour("#f7f8fa"))
    case .unknown: .solid(.white)
    }
  }
}
