/// A picture as a list of shapes, painted in order; lengths in points. 图形
public struct Drawing: Sendable, Hashable {
  public let width: Double
  public let height: Double
  /// What the picture says, for readers who cannot see it.
  public let description: String
  public var shapes: [Shape]

  public init(width: Double, height: Double, description: String, shapes: [Shape] = []) {
    self.width = width
    self.height = height
    self.description = description
    self.shapes = shapes
  }

  /// Everything a paper draws.
  public enum Shape: Sendable, Hashable {
    case rectangle(Frame, radius: Double, fill: Fill, stroke: Stroke?)
    case path([Segment], fill: Fill, stroke: Stroke?)
    case text(Label)
  }

  /// A step of a path.
  public enum Segment: Sendable, Hashable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  /// A line of text; `width` is the room that it has.
  public struct Label: Sendable, Hashable {
    public enum Anchor: String, Sendable, Hashable { case start, middle, end }
    public let text: String
    /// The anchor on the baseline.
    public let at: Point
    public let size: Double
    public let weight: TextMetrics.Weight
    public let anchor: Anchor
    public let colour: Colour
    public let room: Double

    /// Cuts the text with `…` when it is wider than its room.
    public init(
      _ text: String, at: Point, size: Double, weight: TextMetrics.Weight = .regular,
      anchor: Anchor = .start, colour: Colour = .ink, room: Double
    ) {
      self.text = fitted(text, width: room, size: size, weight: weight)
      self.at = at
      self.size = size
      self.weight = weight
      self.anchor = anchor
      self.colour = colour
      self.room = room
    }

    public var width: Double { TextMetrics.width(text, size: size, weight: weight) }

    /// The rectangle that the ink stays in.
    public var frame: Frame {
      let left =
        switch anchor {
        case .start: at.x
        case .middle: at.x - width / 2
        case .end: at.x - width
        }
      return Frame(
        x: left, y: at.y - size * TextMetrics.ascent, width: width,
        height: size * (TextMetrics.ascent + TextMetrics.descent))
    }
  }

  /// How an area is filled.
  public enum Fill: Sendable, Hashable {
    case none
    case solid(Colour)
    /// A pattern told apart without colour.
    case hatch(Hatch, ink: Colour, paper: Colour)
  }

  /// Patterns that stay apart in greyscale and for every kind of colour vision. 填纹
  public enum Hatch: String, Sendable, Hashable, CaseIterable {
    case diagonal, backDiagonal, horizontal, vertical, cross, dots
  }

  public struct Stroke: Sendable, Hashable {
    public let colour: Colour
    public let width: Double
    public let dash: [Double]
    public let hasArrow: Bool
    /// Round ends, so that strokes that continue each other join smoothly.
    public let isRound: Bool

    public init(
      _ colour: Colour, width: Double, dash: [Double] = [], hasArrow: Bool = false,
      isRound: Bool = false
    ) {
      self.isRound = isRound
      self.colour = colour
      self.width = width
      self.dash = dash
      self.hasArrow = hasArrow
    }
  }
}

/// A point; y grows downwards. 点
public struct Point: Sendable, Hashable {
  public var x: Double
  public var y: Double
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A rectangle. 框
public struct Frame: Sendable, Hashable {
  public var x: Double
  public var y: Double
  public var width: Double
  public var height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public var right: Double { x + width }
  public var bottom: Double { y + height }
  public var middleX: Double { x + width / 2 }
  public var middleY: Double { y + height / 2 }

  public func inset(_ margin: Double) -> Frame {
    Frame(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// True when the two share more than an edge.
  public func overlaps(_ other: Frame) -> Bool {
    let slack = 1e-6
    return x < other.right - slack && other.x < right - slack && y < other.bottom - slack
      && other.y < bottom - slack
  }

  public func contains(_ other: Frame) -> Bool {
    let slack = 1e-6
    return other.x >= x - slack && other.y >= y - slack && other.right <= right + slack
      && other.bottom <= bottom + slack
  }
}

/// A colour as `#rrggbb` with opacity. 颜色
public struct Colour: Sendable, Hashable {
  public let hex: String
  /// 0 to 1.
  public let opacity: Double

  public init(_ hex: String, opacity: Double = 1) {
    precondition(
      hex.utf8.count == 7 && hex.hasPrefix("#") && hex.dropFirst().allSatisfy(\.isHexDigit),
      "a colour is written #rrggbb")
    self.hex = hex
    self.opacity = opacity
  }

  public static let ink = Colour("#1a1a1a")
  public static let grey = Colour("#5c6470")
  public static let rule = Colour("#b8bec8")
  public static let faint = Colour("#eef1f5")
  public static let white = Colour("#ffffff")
  /// The one strong colour of the papers.
  public static let seal = Colour("#a61b1b")
  // Okabe and Ito 2008, "Color universal design": eight colours told apart by every colour vision.
  public static let vermilion = Colour("#d55e00")
  public static let amber = Colour("#e69f00")
  public static let blue = Colour("#0072b2")
  public static let sky = Colour("#56b4e9")
  public static let green = Colour("#009e73")
  public static let purple = Colour("#cc79a7")
}
