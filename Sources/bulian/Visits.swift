import Atlas
import Calibration
import Foundation
import Matching

/// The visits of an office whose result is known, read as choices. 走访样本
struct Visits {
  /// Why a visit says nothing. 未采用
  enum Gap: String, CaseIterable {
    /// Too young for a result.
    case open
    /// The firm, its link or its origin was not known then.
    case unread

    func text(_ count: Int) -> Phrase {
      switch self {
      case .open: Phrase(zh: "尚无结果 \(count) 家", en: "\(count) still open")
      case .unread:
        Phrase(
          zh: "当时还没有资料或没有挂上缺口环节 \(count) 家",
          en: "\(count) not known or on no open segment at the time")
      }
    }
  }

  /// The models of today, under which every visit was read.
  let models: MatchingModels
  private(set) var cases: [SigningCase] = []
  private(set) var left: [Gap: Int] = [:]

  /// - Parameters:
  ///   - horizon: months after which a visit without a signature counts as not signed.
  ///   - onThatDay: reads every case from the facts known on the day before it.
  init(_ workspace: Workspace, horizon: Int, onThatDay: Bool, asOf: Day) throws {
    let (now, models) = try workspace.freeze(asOf: asOf)
    self.models = models
    var asked: [(firm: Int64, site: String?, day: Day, signed: Bool)] = []
    for firm in 0..<now.firms.count {
      let outcomes = now.outcomes[firm]
      let started = outcomes.filter { $0.kind != "contact" }.min { $0.date < $1.date }
      guard
        let first = outcomes.filter({ $0.kind == "visit" }).min(by: { $0.date < $1.date })
          ?? started
      else { continue }
      let signed = outcomes.contains { $0.kind == "signed" || $0.kind == "landed" }
      let refused = outcomes.contains { $0.kind == "refused" }
      guard signed || refused || asOf - first.date > horizon * 365 / 12 else {
        left[.open, default: 0] += 1
        continue
      }
      asked.append((now.firms.id[firm], first.site, first.date, signed))
    }
    let days = Set(asked.map(\.day)).sorted()
    for (count, day) in days.enumerated() {
      progress(say("读取当时的资料", "reading facts of the day") + " \(count + 1)/\(days.count)")
      let snapshot =
        onThatDay ? try workspace.snapshot(asOf: day.adding(days: -1)) : now
      let group = asked.filter { $0.day == day }
      let rows = group.map { item in snapshot.firms.find(id: item.firm) }
      let wanted = zip(rows, group).compactMap { row, item in
        row.map { row in
          (firm: row, site: item.site.flatMap { id in snapshot.sites.firstIndex { $0.id == id } })
        }
      }
      var choices = readChoices(wanted, snapshot: snapshot, models: models)[...]
      for (row, item) in zip(rows, group) {
        guard row != nil, let choice = choices.popFirst() ?? nil else {
          left[.unread, default: 0] += 1
          continue
        }
        var alternatives = zip(choice.isHome, choice.terms).map { [$0 ? 1.0 : 0] + $1 }
        if choice.canStay || alternatives.count == 1 {
          alternatives.append([Double](repeating: 0, count: 1 + Term.allCases.count))
        }
        cases.append(
          SigningCase(
            alternatives: alternatives, signed: item.signed,
            group: Int32(truncatingIfNeeded: item.firm)))
      }
    }
    endProgress()
  }

  /// What was left out, in words; empty when nothing was.
  func said(_ language: Language) -> String {
    let parts = Gap.allCases.compactMap { gap in left[gap].map { gap.text($0)[language] } }
    guard !parts.isEmpty else { return "" }
    return Phrase(
      zh: "未采用：" + parts.joined(separator: "，") + "。",
      en: "Left out: " + parts.joined(separator: ", ") + ". ")[language]
  }
}
