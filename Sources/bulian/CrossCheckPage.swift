import Atlas
import Briefing
import Cards
import Foundation
import Matching

/// Scores a list by plain methods with the judgements of a file, or of the card. 方法对照
///
/// - Throws: `BL0529` when the judgements cannot be weighed.
func crossCheck(
  _ ranking: Ranking, snapshot: Snapshot, folder: URL, file: String?
) throws -> CrossCheck? {
  let judgements: Judgements
  if let file {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Failure(
        "BL0529", exit: 66,
        Phrase(zh: "读不到两两比较表 \(file)：请检查路径和编码（UTF-8）。", en: "cannot read \(file) as UTF-8 text."))
    }
    judgements = try Judgements(text, card: file)
  } else {
    judgements = try Judgements.load(folder: folder)
  }
  do {
    return try Matching.crossCheck(
      ranking, snapshot: snapshot, judgements: judgements.callAsFunction)
  } catch {
    throw Failure(
      "BL0541", exit: 65,
      Phrase(zh: "两两比较表不能用（\(error)）：请核对。", en: "the judgements cannot be weighed (\(error))."))
  }
}

/// The cross-check of one list at the terminal. 方法对照
struct CrossCheckPage {
  let ranking: Ranking
  let check: CrossCheck?
  let snapshot: Snapshot

  func printTable() {
    print(snapshot.chains[ranking.chain].name[Clock.language])
    guard let check else {
      print(say("  可比的企业不足两家。", "  fewer than two firms can be compared."))
      return
    }
    bulian.printTable(
      [say("本名单", "here"), say("企业", "firm")]
        + check.columns.map { $0.method.label[Clock.language] },
      check.entries.enumerated().map { row, entry in
        [
          "\(ranking.entries[entry].rank)",
          snapshot.firms.name[ranking.entries[entry].pairing.firm],
        ] + check.columns.map { "\($0.ranks[row])" }
      }
        + [
          ["", say("与本名单的肯德尔 τ", "Kendall's tau")]
            + check.columns.map { $0.tau.map { String(format: "%.3f", $0) } ?? "—" }
        ]
        + check.criteria.enumerated().map { index, criterion in
          ["", say("权重：", "weight: ") + criterion.label[Clock.language]]
            + check.columns.map { String(format: "%.1f%%", $0.weights[index] * 100) }
        }, rightAligned: Set([0] + check.columns.indices.map { $0 + 2 }))
    if let ratio = check.consistencyRatio {
      print(
        say(
          "AHP 一致性比率 CR = \(String(format: "%.3f", ratio))（\(check.randomIndex) 表）"
            + (ratio <= 0.1 ? "，可用。" : "，超过 0.10，判断应重做。"),
          "AHP consistency ratio CR = \(String(format: "%.3f", ratio)) (\(check.randomIndex))"
            + (ratio <= 0.1 ? ", sound." : ", above 0.10: judge again.")))
    }
    if check.leftOut > 0 {
      print(
        say("\(check.leftOut) 家缺指标未比。", "\(check.leftOut) left out: a criterion is unknown."))
    }
  }

  var json: JSONValue {
    guard let check else {
      return .object([
        ("chain", .string(snapshot.chains[ranking.chain].id)), ("methods", .array([])),
      ])
    }
    return .object([
      ("chain", .string(snapshot.chains[ranking.chain].id)),
      ("criteria", .array(check.criteria.map { .string($0.rawValue) })),
      ("dropped", .array(check.dropped.map { .string($0.rawValue) })),
      ("leftOut", .int(check.leftOut)),
      ("consistencyRatio", check.consistencyRatio.map { .number($0) } ?? .null),
      ("randomIndex", .string(check.randomIndex)),
      (
        "firms",
        .array(
          check.entries.map {
            .object([
              ("rank", .int(ranking.entries[$0].rank)),
              ("name", .string(snapshot.firms.name[ranking.entries[$0].pairing.firm])),
            ])
          })
      ),
      (
        "methods",
        .array(
          check.columns.map { column in
            .object([
              ("method", .string(column.method.rawValue)),
              ("weights", .array(column.weights.map { .number($0) })),
              ("ranks", .array(column.ranks.map { .int($0) })),
              ("tau", column.tau.map { .number($0) } ?? .null),
            ])
          })
      ),
    ])
  }
}
