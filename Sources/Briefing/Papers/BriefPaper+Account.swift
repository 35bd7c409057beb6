import Atlas
import Matching

extension BriefPaper {
  /// The account in words, for who reads no table: both freight bills together, the yearly cost here
  /// beside today's and the part that differs most, and where it would be cheapest. 算总账
  ///
  /// Every number is a sum or a difference of printed ones. A cost that is higher here is said as
  /// plainly as one that is lower; without a complete row there is nothing to compare, and nothing is said.
  mutating func account() -> [Block] {
    var sentences: [Sentence] = []
    if let freight = freightTogether() {
      sentences.append(
        claim(freight, cite.figure(entry.freight.inbound.saving), clearance: costClearance))
    }
    let source = cite.figure(entry.freight.inbound.today)
    let lines = entry.yearlyCosts.compactMap(PrintedCost.init)
    if let here = lines.first(where: { $0.line.role == .here }) {
      if let today = lines.first(where: { $0.line.role == .today }) {
        sentences.append(claim(against(today, here), source, clearance: costClearance))
      }
      let others = lines.filter { $0.line.role == .rival || $0.line.role == .homeSite }
      if let cheapest = others.min(by: { $0.total < $1.total }) {
        sentences.append(claim(beside(cheapest, here), source, clearance: costClearance))
      }
    }
    guard !sentences.isEmpty else { return [] }
    return [
      .paragraph([.wording(say("算总账（均为估算）：", "In all (estimates): "), costClearance)] + sentences)
    ]
  }

  private func freightTogether() -> String? {
    let bills = [entry.freight.inbound, entry.freight.outbound]
    let today = bills.compactMap { $0.today.base.map { Numerals.displayed($0, places: 0) } }
    let here = bills.compactMap { $0.here.base.map { Numerals.displayed($0, places: 0) } }
    guard today.count == 2, here.count == 2 else { return nil }
    let (now, then) = (today.reduce(0, +), here.reduce(0, +))
    return say(
      "进出两项物流合计今 \(Numerals.plain(now))、此地 \(Numerals.plain(then)) 万元/年，\(moreOrLess(then - now))；",
      "both freight bills together are \(Numerals.plain(now)) today and \(Numerals.plain(then)) here (10k yuan/yr), \(moreOrLess(then - now)); "
    )
  }

  private func against(_ today: PrintedCost, _ here: PrintedCost) -> String {
    let difference = here.total - today.total
    let names = [
      say("进料物流", "freight in"), say("出货物流", "freight out"), say("工资", "wages"),
      say("能源", "energy"), say("土地", "land"), say("环保处理", "treatment"),
    ]
    let parts = zip(names, zip(here.parts, today.parts)).map { (name: $0, value: $1.0 - $1.1) }
    let most = parts.max { abs($0.value) < abs($1.value) }
    let detail =
      most.flatMap { part in
        part.value == 0
          ? nil
          : say(
            "，差额最大的是\(part.name)（\(moreOrLess(part.value))）",
            ", most of it \(part.name) (\(moreOrLess(part.value)))")
      } ?? ""
    return say(
      "年总成本此地 \(Numerals.plain(here.total)) 万元，比现址\(moreOrLess(difference))\(detail)；",
      "the yearly cost here is \(Numerals.plain(here.total)), \(moreOrLess(difference)) than today\(detail); "
    )
  }

  private func beside(_ other: PrintedCost, _ here: PrintedCost) -> String {
    let name = context.place(other.line.place)
    let difference = other.total - here.total
    if difference > 0 {
      return say(
        "备选各地中此地最低，次低的\(name)高 \(Numerals.plain(difference)) 万元。",
        "of the alternatives this one is the cheapest; \(name) comes next, \(Numerals.plain(difference)) above it."
      )
    }
    if difference == 0 {
      return say(
        "备选各地中\(name)与此地相同，均为最低。",
        "of the alternatives \(name) costs the same as here, and both are the cheapest.")
    }
    return say(
      "备选各地中最低的是\(name)，比此地低 \(Numerals.plain(-difference)) 万元。",
      "of the alternatives \(name) is the cheapest, \(Numerals.plain(-difference)) below this one.")
  }

  private func moreOrLess(_ difference: Double) -> String {
    if difference == 0 { return say("持平", "no different") }
    let size = Numerals.plain(abs(difference))
    return difference > 0
      ? say("多 \(size) 万元", "\(size) more") : say("少 \(size) 万元", "\(size) less")
  }
}

/// A row of the table of yearly costs as it is printed, when every part of it is known.
struct PrintedCost {
  let line: YearlyCostLine
  let parts: [Double]
  var total: Double { parts.reduce(0, +) }

  init?(_ line: YearlyCostLine) {
    let known = line.parts.compactMap { $0.map { Numerals.displayed($0.base, places: 0) } }
    guard known.count == line.parts.count else { return nil }
    self.line = line
    parts = known
  }
}
