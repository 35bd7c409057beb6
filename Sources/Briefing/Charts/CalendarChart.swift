import Atlas
import Matching

/// Arrivals by month as columns, cumulative fill as a line against the need. 招工日历图
struct CalendarChart {
  let drawing: Drawing

  init(_ calendar: HiringCalendar, _ plan: LabourPlan, _ language: Language) {
    func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }
    var canvas = ChartCanvas(height: 150, description: say("招工日历", "Hiring calendar"))
    let left = 44.0
    let bottom = 118.0
    let height = 100.0
    let monthly = (1...calendar.months).map { month in
      calendar.entries.reduce(0) { $0 + ($1.month == month ? $1.heads : 0) }
    }
    let need = Double(max(1, plan.occupations.reduce(0) { $0 + $1.need }))
    let step = (ChartCanvas.width - left - 60) / Double(calendar.months)
    func y(_ value: Double) -> Double { bottom - value / need * height }
    for share in [0.0, 0.5, 1.0] {
      canvas.line(
        Point(left, y(need * share)), Point(ChartCanvas.width - 56, y(need * share)),
        Drawing.Stroke(share == 1 ? .seal : .rule, width: 0.7, dash: share == 1 ? [4, 2] : []))
      canvas.text(
        Numerals.fixed(need * share, places: 0), Point(left - 5, y(need * share) + 3), size: 8,
        anchor: .end, colour: .grey, room: left - 6)
    }
    canvas.text(
      say("需要", "needed"), Point(ChartCanvas.width - 52, y(need) + 3), size: 8, colour: .seal,
      room: 52)
    var sum = 0
    var points: [Drawing.Segment] = []
    for (month, heads) in monthly.enumerated() {
      let x = left + Double(month) * step
      sum += heads
      canvas.bar(
        Frame(
          x: x + step * 0.2, y: y(Double(heads)), width: step * 0.6,
          height: bottom - y(Double(heads))),
        ChartCanvas.fills[1])
      let middle = Point(x + step / 2, y(Double(sum)))
      points.append(points.isEmpty ? .move(middle) : .line(middle))
      canvas.text(
        say("第\(month + 1)月", "M\(month + 1)"), Point(x + step / 2, bottom + 13), size: 8,
        anchor: .middle, colour: .grey, room: step)
      canvas.text(
        Numerals.fixed(Double(sum), places: 0), Point(x + step / 2, y(Double(sum)) - 4), size: 8,
        weight: .bold, anchor: .middle, room: step)
    }
    canvas.drawing.shapes.append(
      .path(
        points, fill: .none, stroke: Drawing.Stroke(Colour("#24476f"), width: 1.8, isRound: true)))
    canvas.legend(
      [
        (say("当月到岗", "arrivals"), ChartCanvas.fills[1]),
        (say("累计到岗（线）", "cumulative (line)"), ChartCanvas.fills[0]),
      ], y: 146, x: left)
    drawing = canvas.drawing
  }
}
