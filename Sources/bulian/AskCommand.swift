import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// The few questions to firms whose answers would most change the first ten. 待问
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: say(
      "该打哪几个电话：哪些企业的哪些答案最可能改变前十名；问卷填好可导回。",
      "Whom to call: the questions whose answers are most likely to change the first ten; the call sheet imports back."
    ),
    discussion: example("bulian ask -w 荣昌 -o 待问.xlsx"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("最多几问（不超过 10）", "questions at most (10 or fewer)")) var top: Int = 10
  @Option(help: .say("链条编号或名称", "chain id or name")) var chain: String?
  @Option(name: .shortAndLong, help: .say("问卷文件（.xlsx）", "call sheet (.xlsx)")) var output: String?

  func run() throws {
    guard (1...10).contains(top) else {
      throw Failure(
        "BL0500", exit: 64,
        Phrase(zh: "--top 在 1 到 10 之间：再多就没人打电话了。", en: "--top is from 1 to 10."))
    }
    let workspace = try options.open()
    let (run, snapshot, models, publication) = try lastPublication(workspace)
    let wanted = try workspace.chain(chain, in: snapshot)
    let questions = findQuestions(
      publication.rankings.filter { wanted == nil || $0.chain == wanted }, snapshot: snapshot,
      models: models, limit: top)
    let language = Clock.language
    if let output {
      guard output.hasSuffix(".xlsx") else { throw Failure.badEnding(output, [".xlsx"]) }
      try sheet(questions, snapshot, run.id, workspace, to: output)
      print(say("已写", "wrote") + " \(output)")
      for subject in FirmQuestion.Subject.allCases
      where questions.contains(where: { $0.subject == subject }) {
        let title = try ImportKind.require(subject.table).title.zh
        print(
          say("  填好后：", "  when filled: ")
            + "bulian import \(subject.table) \(output) --sheet \(title) -w \(workspace.folder.path)"
        )
      }
      return
    }
    if options.format == .json {
      print(
        JSONValue.object([
          ("run", .string(run.id)),
          (
            "questions",
            .array(
              questions.map { item in
                .object([
                  ("firm", firm(item.firm, snapshot)),
                  ("chain", .string(snapshot.chains[item.chain].id)),
                  ("subject", .string(item.subject.rawValue)),
                  ("table", .string(item.subject.table)),
                  ("question", .string(item.subject.question[language])),
                  ("expectedChange", .number(item.change)), ("gain", .number(item.gain)),
                  ("deviation", .number(item.deviation)),
                ])
              })
          ),
        ]).pretty, terminator: "")
      return
    }
    let header = [
      say("企业", "firm"), say("产业链", "chain"), say("问什么", "question"),
      say("改变前十名的可能", "may change the first ten"), say("知道了值多少（万元）", "worth knowing (10k yuan)"),
      say("填哪张表", "table"),
    ]
    let rows = questions.map { item in
      [
        snapshot.firms.name[item.firm], snapshot.chains[item.chain].name[language],
        item.subject.question[language], whole(item.change * 100) + "%", whole(item.gain),
        item.subject.table,
      ]
    }
    if options.format == .csv {
      for row in [header] + rows { print(CSV.line(row)) }
      return
    }
    printTable(header, rows, rightAligned: [3, 4])
    if rows.isEmpty {
      print(
        say("没有要问的：名单不到十一家，或都已问清。", "nothing to ask: fewer than eleven firms, or all is known."))
    }
  }

  /// One sheet a table, in the table's own columns with the firm filled in; the question stands in the title line.
  private func sheet(
    _ questions: [FirmQuestion], _ snapshot: Snapshot, _ run: String, _ workspace: Workspace,
    to path: String
  ) throws {
    var sheets: [Workbook.Sheet] = []
    for subject in FirmQuestion.Subject.allCases {
      let asked = questions.filter { $0.subject == subject }
      guard !asked.isEmpty else { continue }
      let kind = try ImportKind.require(subject.table)
      let rows = asked.map { item in
        Row(
          kind.columns.map { column in
            switch column.name {
            case "firm":
              .text(
                snapshot.firms.creditCode[item.firm] ?? snapshot.firms.stockCode[item.firm]
                  ?? snapshot.firms.name[item.firm])
            case "source": .text(snapshot.firms.name[item.firm] + "（电话）")
            default: .text("")
            }
          })
      }
      sheets.append(
        Workbook.Sheet(
          name: kind.title.zh,
          table: Table(
            title: kind.title.zh, columns: kind.columns.map { Column($0.header) }, rows: rows),
          frozenColumns: 1))
    }
    guard !sheets.isEmpty else { return }
    let papers = try Papers(
      workspace: workspace, run: run, snapshot: snapshot,
      models: try workspace.freeze(asOf: snapshot.asOf).models,
      publication: Publication(
        asOf: snapshot.asOf, seed: 0, snapshotDigest: snapshot.digest, modelDigest: "", model: "",
        evidence: EvidenceCount(measured: 0, published: 0, assumed: 0),
        likelihoodIsCalibrated: false, gaps: [], rankings: []))
    try papers.xlsx(
      Workbook(
        title: "电话问卷：" + FirmQuestion.Subject.allCases.map(\.question.zh).joined(separator: "；"),
        language: .zhHans, classification: .office, isSample: snapshot.district.isSample,
        colophon: Colophon(
          sourcesAndLicence: "", cutOff: snapshot.asOf.iso, run: run, model: "", unknowns: 0,
          exclusions: 0, disclaimer: nil), sheets: sheets), to: path)
  }
}
