public import Atlas

/// A lane of a project: what it brings in or sends out, and where the other end lies. 项目线路
public struct ProjectLane: Sendable, Hashable {
  public let direction: LaneDirection
  /// Row of `Places` of the supplier or customer.
  public let place: Int
  public let shipment: Shipment

  public init(direction: LaneDirection, place: Int, shipment: Shipment) {
    self.direction = direction
    self.place = place
    self.shipment = shipment
  }
}

/// A lane priced from today's place and from the site, by the same function and parameters. 线路对比
public struct LaneComparison: Sendable, Hashable {
  public let lane: ProjectLane
  public let today: LaneQuote
  public let here: LaneQuote

  /// Today's cost minus the cost here, yuan per year under each scenario; negative is an increase.
  ///
  /// Unknown: nil when one of the two is not known.
  public var saving: Span? {
    guard let today = today.cost, let here = here.cost else { return nil }
    return today.total - here.total
  }
}

/// The two freight bills of a project: in and out, today and here. 两项物流账单
public struct FreightBill: Sendable, Hashable {
  public let lanes: [LaneComparison]

  /// Lanes of one direction, in the order given.
  public func lanes(_ direction: LaneDirection) -> [LaneComparison] {
    lanes.filter { $0.lane.direction == direction }
  }

  /// Saving on one bill, yuan per year; nil when it has no lane or one cannot be priced.
  public func saving(_ direction: LaneDirection) -> Span? {
    FreightBill.sum(lanes(direction).map(\.saving))
  }

  /// One bill today, yuan per year; nil as for `saving`.
  public func today(_ direction: LaneDirection) -> Span? {
    FreightBill.sum(lanes(direction).map(\.today.cost?.total))
  }

  /// One bill here, yuan per year; nil as for `saving`.
  public func here(_ direction: LaneDirection) -> Span? {
    FreightBill.sum(lanes(direction).map(\.here.cost?.total))
  }

  private static func sum(_ parts: [Span?]) -> Span? {
    guard !parts.isEmpty else { return nil }
    var total = Span.zero
    for part in parts {
      guard let part else { return nil }
      total += part
    }
    return total
  }
}

extension FreightNetwork {
  /// Prices a project's known lanes from today's place and from the site.
  public func bill(lanes: [ProjectLane], today: Int, here: Int) -> FreightBill {
    func quote(_ lane: ProjectLane, _ plant: Int) -> LaneQuote {
      switch lane.direction {
      case .inbound: cost(from: lane.place, to: plant, shipment: lane.shipment)
      case .outbound: cost(from: plant, to: lane.place, shipment: lane.shipment)
      }
    }
    return FreightBill(
      lanes: lanes.map { lane in
        LaneComparison(lane: lane, today: quote(lane, today), here: quote(lane, here))
      })
  }
}
