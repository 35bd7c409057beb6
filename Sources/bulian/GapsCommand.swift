import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// The gap table of the district's chains. 缺口
struct GapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps", abstract: "缺口表：每个环节是补链、强链、延链、稳链还是无关，为什么。",
    discussion: "例：bulian gaps -w 荣昌 --chain pcb")

  @OptionGroup var options: WorkspaceOptions
  @Option(help: "链条编号或名称") var chain: String?
  @Option(name: .customLong("as-of"), help: "按哪一天已知的事实") var asOf: String?

  func run() throws {
    let workspace = try options.open()
    let (snapshot, models) = try workspace.freeze(asOf: try readDay(asOf))
    let wanted = try workspace.chain(chain, in: snapshot)
    let tables = findGaps(snapshot, models: models).filter { wanted == nil || $0.chain == wanted }
    if options.format == .json {
      let answers = tables.map { answer($0, snapshot) }
      print((answers.count == 1 ? answers[0] : .array(answers)).pretty, terminator: "")
      return
    }
    let header = ["环节", "类别", "稳健", "需求", "供给", "覆盖", "本地家数", "优先度", "原因"]
    for table in tables {
      let rows = table.rows.sorted {
        ($0.priority ?? -1, $1.segment) > ($1.priority ?? -1, $0.segment)
      }.map { row in
        [
          snapshot.segments[row.segment].name.zh, row.gapClass.rawValue,
          row.gapClass == .unknown ? "" : row.robust ? "稳健" : "临界", money(row.demand.base),
          money(row.supply.base), row.coverage.map { whole($0 * 100) + "%" } ?? "",
          "\(row.capableFirms)", row.priority.map { String(format: "%.3f", $0) } ?? "",
          row.because.zh,
        ]
      }
      if options.format == .csv {
        for row in [header] + rows { print(row.map(csvCell).joined(separator: ",")) }
      } else {
        print("\(snapshot.chains[table.chain].name.zh)（万元/年）")
        printTable(header, rows, rightAligned: [3, 4, 5, 6, 7])
        let missing = Set(table.rows.flatMap(\.missing).map(\.zh)).sorted()
        if !missing.isEmpty { print("补上这些表可更有把握：\(missing.joined(separator: "；"))") }
        print("")
      }
    }
  }
}
