import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// The one-sheet picture of a chain. 全景图
struct PanoramaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panorama",
    abstract: say(
      "一张全国产业链全景图：环节、企业、缺口、目标企业的位置。",
      "The national chain on one sheet: segments, firms, gaps, the position of one firm."),
    discussion: example("bulian panorama -w 荣昌 --chain pcb --firm 广东和鑫达 -o 全景图.pdf"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("链条编号或名称", "chain id or name")) var chain: String
  @Option(help: .say("标出这家企业的位置", "mark this firm's position")) var firm: String?
  @Option(name: .customLong("for"), help: .say("office 或 firm", "office or firm")) var reader:
    String = "office"
  @Option(help: .say("zh-Hans 或 en", "zh-Hans or en")) var language: String?
  @Option(
    name: .shortAndLong,
    help: .say("输出文件：.svg .html .pdf .png", "output file: .svg .html .pdf .png")) var output: String

  func run() throws {
    let workspace = try options.open()
    let (run, snapshot, models, publication) = try lastPublication(workspace)
    guard let row = try workspace.chain(chain, in: snapshot) else { return }
    guard let edition = Edition(rawValue: reader) else {
      throw Failure.badChoice("--for", reader, ["office", "firm"])
    }
    if let language, Language(rawValue: language) == nil {
      throw Failure.badChoice("--language", language, Language.allCases.map(\.rawValue))
    }
    let target = try firm.map { try workspace.firm($0, in: snapshot) }
    let papers = try Papers(
      workspace: workspace, run: run.id, snapshot: snapshot, models: models,
      publication: publication, language: language.flatMap(Language.init(rawValue:)))
    try papers.panorama(
      chain: row, firm: target, edition: edition, to: output)
    try papers.recordExport("panorama", subject: snapshot.chains[row].id, [output])
    print(say("已写", "wrote") + " \(output)")
  }
}
