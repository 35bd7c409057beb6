import Atlas
import Matching

/// Total yearly cost by place, stacked by part; a place with an unknown part says so. 成本构成图
struct CostChart {
  let drawing: Drawing?

  init(_ lines: [(label: String, cost: YearlyCostLine)], _ language: Language) {
    func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }
    let parts = [
      say("进料物流", "freight in"), say("出货物流", "freight out"), say("工资", "wages"),
      say("能源", "energy"), say("土地", "land"), say("环保处理", "treatment"),
    ]
    let totals = lines.map { $0.cost.parts.reduce(0) { $0 + max(0, $1?.base ?? 0) } }
    guard let highest = totals.max(), highest > 0 else {
      drawing = nil
      return
    }
    var canvas = ChartCanvas(
      height: Double(lines.count) * 24 + 30,
      description: say("各地年总成本构成", "Yearly cost by place and part"))
    let left = 150.0
    let room = ChartCanvas.width - left - 96
    for (index, line) in lines.enumerated() {
      let y = 6 + Double(index) * 24
      canvas.text(
        line.label, Point(left - 6, y + 12), weight: line.cost.role == .here ? .bold : .regular,
        anchor: .end, room: left - 8)
      var x = left
      for (part, span) in line.cost.parts.enumerated() {
        guard let span, span.base > 0 else { continue }
        let width = span.base / highest * room
        canvas.bar(
          Frame(x: x, y: y, width: width, height: 16), ChartCanvas.fills[part],
          stroke: Drawing.Stroke(.white, width: 0.6))
        x += width
      }
      let isPartial = line.cost.parts.contains { $0 == nil }
      // The printed total is the sum of the printed parts, as in the table.
      let total = line.cost.parts.compactMap { $0?.base }
      canvas.text(
        Numerals.fixed(Numerals.total(total, places: 0), places: 0)
          + (isPartial ? say(" 有未知", " +unknown") : ""),
        Point(x + 5, y + 12), size: 8.5, weight: .bold, room: 92)
    }
    canvas.legend(
      Array(zip(parts, ChartCanvas.fills)), y: Double(lines.count) * 24 + 22, x: 4)
    canvas.text(
      Unit.wanYuanPerYear.symbol[language], Point(ChartCanvas.width, Double(lines.count) * 24 + 22),
      size: 8, anchor: .end, colour: .grey, room: 80)
    drawing = canvas.drawing
  }
}
