import ArgumentParser
import Atlas
import Briefing
import Calibration
import Foundation
import Matching

/// Replays past dates with the facts known then, against the baselines. 回测
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: say(
      "回到过去的日期重排名单（只用当时已知的资料），看后来签约的企业排在第几，与各种简单办法比。",
      "Re-rank past dates with the facts known then, and see where the firms that signed later stood, against simpler methods."
    ),
    discussion: example("bulian backtest --from 2024-01-01 --to 2025-10-01 --every 3 -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("第一个日期", "first date")) var from: String
  @Option(help: .say("最后一个日期", "last date")) var to: String
  @Option(help: .say("每隔几个月", "months between dates")) var every: Int
  @Option(help: .say("此后几个月内签约算数", "months within which a signature counts"))
  var horizon: Int = 12
  @Option(help: .say("随机种子", "seed")) var seed: UInt64 = 20_261_125

  func run() throws {
    guard let first = Day(from), let last = Day(to), first <= last, (1...120).contains(every),
      (1...120).contains(horizon)
    else {
      throw Failure(
        "BL0526", exit: 64,
        Phrase(
          zh: "--from 和 --to 是先后两个日期（YYYY-MM-DD），--every 和 --horizon 是 1 到 120 的月数。",
          en:
            "--from and --to are two dates in order (YYYY-MM-DD), --every and --horizon are months from 1 to 120."
        ))
    }
    let workspace = try options.open()
    let signatures = try OutcomeBook(workspace, asOf: Clock.today).outcomes
      .filter { $0.kind == "signed" || $0.kind == "landed" }
    let firstSigned = Dictionary(signatures.map { ($0.firm, $0.date) }, uniquingKeysWith: min)
    var days: [Day] = []
    var month = 0
    while let day = first.adding(months: month), day <= last {
      days.append(day)
      month += every
    }
    var queries: [BacktestQuery] = []
    var unlisted = 0
    var visited: [(p: Double, signed: Bool)] = []
    for (count, day) in days.enumerated() {
      progress(say("回测", "back-test") + " \(day.iso) \(count + 1)/\(days.count)")
      let (snapshot, models) = try workspace.freeze(asOf: day)
      let publication = match(
        snapshot, models: models, seed: seed, listed: .max, workers: .machine)
      let end = day.adding(months: horizon) ?? day
      let later = Set(firstSigned.filter { $0.value > day && $0.value <= end }.map(\.key))
      let signedBefore = Set(
        firstSigned.filter { $0.value <= day }.compactMap { snapshot.firms.find(id: $0.key) })
      var listed: Set<Int64> = []
      for ranking in publication.rankings {
        var earlier: [Int: Int] = [:]
        for segment in snapshot.segments.rows(ofChain: ranking.chain) {
          let firms = snapshot.postings.rows(of: segment).map {
            Int(snapshot.postings.firm[$0])
          }
          earlier[segment] = signedBefore.intersection(firms).count
        }
        queries.append(
          BacktestQuery(
            ranking, gaps: publication.gaps.first { $0.chain == ranking.chain },
            snapshot: snapshot, signed: later, earlier: earlier))
        for entry in ranking.entries {
          let id = snapshot.firms.id[entry.pairing.firm]
          listed.insert(id)
          // A probability is judged on firms that had been visited by then, once each.
          if let p = entry.likelihood?.base,
            snapshot.outcomes[entry.pairing.firm].contains(where: {
              $0.kind == "visit"
            })
          {
            visited.append((p, later.contains(id)))
          }
        }
      }
      unlisted += later.subtracting(listed).count
    }
    endProgress()
    var random = Generator(seed: seed)
    let result = Backtest(queries, using: &random)
    let judged = ProbabilityMetrics(
      probabilities: visited.map(\.p), outcomes: visited.map(\.signed))
    if options.format == .json {
      print(
        json(result, days: days, unlisted: unlisted, judged: judged, visited: visited.count).pretty,
        terminator: "")
      return
    }
    report(result, days: days, unlisted: unlisted, judged: judged, visited: visited.count)
  }

  private func report(
    _ result: Backtest, days: [Day], unlisted: Int, judged: ProbabilityMetrics?, visited: Int
  ) {
    print(
      say(
        "\(days.count) 个日期，\(result.lists) 张名单里有后来签约的企业，共 \(result.signatures) 次；另有 \(unlisted) 次签约的企业当时不在名单上。",
        "\(days.count) dates; \(result.lists) lists hold firms that signed later, \(result.signatures) in all; \(unlisted) more signed that were on no list."
      ))
    if !result.isEnough {
      print(
        say(
          "签约少于 \(Backtest.enough) 次：资料太少，下面的数字不能判定哪种办法更好。",
          "Fewer than \(Backtest.enough) signatures: too little data, the figures below decide nothing."
        ))
    }
    if result.lists > 0 {
      printTable(
        [say("办法", "method")] + Backtest.Metric.allCases.map(\.rawValue),
        result.lines.map { line in
          [line.method.label[Clock.language]]
            + Backtest.Metric.allCases.map { metric in
              guard let value = line.values[metric] else { return "—" }
              let text = String(format: "%.3f", value)
              return line.metrics[metric].map {
                text + String(format: " [%.2f–%.2f]", $0.low, $0.high)
              } ?? text
            }
        }, rightAligned: Set(1...Backtest.Metric.allCases.count))
      print(
        say(
          "方括号是按日期成组重抽样的 95% 区间；名单只用当时已知的资料。",
          "Brackets: 95 % intervals from resampling whole dates; lists use only facts known then."))
    }
    if let judged {
      print(
        say(
          "走访过的 \(visited) 家次：Brier \(String(format: "%.4f", judged.brier))，校准误差 ECE \(String(format: "%.4f", judged.calibrationError))。",
          "\(visited) readings of visited firms: Brier \(String(format: "%.4f", judged.brier)), ECE \(String(format: "%.4f", judged.calibrationError))."
        ))
    }
  }

  private func json(
    _ result: Backtest, days: [Day], unlisted: Int, judged: ProbabilityMetrics?, visited: Int
  ) -> JSONValue {
    .object([
      ("dates", .array(days.map { .string($0.iso) })), ("lists", .int(result.lists)),
      ("signatures", .int(result.signatures)), ("unlisted", .int(unlisted)),
      ("isEnough", .bool(result.isEnough)),
      (
        "methods",
        .array(
          result.lines.map { line in
            .object(
              [("method", JSONValue.string(line.method.rawValue))]
                + Backtest.Metric.allCases.map { metric in
                  (
                    metric.rawValue,
                    line.values[metric].map { value in
                      .object([
                        ("value", .number(value)),
                        ("low", line.metrics[metric].map { .number($0.low) } ?? .null),
                        ("high", line.metrics[metric].map { .number($0.high) } ?? .null),
                      ])
                    } ?? .null
                  )
                })
          })
      ),
      (
        "visited",
        .object([
          ("readings", .int(visited)), ("brier", judged.map { .number($0.brier) } ?? .null),
          ("calibrationError", judged.map { .number($0.calibrationError) } ?? .null),
        ])
      ),
    ])
  }
}

extension Day {
  /// The same day of a later month, or that month's last day; nil beyond the calendar.
  func adding(months: Int) -> Day? {
    let (year, month, day) = civil
    let total = year * 12 + month - 1 + months
    return (0..<4).lazy.compactMap { back in
      Day(year: total / 12, month: total % 12 + 1, day: day - back)
    }.first
  }
}
