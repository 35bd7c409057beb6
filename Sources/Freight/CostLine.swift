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

extension Collection where Element == CostLine {
  /// The cheapest line at a value; nil when there is no path.
  func best(valuePerTonne: Double, holding: Double) -> CostLine? {
    guard var best = first else { return nil }
    var least = best.cost(valuePerTonne: valuePerTonne, holding: holding)
    for line in dropFirst() {
      let cost = line.cost(valuePerTonne: valuePerTonne, holding: holding)
      if cost < least { (best, least) = (line, cost) }
    }
    return best
  }
}

/// Lines by rising money and falling days: none is beaten by another in both. 非劣线
///
/// Memory is kept between lanes. Of two lines that cost the same, the one offered first stays.
struct Frontier: Sendable {
  private(set) var lines: [CostLine] = []

  mutating func removeAll() { lines.removeAll(keepingCapacity: true) }

  /// True when no line of at least this money and these days could enter, however its parts were
  /// rounded.
  func beats(money: Double, days: Double) -> Bool {
    let slack = 1 - 1e-12
    return lines.contains { $0.money <= money * slack && $0.days <= days * slack }
  }

  /// - Returns: false when a line that is there is at least as good in both.
  @discardableResult
  mutating func offer(_ line: CostLine) -> Bool {
    let money = line.money
    var start = 0
    while start < lines.count, lines[start].money <= money { start += 1 }
    var end = start
    if start > 0 {
      if lines[start - 1].days <= line.days { return false }
      if lines[start - 1].money == money { start -= 1 }
    }
    while end < lines.count, lines[end].days >= line.days { end += 1 }
    if start == end {
      lines.insert(line, at: start)
    } else {
      lines[start] = line
      if start + 1 < end { lines.removeSubrange(start + 1..<end) }
    }
    return true
  }
}

/// Lists of the least-cost lines over all cargo values ≥ 0, one list a lane, end to end. 下包络
///
/// Within a list money ascends and days descend.
struct Envelopes: Sendable {
  private var lines: [CostLine] = []
  private var ends: [Int32] = []

  init(capacity: Int) { ends.reserveCapacity(capacity) }

  var count: Int { ends.count }

  subscript(index: Int) -> ArraySlice<CostLine> {
    lines[(index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])]
  }

  /// Adds a list: those lines of a frontier that are cheapest for some value.
  mutating func append(_ frontier: Frontier) {
    let start = lines.count
    for line in frontier.lines {
      while lines.count - start >= 2,
        !Envelopes.bends(lines[lines.count - 2], lines[lines.count - 1], line)
      {
        lines.removeLast()
      }
      lines.append(line)
    }
    ends.append(Int32(lines.count))
  }

  /// Adds a list that is there once more.
  mutating func append(again index: Int) {
    // Line by line: a slice would share the memory and make it be copied whole.
    for line in (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index]) {
      lines.append(lines[line])
    }
    ends.append(Int32(lines.count))
  }

  /// True when `middle` is below the crossing of `first` and `last` somewhere.
  private static func bends(_ first: CostLine, _ middle: CostLine, _ last: CostLine) -> Bool {
    (middle.money - first.money) * (middle.days - last.days)
      < (last.money - middle.money) * (first.days - middle.days)
  }
}
