import Atlas

/// What a project buys in a year, input by input. 投入清单
public struct BillOfInputs: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    /// Global row of the supplying segment.
    public let segment: Int
    /// 10k yuan per year.
    public let need: Span
    /// Least quality level that the firm accepts; nil when it has not been asked.
    public let quality: UInt8?

    public init(segment: Int, need: Span, quality: UInt8? = nil) {
      self.segment = segment
      self.need = need
      self.quality = quality
    }
  }

  /// One line per segment, in the order first met; every base need is above 0.
  public let items: [Item]
  /// Stated when every line comes from the firm's own lanes, else estimated.
  public let grade: Grade

  public init(items: [Item], grade: Grade) {
    self.items = items.filter { $0.need.base > 0 }
    self.grade = grade
  }

  /// The bill after the chain model's coefficients: input = coefficient × output.
  ///
  /// Inputs that no loaded chain makes are left out: nobody can be matched to them.
  /// - Parameter output: 10k yuan per year.
  public init(_ segment: Segment, output: Span, in index: SegmentIndex) {
    self.init(
      items: segment.inputs.compactMap { input in
        index.find(input.segment).map {
          Item(segment: $0, need: output * input.coefficient.span)
        }
      }, grade: .estimated)
  }

  /// The bill of a project after the chain model; empty and unknown without an output.
  init(_ project: Project, segment: Int, in index: SegmentIndex) {
    guard let output = project.output.base else {
      self.init(items: [], grade: .unknown)
      return
    }
    self.init(index[segment], output: Span(output), in: index)
  }

  /// The bill as the firm's known inbound lanes state it; nil when no lane has a segment and value.
  ///
  /// - Parameter scale: the project's part of the whole firm's lanes.
  public init?(lanes: some Sequence<FirmLane>, scale: Double) {
    var order: [Int] = []
    var value: [Int: Double] = [:]
    for lane in lanes where lane.direction == .inbound {
      guard let segment = lane.segment, let price = lane.valuePerTonne else { continue }
      if value[segment] == nil { order.append(segment) }
      value[segment, default: 0] += lane.tonnes * price / 10_000 * scale
    }
    let items = order.compactMap { segment in
      value[segment].map { Item(segment: segment, need: Span($0)) }
    }
    if items.isEmpty { return nil }
    self.init(items: items, grade: .stated)
  }

  /// 10k yuan per year of all lines.
  public var total: Span { items.reduce(.zero) { $0 + $1.need } }
}
