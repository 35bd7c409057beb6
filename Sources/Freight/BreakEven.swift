public import Atlas

/// From which share of near customers on the two freight bills together turn into a saving. 保本近销比例
public enum BreakEvenShare: Sendable, Hashable {
  /// A saving whatever the share.
  case always
  /// Dearer whatever the share.
  case never
  /// A saving from this share on, in (0, 1].
  case above(Double)
  /// A saving up to this share, in [0, 1).
  case below(Double)

  /// Solves inbound + (1 − x)·far + x·near = 0 for the near share x; savings in one unit, signed.
  public init(inbound: Double, far: Double, near: Double) {
    let none = inbound + far
    let all = inbound + near
    if none >= 0 && all >= 0 {
      self = .always
    } else if none < 0 && all < 0 {
      self = .never
    } else {
      let share = none / (none - all)
      self = all >= 0 ? .above(share) : .below(share)
    }
  }

  /// The sentence a paper prints.
  public var sentence: Phrase {
    switch self {
    case .always: Phrase(zh: "无论近销比例多少，两项物流合计均为节省", en: "a saving at any near share")
    case .never: Phrase(zh: "无论近销比例多少，两项物流合计均为增加", en: "an increase at any near share")
    case .above(let share):
      Phrase(
        zh: "近销比例超过 \(BreakEvenShare.percent(share))% 时两项物流合计转为节省",
        en: "a saving once the near share exceeds \(BreakEvenShare.percent(share)) %")
    case .below(let share):
      Phrase(
        zh: "近销比例低于 \(BreakEvenShare.percent(share))% 时两项物流合计为节省",
        en: "a saving while the near share stays below \(BreakEvenShare.percent(share)) %")
    }
  }

  private static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}

/// A cargo value at which the cheapest way of a lane changes. 方式转换点
public struct ModeChange: Sendable, Hashable {
  /// Yuan per tonne.
  public let valuePerTonne: Double
  /// Line-haul modes of cheaper cargo, in order.
  public let below: [Mode]
  /// Line-haul modes of dearer cargo, in order.
  public let above: [Mode]

  /// The value v at which a + b·v of two ways is equal: money saved over days lost.
  ///
  /// Nil where one way is both cheaper and faster, or as fast.
  /// - Parameter rate: capital and loss per year.
  public static func crossing(
    money: (slow: Double, fast: Double), days: (slow: Double, fast: Double), rate: Double
  ) -> Double? {
    let (saved, lost) = (money.fast - money.slow, days.slow - days.fast)
    guard saved >= 0, lost > 0, rate > 0 else { return nil }
    return saved * 365 / (rate * lost)
  }
}

extension FreightNetwork {
  /// The cargo values, ascending, at which the base scenario's cheapest way changes its modes.
  ///
  /// - Parameters:
  ///   - shipment: its own value is not read; its consignment stays what it is.
  ///   - limit: values above it, in yuan per tonne, are not looked at.
  public func modeChanges(
    from: Int, to: Int, shipment: Shipment, limit: Double = 10_000_000
  ) -> [ModeChange] {
    guard let origin = point(of: from), let destination = point(of: to) else { return [] }
    let carriage = Carriage(
      cargo: shipment.cargo, modes: shipment.modes, loading: shipment.loading,
      consignment: consignment(of: shipment), model: model)
    let search = LaneSearch(network: self, carriage: carriage, scenario: .base)
    func path(_ value: Double) -> Path? {
      search.cheapest((from, origin), (to, destination), valuePerTonne: value)
    }
    guard let first = path(0), let last = path(limit) else { return [] }
    var paths = [first]
    /// Adds the paths that are cheapest between two, in order: where their lines cross there is
    /// either nothing cheaper, or a path that splits the range.
    func explore(_ low: Path, _ high: Path) {
      let (slow, fast) = (low.line, high.line)
      guard fast.days < slow.days, fast.money > slow.money else { return }
      let value = (fast.money - slow.money) / (search.rates.holdingPerDay * (slow.days - fast.days))
      guard value < limit, let middle = path(value) else { return }
      func cost(_ path: Path) -> Double {
        path.line.cost(valuePerTonne: value, holding: search.rates.holdingPerDay)
      }
      if cost(middle) < cost(low) * (1 - 1e-12) {
        explore(low, middle)
        explore(middle, high)
      } else {
        paths.append(high)
      }
    }
    explore(first, last)
    return zip(paths, paths.dropFirst()).compactMap { low, high in
      let modes = (search.modes(of: low), search.modes(of: high))
      guard modes.0 != modes.1 else { return nil }
      let value =
        (high.line.money - low.line.money)
        / (search.rates.holdingPerDay * (low.line.days - high.line.days))
      return ModeChange(valuePerTonne: value, below: modes.0, above: modes.1)
    }
  }
}

extension LaneSearch {
  /// Line-haul modes; a lorry to or from a terminal counts only when it goes far.
  func modes(of path: Path) -> [Mode] {
    if path.steps.count == 1 { return [.road] }
    return price(path).filter { leg in
      leg.mode != .transfer && (leg.mode != .road || leg.km >= LaneSearch.farKm)
    }.map(\.mode)
  }

  /// From here on a lorry's leg is line-haul of its own.
  private static var farKm: Double { 200 }
}
