import Atlas

/// A door-to-door route as a strip: legs by mode with km, places in between. 线路示意图
public struct RouteChart: Sendable {
  public struct Leg: Sendable {
    public let from: String
    public let to: String
    public let mode: String
    public let km: Double

    public init(from: String, to: String, mode: String, km: Double) {
      self.from = from
      self.to = to
      self.mode = mode
      self.km = km
    }
  }
  public let drawing: Drawing

  /// Lengths follow the square root of the distance, so that short legs stay visible.
  public init(_ legs: [Leg], _ language: Language) {
    var canvas = ChartCanvas(
      height: 64, description: Phrase(zh: "线路示意", en: "Route")[language])
    let sum = legs.reduce(0) { $0 + max(0, $1.km).squareRoot() + 4 }
    var x = 24.0
    let room = ChartCanvas.width - 48
    for (index, leg) in legs.enumerated() {
      let width = (max(0, leg.km).squareRoot() + 4) / max(sum, 1e-9) * room
      canvas.line(
        Point(x, 32), Point(x + width, 32),
        Drawing.Stroke(Colour("#24476f"), width: 2.4, dash: index % 2 == 0 ? [] : [6, 3]))
      canvas.text(
        leg.mode, Point(x + width / 2, 24), size: 8.5, weight: .bold, anchor: .middle,
        room: width - 4)
      canvas.text(
        Numerals.fixed(leg.km, places: 0) + " km", Point(x + width / 2, 44), size: 8,
        anchor: .middle,
        colour: .grey, room: width - 4)
      canvas.bar(Frame(x: x - 3, y: 29, width: 6, height: 6), .solid(.seal))
      canvas.text(
        leg.from, Point(x, 58), size: 8, anchor: index == 0 ? .start : .middle, room: width)
      x += width
      if index == legs.count - 1 {
        canvas.bar(Frame(x: x - 3, y: 29, width: 6, height: 6), .solid(.seal))
        canvas.text(leg.to, Point(x + 20, 58), size: 8, anchor: .end, room: width)
      }
    }
    drawing = canvas.drawing
  }
}
