import Atlas
import Briefing
import Foundation
import Matching

/// Where in the nation a firm's project would go by the card. 全国去向
struct PlacesPage {
  let ranking: PlaceRanking
  let snapshot: Snapshot
  let top: Int

  /// - Throws: `BL0528` when nothing can be read of the firm.
  init(firm: Int, snapshot: Snapshot, models: MatchingModels, top: Int) throws {
    guard
      let ranking = rankPlaces(
        firm: firm, places: Regions(snapshot.places).places, snapshot: snapshot, models: models)
    else {
      throw Failure(
        "BL0528", exit: 66,
        Phrase(
          zh:
            "\(snapshot.firms.name[firm]) 没有确认挂上本区所牵头产业链的任何环节，或不知道现址，算不出去向：请补 firm-segments 或 plants。",
          en:
            "\(snapshot.firms.name[firm]) is confirmed on no segment of the led chains or has no known place: add firm-segments or plants."
        ))
    }
    self.ranking = ranking
    self.snapshot = snapshot
    self.top = top
  }

  private var homes: Set<Int> { Set(snapshot.sites.map(\.place)) }

  /// The first lines, and those of the home and rival places wherever they stand.
  private var shown: [PlaceRanking.Line] {
    let named = homes.union(snapshot.district.rivals)
    return ranking.lines.enumerated().filter { $0.offset < top || named.contains($0.element.place) }
      .map(\.element)
  }

  func printTable() {
    let language = Clock.language
    print(
      "\(snapshot.firms.name[ranking.pairing.firm])｜\(snapshot.segments[ranking.pairing.segment].name[language])｜"
        + say("共 \(ranking.lines.count) 个地方", "\(ranking.lines.count) places"))
    let terms = Term.allCases.indices.filter { ranking.known[$0] }
    bulian.printTable(
      [say("名次", "rank"), say("地方", "place"), say("效用", "utility")]
        + terms.map { Term.allCases[$0].label[language] },
      shown.map { line in
        [
          "\(line.rank)",
          snapshot.places.name[line.place]
            + (homes.contains(line.place) ? say("（本区）", " (home)") : ""),
          String(format: "%+.3f", line.utility),
        ] + terms.map { String(format: "%+.3f", line.terms[$0]) }
      }, rightAligned: Set([0, 2] + terms.indices.map { $0 + 3 }))
    let unknown = Term.allCases.indices.filter { !ranking.known[$0] }
      .map { Term.allCases[$0].label[language] }
    if !unknown.isEmpty {
      print(
        say("有地方未知、因此不计的项：", "Not counted, because unknown at some place: ")
          + unknown.joined(separator: say("、", ", ")))
    }
    if !ranking.leftOut.isEmpty {
      let names = ranking.leftOut.map { snapshot.places.name[$0] }
      print(
        say("资料不全、未参与比较的地方 \(names.count) 个：", "\(names.count) places not compared, data missing: ")
          + names.prefix(12).joined(separator: say("、", ", ")) + (names.count > 12 ? "…" : ""))
    }
    print(
      say(
        "每个地方按同一张卡、同一套价格计算，都不含招商工作的作用；是参考，不是预言。",
        "Every place by the same card and prices, none with the effect of its own effort: a guide, no forecast."
      ))
  }

  var json: JSONValue {
    .object([
      ("asOf", .string(snapshot.asOf.iso)), ("snapshotDigest", .string(snapshot.digest)),
      ("firm", .string(snapshot.firms.name[ranking.pairing.firm])),
      ("segment", .string(snapshot.segments[ranking.pairing.segment].id)),
      (
        "known",
        .array(
          Term.allCases.indices.filter { ranking.known[$0] }.map {
            .string(Term.allCases[$0].rawValue)
          })
      ),
      (
        "costs",
        .array(
          zip(["freightIn", "freightOut", "wages", "energy", "land"], ranking.keptCosts)
            .filter(\.1).map { .string($0.0) })
      ),
      (
        "leftOut",
        .array(ranking.leftOut.map { .string(snapshot.places.name[$0]) })
      ),
      (
        "places",
        .array(
          ranking.lines.map { line in
            .object([
              ("rank", .int(line.rank)), ("code", .string(snapshot.places.code[line.place])),
              ("name", .string(snapshot.places.name[line.place])),
              ("utility", .number(line.utility)),
              (
                "terms",
                .object(
                  Term.allCases.indices.filter { ranking.known[$0] }.map {
                    (Term.allCases[$0].rawValue, .number(line.terms[$0]))
                  })
              ),
            ])
          })
      ),
    ])
  }
}
