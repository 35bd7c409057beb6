import Atlas

/// Something to ask one firm, and how likely the answer is to change who is among the first ten. 待问
public struct FirmQuestion: Sendable, Equatable {
  /// What is asked; each fills one table. 问题
  public enum Subject: String, Sendable, CaseIterable {
    /// Size of the project: output, heads, tonnes.
    case project
    /// Where the plants are today.
    case plants
    /// From where it buys, to where it sells.
    case lanes

    /// The import kind that takes the answer back.
    public var table: String {
      switch self {
      case .project: "projects"
      case .plants: "plants"
      case .lanes: "firm-lanes"
      }
    }

    public var question: Phrase {
      switch self {
      case .project:
        Phrase(
          zh: "新项目年产值多少万元、用工多少人、年进料和发货各多少吨？",
          en: "Output, heads, tonnes in and out of the new project?")
      case .plants:
        Phrase(
          zh: "现在的工厂在哪里，各占产出多少，租约何时到期？",
          en: "Where are the plants, which share each, when do leases end?")
      case .lanes:
        Phrase(
          zh: "主要从哪里进料、发往哪里，各多少吨？",
          en: "From where does it buy, to where does it ship, how many tonnes?")
      }
    }
  }

  /// Row of `Firms`.
  public let firm: Int
  /// Row of `Snapshot.chains`.
  public let chain: Int
  public let subject: Subject
  /// Standard deviation of the expected value that the answer would settle, 10k yuan.
  public let deviation: Double
  /// Probability that the answer takes the firm over the border of the first ten, in [0, 1].
  public let change: Double
  /// What knowing the answer is worth to the first ten: the expected gain in expected value, 10k yuan.
  public let gain: Double
}

/// The questions whose answers would most change the first ten of a list, most telling first.
///
/// The value of an entry is taken as normal around what is known; what the answer would settle is its deviation: for the project the
/// range of worth, for plants and lanes the spread of the cost or network term on the card times its coefficient. The change is the
/// probability that a draw lies on the other side of the border between the tenth and the eleventh, and the gain is what the first ten
/// would be worth more, on average, if the answer were known: σ (φ(z) − z Φ(−z)). A firm far from the border is not worth a call.
/// Complexity: O(entries).
public func findQuestions(
  _ rankings: [Ranking], snapshot: Snapshot, models: MatchingModels, limit: Int = 10
) -> [FirmQuestion] {
  let model = models.choice
  var found: [FirmQuestion] = []
  for ranking in rankings {
    let valued = ranking.entries.filter { $0.expectedValue != nil }
    guard valued.count > 10, let tenth = valued[9].expectedValue,
      let eleventh = valued[10].expectedValue
    else { continue }
    for (position, entry) in valued.enumerated() {
      guard let value = entry.expectedValue else { continue }
      let border = position < 10 ? eleventh : tenth
      for (subject, deviation) in deviations(
        of: entry, value: value, snapshot: snapshot, model: model)
      where deviation > 0 {
        let distance = abs(value - border) / deviation
        let change = normalTail(distance)
        let density = exponential(-distance * distance / 2) / 2.5066282746310002
        found.append(
          FirmQuestion(
            firm: entry.pairing.firm, chain: ranking.chain, subject: subject,
            deviation: deviation, change: change,
            gain: deviation * max(0, density - distance * change)))
      }
    }
  }
  found.sort {
    $0.gain != $1.gain
      ? $0.gain > $1.gain
      : ($0.firm, $0.chain, $0.subject.rawValue) < ($1.firm, $1.chain, $1.subject.rawValue)
  }
  // One line a firm and subject: a firm on two lists is asked once.
  var seen: Set<String> = []
  return Array(
    found.filter { seen.insert("\($0.firm) \($0.subject.rawValue)").inserted }.prefix(limit))
}

/// What each answer would settle, as a standard deviation of the expected value.
private func deviations(
  of entry: Entry, value: Double, snapshot: Snapshot, model: MatchModel
) -> [(FirmQuestion.Subject, Double)] {
  let gross = value + entry.visitCost
  let likelihood = entry.likelihood?.base ?? 0
  // A change of x utils moves the probability by P (1 − P) x, and the value with it.
  func utils(_ deviation: Double) -> Double { abs(gross) * (1 - likelihood) * deviation }
  var list: [(FirmQuestion.Subject, Double)] = []
  if entry.project.output.grade != .stated, entry.project.output.grade != .measured,
    let worth = entry.worth.span?.ordered, worth.base > 0
  {
    // Low to high is taken as the middle 90 %.
    list.append((.project, abs(gross) * (worth.high - worth.low) / worth.base / 3.29))
  }
  if entry.origin.basis != .plants {
    let term = Term.annualCost
    list.append(
      (
        .plants,
        utils(abs(model.value(term.coefficientName)) * model.value(term.spreadName))
      ))
  }
  if snapshot.lanes[entry.pairing.firm].isEmpty {
    let term = Term.network
    list.append(
      (
        .lanes, utils(abs(model.value(term.coefficientName)) * model.value(term.spreadName))
      ))
  }
  return list
}

/// P(Z > z) of the standard normal, for z ≥ 0.
///
/// Source: Abramowitz and Stegun 26.2.17; absolute error below 7.5e-8.
func normalTail(_ z: Double) -> Double {
  let t = 1 / (1 + 0.2316419 * z)
  let series =
    t
    * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return exponential(-z * z / 2) / 2.5066282746310002 * series
}
