import Atlas

/// Order of the boxes in their columns, lanes between them, and the ribbons. 流向排布
///
/// Boxes and lanes are ordered by the barycentre of their neighbours (Sugiyama, Tagawa, Toda 1981,
/// doi:10.1109/TSMC.1981.4308636); flows of one segment through one column share a lane.
struct PanoramaRouting {
  private(set) var frames: [Frame]
  private(set) var ribbons: [PanoramaLayout.Ribbon] = []
  private(set) var undrawn = 0

  /// A box or a lane standing in a column.
  private struct Node {
    let column: Int
    /// Segment of a box, or the segment whose lane it is.
    let segment: Int
    let isLane: Bool
    let height: Double
    var y = 0.0
  }

  /// A stroke between a node and one of the next column, or two boxes of one column.
  private struct Edge {
    let left: Int
    let right: Int
    /// Segment that the flows in it come from.
    let from: Int
    /// Segments that they run to, all through this one stroke.
    var targets: [Int]
    /// The heaviest of them sets the width.
    var weight: Double
    let pointsRight: Bool
  }

  private var nodes: [Node] = []
  private var edges: [Edge] = []
  private var orders: [[Int]] = []

  init(_ data: PanoramaData, attempt: PanoramaLayout.Attempt, area: Frame) {
    frames = []
    let columns = attempt.columnFrames.count
    orders = [[Int]](repeating: [], count: columns)
    for (index, box) in attempt.boxes.enumerated() {
      nodes.append(
        Node(column: attempt.column[index], segment: index, isLane: false, height: box.height))
      orders[attempt.column[index]].append(index)
    }
    let drawn = PanoramaRouting.drawable(data, attempt: attempt, area: area)
    undrawn = data.flows.filter { $0.from != $0.to && $0.weight > 0 }.count - drawn.count
    for flow in drawn { add(flow, attempt) }
    order()
    place(area, gap: attempt.gap)
    frames = attempt.boxes.indices.map { index in
      let frame = attempt.columnFrames[attempt.column[index]]
      return Frame(
        x: frame.x, y: nodes[index].y, width: frame.width, height: attempt.boxes[index].height)
    }
    draw(attempt, heaviest: data.flows.map(\.weight).max() ?? 1)
  }

  /// Flows in order of weight, lanes permitting: a column's lanes take at most what is free.
  private static func drawable(
    _ data: PanoramaData, attempt: PanoramaLayout.Attempt, area: Frame
  ) -> [PanoramaFlow] {
    let column = attempt.column
    var free = attempt.columnFrames.indices.map { index in
      area.height
        - attempt.boxes.reduce(0) {
          column[$1.segment] == index ? $0 + $1.height + attempt.gap : $0
        }
    }
    var lanes: Set<Lane> = []
    let sorted = data.flows.enumerated().filter { $0.element.from != $0.element.to }
      .filter { $0.element.weight > 0 }
      .sorted {
        $0.element.weight != $1.element.weight
          ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
      }
    var kept: [(offset: Int, element: PanoramaFlow)] = []
    for item in sorted where kept.count < 120 {
      let low = min(column[item.element.from], column[item.element.to])
      let high = max(column[item.element.from], column[item.element.to])
      let needed = (low..<high).dropFirst().map { Lane(segment: item.element.from, column: $0) }
        .filter { !lanes.contains($0) }
      let height = attempt.laneHeight + attempt.gap * 0.6
      guard needed.allSatisfy({ free[$0.column] >= height }) else { continue }
      for lane in needed {
        free[lane.column] -= height
        lanes.insert(lane)
      }
      kept.append(item)
    }
    return kept.sorted { $0.offset < $1.offset }.map(\.element)
  }

  private struct Lane: Hashable {
    let segment: Int
    let column: Int
  }

