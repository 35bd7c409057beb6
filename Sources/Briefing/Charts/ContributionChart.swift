import Atlas
import Matching

/// What adds up to the log-odds, from base rate to total, as a waterfall. 构成图
public struct ContributionChart: Sendable {
  public let drawing: Drawing

  /// Unknown terms are listed as unknown; the last bar is the exact sum of the others.
  public init(_ readings: [Reading], _ language: Language) {
    func say(_ zh: String, _ en: String) -> String { Phrase(zh: zh, en: en)[language] }
    var canvas = ChartCanvas(
      height: Double(readings.count + 1) * 20 + 16, description: say("各项构成", "Contributions"))
    var sums: [(from: Double, to: Double)] = []
    var total = 0.0
    for reading in readings {
      let value = reading.utility?.base ?? 0
      sums.append((total, total + value))
      total += value
    }
    let low = min(0, sums.map { min($0.from, $0.to) }.min() ?? 0)
    let high = max(0, sums.map { max($0.from, $0.to) }.max() ?? 0)
    let left = 150.0
    let room = ChartCanvas.width - left - 60
    func x(_ value: Double) -> Double { left + (value - low) / max(high - low, 1e-9) * room }
    for (index, reading) in readings.enumerated() {
      let y = 4 + Double(index) * 20
      canvas.text(
        reading.label[language], Point(left - 6, y + 10), size: 8.5, anchor: .end, room: left - 8)
      guard let utility = reading.utility?.base else {
        canvas.text(
          Grade.unknown.label[language], Point(x(sums[index].from) + 4, y + 10), size: 8.5,
          colour: .grey, room: 56)
        continue
      }
      let start = min(x(sums[index].from), x(sums[index].to))
      canvas.bar(
        Frame(
          x: start, y: y, width: max(0.8, abs(x(sums[index].to) - x(sums[index].from))), height: 13),
        utility < 0 ? ChartCanvas.fills[2] : ChartCanvas.fills[3],
        stroke: Drawing.Stroke(.grey, width: 0.4))
      canvas.text(
        (utility > 0 ? "+" : "") + Numerals.fixed(utility, places: 2),
        Point(max(x(sums[index].from), x(sums[index].to)) + 4, y + 10), size: 8.5, room: 56)
    }
    let y = 4 + Double(readings.count) * 20
    canvas.text(
      say("合计（对数几率）", "sum (log-odds)"), Point(left - 6, y + 10), size: 8.5, weight: .bold,
      anchor: .end, room: left - 8)
    canvas.bar(
      Frame(x: min(x(0), x(total)), y: y, width: max(0.8, abs(x(total) - x(0))), height: 13),
      ChartCanvas.fills[0])
    canvas.text(
      Numerals.fixed(total, places: 2), Point(max(x(0), x(total)) + 4, y + 10), size: 8.5,
      weight: .bold, room: 56)
    canvas.line(
      Point(x(0), 0), Point(x(0), y + 16), Drawing.Stroke(.grey, width: 0.7, dash: [2, 2]))
    drawing = canvas.drawing
  }
}
