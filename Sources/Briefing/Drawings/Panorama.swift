import Atlas
import Matching

/// The whole chain on one A3 sheet, landscape: what wins at the table. 产业链全景图
public struct Panorama: Sendable {
  public let drawing: Drawing
  let layout: PanoramaLayout

  /// A3 landscape in points.
  public static let width = 1190.55
  public static let height = 841.89

  public init(_ data: PanoramaData) {
    var canvas = PanoramaCanvas(data)
    let top = canvas.header()
    let bottom = canvas.footer()
    let headerHeight = 26.0
    let area = Frame(
      x: PanoramaCanvas.margin, y: top + headerHeight + 10,
      width: Panorama.width - 2 * PanoramaCanvas.margin,
      height: bottom - top - headerHeight - 20)
    let layout = PanoramaLayout(data, area: area)
    canvas.tiers(layout, y: top, height: headerHeight)
    canvas.flows(layout)
    canvas.boxes(layout)
    canvas.legend(layout, y: bottom + 4)
    self.layout = layout
    drawing = canvas.drawing
  }
}

/// Paints the parts of the sheet. 全景图绘制
struct PanoramaCanvas {
  static let margin = 34.0
  let data: PanoramaData
  let words: PanoramaWords
  var drawing: Drawing

  init(_ data: PanoramaData) {
    self.data = data
    words = PanoramaWords(data.language)
    drawing = Drawing(
      width: Panorama.width, height: Panorama.height, description: data.title)
    rectangle(
      Frame(x: 0, y: 0, width: Panorama.width, height: Panorama.height), fill: .solid(.white))
  }

  private func phrase(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[data.language]
  }

  mutating func rectangle(
    _ frame: Frame, radius: Double = 0, fill: Drawing.Fill, stroke: Drawing.Stroke? = nil
  ) {
    drawing.shapes.append(.rectangle(frame, radius: radius, fill: fill, stroke: stroke))
  }

  mutating func text(
    _ text: String, _ at: Point, size: Double, weight: TextMetrics.Weight = .regular,
    anchor: Drawing.Label.Anchor = .start, colour: Colour = .ink, room: Double
  ) {
    guard !text.isEmpty else { return }
    drawing.shapes.append(
      .text(
        Drawing.Label(
          text, at: at, size: size, weight: weight, anchor: anchor, colour: colour, room: room)))
  }

  /// Title, class, sample mark, the firm's position. Returns where the body begins.
  mutating func header() -> Double {
    let left = PanoramaCanvas.margin
    let right = Panorama.width - PanoramaCanvas.margin
    rectangle(Frame(x: left, y: 28, width: 5, height: 44), fill: .solid(.seal))
    text(
      data.title, Point(left + 16, 54), size: 27, weight: .bold, room: right - left - 260)
    text(data.subtitle, Point(left + 16, 73), size: 11, colour: .grey, room: right - left - 260)
    tag(data.classification.label[data.language], right: right, y: 30, colour: .seal)
    if data.isSample {
      tag(
        phrase("示例数据", "Sample data"), right: right - 92, y: 30, colour: Colour("#8a5a00"))
    }
    let counts = classCounts
    let open = counts.filter { $0.0.isOpen }.reduce(0) { $0 + $1.1 }
    text(
      phrase(
        "环节 \(data.segments.count) 个 · 待补、待强、可延 \(open) 个",
        "\(data.segments.count) segments · \(open) missing, weak or extendable"),
      Point(right, 69), size: 11, anchor: .end, colour: .grey, room: 250)
    guard !data.position.isEmpty else { return 88 }
    let room = right - left - 40
    let lines = data.position.flatMap { wrap($0, width: room, size: 11.5) }.prefix(3)
    let height = 12 + Double(lines.count) * 16
    rectangle(
      Frame(x: left, y: 84, width: right - left, height: height), radius: 3,
      fill: .solid(Colour("#fbf1f0")), stroke: Drawing.Stroke(Colour("#e3b9b5"), width: 0.7))
    for (index, line) in lines.enumerated() {
      let y = 84 + 17.5 + Double(index) * 16
      if index == 0 {
        text("★", Point(left + 12, y), size: 11.5, weight: .bold, colour: .seal, room: 14)
      }
      text(line, Point(left + 28, y), size: 11.5, room: room)
    }
    return 84 + height + 12
  }