  /// Adds the strokes of one flow, making the lanes it needs.
  private mutating func add(_ flow: PanoramaFlow, _ attempt: PanoramaLayout.Attempt) {
    let from = attempt.column[flow.from]
    let to = attempt.column[flow.to]
    let step = from <= to ? 1 : -1
    var previous = flow.from
    var current = from + step
    while from != to, current != to {
      let existing = orders[current].first { nodes[$0].isLane && nodes[$0].segment == flow.from }
      let lane: Int
      if let existing {
        lane = existing
      } else {
        lane = nodes.count
        nodes.append(
          Node(column: current, segment: flow.from, isLane: true, height: attempt.laneHeight))
        orders[current].append(lane)
      }
      connect(previous, lane, flow, pointsRight: step > 0)
      previous = lane
      current += step
    }
    connect(previous, flow.to, flow, pointsRight: step > 0)
  }

  private mutating func connect(
    _ from: Int, _ to: Int, _ flow: PanoramaFlow, pointsRight: Bool
  ) {
    let left = pointsRight ? from : to
    let right = pointsRight ? to : from
    if let shared = edges.firstIndex(where: {
      $0.left == left && $0.right == right && $0.pointsRight == pointsRight
    }) {
      edges[shared].weight = max(edges[shared].weight, flow.weight)
      edges[shared].targets.append(flow.to)
    } else {
      edges.append(
        Edge(
          left: left, right: right, from: flow.from, targets: [flow.to], weight: flow.weight,
          pointsRight: pointsRight))
    }
  }

  /// Sweeps left to right and back; a node without neighbours keeps its relative place.
  private mutating func order() {
    var rank = [Double](repeating: 0, count: nodes.count)
    func renumber(_ column: [Int]) {
      for (position, node) in column.enumerated() {
        rank[node] = (Double(position) + 0.5) / Double(column.count)
      }
    }
    for column in orders { renumber(column) }
    for sweep in 0..<10 {
      let columns = sweep % 2 == 0 ? Array(orders.indices) : orders.indices.reversed()
      for column in columns {
        let keyed = orders[column].enumerated().map { position, node -> (Double, Int, Int) in
          var sum = 0.0
          var weight = 0.0
          for edge in edges where nodes[edge.left].column != nodes[edge.right].column {
            let other = edge.left == node ? edge.right : edge.right == node ? edge.left : nil
            guard let other else { continue }
            let share = 0.2 + edge.weight
            sum += rank[other] * share
            weight += share
          }
          return (weight > 0 ? sum / weight : rank[node], position, node)
        }
        orders[column] = keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
        renumber(orders[column])
      }
    }
  }

  /// Stacks each column; what is free is shared between the gaps, less of it around lanes.
  private mutating func place(_ area: Frame, gap: Double) {
    for column in orders {
      let heights = column.reduce(0) { $0 + nodes[$1].height }
      func weight(_ above: Int?, _ below: Int?) -> Double {
        guard let above, let below else { return 0.5 }
        switch (nodes[above].isLane, nodes[below].isLane) {
        case (false, false): return 1
        case (true, true): return 0.35
        default: return 0.55
        }
      }
      var weights: [Double] = []
      for index in 0...column.count {
        weights.append(
          weight(
            index > 0 ? column[index - 1] : nil, index < column.count ? column[index] : nil))
      }
      let free = max(0, area.height - heights)
      let share = free / weights.reduce(0, +)
      var y = area.y
      for (index, node) in column.enumerated() {
        y += weights[index] * share
        nodes[node].y = y
        y += nodes[node].height
      }
    }
  }

