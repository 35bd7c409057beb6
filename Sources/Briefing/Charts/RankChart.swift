import Atlas
import Matching

/// The rank of each firm with its 90 % range: whose order is certain, whose is not. 名次区间图
public struct RankChart: Sendable {
  public let drawing: Drawing

  public init(_ entries: [(name: String, entry: Entry)], _ language: Language) {
    var canvas = ChartCanvas(
      height: Double(entries.count) * 17 + 22,
      description: Phrase(zh: "名次与九成区间", en: "Ranks and their 90 % ranges")[language])
    let last = Double(
      entries.map { max($0.entry.rankHigh ?? $0.entry.rank, $0.entry.rank) }.max() ?? 1)
    let left = 170.0
    let room = ChartCanvas.width - left - 20
    func x(_ rank: Int) -> Double { left + (Double(rank) - 1) / max(last - 1, 1) * room }
    for (index, item) in entries.enumerated() {
      let y = 8 + Double(index) * 17
      canvas.text(item.name, Point(left - 10, y + 4), size: 8.5, anchor: .end, room: left - 14)
      if let low = item.entry.rankLow, let high = item.entry.rankHigh {
        canvas.line(
          Point(x(low), y), Point(x(high), y),
          Drawing.Stroke(Colour("#7ea3cc"), width: 5, isRound: true))
      }
      canvas.bar(
        Frame(x: x(item.entry.rank) - 2.5, y: y - 4.5, width: 5, height: 9),
        .solid(Colour("#24476f")))
    }
    let bottom = Double(entries.count) * 17 + 14
    for rank in Set([1, 10, 30, Int(last)]).sorted() where Double(rank) <= last {
      canvas.text(
        "\(rank)", Point(x(rank), bottom), size: 8, anchor: .middle, colour: .grey, room: 24)
    }
    drawing = canvas.drawing
  }
}