  private mutating func tag(_ word: String, right: Double, y: Double, colour: Colour) {
    let width = 84.0
    rectangle(
      Frame(x: right - width, y: y, width: width, height: 22), radius: 3, fill: .solid(.white),
      stroke: Drawing.Stroke(colour, width: 1.2))
    text(
      word, Point(right - width / 2, y + 15.5), size: 12, weight: .bold, anchor: .middle,
      colour: colour, room: width - 8)
  }

  /// Small print at the foot. Returns where the body ends.
  mutating func footer() -> Double {
    let left = PanoramaCanvas.margin
    let right = Panorama.width - PanoramaCanvas.margin
    let room = right - left
    let lines = data.footer.flatMap { wrap($0, width: room, size: 7.6) }.prefix(3)
    let top = Panorama.height - 18 - Double(lines.count) * 11
    for (index, line) in lines.enumerated() {
      text(
        line, Point(left, top + 8 + Double(index) * 11), size: 7.6, colour: .grey, room: room)
    }
    rectangle(
      Frame(x: left, y: top - 5, width: room, height: 0.6), fill: .solid(.rule))
    return top - 5 - 42
  }

  /// Chevrons over the columns: the chain runs from left to right.
  mutating func tiers(_ layout: PanoramaLayout, y: Double, height: Double) {
    var first = 0
    while first < layout.tierOfColumn.count {
      let tier = layout.tierOfColumn[first]
      var last = first
      while last + 1 < layout.tierOfColumn.count, layout.tierOfColumn[last + 1] == tier {
        last += 1
      }
      let left = layout.columnFrames[first].x
      let point = 10.0
      // The last one ends with the sheet.
      let right = min(
        layout.columnFrames[last].right, Panorama.width - PanoramaCanvas.margin - point)
      drawing.shapes.append(
        .path(
          [
            .move(Point(left, y)), .line(Point(right, y)),
            .line(Point(right + point, y + height / 2)), .line(Point(right, y + height)),
            .line(Point(left, y + height)), .line(Point(left + point, y + height / 2)), .close,
          ], fill: .solid(Colour("#2f3e55")), stroke: nil))
      text(
        data.tiers[tier], Point((left + right) / 2 + 4, y + 17.5), size: 12.5, weight: .bold,
        anchor: .middle, colour: .white, room: right - left - 24)
      first = last + 1
    }
  }

  /// Ribbons, those of the marked firm's segment on top and in its colour.
  mutating func flows(_ layout: PanoramaLayout) {
    func isMarked(_ ribbon: PanoramaLayout.Ribbon) -> Bool {
      data.segments[ribbon.from].marked != nil
        || ribbon.targets.contains { data.segments[$0].marked != nil }
    }
    let sorted =
      layout.ribbons.filter { !isMarked($0) } + layout.ribbons.filter(isMarked)
    for ribbon in sorted {
      let colour = isMarked(ribbon) ? Colour("#c0615c") : Colour("#a9b5c6")
      drawing.shapes.append(
        .path(
          ribbon.path, fill: .none,
          stroke: Drawing.Stroke(colour, width: ribbon.width, isRound: true)))
    }
    for ribbon in sorted {
      guard let tip = ribbon.tip else { continue }
      let colour = isMarked(ribbon) ? Colour.seal : Colour("#74839a")
      let length = 6.5 * layout.scale * (ribbon.pointsRight ? -1 : 1)
      let half = max(2.6 * layout.scale, ribbon.width * 0.5 + 1.6 * layout.scale)
      drawing.shapes.append(
        .path(
          [
            .move(tip), .line(Point(tip.x + length, tip.y - half)),
            .line(Point(tip.x + length, tip.y + half)), .close,
          ], fill: .solid(colour), stroke: nil))
    }
  }

