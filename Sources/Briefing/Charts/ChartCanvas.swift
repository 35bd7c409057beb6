import Atlas

/// A drawing with the few marks that all charts share. 图表
struct ChartCanvas {
  var drawing: Drawing
  static let width = 500.0

  init(height: Double, description: String) {
    drawing = Drawing(width: ChartCanvas.width, height: height, description: description)
  }

  mutating func bar(_ frame: Frame, _ fill: Drawing.Fill, stroke: Drawing.Stroke? = nil) {
    drawing.shapes.append(.rectangle(frame, radius: 0, fill: fill, stroke: stroke))
  }

  mutating func line(_ from: Point, _ to: Point, _ stroke: Drawing.Stroke) {
    drawing.shapes.append(.path([.move(from), .line(to)], fill: .none, stroke: stroke))
  }

  mutating func text(
    _ text: String, _ at: Point, size: Double = 9, weight: TextMetrics.Weight = .regular,
    anchor: Drawing.Label.Anchor = .start, colour: Colour = .ink, room: Double
  ) {
    guard !text.isEmpty, room > 2 else { return }
    drawing.shapes.append(
      .text(
        Drawing.Label(
          text, at: at, size: size, weight: weight, anchor: anchor, colour: colour, room: room)))
  }

  /// Low to high as a line with end marks.
  mutating func whisker(low: Double, high: Double, y: Double, half: Double = 3) {
    let stroke = Drawing.Stroke(.ink, width: 1)
    line(Point(low, y), Point(high, y), stroke)
    line(Point(low, y - half), Point(low, y + half), stroke)
    line(Point(high, y - half), Point(high, y + half), stroke)
  }

  /// Swatches with words, left to right.
  mutating func legend(_ items: [(String, Drawing.Fill)], y: Double, x start: Double = 0) {
    var x = start
    for (word, fill) in items {
      let width = TextMetrics.width(word, size: 8)
      guard x + 12 + width <= ChartCanvas.width else { return }
      bar(
        Frame(x: x, y: y - 7, width: 9, height: 8), fill, stroke: Drawing.Stroke(.grey, width: 0.4))
      text(word, Point(x + 12, y), size: 8, colour: .grey, room: width + 1)
      x += width + 26
    }
  }

  /// Fills that differ in lightness and pattern as well as hue.
  static let fills: [Drawing.Fill] = [
    .solid(Colour("#24476f")), .solid(Colour("#7ea3cc")),
    .hatch(.diagonal, ink: Colour("#8a5a00"), paper: Colour("#f6dda6")),
    .solid(Colour("#8fc7b3")), .hatch(.dots, ink: .grey, paper: Colour("#eceff3")),
    .solid(Colour("#b8a8cf")),
  ]
}
