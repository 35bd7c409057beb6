import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// Every term's reading of one firm; the parts add up exactly. 解释
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "一家企业的每一项读数：相加正好等于总分；什么会改变结论。",
    discussion: "例：bulian explain 广东和鑫达 -w 荣昌")

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: "企业编号、统一社会信用代码或名称") var firm: String
  @Option(help: "载体编号") var site: String?

  func run() throws {
    let workspace = try options.open()
    let (run, snapshot, _, publication) = try lastPublication(workspace)
    let row = try workspace.firm(firm, in: snapshot)
    if let site { try snapshot.requireSite(site) }
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
        print("\(snapshot.firms.name[row])：已剔除，原因：\(exclusion.because.zh)。")
      } else {
        print("\(snapshot.firms.name[row])：没有挂到任何缺口环节，因此不在名单内。")
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
      "\(snapshot.firms.name[entry.pairing.firm])｜\(snapshot.segments[entry.pairing.segment].name.zh)｜\(site.name)｜第 \(entry.rank) 名｜\(entry.verdict.rawValue)"
    )
    print("  \(entry.why.zh)")
    var sum = 0.0
    var rows: [[String]] = []
    for reading in entry.readings {
      sum += reading.utility?.base ?? 0
      rows.append([
        "  " + reading.label.zh,
        reading.utility.map { String(format: "%+.3f", $0.base) } ?? "未知",
        reading.value.base.map { String(format: "%.2f", $0) + reading.value.unit.symbol.zh } ?? "—",
        reading.valueAtOrigin?.base.map { "现址 " + String(format: "%.2f", $0) } ?? "",
        reading.value.because.zh,
      ])
    }
    rows.append([
      "  合计（对数几率）", String(format: "%+.3f", sum),
      entry.likelihood.map { String(format: "概率 %.2f%%", $0.base * 100) } ?? "", "", "",
    ])
    printTable(["  读数", "效用", "本地", "现址", "依据或所缺"], rows, rightAligned: [1])
    print(
      "  链值 \(money(entry.worth.base)) 万元/年（\(entry.worth.because.zh)）；走访成本 \(String(format: "%.2f", entry.visitCost)) 万元；期望值 \(money(entry.expectedValue)) 万元"
    )
    for lever in entry.levers { print("  可改变结论：\(lever.zh)") }
    for unknown in entry.unknowns { print("  待补：\(unknown.zh)") }
    for warning in entry.warnings { print("  提醒：\(warning.text.zh)") }
    for other in entry.alsoAt.prefix(5) {
      print(
        "  亦可配：\(snapshot.segments[other.pairing.segment].name.zh) @ \(snapshot.sites[other.pairing.site].name)，期望值 \(whole(other.expectedValue)) 万元"
      )
    }
  }
}