  /// Ports sorted by where the strokes come from, then the curves.
  private mutating func draw(_ attempt: PanoramaLayout.Attempt, heaviest: Double) {
    let scale = attempt.scale
    let middle = nodes.map { $0.y + $0.height / 2 }
    var leftPort = [Double](repeating: 0, count: edges.count)
    var rightPort = [Double](repeating: 0, count: edges.count)
    for node in nodes.indices {
      let rightSide = edges.indices.flatMap { index -> [(Int, Bool, Double)] in
        let edge = edges[index]
        let isLoop = nodes[edge.left].column == nodes[edge.right].column
        var ends: [(Int, Bool, Double)] = []
        if edge.left == node { ends.append((index, true, middle[edge.right])) }
        if isLoop, edge.right == node { ends.append((index, false, middle[edge.left])) }
        return ends
      }
      let leftSide = edges.indices.compactMap { index -> (Int, Bool, Double)? in
        let edge = edges[index]
        let isLoop = nodes[edge.left].column == nodes[edge.right].column
        return edge.right == node && !isLoop ? (index, false, middle[edge.left]) : nil
      }
      for side in [rightSide, leftSide] {
        let sorted = side.sorted { ($0.2, $0.0) < ($1.2, $1.0) }
        let usable = nodes[node].isLane ? 0 : nodes[node].height * 0.76
        for (position, end) in sorted.enumerated() {
          let y =
            middle[node]
            + usable * ((Double(position) + 0.5) / Double(sorted.count) - 0.5)
          if end.1 { leftPort[end.0] = y } else { rightPort[end.0] = y }
        }
      }
    }
    for index in edges.indices {
      let edge = edges[index]
      let width = scale * (0.9 + 5 * (min(1, edge.weight / max(heaviest, 1e-9))).squareRoot())
      let leftFrame = attempt.columnFrames[nodes[edge.left].column]
      let rightFrame = attempt.columnFrames[nodes[edge.right].column]
      let isLoop = nodes[edge.left].column == nodes[edge.right].column
      let a = Point(leftFrame.right, leftPort[index])
      let b = Point(isLoop ? rightFrame.right : rightFrame.x, rightPort[index])
      let arrow = 6.5 * scale
      // The receiving end stops short of the box by the length of its arrow.
      let target = edge.pointsRight ? edge.right : edge.left
      let needsArrow = !nodes[target].isLane
      var start = a
      var end = b
      if needsArrow {
        if isLoop {
          end.x += arrow
        } else if edge.pointsRight {
          end.x -= arrow
        } else {
          start.x += arrow
        }
      }
      let path: [Drawing.Segment]
      if isLoop {
        let gutter = loopRoom(after: nodes[edge.left].column, attempt)
        let bulge = gutter * (0.55 + 0.3 * Double(index % 3) / 2)
        path = [
          .move(start), .curve(Point(a.x + bulge, a.y), Point(a.x + bulge, b.y), end),
        ]
      } else {
        let half = (start.x + end.x) / 2
        path = [.move(start), .curve(Point(half, start.y), Point(half, end.y), end)]
      }
      ribbons.append(
        PanoramaLayout.Ribbon(
          from: edge.from, targets: edge.targets, path: path, width: width,
          tip: needsArrow ? (edge.pointsRight || isLoop ? b : a) : nil,
          pointsRight: edge.pointsRight && !isLoop, start: start, end: end))
    }
    for node in nodes where node.isLane {
      let frame = attempt.columnFrames[node.column]
      let through = edges.filter { nodes[$0.left].isLane || nodes[$0.right].isLane }
        .filter {
          (nodes[$0.left].segment == node.segment && nodes[$0.left].isLane
            && nodes[$0.left].column == node.column)
            || (nodes[$0.right].segment == node.segment && nodes[$0.right].isLane
              && nodes[$0.right].column == node.column)
        }
      guard let sample = through.first else { continue }
      let weight = through.map(\.weight).max() ?? 0
      let width = min(
        node.height,
        scale * (0.9 + 5 * (min(1, weight / max(heaviest, 1e-9))).squareRoot()))
      let y = node.y + node.height / 2
      ribbons.append(
        PanoramaLayout.Ribbon(
          from: node.segment, targets: through.flatMap(\.targets),
          path: [.move(Point(frame.x, y)), .line(Point(frame.right, y))], width: width, tip: nil,
          pointsRight: sample.pointsRight, start: Point(frame.x, y), end: Point(frame.right, y)))
    }
  }

  /// How far a stroke between two boxes of one column may bulge out of it.
  private func loopRoom(after column: Int, _ attempt: PanoramaLayout.Attempt) -> Double {
    guard column + 1 < attempt.columnFrames.count else { return 24 }
    return min(60, attempt.columnFrames[column + 1].x - attempt.columnFrames[column].right) * 0.9
  }
}
