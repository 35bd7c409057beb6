import Atlas
import Foundation
import Ledger
import Matching
import Nightly

/// What each stage of a night depends on, and so which stages are due. 夜批计划
extension Night {
  func digest(_ parts: String...) -> String {
    Ledger.digest(of: Data(parts.joined(separator: "\u{1F}").utf8))
  }

  func linkFingerprint() throws -> String {
    digest(try workspace.ledger.linkTextDigest(), linkerMark(workspace))
  }

  func publishFingerprint() throws -> String {
    digest(
      try workspace.ledger.stateDigest(), cards, workspace.configuration.yaml, asOf.iso,
      "\(seed)", Bulian.version)
  }

  func composeFingerprint(run: String) throws -> String {
    let press = workspace.templatesFolder
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: press.path)) ?? []).sorted()
    let templates = names.map { name in
      Ledger.digest(
        of: FileManager.default.contents(atPath: press.appending(path: name).path) ?? Data())
    }
    return digest(
      run, try workspace.ledger.stateDigest(), workspace.configuration.yaml,
      templates.joined(), Bulian.version)
  }

  private var cards: String {
    workspace.library.cards.map(\.digest.behaviour).joined()
  }

  /// What would be done now, by the same questions that `run` asks.
  func plan() throws -> [NightStep] {
    let files = inbox.list()
    let hasFiles = !files.isEmpty
    let news = Phrase(
      zh: "收件箱有 \(files.count) 个文件", en: "\(files.count) files in the inbox")
    let same = Phrase(zh: "输入与上一夜相同", en: "inputs are those of the last night")
    let changed = Phrase(zh: "输入有变化", en: "inputs have changed")
    let linkDue = try hasFiles || !state.isFinished("link", linkFingerprint())
    let publishDue = try linkDue || !state.isFinished("publish", publishFingerprint())
    let composeDue =
      try publishDue || currentDelivery() == nil
      || !state.isFinished("compose", try composeFingerprint(run: state.deliveredRun ?? ""))
    func step(_ name: String, _ isDue: Bool, _ because: Phrase? = nil) -> NightStep {
      NightStep(
        stage: name, isDue: isDue, because: because ?? (isDue ? (hasFiles ? news : changed) : same))
    }
    return [
      step("backup", !state.isFinished("backup", try workspace.ledger.stateDigest())),
      step("import", hasFiles, hasFiles ? nil : Phrase(zh: "收件箱是空的", en: "the inbox is empty")),
      step("link", linkDue), step("freeze", publishDue), step("match", publishDue),
      step("publish", publishDue), step("compose", composeDue), step("deliver", composeDue),
      step("report", true, Phrase(zh: "每夜都写", en: "every night")),
    ]
  }
}
