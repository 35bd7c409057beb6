extension Drawing {
  /// The picture as a standalone SVG document; the same picture gives the same bytes.
  ///
  /// - Parameter unit: `mm` sizes for print, or nil to let the page scale it.
  public func svg(sized: Bool = true) -> String {
    let hatches = usedHatches
    let arrows = usedArrows
    let n = Markup.coordinate
    var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) \(n(height))\""
    if sized { out += " width=\"\(n(width))pt\" height=\"\(n(height))pt\"" }
    out += " role=\"img\" font-family=\"\(Drawing.fonts)\">\n"
    out += "<title>\(Markup.escape(description))</title>\n"
    if !hatches.isEmpty || !arrows.isEmpty {
      out += "<defs>\n"
      for (index, hatch) in hatches.enumerated() { out += pattern(hatch, id: index) }
      for (index, colour) in arrows.enumerated() {
        out +=
          "<marker id=\"\(identity)a\(index)\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" "
          + "markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
          + "<path d=\"M0 0.8L8 4L0 7.2Z\" fill=\"\(colour.hex)\"/></marker>\n"
      }
      out += "</defs>\n"
    }
    for shape in shapes { out += element(shape, hatches, arrows) }
    return out + "</svg>\n"
  }

  /// Sans-serif CJK fonts by name, the measured one first.
  static let fonts =
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"

  private func element(_ shape: Shape, _ hatches: [Fill], _ arrows: [Colour]) -> String {
    let n = Markup.coordinate
    switch shape {
    case .rectangle(let frame, let radius, let fill, let stroke):
      let corner = radius > 0 ? " rx=\"\(n(radius))\"" : ""
      return "<rect x=\"\(n(frame.x))\" y=\"\(n(frame.y))\" width=\"\(n(max(0, frame.width)))\" "
        + "height=\"\(n(max(0, frame.height)))\"\(corner)"
        + paint(fill, hatches) + line(stroke, arrows) + "/>\n"
    case .path(let segments, let fill, let stroke):
      var d = ""
      for segment in segments {
        switch segment {
        case .move(let p): d += "M\(n(p.x)) \(n(p.y))"
        case .line(let p): d += "L\(n(p.x)) \(n(p.y))"
        case .curve(let a, let b, let p):
          d += "C\(n(a.x)) \(n(a.y)) \(n(b.x)) \(n(b.y)) \(n(p.x)) \(n(p.y))"
        case .close: d += "Z"
        }
      }
      return "<path d=\"\(d)\"" + paint(fill, hatches) + line(stroke, arrows) + "/>\n"
    case .text(let label):
      let anchor = label.anchor == .start ? "" : " text-anchor=\"\(label.anchor.rawValue)\""
      let weight = label.weight == .bold ? " font-weight=\"bold\"" : ""
      let opacity = label.colour.opacity < 1 ? " fill-opacity=\"\(n(label.colour.opacity))\"" : ""
      return "<text x=\"\(n(label.at.x))\" y=\"\(n(label.at.y))\" font-size=\"\(n(label.size))\""
        + "\(weight)\(anchor) fill=\"\(label.colour.hex)\"\(opacity)>"
        + Markup.escape(label.text) + "</text>\n"
    }
  }

  private func paint(_ fill: Fill, _ hatches: [Fill]) -> String {
    switch fill {
    case .none: return " fill=\"none\""
    case .solid(let colour):
      let opacity =
        colour.opacity < 1 ? " fill-opacity=\"\(Markup.coordinate(colour.opacity))\"" : ""
      return " fill=\"\(colour.hex)\"\(opacity)"
    case .hatch:
      let index = hatches.firstIndex(of: fill) ?? 0
      return " fill=\"url(#\(identity)h\(index))\""
    }
  }

  private func line(_ stroke: Stroke?, _ arrows: [Colour]) -> String {
    guard let stroke else { return "" }
    let n = Markup.coordinate
    var out = " stroke=\"\(stroke.colour.hex)\" stroke-width=\"\(n(stroke.width))\""
    if stroke.colour.opacity < 1 { out += " stroke-opacity=\"\(n(stroke.colour.opacity))\"" }
    if stroke.isRound { out += " stroke-linecap=\"round\"" }
    if !stroke.dash.isEmpty {
      out += " stroke-dasharray=\"\(stroke.dash.map(n).joined(separator: " "))\""
    }
    if stroke.hasArrow, let index = arrows.firstIndex(of: Colour(stroke.colour.hex)) {
      out += " marker-end=\"url(#\(identity)a\(index))\""
    }
    return out
  }

  private var usedHatches: [Fill] {
    var found: [Fill] = []
    for shape in shapes {
      switch shape {
      case .rectangle(_, _, let fill, _), .path(_, let fill, _):
        if case .hatch = fill, !found.contains(fill) { found.append(fill) }
      case .text: continue
      }
    }
    return found
  }

  private var usedArrows: [Colour] {
    var found: [Colour] = []
    for shape in shapes {
      switch shape {
      case .rectangle(_, _, _, let stroke), .path(_, _, let stroke):
        if let stroke, stroke.hasArrow {
          let colour = Colour(stroke.colour.hex)
          if !found.contains(colour) { found.append(colour) }
        }
      case .text: continue
      }
    }
    return found
  }

  /// Keeps the ids of several pictures on one page apart: FNV-1a over the description and size.
  private var identity: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte
      in "\(description)|\(Markup.coordinate(width))x\(Markup.coordinate(height))|\(shapes.count)"
      .utf8
    {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return "d" + String(hash, radix: 36)
  }

  private func pattern(_ fill: Fill, id: Int) -> String {
    guard case .hatch(let hatch, let ink, let paper) = fill else { return "" }
    let n = Markup.coordinate
    let size = hatch == .dots ? 5.0 : 6.0
    let stroke =
      "stroke=\"\(ink.hex)\" stroke-opacity=\"\(n(ink.opacity))\" stroke-width=\"1.1\" fill=\"none\""
    let d =
      switch hatch {
      case .diagonal: "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5"
      case .backDiagonal: "M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5"
      case .horizontal: "M0 3L6 3"
      case .vertical: "M3 0L3 6"
      case .cross:
        "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5M-1.5 4.5L1.5 7.5M0 0L6 6M4.5 -1.5L7.5 1.5"
      case .dots: ""
      }
    let mark =
      hatch == .dots
      ? "<circle cx=\"2.5\" cy=\"2.5\" r=\"0.9\" fill=\"\(ink.hex)\" fill-opacity=\"\(n(ink.opacity))\"/>"
      : "<path d=\"\(d)\" \(stroke)/>"
    return
      "<pattern id=\"\(identity)h\(id)\" width=\"\(n(size))\" height=\"\(n(size))\" "
      + "patternUnits=\"userSpaceOnUse\"><rect width=\"\(n(size))\" height=\"\(n(size))\" "
      + "fill=\"\(paper.hex)\"/>\(mark)</pattern>\n"
  }
}
