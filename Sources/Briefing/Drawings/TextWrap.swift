/// Lines of at most `width`, broken between Han characters or at spaces. 断行
///
/// A closing mark never begins a line and an opening one never ends it. A word longer than a line
/// is cut. With `limit`, the last line ends in `…` when text is left over.
public func wrap(
  _ text: String, width: Double, size: Double, weight: TextMetrics.Weight = .regular,
  limit: Int = .max
) -> [String] {
  precondition(width > 0 && size > 0, "a line has a width and a size")
  var lines: [String] = []
  var line = ""
  var lineWidth = 0.0
  func measure(_ piece: String) -> Double {
    TextMetrics.width(piece, size: size, weight: weight)
  }
  for piece in pieces(of: text) {
    let pieceWidth = measure(piece)
    if lineWidth + measure(trimmedEnd(piece)) <= width {
      line += piece
      lineWidth += pieceWidth
      continue
    }
    if !line.isEmpty {
      lines.append(trimmedEnd(line))
      line = ""
      lineWidth = 0
    }
    if measure(trimmedEnd(piece)) <= width {
      line = piece.first == " " ? String(piece.dropFirst()) : piece
      lineWidth = measure(line)
      continue
    }
    for character in piece {
      let characterWidth = measure(String(character))
      if lineWidth + characterWidth > width, !line.isEmpty {
        // A closing mark takes the character before it along to the next line.
        var carried = ""
        if noStart.contains(character), line.count > 1, let last = line.popLast() {
          carried = String(last)
        }
        lines.append(line)
        line = carried
        lineWidth = measure(carried)
      }
      line.append(character)
      lineWidth += characterWidth
    }
  }
  if !trimmedEnd(line).isEmpty { lines.append(trimmedEnd(line)) }
  guard lines.count > limit else { return lines }
  var kept = Array(lines.prefix(limit))
  if let last = kept.popLast() { kept.append(shortened(last + "…", width, measure)) }
  return kept
}

/// The text on one line, cut with `…` when it is too wide. 截短
public func fitted(
  _ text: String, width: Double, size: Double, weight: TextMetrics.Weight = .regular
) -> String {
  func measure(_ piece: String) -> Double {
    TextMetrics.width(piece, size: size, weight: weight)
  }
  return measure(text) <= width ? text : shortened(text + "…", width, measure)
}

private func shortened(_ text: String, _ width: Double, _ measure: (String) -> Double) -> String {
  var cut = text
  while measure(cut) > width, cut.count > 1 {
    cut = String(cut.dropLast(2)) + "…"
  }
  return cut
}

private func trimmedEnd(_ text: String) -> String {
  var trimmed = text
  while trimmed.hasSuffix(" ") { trimmed.removeLast() }
  return trimmed
}

/// The text cut where a line may break; each piece keeps the marks that must stay with it.
private func pieces(of text: String) -> [String] {
  var pieces: [String] = []
  var current = ""
  for character in text {
    let breaksBefore =
      isWide(character) || current.last.map(isWide) == true
      || current.last == " "
    if breaksBefore, !current.isEmpty, !noStart.contains(character),
      !(current.last.map(noEnd.contains) ?? false)
    {
      pieces.append(current)
      current = ""
    }
    current.append(character)
  }
  if !current.isEmpty { pieces.append(current) }
  return pieces
}

private let noStart: Set<Character> = [
  "，", "。", "、", "；", "：", "！", "？", "）", "》", "”", "’", "】", "%", ")", ",", ".", "…", " ", "］",
]
private let noEnd: Set<Character> = ["（", "《", "“", "‘", "【", "(", "［"]

private func isWide(_ character: Character) -> Bool {
  guard let value = character.unicodeScalars.first?.value else { return false }
  return value >= 0x2E80
}
