import Atlas
import Briefing
import Calibration
import Cards
import Foundation
import Matching

/// A fit beside the card it started from: what moved, what it foretells, whether it may be a card. 校准结果
struct CalibrationResult {
  let card: String
  let parent: MatchModel
  let fit: SigningFit
  let held: [SigningFit.HeldOut]
  let visits: Visits
  let hindsight: Bool

  var signed: Int { visits.cases.count { $0.signed } }
  /// Of the held-out readings, under the fit and under the parent.
  var crossValidated: Double { held.reduce(0) { $0 + $1.logLikelihood } }
  var crossValidatedParent: Double { held.reduce(0) { $0 + $1.priorLogLikelihood } }

  /// Standard error of the difference, over firms.
  var differenceError: Double {
    let each = held.map { $0.logLikelihood - $0.priorLogLikelihood }
    guard each.count > 1 else { return 0 }
    let mean = each.reduce(0, +) / Double(each.count)
    let variance =
      each.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(each.count - 1)
    return (variance * Double(each.count)).squareRoot()
  }

  func metrics(_ path: KeyPath<SigningFit.HeldOut, Double>) -> ProbabilityMetrics? {
    ProbabilityMetrics(probabilities: held.map { $0[keyPath: path] }, outcomes: held.map(\.signed))
  }

  /// Terms whose sign is not what the term means.
  var turned: [String] {
    Term.allCases.filter { term in
      let value = fit.coefficients[1 + (Term.allCases.firstIndex(of: term) ?? 0)].estimate
      return term.isBenefit ? value < 0 : value > 0
    }.map(\.rawValue)
  }

  /// Why no card may be made of it; nil when one may.
  var refusal: Phrase? {
    if crossValidated < crossValidatedParent {
      return Phrase(
        zh:
          "交叉验证对数似然 \(text(crossValidated)) 不如原卡的 \(text(crossValidatedParent))；仍要出卡请加 --even-if-worse。",
        en:
          "the cross-validated log-likelihood \(text(crossValidated)) is below the parent's \(text(crossValidatedParent)); --even-if-worse writes it all the same."
      )
    }
    if !turned.isEmpty {
      return Phrase(
        zh: "\(turned.joined(separator: "、")) 的符号与含义相反，多半是样本太少或登记有误；仍要出卡请加 --even-if-worse。",
        en:
          "the sign of \(turned.joined(separator: ", ")) is against its meaning: too few cases or wrong records; --even-if-worse writes it all the same."
      )
    }
    return nil
  }

  private func text(_ value: Double) -> String { String(format: "%.3f", value) }

  func printTables() {
    print(
      say(
        "走访结果 \(visits.cases.count) 家，签约 \(signed) 家；原卡 \(parent.id)。",
        "\(visits.cases.count) visited firms, \(signed) signed; parent card \(parent.id). ")
        + visits.said(Clock.language))
    let few = visits.cases.count < 30
    if few {
      print(
        say(
          "结果不足 30 家：先验仍占大头，新卡只是小步修正。",
          "Fewer than 30 outcomes: the prior still carries most, the new card is a small step."))
    }
    printTable(
      [
        say("系数", "coefficient"), say("原卡", "parent"), say("先验σ", "prior sd"),
        say("新值", "estimate"), say("标准误", "std. error"), say("有差别的家数", "events"),
        say("移动(σ)", "move (sd)"), say("学到", "learned"),
      ],
      fit.coefficients.map { item in
        [
          item.name, text(item.prior.mean), text(item.prior.deviation), text(item.estimate),
          text(item.standardError), "\(item.cases)", String(format: "%+.2f", item.move),
          String(format: "%.0f%%", item.learned * 100),
        ]
      }, rightAligned: [1, 2, 3, 4, 5, 6, 7])
    let now = metrics(\.probability)
    let before = metrics(\.priorProbability)
    func pair(_ path: KeyPath<ProbabilityMetrics, Double>) -> String {
      "\(before.map { text($0[keyPath: path]) } ?? "—") → \(now.map { text($0[keyPath: path]) } ?? "—")"
    }
    print(
      say(
        "交叉验证（每家只由没见过它的卡来预言）：对数似然 \(text(crossValidatedParent)) → \(text(crossValidated))（差 \(text(crossValidated - crossValidatedParent)) ± \(text(differenceError))）；Brier \(pair(\.brier))；校准误差 ECE \(pair(\.calibrationError))。",
        "Cross-validated (each firm foretold by a card that never saw it): log-likelihood \(text(crossValidatedParent)) → \(text(crossValidated)) (difference \(text(crossValidated - crossValidatedParent)) ± \(text(differenceError))); Brier \(pair(\.brier)); ECE \(pair(\.calibrationError))."
      ))
  }

