import Atlas
import Briefing
import Calibration
import Foundation
import Matching

/// Why one firm stands before another: the log-odds term by term, and the expected value by factor. 两家对比
struct ComparisonPage {
  let first: Entry
  let second: Entry
  let snapshot: Snapshot
  /// Landing rate times the annuity, the same for both.
  let stake: Double

  /// - Throws: `BL0527` when the two are not on one list.
  init(
    _ left: Int, _ right: Int, site: String?, publication: Publication, snapshot: Snapshot,
    models: MatchingModels
  ) throws {
    func find(_ firm: Int, _ ranking: Ranking) -> Entry? {
      ranking.entries.first {
        $0.pairing.firm == firm && (site == nil || snapshot.sites[$0.pairing.site].id == site)
      }
    }
    let both = publication.rankings.lazy.compactMap { ranking in
      find(left, ranking).flatMap { first in find(right, ranking).map { (first, $0) } }
    }.first
    guard let both else {
      throw Failure(
        "BL0527", exit: 66,
        Phrase(
          zh:
            "\(snapshot.firms.name[left]) 和 \(snapshot.firms.name[right]) 不在同一张名单上，不能比名次：请各自用 bulian explain 查看。",
          en:
            "\(snapshot.firms.name[left]) and \(snapshot.firms.name[right]) are not on one list: see bulian explain for each."
        ))
    }
    (first, second) = both
    self.snapshot = snapshot
    stake = models.choice.stakePerWorth
  }

  /// One term of both firms; the differences add up to that of the log-odds.
  var terms: [(label: Phrase, first: Double?, second: Double?, difference: Double)] {
    first.readings.map { reading in
      let other = second.readings.first { $0.term == reading.term }?.utility?.base
      let own = reading.utility?.base
      return (reading.label, own, other, (own ?? 0) - (other ?? 0))
    }
  }

  /// Parts of the difference in expected value, 10k yuan: likelihood, worth, cost of the visit.
  ///
  /// The exact Shapley split of P·worth·stake; the three add up to the difference.
  var parts: [(label: Phrase, value: Double)]? {
    guard let p = first.likelihood?.base, let q = second.likelihood?.base,
      let v = first.worth.base, let w = second.worth.base
    else { return nil }
    let split = ThreeFactorShapley(from: (q, w, stake), to: (p, v, stake)).parts
    return [
      (Phrase(zh: "签约可能性", en: "likelihood"), split[0]),
      (Phrase(zh: "链值", en: "worth"), split[1]),
      (Phrase(zh: "走访成本", en: "cost of the visit"), second.visitCost - first.visitCost),
    ]
  }

  private func name(_ entry: Entry) -> String { snapshot.firms.name[entry.pairing.firm] }

  func printTables() {
    print(
      say(
        "\(name(first))（第 \(first.rank) 名）与 \(name(second))（第 \(second.rank) 名）",
        "\(name(first)) (rank \(first.rank)) and \(name(second)) (rank \(second.rank))"))
    func utils(_ value: Double?) -> String {
      value.map { String(format: "%+.3f", $0) } ?? say("未知", "unknown")
    }
    var rows = terms.map {
      ["  " + $0.label[Clock.language], utils($0.first), utils($0.second), utils($0.difference)]
    }
    rows.append([
      say("  合计（对数几率）", "  sum (log-odds)"), utils(terms.reduce(0) { $0 + ($1.first ?? 0) }),
      utils(terms.reduce(0) { $0 + ($1.second ?? 0) }),
      utils(terms.reduce(0) { $0 + $1.difference }),
    ])
    bulian.printTable(
      [say("  读数（效用）", "  reading (utils)"), name(first), name(second), say("相差", "difference")],
      rows,
      rightAligned: [1, 2, 3])
    guard let parts, let own = first.expectedValue, let other = second.expectedValue else {
      print(
        say("  有一家的期望值未知，排在已知的之后。", "  one expected value is unknown and stands after the known."))
      return
    }
    print(
      say(
        "  期望值 \(money(own)) 与 \(money(other)) 万元，相差 \(money(own - other)) 万元，其中：",
        "  expected value \(money(own)) and \(money(other)) (10k yuan), difference \(money(own - other)), of which:"
      ))
    for part in parts {
      print("    \(part.label[Clock.language]) \(String(format: "%+.1f", part.value))")
    }
    if let low = first.rankLow, let high = first.rankHigh, let otherLow = second.rankLow,
      let otherHigh = second.rankHigh, low <= otherHigh, otherLow <= high
    {
      print(
        say(
          "  两家的名次区间重叠（\(low)–\(high) 与 \(otherLow)–\(otherHigh)）：先后不算定论。",
          "  their rank ranges overlap (\(low)–\(high) and \(otherLow)–\(otherHigh)): the order is not settled."
        ))
    }
  }

  func json(run: String) -> JSONValue {
    func side(_ entry: Entry) -> JSONValue {
      .object([
        ("firm", .string(name(entry))), ("rank", .int(entry.rank)),
        ("expectedValue", entry.expectedValue.map { .number($0) } ?? .null),
        ("likelihood", entry.likelihood.map { .number($0.base) } ?? .null),
        ("worth", entry.worth.base.map { .number($0) } ?? .null),
        ("visitCost", .number(entry.visitCost)),
      ])
    }
    return .object([
      ("run", .string(run)), ("first", side(first)), ("second", side(second)),
      (
        "terms",
        .array(
          zip(first.readings, terms).map { reading, item in
            .object([
              ("term", .string(reading.term)),
              ("first", item.first.map { .number($0) } ?? .null),
              ("second", item.second.map { .number($0) } ?? .null),
              ("difference", .number(item.difference)),
            ])
          })
      ),
      (
        "parts",
        parts.map { parts in
          .object(
            zip(["likelihood", "worth", "visitCost"], parts).map { ($0, .number($1.value)) })
        } ?? .null
      ),
    ])
  }
}
