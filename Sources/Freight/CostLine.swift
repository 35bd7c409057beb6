/// What a path costs per tonne, before a value is put in: a line a + b·v in cargo value. 成本线
struct CostLine: Sendable, Hashable {
  /// Yuan per tonne, without handling.
  var freight = 0.0
  /// Yuan per tonne.
  var handling = 0.0
  var days = 0.0

  /// Yuan per tonne that does not depend on the cargo's value.
  var money: Double { freight + handling }

  /// g = a + v·ρ·t/365, yuan per tonne.
  func cost(valuePerTonne: Double, holding: Double) -> Double {
    money + valuePerTonne * holding * days
  }

  static func + (left: CostLine, right: CostLine) -> CostLine {
    CostLine(
      freight: left.freight + right.freight, handling: left.handling + right.handling,
      days: left.days + right.days)
  }
}

/// The least-cost lines of a lane over all cargo values ≥ 0: money ascending, days descending. 下包络
struct Envelope: Sendable, Hashable {
  private(set) var lines: [CostLine]

  /// Keeps of `candidates` those that are cheapest for some value.
  init(_ candidates: [CostLine]) {
    let sorted = candidates.sorted { ($0.money, $0.days) < ($1.money, $1.days) }
    lines = []
    for line in sorted {
      if let last = lines.last, line.days >= last.days { continue }
      while lines.count >= 2, !Envelope.bends(lines[lines.count - 2], lines[lines.count - 1], line)
      {
        lines.removeLast()
      }
      lines.append(line)
    }
  }

  /// True when `middle` is below the crossing of `first` and `last` somewhere.
  private static func bends(_ first: CostLine, _ middle: CostLine, _ last: CostLine) -> Bool {
    (middle.money - first.money) * (middle.days - last.days)
      < (last.money - middle.money) * (first.days - middle.days)
  }

  /// The cheapest line at a value; nil when there is no path.
  func best(valuePerTonne: Double, holding: Double) -> CostLine? {
    guard var best = lines.first else { return nil }
    var least = best.cost(valuePerTonne: valuePerTonne, holding: holding)
    for line in lines.dropFirst() {
      let cost = line.cost(valuePerTonne: valuePerTonne, holding: holding)
      if cost < least { (best, least) = (line, cost) }
    }
    return best
  }
}
