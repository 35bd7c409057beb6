import ArgumentParser
import Atlas
import Briefing
import Calibration
import Cards
import Foundation
import Matching

/// Fits a choice card to what came of this office's own visits. 校准
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: say(
      "用本单位的走访结果校准选择卡：以当前卡为先验，逐项说明动了多少；不比原卡好就不出新卡。",
      "Fit a choice card to this office's outcomes around the card in use; no card is written that foretells worse than its parent."
    ),
    discussion: example("bulian calibrate -w 荣昌"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("新卡的名称（默认 office-日期）", "name of the new card (default: office-DATE)"))
  var name: String?
  @Option(
    help: .say(
      "走访后满几个月仍未签约算作未签", "months after which a visit without a signature counts as not signed"))
  var horizon: Int = 12
  @Option(
    help: .say(
      "then：只用走访前已知的资料；today：用今天的资料（有事后之嫌，卡上会写明）",
      "then: facts known before the visit; today: today's facts (hindsight, said on the card)"))
  var facts: FactsDate = .then
  @Flag(help: .say("比原卡差也出卡", "write the card even if it is no better than its parent"))
  var evenIfWorse = false
  @Flag(help: .say("只看结果，不出卡", "show the result, write no card")) var dryRun = false

  enum FactsDate: String, ExpressibleByArgument, CaseIterable { case then, today }

  func run() throws {
    guard (1...60).contains(horizon) else {
      throw Failure(
        "BL0521", exit: 64,
        Phrase(zh: "--horizon 是 1 到 60 的月数。", en: "--horizon is a number of months from 1 to 60."))
    }
    let workspace = try options.open()
    let visits = try Visits(
      workspace, horizon: horizon, onThatDay: facts == .then, asOf: Clock.today)
    let models = visits.models
    let names = ["baseSignRate"] + Term.allCases.map(\.rawValue)
    let priors = models.choice.signingPriors
    let cases = visits.cases
    guard cases.contains(where: \.signed), cases.contains(where: { !$0.signed }) else {
      throw Failure(
        "BL0522", exit: 65,
        Phrase(
          zh:
            "可用的走访结果不够：\(cases.count) 家，其中签约 \(cases.count { $0.signed }) 家；至少要有一家签约、一家未签。\(visits.said(.zhHans))请用 bulian outcome add 登记走访、签约和谢绝。",
          en:
            "not enough outcomes: \(cases.count) firms, \(cases.count { $0.signed }) of them signed; at least one of each is needed. \(visits.said(.en))Record visits, signatures and refusals with bulian outcome add."
        ))
    }
    let fit: SigningFit
    let held: [SigningFit.HeldOut]
    do {
      fit = try SigningFit(cases, names: names, priors: priors)
      var random = Generator(seed: 20_261_125)
      held = try SigningFit.crossValidate(cases, names: names, priors: priors, using: &random)
    } catch {
      throw Failure(
        "BL0523", exit: 65,
        Phrase(
          zh: "这些结果不能拟合（\(error)）：请核对 outcomes 表里的日期和载体。",
          en: "these outcomes cannot be fitted (\(error)): check dates and sites of the outcomes."))
    }
    let result = CalibrationResult(
      card: name ?? "office-\(Clock.today.iso)", parent: models.choice, fit: fit, held: held,
      visits: visits, hindsight: facts == .today)
    let refusal = evenIfWorse ? nil : result.refusal
    var written: String?
    if !dryRun, refusal == nil { written = try write(result, workspace) }
    if options.format == .json {
      print(result.json(written: written, refusal: refusal).pretty, terminator: "")
    } else {
      result.printTables()
      if let refusal {
        print(say("没有出卡：", "no card was written: ") + refusal[Clock.language])
      }
      if let written {
        print(
          say(
            "已写新卡 \(written)。启用：在 bulian.yaml 里写 cards: {choice: \(result.card)}，再由负责人 bulian model approve \(result.card)。",
            "wrote \(written). To use it write cards: {choice: \(result.card)} in bulian.yaml, then bulian model approve \(result.card)."
          ))
      }
    }
  }

  private func write(_ result: CalibrationResult, _ workspace: Workspace) throws -> String {
    let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_."))
    guard !result.card.isEmpty, !result.card.hasPrefix("."),
      result.card.unicodeScalars.allSatisfy(allowed.contains)
    else {
      throw Failure(
        "BL0524", exit: 64,
        Phrase(
          zh: "卡片名“\(result.card)”只能用字母、数字、横线、下划线和点。",
          en:
            "a card's name has letters, digits, hyphens, underscores and dots only: \"\(result.card)\"."
        ))
    }
    let file = workspace.folder.appending(path: "cards/\(result.card).yaml")
    guard !FileManager.default.fileExists(atPath: file.path),
      workspace.library.findChoice(result.card) == nil
    else {
      throw Failure(
        "BL0525", exit: 73,
        Phrase(
          zh: "卡片 \(result.card) 已经有了，出过的卡不改：请用 --name 另起名称。",
          en:
            "there is a card \(result.card) already, and cards are never changed: give another --name."
        ))
    }
    let text = result.text(visits: Clock.today)
    // What is written has to read back as a card that can be used.
    _ = try workspace.library.matchModel(readParameters(text, card: "Choice/\(result.card).yaml"))
    try bulian.write(Data(text.utf8), to: file.path)
    return file.path
  }
}

extension MatchModel {
  /// What the card believes, as priors of a fit: the base rate in log-odds first, then every term.
  var signingPriors: [ConditionalLogit.Prior] {
    let rate = self["baseSignRate"]
    func logit(_ p: Double) -> Double { log(p / (1 - p)) }
    // As in the draws of ranks, the card's low and high base rate are its 5 % and 95 %.
    let base = ConditionalLogit.Prior(
      mean: intercept.base,
      deviation: max(0.01, (logit(rate.high) - logit(rate.low)) / (2 * 1.645)))
    return [base]
      + Term.allCases.map {
        ConditionalLogit.Prior(
          mean: value($0.coefficientName), deviation: max(1e-6, value($0.sigmaName)))
      }
  }
}
