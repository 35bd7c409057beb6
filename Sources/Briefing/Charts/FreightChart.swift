import Atlas
import Matching

/// Both freight bills, today against here: bars at the base, lines from low to high. 两本账图
struct FreightChart {
  /// Nil when no bill is known.
  let drawing: Drawing?

  init(_ bills: FreightBills, _ language: Language) {
    func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }
    let rows: [(String, Figure, Bool)] = [
      (say("进料 现址", "In, today"), bills.inbound.today, false),
      (say("进料 此地", "In, here"), bills.inbound.here, true),
      (say("出货 现址", "Out, today"), bills.outbound.today, false),
      (say("出货 此地", "Out, here"), bills.outbound.here, true),
    ]
    let highest = rows.compactMap { $0.1.span?.ordered.high }.max() ?? 0
    guard highest > 0 else {
      drawing = nil
      return
    }
    var canvas = ChartCanvas(
      height: 134, description: say("进出两项物流账：现址与此地", "Both freight bills, today and here"))
    let left = 82.0
    let room = ChartCanvas.width - left - 74
    func x(_ value: Double) -> Double { left + max(0, value) / highest * room }
    for (index, row) in rows.enumerated() {
      let y = 8 + Double(index) * 27 + (index > 1 ? 6 : 0)
      canvas.text(row.0, Point(left - 6, y + 12), anchor: .end, room: left - 8)
      guard let span = row.1.span?.ordered else {
        canvas.text(
          Grade.unknown.label[language], Point(left + 4, y + 12), colour: .grey, room: 120)
        continue
      }
      canvas.bar(
        Frame(x: left, y: y, width: x(span.base) - left, height: 17),
        row.2 ? ChartCanvas.fills[1] : ChartCanvas.fills[0])
      canvas.whisker(low: x(span.low), high: x(span.high), y: y + 8.5)
      let mark = row.1.grade == .estimated ? Grade.estimated.label[language] : ""
      canvas.text(
        Numerals.plain(span.base) + mark, Point(max(x(span.high), x(span.base)) + 6, y + 12),
        weight: .bold, room: 66)
    }
    canvas.line(Point(left, 4), Point(left, 122), Drawing.Stroke(.grey, width: 0.8))
    canvas.text(
      Unit.wanYuanPerYear.symbol[language], Point(ChartCanvas.width, 130), size: 8, anchor: .end,
      colour: .grey, room: 100)
    drawing = canvas.drawing
  }
}
