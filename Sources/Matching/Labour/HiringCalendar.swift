import Atlas

/// Where the people of a hiring calendar come from. 来源
public enum HiringSource: String, Sendable, Codable, CaseIterable {
  /// 失业和求职人员
  case unemployed
  /// 职校毕业生
  case graduates
  /// 返乡人员
  case returnees
  /// 转岗人员
  case switchers

  public var name: Phrase {
    switch self {
    case .unemployed: Phrase(zh: "失业和求职人员", en: "unemployed and job-seekers")
    case .graduates: Phrase(zh: "职校毕业生", en: "vocational graduates")
    case .returnees: Phrase(zh: "返乡人员", en: "returnees")
    case .switchers: Phrase(zh: "转岗人员", en: "people changing jobs")
    }
  }
}

/// What is done to hire: one row of the plan of action. 招工动作
public struct HiringAction: Sendable, Equatable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// 专场招聘会
    case jobFair
    /// 订单班
    case trainingClass
    /// 返乡对接
    case outreach
    /// 通勤班车
    case busLine
    /// 宿舍床位
    case dormitory
  }

  public let kind: Kind
  /// Row of `Places` where it happens or from where it runs.
  public let place: Int
  /// Month of the calendar, 1 first; a lasting service runs from here to the end.
  public let month: Int
  public let untilMonth: Int
  /// People it brings or carries.
  public let heads: Int
  /// Fairs, classes, buses or beds.
  public let quantity: Int
  /// One way, for a bus line.
  public let minutes: Double?
  /// Seats of all buses together, or intake of all classes.
  public let capacity: Int?
  /// Yuan over the calendar.
  public let cost: Figure
  /// Who does it, by role.
  public let owner: Phrase
}

/// Month by month, who is hired where, and what brings them: 从家门口到厂门口. 招工日历
///
/// Whole people; no zone gives more than its expected takers, no occupation more than its need, and
/// what cannot be filled is left open and said.
public struct HiringCalendar: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// 1 first.
    public let month: Int
    /// Row of `LabourPlan.occupations`.
    public let occupation: Int
    /// Row of `Places`.
    public let place: Int
    public let source: HiringSource
    public let heads: Int
    /// Rows of `actions`: what recruits them first, then what carries or houses them.
    public let actions: [Int]
  }

  /// First month of the calendar; a month's day of the month does not matter.
  public let start: Day
  public let months: Int
  public let entries: [Entry]
  public let actions: [HiringAction]
  /// Heads that the ramp asks for by the end of each month, by occupation, then month.
  public let ramp: [[Int]]
  /// Heads hired by the end of each month, by occupation, then month.
  public let cumulative: [[Int]]
  /// Heads that stay open at the end, by occupation; nil where the supply is not known.
  public let open: [Int?]
  /// Yuan of all actions.
  public let cost: Figure

  /// The first day of month `month` (1 first).
  public func firstDay(of month: Int) -> Day {
    let (year, first, _) = start.civil
    let index = year * 12 + first - 1 + month - 1
    return Day(year: index / 12, month: index % 12 + 1, day: 1) ?? start
  }

  /// Lays a plan out over the months, at base values.
  ///
  /// A zone's takers arrive evenly over the hiring window, graduates only at the end of a class; in
  /// each month the ramp takes the nearest first.
  public init(_ plan: LabourPlan, rates: HiringRates, start: Day) {
    let ramp = max(1, Int(rates.rampMonths.value.rounded(.up)))
    let window = max(1, Int(rates.hiringWindow.value.rounded(.up)))
    let months = max(ramp, window)
    var wanted: [[Int]] = []
    var hired: [[Int]] = []
    var drafts: [Draft] = []
    for (row, occupation) in plan.occupations.enumerated() {
      let target = (1...months).map { month in
        min(occupation.need, (occupation.need * month + ramp - 1) / ramp)
      }
      let found = HiringCalendar.hire(
        occupation, row: row, target: target, window: window, rates: rates)
      wanted.append(target)
      drafts += found
      hired.append(
        (1...months).map { month in
          found.reduce(0) { $0 + ($1.month <= month ? $1.heads : 0) }
        })
    }
    let (entries, actions) = HiringCalendar.act(on: drafts, months: months, rates: rates)
    self.start = start
    self.months = months
    self.entries = entries
    self.actions = actions
    self.ramp = wanted
    cumulative = hired
    open = plan.occupations.indices.map { row in
      plan.occupations[row].takers == nil
        ? nil : plan.occupations[row].need - (hired[row].last ?? 0)
    }
    cost =
      plan.occupations.contains { $0.takers != nil }
      ? Figure(
        actions.compactMap(\.cost.span).reduce(.zero, +).ordered, .yuan, .estimated,
        because: Phrase(zh: "各项动作费用之和", en: "the sum over the actions"))
      : .unknown(.yuan, missing: Phrase(zh: "用工记录", en: "labour records"))
  }
}

extension HiringCalendar {
  /// An entry before it has its actions.
  struct Draft {
    let month: Int
    let occupation: Int
    let place: Int
    let source: HiringSource
    let heads: Int
    let minutes: Double
    let needsBed: Bool
  }

  /// One kind of people of one zone, in whole heads that are expected to take the job.
  private struct Stream {
    let row: Int
    let source: HiringSource
    let total: Int
    var used = 0

    /// Heads that have come forward by the end of a month.
    func ready(by month: Int, window: Int, rates: HiringRates) -> Int {
      guard source == .graduates else { return total * min(month, window) / window }
      let length = max(1, Int(rates.classMonths.value.rounded(.up)))
      let classes = max(1, window / length)
      return total * min(month / length, classes) / classes
    }
  }

  private static func hire(
    _ plan: OccupationPlan, row: Int, target: [Int], window: Int, rates: HiringRates
  ) -> [Draft] {
    var streams: [Stream] = []
    for (index, source) in plan.sources.enumerated() {
      let supply = source.supply.base
      guard supply > 0 else { continue }
      for kind in HiringSource.allCases {
        let people = source.people(kind)?.base ?? 0
        let total = Int(source.hires.base * people / supply)
        if total > 0 { streams.append(Stream(row: index, source: kind, total: total)) }
      }
    }
    var drafts: [Draft] = []
    var filled = 0
    for (index, wanted) in target.enumerated() {
      for stream in streams.indices where filled < wanted {
        let ready = streams[stream].ready(by: index + 1, window: window, rates: rates)
        let heads = min(wanted - filled, ready - streams[stream].used)
        if heads <= 0 { continue }
        streams[stream].used += heads
        filled += heads
        let source = plan.sources[streams[stream].row]
        drafts.append(
          Draft(
            month: index + 1, occupation: row, place: source.place,
            source: streams[stream].source, heads: heads, minutes: source.minutes,
            needsBed: source.needsBed))
      }
    }
    return drafts
  }
}

extension LabourSource {
  /// The zone's people of one kind.
  public func people(_ source: HiringSource) -> Span? {
    switch source {
    case .unemployed: unemployed
    case .graduates: graduates
    case .returnees: returnees
    case .switchers: switchers
    }
  }
}
