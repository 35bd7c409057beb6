import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// Every term's reading of one firm; the parts add up exactly. 解释
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: say(
      "一家企业的每一项读数：相加正好等于总分；什么会改变结论。",
      "Every reading of one firm, adding up to its score, and what would change the verdict."),
    discussion: example("bulian explain 广东和鑫达 -w 荣昌")
      + "\nbulian explain 广东和鑫达 --against 建滔 -w 荣昌\nbulian explain 广东和鑫达 --everywhere -w 荣昌")

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: .say("企业编号、统一社会信用代码或名称", "firm id, credit code or name")) var firm: String
  @Option(help: .say("载体编号", "site id")) var site: String?
  @Option(
    help: .say("与另一家比：为什么它排在前或后", "another firm: why this one stands before or after it"))
  var against: String?
  @Flag(help: .say("这个项目最可能去全国哪些地方（按当前卡片）", "where in the nation the project would go by the card"))
  var everywhere = false
  @Option(help: .say("--everywhere 列出前几个地方", "places to list with --everywhere")) var top: Int = 15

  func run() throws {
    let workspace = try options.open()
    if everywhere {
      let (snapshot, models) = try workspace.freeze(asOf: Clock.today)
      let page = try PlacesPage(
        firm: try workspace.firm(firm, in: snapshot), snapshot: snapshot, models: models, top: top)
      options.format == .json ? print(page.json.pretty, terminator: "") : page.printTable()
      return
    }
    let (run, snapshot, models, publication) = try lastPublication(
      workspace, detailing: [firm] + [against].compactMap(\.self))
    let row = try workspace.firm(firm, in: snapshot)
    if let site { try snapshot.requireSite(site) }
    if let against {
      let other = try workspace.firm(against, in: snapshot)
      let page = try ComparisonPage(
        row, other, site: site, publication: publication, snapshot: snapshot, models: models)
      options.format == .json
        ? print(page.json(run: run.id).pretty, terminator: "") : page.printTables()
      return
    }
    var found: [Entry] = []
    for ranking in publication.rankings {
      found += ranking.entries.filter {
        $0.pairing.firm == row && (site == nil || snapshot.sites[$0.pairing.site].id == site)
      }
    }
    guard !found.isEmpty else {
      let exclusions = publication.rankings.flatMap(\.excluded).filter { $0.firm == row }
      if options.format == .json {
        print(
          JSONValue.object([
            ("run", .string(run.id)), ("entries", .array([])),
            ("excluded", .array(exclusions.map { .string($0.because.zh) })),
          ]).pretty, terminator: "")
      } else if let exclusion = exclusions.first {
        print(
          "\(snapshot.firms.name[row])" + say("：已剔除，原因：", ": excluded because ")
            + exclusion.because[Clock.language] + say("。", "."))
      } else {
        print(
          "\(snapshot.firms.name[row])"
            + say("：没有挂到任何缺口环节，因此不在名单内。", ": on no open segment, and so not on the list."))
      }
      return
    }
    if options.format == .json {
      print(
        JSONValue.object([
          ("run", .string(run.id)), ("entries", .array(found.map { answer($0, snapshot) })),
        ]).pretty, terminator: "")
      return
    }
    for entry in found { explain(entry, snapshot, publication) }
  }

  private func explain(_ entry: Entry, _ snapshot: Snapshot, _ publication: Publication) {
    let site = snapshot.sites[entry.pairing.site]
    print(
      "\(snapshot.firms.name[entry.pairing.firm])｜\(snapshot.segments[entry.pairing.segment].name[Clock.language])｜\(site.name)｜"
        + say("第 \(entry.rank) 名", "rank \(entry.rank)")
        + "｜\(entry.verdict.label[Clock.language])"
    )
    print("  \(entry.why.zh)")
    var sum = 0.0
    var rows: [[String]] = []
    for reading in entry.readings {
      sum += reading.utility?.base ?? 0
      rows.append([
        "  " + reading.label.zh,
        reading.utility.map { String(format: "%+.3f", $0.base) } ?? say("未知", "unknown"),
        reading.value.base.map { String(format: "%.2f", $0) + reading.value.unit.symbol.zh } ?? "—",
        reading.valueAtOrigin?.base.map { say("现址 ", "today ") + String(format: "%.2f", $0) } ?? "",
        reading.value.because.zh,
      ])
    }
    rows.append([
      say("  合计（对数几率）", "  sum (log-odds)"), String(format: "%+.3f", sum),
      entry.likelihood.map { say("概率 ", "probability ") + String(format: "%.2f%%", $0.base * 100) }
        ?? "", "", "",
    ])
    printTable(
      [
        say("  读数", "  reading"), say("效用", "utility"), say("本地", "here"), say("现址", "today"),
        say("依据或所缺", "because, or what is missing"),
      ], rows, rightAligned: [1])
    print(
      "  链值 \(money(entry.worth.base)) 万元/年（\(entry.worth.because.zh)）；走访成本 \(String(format: "%.2f", entry.visitCost)) 万元；期望值 \(money(entry.expectedValue)) 万元"
    )
    for lever in entry.levers {
      print(say("  可改变结论：", "  would change the verdict: ") + lever[Clock.language])
    }
    for unknown in entry.unknowns { print(say("  待补：", "  to fill: ") + unknown[Clock.language]) }
    for warning in entry.warnings {
      print(say("  提醒：", "  warning: ") + warning.text[Clock.language])
    }
    for other in entry.alsoAt.prefix(5) {
      print(
        say("  亦可配：", "  also at: ")
          + "\(snapshot.segments[other.pairing.segment].name[Clock.language]) @ \(snapshot.sites[other.pairing.site].name)"
          + say(
            "，期望值 \(whole(other.expectedValue)) 万元",
            ", expected value \(whole(other.expectedValue)) (10k yuan)")
      )
    }
  }
}
