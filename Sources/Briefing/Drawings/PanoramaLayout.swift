import Atlas

/// Where everything of the picture stands. 全景图排布
///
/// Tiers become columns, a crowded tier several. A flow that passes over a column gets a lane
/// between its boxes, so that no ribbon ever runs behind a box; within the gutters ribbons are
/// smooth. The largest type that fits the sheet is taken.
struct PanoramaLayout: Sendable {
  /// Body of the sheet that boxes stand in.
  let area: Frame
  let scale: Double
  /// In the order of `PanoramaData.segments`.
  let boxes: [PanoramaBox]
  let frames: [Frame]
  /// Column of each segment.
  let column: [Int]
  /// The tier of each column.
  let tierOfColumn: [Int]
  let columnFrames: [Frame]
  let ribbons: [Ribbon]
  /// Flows too light to draw beside the others.
  let undrawn: Int

  /// One stroke of a flow; a flow that passes columns is several.
  struct Ribbon: Sendable {
    let from: Int
    /// Segments that the flows in it run to.
    let targets: [Int]
    let path: [Drawing.Segment]
    let width: Double
    /// Where the arrow's tip touches the receiving box, and whether it points right.
    let tip: Point?
    let pointsRight: Bool
    let start: Point
    let end: Point
  }

  init(_ data: PanoramaData, area: Frame) {
    self.area = area
    var found: Attempt?
    // What fits at one preference fits at the later ones but for rare cases: bisect.
    var low = 0
    var high = PanoramaLayout.preferences.count
    while low < high {
      let middle = (low + high) / 2
      let (scale, lines) = PanoramaLayout.preferences[middle]
      if let attempt = Attempt(data, area: area, scale: scale, firmLines: lines) {
        found = attempt
        high = middle
      } else {
        low = middle + 1
      }
    }
    var scale = 0.5
    while found == nil {
      found = Attempt(data, area: area, scale: scale, firmLines: 0)
      scale *= 0.9
      precondition(scale > 0.01, "a chain of any size fits at some scale")
    }
    // The loop above ends only with a layout.
    guard let found else { preconditionFailure("no layout was found") }
    self.scale = found.scale
    boxes = found.boxes
    column = found.column
    tierOfColumn = found.tierOfColumn
    columnFrames = found.columnFrames

    let routing = PanoramaRouting(data, attempt: found, area: area)
    frames = routing.frames
    ribbons = routing.ribbons
    undrawn = routing.undrawn
  }

  /// Type size against detail, best first: firms' names matter more than size down to 8 pt.
  private static let preferences: [(Double, Int)] = [
    (1.8, 6), (1.65, 5), (1.5, 4), (1.4, 4), (1.3, 4), (1.2, 3), (1.1, 3), (1, 3), (1, 2),
    (0.92, 3), (0.92, 2), (0.86, 2), (0.8, 2), (0.86, 1), (0.8, 1), (0.74, 2), (0.74, 1),
    (0.8, 0), (0.74, 0), (0.71, 0), (0.67, 0), (0.62, 0), (0.56, 0),
  ]

  /// One try at one type size: columns, boxes, room for lanes.
  struct Attempt: Sendable {
    let scale: Double
    let boxes: [PanoramaBox]
    let column: [Int]
    let tierOfColumn: [Int]
    let columnFrames: [Frame]
    let gap: Double
    let laneHeight: Double

    init?(_ data: PanoramaData, area: Frame, scale: Double, firmLines: Int) {
      let used = data.tiers.indices.filter { tier in data.segments.contains { $0.tier == tier } }
      guard !used.isEmpty else { return nil }
      var split = used.map { _ in 1 }
      let gap = 7 * scale
      let laneHeight = 5 * scale
      // What boxes leave free goes to lanes and air; a crowded sheet makes do with less of both.
      let room = area.height * (scale > 0.85 ? 0.82 : 0.93)
      while true {
        let count = split.reduce(0, +)
        let gutter = min(70, max(26, 52 - 3 * Double(count))) * max(0.8, min(1.3, scale))
        let width = min(
          290 * max(1, scale * 0.9),
          (area.width - Double(count - 1) * gutter) / Double(count))
        guard width >= 150 * scale || count == used.count, width >= 60, count <= 14 else {
          return nil
        }
        let boxes = data.segments.enumerated().map { index, segment in
          PanoramaBox(
            index, segment, width: width, scale: scale, firmLines: firmLines,
            language: data.language)
        }
        var column = [Int](repeating: 0, count: data.segments.count)
        var tierOfColumn: [Int] = []
        var tallest: (tier: Int, height: Double)?
        for (position, tier) in used.enumerated() {
          let members = data.segments.indices.filter { data.segments[$0].tier == tier }
          let heights = members.map { boxes[$0].height + gap }
          let first = tierOfColumn.count
          let parts = balanced(heights, into: split[position])
          for (member, part) in zip(members, parts) { column[member] = first + part }
          for part in 0..<split[position] {
            tierOfColumn.append(tier)
            let height = zip(heights, parts).reduce(0) { $1.1 == part ? $0 + $1.0 : $0 }
            if height > room, height > (tallest?.height ?? 0) { tallest = (position, height) }
          }
        }
        guard let crowded = tallest else {
          // Few columns keep their width and share what is left as wider gutters.
          let wide =
            count > 1
            ? min(150, (area.width - Double(count) * width) / Double(count - 1)) : 0
          let total = Double(count) * width + Double(count - 1) * wide
          let left = area.x + (area.width - total) / 2
          self.scale = scale
          self.boxes = boxes
          self.column = column
          self.tierOfColumn = tierOfColumn
          self.gap = gap
          self.laneHeight = laneHeight
          columnFrames = (0..<count).map {
            Frame(
              x: left + Double($0) * (width + wide), y: area.y, width: width,
              height: area.height)
          }
          return
        }
        split[crowded.tier] += 1
      }
    }
  }
}

/// Cuts a list into consecutive parts of about equal sum; the part of each item.
private func balanced(_ heights: [Double], into parts: Int) -> [Int] {
  let total = heights.reduce(0, +)
  var sum = 0.0
  return heights.map { height in
    let middle = sum + height / 2
    sum += height
    return min(parts - 1, max(0, Int(middle / total * Double(parts))))
  }
}
