/// A number under three scenarios: all parameters at their low, their base, their high. 低-中-高
///
/// While a scenario is being computed the three are not ordered: a difference of two costs at
/// their high may be smaller than at their low. `ordered` makes the printed range of it.
public struct Span: Sendable, Hashable, Codable {
  public var low: Double
  public var base: Double
  public var high: Double

  public init(low: Double, base: Double, high: Double) {
    self.low = low
    self.base = base
    self.high = high
  }

  /// A number without range.
  public init(_ value: Double) {
    self.init(low: value, base: value, high: value)
  }

  public static let zero = Span(0)

  /// The printed range: minimum and maximum over the scenarios around the base.
  public var ordered: Span {
    Span(low: min(low, base, high), base: base, high: max(low, base, high))
  }

  /// The value under one scenario.
  public subscript(scenario: Scenario) -> Double {
    get {
      switch scenario {
      case .low: low
      case .base: base
      case .high: high
      }
    }
    set {
      switch scenario {
      case .low: low = newValue
      case .base: base = newValue
      case .high: high = newValue
      }
    }
  }

  /// Computes a span scenario by scenario.
  public static func each(_ value: (Scenario) -> Double) -> Span {
    Span(low: value(.low), base: value(.base), high: value(.high))
  }

  public var isFinite: Bool { low.isFinite && base.isFinite && high.isFinite }

  public static func + (left: Span, right: Span) -> Span {
    Span(low: left.low + right.low, base: left.base + right.base, high: left.high + right.high)
  }
  public static func - (left: Span, right: Span) -> Span {
    Span(low: left.low - right.low, base: left.base - right.base, high: left.high - right.high)
  }
  public static func * (left: Span, right: Double) -> Span {
    Span(low: left.low * right, base: left.base * right, high: left.high * right)
  }
  public static func * (left: Span, right: Span) -> Span {
    Span(low: left.low * right.low, base: left.base * right.base, high: left.high * right.high)
  }
  public static func / (left: Span, right: Double) -> Span { left * (1 / right) }
  public static func += (left: inout Span, right: Span) { left = left + right }
  public static prefix func - (span: Span) -> Span { span * -1 }
}

/// One of the three parameter settings that a cost is computed under. 情景
public enum Scenario: String, Sendable, Codable, CaseIterable {
  case low, base, high
}