  func json(written: String?, refusal: Phrase?) -> JSONValue {
    func side(_ path: KeyPath<SigningFit.HeldOut, Double>, _ likelihood: Double) -> JSONValue {
      let found = metrics(path)
      return .object([
        ("logLikelihood", .number(likelihood)), ("brier", found.map { .number($0.brier) } ?? .null),
        ("calibrationError", found.map { .number($0.calibrationError) } ?? .null),
      ])
    }
    return .object([
      ("card", .string(card)), ("parent", .string(parent.id)), ("cases", .int(visits.cases.count)),
      ("signed", .int(signed)),
      (
        "leftOut",
        .object(Visits.Gap.allCases.map { ($0.rawValue, .int(visits.left[$0] ?? 0)) })
      ),
      ("hindsight", .bool(hindsight)), ("logLikelihood", .number(fit.logLikelihood)),
      ("parentLogLikelihood", .number(fit.priorLogLikelihood)),
      (
        "crossValidated",
        .object([
          ("parent", side(\.priorProbability, crossValidatedParent)),
          ("fitted", side(\.probability, crossValidated)),
          ("difference", .number(crossValidated - crossValidatedParent)),
          ("standardError", .number(differenceError)),
        ])
      ),
      (
        "coefficients",
        .array(
          fit.coefficients.map { item in
            .object([
              ("name", .string(item.name)), ("prior", .number(item.prior.mean)),
              ("priorDeviation", .number(item.prior.deviation)),
              ("estimate", .number(item.estimate)), ("standardError", .number(item.standardError)),
              ("events", .int(item.cases)), ("move", .number(item.move)),
              ("learned", .number(item.learned)),
            ])
          })
      ),
      ("written", .optional(written)), ("because", .optional(refusal?[Clock.language])),
    ])
  }

  /// The card as a file: every number of the parent, with the fitted ones in their place.
  func text(visits day: Day) -> String {
    let source =
      "本单位 \(visits.cases.count) 家走访结果（签约 \(signed) 家，截至 \(day.iso)），以 \(parent.id) 为先验的最大后验估计"
      + (hindsight ? "；用的是今天的资料，有事后之嫌" : "") + "。"
    let rate = fit.coefficients[0]
    func share(_ logOdds: Double) -> Double {
      1 / (1 + exp(parent.competitionAtReference - logOdds))
    }
    var parameters: [(name: String, parameter: Parameter)] = []
    for entry in parent.parameters.entries {
      var parameter = entry.parameter
      func fitted(_ value: Double, _ low: Double, _ high: Double) -> Parameter {
        Parameter(
          value: value, low: low, high: high, unit: parameter.unit, source: source,
          evidence: .measured)
      }
      if entry.name == "baseSignRate", rate.learned > 0 {
        parameter = fitted(
          share(rate.estimate), share(rate.estimate - 2 * rate.standardError),
          share(rate.estimate + 2 * rate.standardError))
      }
      for (term, item) in zip(Term.allCases, fit.coefficients.dropFirst()) where item.cases > 0 {
        if entry.name == term.coefficientName {
          parameter = fitted(
            item.estimate, item.estimate - 2 * item.standardError,
            item.estimate + 2 * item.standardError)
        } else if entry.name == term.sigmaName {
          parameter = fitted(item.standardError, item.standardError, item.standardError)
        }
      }
      parameters.append((entry.name, parameter))
    }
    return choiceCardText(
      name: Phrase(zh: "本单位走访结果校准卡", en: "Card fitted to this office's outcomes"),
      version: day.iso,
      note:
        "由 \(parent.id) 校准而来：\(source)交叉验证对数似然 \(text(crossValidatedParent)) → \(text(crossValidated))。",
      parameters: parameters)
  }
}
