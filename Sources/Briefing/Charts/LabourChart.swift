import Atlas
import Matching

/// Needed against expected hires, occupation by occupation. 用工图
struct LabourChart {
  let drawing: Drawing?

  init(_ plan: LabourPlan, _ language: Language) {
    func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }
    let rows = plan.occupations
    let highest = rows.map { max(Double($0.need), $0.hires.span?.ordered.high ?? 0) }.max() ?? 0
    guard highest > 0 else {
      drawing = nil
      return
    }
    var canvas = ChartCanvas(
      height: Double(rows.count) * 25 + 26, description: say("需要与预计可招", "Needed and expected hires")
    )
    let left = 96.0
    let room = ChartCanvas.width - left - 90
    func x(_ value: Double) -> Double { left + value / highest * room }
    for (index, row) in rows.enumerated() {
      let y = 5 + Double(index) * 25
      canvas.text(
        row.occupation.name[language], Point(left - 6, y + 12), anchor: .end, room: left - 8)
      canvas.bar(
        Frame(x: left, y: y, width: x(Double(row.need)) - left, height: 17), .none,
        stroke: Drawing.Stroke(.ink, width: 1))
      var end = x(Double(row.need))
      let need = Numerals.plain(Double(row.need))
      if let span = row.hires.span?.ordered {
        canvas.bar(
          Frame(x: left, y: y + 3.5, width: x(span.base) - left, height: 10),
          ChartCanvas.fills[span.base < Double(row.need) * 0.995 ? 2 : 3])
        canvas.whisker(low: x(span.low), high: x(span.high), y: y + 8.5)
        end = max(end, x(span.high))
        canvas.text(
          "\(Numerals.plain(span.base)) / \(need)", Point(end + 6, y + 12), weight: .bold, room: 82)
      } else {
        canvas.text(
          "\(Grade.unknown.label[language]) / \(need)", Point(end + 6, y + 12), room: 82)
      }
    }
    canvas.legend(
      [
        (say("需要", "needed"), .solid(.white)),
        (say("预计可招（足）", "expected, enough"), ChartCanvas.fills[3]),
        (say("预计可招（不足）", "expected, short"), ChartCanvas.fills[2]),
      ], y: Double(rows.count) * 25 + 18, x: 4)
    drawing = canvas.drawing
  }
}