  mutating func boxes(_ layout: PanoramaLayout) {
    for (index, frame) in layout.frames.enumerated() {
      let segment = data.segments[index]
      let box = layout.boxes[index]
      let isMissing = segment.gapClass == .supplement
      rectangle(frame, radius: 3, fill: .solid(.white))
      rectangle(frame, radius: 3, fill: segment.gapClass.ground)
      rectangle(
        Frame(
          x: frame.x, y: frame.y, width: PanoramaBox.strip(layout.scale), height: frame.height),
        fill: segment.gapClass.hatch)
      if segment.marked != nil {
        rectangle(
          Frame(x: frame.x, y: frame.y, width: frame.width, height: box.bandHeight),
          fill: .solid(.seal))
      }
      rectangle(
        frame, radius: 3, fill: .none,
        stroke: segment.marked != nil
          ? Drawing.Stroke(.seal, width: 2.2)
          : Drawing.Stroke(
            isMissing ? segment.gapClass.ink : Colour("#8b95a5"), width: isMissing ? 1.2 : 0.8,
            dash: isMissing ? [5, 3] : []))
      for line in box.lines {
        text(
          line.text, Point(frame.x + line.x, frame.y + line.baseline), size: line.size,
          weight: line.weight, colour: line.colour, room: line.room)
      }
    }
  }

  private var classCounts: [(GapClass, Int)] {
    GapClass.allCases.map { kind in
      (kind, data.segments.reduce(0) { $0 + ($1.gapClass == kind ? 1 : 0) })
    }
  }

  /// Meaning of patterns, strokes and marks, in one line where it fits, else in two.
  mutating func legend(_ layout: PanoramaLayout, y: Double) {
    let left = PanoramaCanvas.margin
    let right = Panorama.width - PanoramaCanvas.margin
    let size = 9.0
    var x = left
    var baseline = y + 12
    func advance(_ width: Double) -> Bool { x + width > right }
    for (kind, count) in classCounts where count > 0 {
      let word =
        "\(kind.label[data.language]) \(count)" + explanation(kind)
      let width = 22 + TextMetrics.width(word, size: size) + 16
      if advance(width) {
        x = left
        baseline += 14
      }
      rectangle(
        Frame(x: x, y: baseline - 8.5, width: 17, height: 10.5), fill: kind.hatch,
        stroke: Drawing.Stroke(kind.ink, width: 0.6))
      text(word, Point(x + 22, baseline), size: size, room: width - 22)
      x += width
    }
    let notes: [(String, Bool)] = [
      (phrase("线宽示投入强度（元/元）", "line width: input per yuan of output"), true),
      (
        data.segments.contains { $0.marked != nil }
          ? phrase("★ 红框红线：贵公司所在环节及其上下游", "★ red: your segment and its neighbours") : "",
        false
      ),
      (
        layout.undrawn > 0
          ? phrase(
            "另有 \(layout.undrawn) 条较小流向未画", "\(layout.undrawn) smaller flows not drawn") : "",
        false
      ),
    ]
    for (note, hasStroke) in notes where !note.isEmpty {
      let width = (hasStroke ? 28 : 0) + TextMetrics.width(note, size: size) + 16
      if advance(width) {
        x = left
        baseline += 14
      }
      if hasStroke {
        drawing.shapes.append(
          .path(
            [
              .move(Point(x, baseline - 4.2)), .line(Point(x + 23, baseline - 5.7)),
              .line(Point(x + 23, baseline - 0.7)), .line(Point(x, baseline - 2.2)), .close,
            ], fill: .solid(Colour("#a9b5c6")), stroke: nil))
      }
      text(
        note, Point(x + (hasStroke ? 28 : 0), baseline), size: size,
        room: width - (hasStroke ? 28 : 0))
      x += width
    }
  }

  private func explanation(_ kind: GapClass) -> String {
    switch kind {
    case .supplement: phrase("（本地缺失或不足一成）", " (absent or under a tenth here)")
    case .strengthen: phrase("（本地薄弱）", " (thin here)")
    case .extend: phrase("（可向下延伸）", " (can be extended)")
    case .steady: phrase("（本地充足）", " (sufficient)")
    case .outside: phrase("（不在本地范围）", " (outside our scope)")
    case .unknown: phrase("（数据不足）", " (data missing)")
    }
  }
}
