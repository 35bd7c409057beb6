import Atlas

/// A trip as one line a day: places, meetings and the ways between them over the hours. 行程示意图
///
/// No map: the horizontal axis is the time of day, and no outline of any territory is drawn.
public struct TripChart: Sendable {
  public struct Day: Sendable {
    public let label: String
    public let stops: [Stop]
    /// Where the day begins, and ends when the team goes home.
    public let start: String
    public let end: String?
    public let backMode: String
    public let backMinutes: Double
    public let finish: Double

    public init(
      label: String, stops: [Stop], start: String, end: String?, backMode: String,
      backMinutes: Double, finish: Double
    ) {
      self.label = label
      self.stops = stops
      self.start = start
      self.end = end
      self.backMode = backMode
      self.backMinutes = backMinutes
      self.finish = finish
    }
  }
  public struct Stop: Sendable {
    public let firm: String
    public let place: String
    public let mode: String
    public let travelMinutes: Double
    public let arrive: Double
    public let begin: Double
    public let leave: Double

    public init(
      firm: String, place: String, mode: String, travelMinutes: Double, arrive: Double,
      begin: Double, leave: Double
    ) {
      self.firm = firm
      self.place = place
      self.mode = mode
      self.travelMinutes = travelMinutes
      self.arrive = arrive
      self.begin = begin
      self.leave = leave
    }
  }
  public let drawing: Drawing

  public init(_ days: [Day], from: Double, to: Double, _ language: Language) {
    let rowHeight = 64.0
    let left = 56.0
    var canvas = ChartCanvas(
      height: 24 + Double(days.count) * rowHeight,
      description: Phrase(zh: "行程示意图", en: "Trip, schematic")[language])
    let width = ChartCanvas.width - left - 10
    func x(_ minute: Double) -> Double {
      left + min(1, max(0, (minute - from) / max(1, to - from))) * width
    }
    let ink = Colour("#24476f")
    var hour = (from / 60).rounded(.up)
    while hour * 60 <= to {
      if Int(hour) % 2 == 0 {
        canvas.text(
          "\(Int(hour)):00", Point(x(hour * 60), 10), size: 7.5, anchor: .middle, colour: .grey,
          room: 40)
      }
      canvas.line(
        Point(x(hour * 60), 15), Point(x(hour * 60), 18 + Double(days.count) * rowHeight),
        Drawing.Stroke(.faint, width: 0.6))
      hour += 1
    }
    for (number, day) in days.enumerated() {
      let top = 22 + Double(number) * rowHeight
      let axis = top + 26
      canvas.text(day.label, Point(0, axis + 3), size: 8.5, weight: .bold, room: left - 8)
      if number > 0 {
        canvas.line(
          Point(0, top - 4), Point(ChartCanvas.width, top - 4), Drawing.Stroke(.rule, width: 0.4))
      }
      var previous: Double?
      for (index, stop) in day.stops.enumerated() {
        // The first way may have begun the evening before.
        let leaves = previous ?? max(from, stop.arrive - stop.travelMinutes)
        let start = x(leaves)
        let end = x(stop.begin)
        let arrive = x(stop.arrive)
        canvas.line(Point(start, axis), Point(arrive, axis), Drawing.Stroke(ink, width: 2))
        if end - arrive > 1 {
          canvas.line(
            Point(arrive, axis), Point(end, axis),
            Drawing.Stroke(.grey, width: 1, dash: [2, 2]))
        }
        if previous == nil {
          canvas.bar(Frame(x: start - 2.5, y: axis - 2.5, width: 5, height: 5), .solid(.seal))
          canvas.text(day.start, Point(start - 2, axis + 13), size: 7, colour: .grey, room: 60)
        }
        let minutes = Numerals.fixed(stop.travelMinutes, places: 0)
        let word = "\(stop.mode) \(minutes)′"
        // A short way has no room beside the boxes: its words stand above them.
        let isShort = arrive - start < TextMetrics.width(word, size: 7) + 2
        canvas.text(
          word,
          Point(
            index == 0 && isShort ? start : (start + arrive) / 2, axis - (isShort ? 16 : 6)),
          size: 7, anchor: index == 0 && isShort ? .start : .middle, colour: .grey, room: 70)
        let box = Frame(x: end, y: axis - 12, width: max(8, x(stop.leave) - end), height: 24)
        canvas.bar(
          box, .solid(Colour("#dbe6f2")), stroke: Drawing.Stroke(ink, width: 0.8))
        canvas.text(
          stop.firm, Point(box.middleX, axis - 1), size: 7.5, weight: .bold, anchor: .middle,
          room: box.width - 3)
        canvas.text(
          stop.place, Point(box.middleX, axis + 8.5), size: 6.8, anchor: .middle, colour: .grey,
          room: box.width - 3)
        canvas.text(
          TripChart.clock(stop.begin), Point(box.x, axis + 21), size: 7, room: 40)
        canvas.text(
          TripChart.clock(stop.leave), Point(box.right, axis + 21), size: 7, anchor: .end,
          room: 40)
        previous = stop.leave
      }
      if day.stops.isEmpty {
        canvas.text(
          Phrase(zh: "当日不安排拜访", en: "no visit on this day")[language], Point(left + 6, axis + 3),
          size: 8, colour: .grey, room: 200)
      }
      if let end = day.end, let leave = previous {
        canvas.line(
          Point(x(leave), axis), Point(x(day.finish), axis),
          Drawing.Stroke(ink, width: 2, dash: []))
        canvas.bar(
          Frame(x: x(day.finish) - 2.5, y: axis - 2.5, width: 5, height: 5), .solid(.seal))
        canvas.text(
          "\(day.backMode) \(Numerals.fixed(day.backMinutes, places: 0))′",
          Point((x(leave) + x(day.finish)) / 2, axis - 6), size: 7, anchor: .middle,
          colour: .grey, room: max(34, x(day.finish) - x(leave)))
        canvas.text(
          "\(end) \(TripChart.clock(day.finish))", Point(x(day.finish), axis + 13), size: 7,
          anchor: .end, colour: .grey, room: 90)
      }
    }
    drawing = canvas.drawing
  }

  /// Minutes after midnight as `09:30`.
  public static func clock(_ minute: Double) -> String {
    let minutes = Int(minute.rounded())
    let hour = minutes / 60
    let rest = minutes % 60
    return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
  }
}
