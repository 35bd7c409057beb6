public import Atlas

/// One leg of a lane, or a change of mode. 区段
public struct Leg: Sendable, Hashable {
  public let mode: Mode
  public let fromName: String
  public let toName: String
  public let km: Double
  public let days: Span
  /// Yuan per tonne; the handling charge for a change of mode.
  public let costPerTonne: Span
}

/// What a lane costs in a year, part by part. 线路总物流成本
///
/// Every part is under three scenarios, each with its own cheapest path; the legs are those of the
/// base scenario. Money in yuan per year unless per tonne.
public struct LaneCost: Sendable, Hashable {
  public let legs: [Leg]
  /// Line-haul without handling.
  public let freight: Span
  public let handling: Span
  public let inTransit: Span
  public let cycleStock: Span
  public let safetyStock: Span
  public let loss: Span
  public let days: Span
  public let tonnesPerYear: Double
  /// Tonnes per consignment.
  public let shipmentTonnes: Double

  /// The sum of the parts.
  public var total: Span { freight + handling + inTransit + cycleStock + safetyStock + loss }

  /// Yuan per tonne; nil when nothing is shipped.
  public var perTonne: Span? { tonnesPerYear > 0 ? total / tonnesPerYear : nil }

  /// Kilometres over all legs of the base scenario.
  public var km: Double { legs.reduce(0) { $0 + $1.km } }
}

/// The price of a lane, or why there is none. 报价
public enum LaneQuote: Sendable, Hashable {
  case priced(LaneCost)
  case unreachable(because: Phrase)

  /// The cost when there is one.
  public var cost: LaneCost? {
    if case .priced(let cost) = self { cost } else { nil }
  }
}
