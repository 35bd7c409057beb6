import ArgumentParser
import Atlas
import Briefing
import Foundation

/// What a quarter brought: from visit to landing. 季度成效
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: say(
      "一个季度的成效：走访→意向→签约→落地、间隔天数、协议投资（亿元）。",
      "A quarter: visited → intention → signed → landed, days between, investment agreed."),
    discussion: example("bulian report --quarter 2026Q4 -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("季度，例如 2026Q4", "a quarter, such as 2026Q4")) var quarter: String

  private static let stages = ["visit", "intention", "signed", "landed"]

  func run() throws {
    let (first, last) = try readQuarter()
    let workspace = try options.open()
    let book = try OutcomeBook(workspace, asOf: max(Clock.today, last))
    let known = book.outcomes.filter { $0.date <= last }
    let within = known.filter { $0.date >= first }
    func firms(_ kind: String, _ rows: [OutcomeBook.Row]) -> Set<Int64> {
      Set(rows.filter { $0.kind == kind }.map(\.firm))
    }
    let stages = ReportCommand.stages
    let counts = stages.map { firms($0, within).count }
    // Of the firms visited in the quarter, those that went on since, whenever that was.
    let visited = firms("visit", within)
    let went = stages.map { stage in
      stage == "visit" ? visited.count : visited.intersection(firms(stage, book.outcomes)).count
    }
    var between: [(from: String, to: String, days: [Int])] = []
    for (from, to) in zip(stages, stages.dropFirst()) {
      var days: [Int] = []
      for firm in firms(to, within).sorted() {
        let rows = known.filter { $0.firm == firm }
        let arrival = rows.filter { $0.kind == to && $0.date >= first }.map(\.date).min()
        guard let arrival,
          let start = rows.filter({ $0.kind == from && $0.date <= arrival }).map(\.date).min()
        else { continue }
        days.append(arrival - start)
      }
      between.append((from, to, days.sorted()))
    }
    let signed = within.filter { $0.kind == "signed" }
    var agreed = 0.0
    var unknown = 0
    for firm in Set(signed.map(\.firm)).sorted() {
      if let investment = signed.first(where: { $0.firm == firm })?.investment {
        agreed += investment
      } else {
        unknown += 1
      }
    }
    let refused = within.filter { $0.kind == "refused" }
    if options.format == .json {
      print(
        JSONValue.object([
          ("quarter", .string(quarter)), ("from", .string(first.iso)), ("to", .string(last.iso)),
          (
            "stages",
            .array(
              stages.indices.map { index in
                .object([
                  ("stage", .string(stages[index])), ("firms", .int(counts[index])),
                  ("ofVisited", .int(went[index])),
                ])
              })
          ),
          (
            "days",
            .array(
              between.map { step in
                .object([
                  ("from", .string(step.from)), ("to", .string(step.to)),
                  ("firms", .int(step.days.count)),
                  ("median", .optional(ReportCommand.median(step.days))),
                ])
              })
          ),
          (
            "agreed",
            .object([
              (
                "yi",
                .optional(signed.isEmpty || agreed == 0 && unknown > 0 ? nil : agreed / 10_000)
              ),
              ("unit", .string("亿元")), ("unknownFirms", .int(unknown)),
            ])
          ),
          ("refused", .array(refused.map(\.json))),
        ]).pretty, terminator: "")
      return
    }
    if options.format == .csv {
      print("stage,firms,ofVisited")
      for index in stages.indices { print("\(stages[index]),\(counts[index]),\(went[index])") }
      return
    }
    print(say("\(quarter)（\(first.iso) 至 \(last.iso)）", "\(quarter) (\(first.iso) to \(last.iso))"))
    printTable(
      [
        say("阶段", "stage"), say("本季家数", "firms"),
        say("其中本季走访的企业走到这一步", "of those visited this quarter"),
      ],
      stages.indices.map {
        [VisitPaper.kind(stages[$0])[Clock.language], "\(counts[$0])", "\(went[$0])"]
      },
      rightAligned: [1, 2])
    for step in between {
      let name =
        "\(VisitPaper.kind(step.from)[Clock.language])→\(VisitPaper.kind(step.to)[Clock.language])"
      print(
        ReportCommand.median(step.days).map {
          say(
            "\(name)：\(step.days.count) 家，间隔中位数 \(Numerals.plain($0)) 天",
            "\(name): \(step.days.count) firms, median \(Numerals.plain($0)) days")
        } ?? say("\(name)：本季没有可计算的间隔", "\(name): no interval this quarter"))
    }
    if signed.isEmpty {
      print(say("协议投资：本季没有签约。", "investment agreed: nothing signed this quarter."))
    } else if unknown > 0 {
      print(
        say(
          "协议投资：\(Numerals.fixed(agreed / 10_000, places: 2)) 亿元；另有 \(unknown) 家金额未录入（请导入 projects 的投资额）。",
          "investment agreed: \(Numerals.fixed(agreed / 10_000, places: 2)) x 100m yuan; \(unknown) more firms without an amount (import the investment of projects)."
        )
      )
    } else {
      print(
        say(
          "协议投资：\(Numerals.fixed(agreed / 10_000, places: 2)) 亿元。",
          "investment agreed: \(Numerals.fixed(agreed / 10_000, places: 2)) x 100m yuan."))
    }
    for row in refused {
      print(
        say("谢绝：", "refused: ") + "\(row.name) \(row.date.iso) "
          + (row.reason ?? say("原因未记", "no reason kept")))
    }
  }

  private func readQuarter() throws -> (Day, Day) {
    let parts = quarter.uppercased().split(separator: "Q")
    if parts.count == 2, let year = Int(parts[0]), let number = Int(parts[1]),
      (1...4).contains(number), let first = Day(year: year, month: number * 3 - 2, day: 1),
      let next = Day(
        year: number == 4 ? year + 1 : year, month: number == 4 ? 1 : number * 3 + 1, day: 1)
    {
      return (first, next.adding(days: -1))
    }
    throw Failure(
      "BL0164", exit: 64,
      Phrase(
        zh: "季度“\(quarter)”无法识别：请写成 2026Q4。", en: "\"\(quarter)\" is no quarter: write 2026Q4."))
  }

  private static func median(_ sorted: [Int]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1
      ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
  }
}
