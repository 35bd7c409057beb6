import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// The negotiation brief of one firm. 谈判方案
struct BriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief", abstract: "谈判方案 1+1+4 页：内部版，或放到桌上给企业的版本。",
    discussion: "例：bulian brief 广东和鑫达电子股份有限公司 -w 荣昌 -o 材料 --for firm")

  @OptionGroup var options: WorkspaceOptions
  @Argument(help: "企业编号、统一社会信用代码或名称") var firm: String
  @Option(help: "载体编号") var site: String?
  @Option(name: .customLong("for"), help: "office 内部版，firm 给企业；默认两版都出") var reader: String?
  @Option(help: "visit 上门拜访，reception 来访接待") var purpose: String = "visit"
  @Option(help: "zh-Hans 或 en") var language: String?
  @Option(name: .shortAndLong, help: "输出文件夹") var output: String
  @Option(help: "格式，逗号分开：html,pdf,docx,json") var formats: String?

  func run() throws {
    let workspace = try options.open()
    let (run, snapshot, models, publication) = try lastPublication(workspace, detailing: firm)
    let row = try workspace.firm(firm, in: snapshot)
    if let site { try snapshot.requireSite(site) }
    let found = publication.rankings.flatMap(\.entries).filter {
      $0.pairing.firm == row && (site == nil || snapshot.sites[$0.pairing.site].id == site)
    }
    guard let entry = found.first else {
      let exclusion = publication.rankings.flatMap(\.excluded).first { $0.firm == row }
      throw Failure(
        "BL0121", exit: 66,
        Phrase(
          zh:
            "\(snapshot.firms.name[row])不在候选之列（\(exclusion?.because.zh ?? "没有挂到任何缺口环节")），未出方案：用 bulian explain 查看原因。",
          en:
            "\(snapshot.firms.name[row]) is no candidate (\(exclusion?.because.en ?? "on no open segment")): see bulian explain."
        ))
    }
    let papers = try Papers(
      workspace: workspace, run: run.id, snapshot: snapshot, models: models,
      publication: publication, language: try readLanguage())
    guard let purpose = BriefRequest.Purpose(rawValue: purpose) else {
      throw Failure(
        "BL0122", exit: 64,
        Phrase(zh: "--purpose 只能是 visit 或 reception。", en: "--purpose is visit or reception."))
    }
    let kinds =
      formats?.split(separator: ",").map(String.init) ?? workspace.configuration.formats
    var written: [String] = []
    var prints: [Papers.Print] = []
    for edition in try editions() {
      let made = try papers.brief(
        entry, edition: edition, purpose: purpose, formats: kinds, folder: output)
      written += made.written
      prints += made.prints
    }
    let printed = try papers.printAll(prints)
    written += zip(prints, printed).filter(\.1).map(\.0.path)
    try papers.recordExport("brief", subject: snapshot.firms.name[row], written)
    for path in written { print(say("已写", "wrote") + " \(path)") }
    for failure in papers.failures { failure.print(in: workspace.language) }
    if !papers.failures.isEmpty { throw ExitCode(69) }
  }

  private func editions() throws -> [Edition] {
    switch reader {
    case nil: return [.office, .firm]
    case "office": return [.office]
    case "firm": return [.firm]
    default:
      throw Failure(
        "BL0123", exit: 64, Phrase(zh: "--for 只能是 office 或 firm。", en: "--for is office or firm."))
    }
  }

  private func readLanguage() throws -> Language? {
    guard let language else { return nil }
    guard let known = Language(rawValue: language) else {
      throw Failure(
        "BL0124", exit: 64,
        Phrase(zh: "--language 只能是 zh-Hans 或 en。", en: "--language is zh-Hans or en."))
    }
    return known
  }
}

/// The one-sheet picture of a chain. 全景图
struct PanoramaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "panorama", abstract: "一张全国产业链全景图：环节、企业、缺口、目标企业的位置。",
    discussion: "例：bulian panorama -w 荣昌 --chain pcb --firm 广东和鑫达 -o 全景图.pdf")

  @OptionGroup var options: WorkspaceOptions
  @Option(help: "链条编号或名称") var chain: String
  @Option(help: "标出这家企业的位置") var firm: String?
  @Option(name: .customLong("for"), help: "office 或 firm") var reader: String = "office"
  @Option(help: "zh-Hans 或 en") var language: String?
  @Option(name: .shortAndLong, help: "输出文件：.svg .html .pdf .png") var output: String

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
