import Atlas

/// Whether a project finds its people at a site: by occupation, with sources, wage and odds. 用工方案
public struct LabourPlan: Sendable, Equatable {
  public let need: LabourNeed
  /// Row of `Places` of the site.
  public let site: Int
  public let dormitory: Bool
  /// In the order of the need.
  public let occupations: [OccupationPlan]
  /// Row of `occupations` that is hardest to fill among the critical ones that are known.
  public let bottleneck: Int?
  /// Probability of filling the binding occupation.
  public let fill: Figure
  /// Extra pay of all occupations to reach the needed wages, 10k yuan per year.
  public let premium: Figure
}

/// One occupation of a labour plan. 工种方案
public struct OccupationPlan: Sendable, Equatable {
  public let occupation: Occupation
  /// Heads needed.
  public let need: Int
  /// Unemployed, graduates, returnees and switchers within reach, persons.
  public let available: Figure
  /// The same, each zone weighted by how many of its people would make the way.
  public let accessible: Figure
  /// People expected to take the job at the wage offered, competition counted; at most the need.
  public let hires: Figure
  /// People who would take such a job if there were enough of them: not cut at the need.
  public let takers: Span?
  /// `accessible` over `need`.
  public let ratio: Figure
  /// Yuan per month.
  public let wageOffered: Figure
  /// Wage of the occupation within reach, yuan per month.
  public let wageGoing: Figure
  /// Wage at which as many take the job as are needed, yuan per month.
  public let wageNeeded: Figure
  /// The needed wage over the going wage, less one.
  public let premiumShare: Figure
  /// True when the needed wage stops at the highest premium that is proposed.
  public let wageCapped: Bool
  /// Extra pay to reach the needed wage, 10k yuan per year.
  public let premium: Figure
  /// Probability of filling all heads at the wage offered.
  public let fill: Figure
  /// The same at the needed wage.
  public let fillAtNeededWage: Figure
  /// Jobs that others try to fill within daily reach.
  public let competing: Figure
  /// Weakest grade of the records behind it.
  public let recordGrade: Grade
  /// Nearest first, then by place.
  public let sources: [LabourSource]
  /// Facts that would make the figures better.
  public let missing: [Phrase]
}

/// The people of one zone in one occupation's plan. 来源片区
public struct LabourSource: Sendable, Equatable {
  /// Row of `Places`.
  public let place: Int
  /// One way, to the site.
  public let minutes: Double
  /// True when these people come only because there are beds.
  public let needsBed: Bool
  /// Parts in persons; nil where not known.
  public let unemployed: Span?
  public let graduates: Span?
  public let returnees: Span?
  public let switchers: Span?
  /// The part of the zone's people that the way does not deter.
  public let reach: Span
  /// The part of those that this employer draws against all others.
  public let share: Span
  /// Expected takers of this zone, not cut at the need.
  public let hires: Span
  public let grade: Grade

  /// The sum of the known parts.
  public var supply: Span {
    [unemployed, graduates, returnees, switchers].reduce(.zero) { $0 + ($1 ?? .zero) }
  }
}

extension LabourReach {
  /// The full plan of a project at this site.
  ///
  /// - Parameter wages: yuan per month by item of the need; the local wage where nil or missing.
  public func plan(_ need: LabourNeed, wages: [Double?] = []) -> LabourPlan {
    let plans = need.items.enumerated().map { index, item in
      plan(item, wage: index < wages.count ? wages[index] : nil, grade: need.grade)
    }
    let critical = plans.indices.filter { plans[$0].occupation.critical }
    let known = critical.filter { plans[$0].fill.span != nil }
    let bottleneck = known.min {
      let first = plans[$0].fill.base ?? 1
      let second = plans[$1].fill.base ?? 1
      return first != second ? first < second : $0 < $1
    }
    return LabourPlan(
      need: need, site: site, dormitory: dormitory, occupations: plans, bottleneck: bottleneck,
      fill: fillFigure(plans, critical: critical, known: known),
      premium: total(plans.map(\.premium), .wanYuanPerYear))
  }

  private func fillFigure(_ plans: [OccupationPlan], critical: [Int], known: [Int]) -> Figure {
    let missing = critical.filter { plans[$0].fill.span == nil }.map { plans[$0].occupation.name }
    guard missing.isEmpty, !known.isEmpty else {
      return .unknown(
        .probability,
        missing: missing.isEmpty
          ? Phrase(zh: "项目分工种用工需求", en: "the project's heads by occupation")
          : LabourReach.noRecords(missing))
    }
    let spans = known.compactMap { plans[$0].fill.span }
    let least = Span.each { scenario in spans.map { $0[scenario] }.min() ?? 0 }
    return Figure(
      least.ordered, .probability, .estimated,
      because: Phrase(
        zh: "各关键工种招满概率的最小值", en: "the least fill probability of the critical occupations"))
  }

  private func total(_ figures: [Figure], _ unit: Unit) -> Figure {
    let spans = figures.compactMap(\.span)
    guard spans.count == figures.count, !spans.isEmpty else {
      return .unknown(
        unit,
        missing: figures.first { $0.span == nil }?.because
          ?? Phrase(zh: "项目分工种用工需求", en: "the project's heads by occupation"))
    }
    return Figure(
      spans.reduce(.zero, +), unit, .estimated,
      because: Phrase(zh: "各工种之和", en: "the sum over the occupations"))
  }

  private static func noRecords(_ occupations: [Phrase]) -> Phrase {
    Phrase(
      zh: "没有覆盖该载体的用工记录：\(occupations.map(\.zh).joined(separator: "、"))；请导入 labour 表",
      en: "no labour record covers this site for "
        + occupations.map(\.en).joined(separator: ", ") + "; import the labour table")
  }

  private func plan(_ item: LabourNeed.Item, wage: Double?, grade: Grade) -> OccupationPlan {
    guard let row = model.find(item.occupation) else {
      let occupation = Occupation(id: item.occupation, name: Phrase(same: item.occupation))
      return .unknown(
        occupation, need: item.heads, missing: LabourReach.noRecords([occupation.name]))
    }
    let occupation = model.occupations[row]
    guard let pool = pools[row] else {
      return .unknown(
        occupation, need: item.heads, missing: LabourReach.noRecords([occupation.name]))
    }
    return OccupationPlan(
      occupation, pool: pool, model: model, heads: item.heads, wage: wage, needGrade: grade)
  }
}

extension OccupationPlan {
  fileprivate static func unknown(
    _ occupation: Occupation, need: Int, missing: Phrase
  ) -> OccupationPlan {
    func none(_ unit: Unit) -> Figure { .unknown(unit, missing: missing) }
    return OccupationPlan(
      occupation: occupation, need: need, available: none(.persons), accessible: none(.persons),
      hires: none(.persons), takers: nil, ratio: none(.ratio), wageOffered: none(.yuanPerMonth),
      wageGoing: none(.yuanPerMonth), wageNeeded: none(.yuanPerMonth),
      premiumShare: none(.share), wageCapped: false, premium: none(.wanYuanPerYear),
      fill: none(.probability), fillAtNeededWage: none(.probability), competing: none(.persons),
      recordGrade: .unknown, sources: [], missing: [missing])
  }

  fileprivate init(
    _ occupation: Occupation, pool: LabourPool, model: LabourModel, heads: Int, wage: Double?,
    needGrade: Grade
  ) {
    let offered = pool.premium(of: wage)
    let chances = Scenario.allCases.map { pool.evaluate(heads: heads, premium: offered, $0) }
    func each(_ value: (LabourChance) -> Double) -> Span {
      Span(low: value(chances[0]), base: value(chances[1]), high: value(chances[2]))
    }
    let asked = Span.each { scenario in
      pool.premiumNeeded(heads: heads, scenario)
    }
    let paid = Span.each { max(offered, asked[$0]) }
    let takers = each(\.hires)
    let fromRecords =
      pool.fromGroup
      ? Phrase(zh: "按工种组总数折算", en: "from totals of groups of occupations")
      : Phrase(zh: "按分工种记录", en: "from records by occupation")
    let because =
      fromRecords
      + Phrase(zh: "，\(pool.zones.count) 个片区", en: ", \(pool.zones.count) zones")
    func estimate(_ span: Span, _ unit: Unit) -> Figure {
      Figure(span.ordered, unit, .estimated, because: because)
    }
    func pay(_ span: Span?, _ unit: Unit, _ grade: Grade) -> Figure {
      guard let span else {
        return .unknown(
          unit,
          missing: Phrase(
            zh: "\(occupation.name.zh)的当地工资", en: "the local wage of \(occupation.name.en)"))
      }
      return Figure(span.ordered, unit, grade, because: because)
    }
    let going = pool.goingWage
    let offer = wage ?? pool.localWage ?? going
    let extra = going.map { going in
      Span.each { Double(heads) * (paid[$0] - offered) * going * 12 / 10_000 }
    }
    self.init(
      occupation: occupation, need: heads, available: estimate(each(\.available), .persons),
      accessible: estimate(each(\.accessible), .persons),
      hires: estimate(each { min($0.hires, Double(heads)) }, .persons), takers: takers,
      ratio: estimate(each(\.accessible) / Double(heads), .ratio),
      wageOffered: pay(
        offer.map(Span.init), .yuanPerMonth, wage == nil ? pool.grade : needGrade),
      wageGoing: pay(going.map(Span.init), .yuanPerMonth, pool.grade),
      wageNeeded: pay(going.map { asked * $0 }, .yuanPerMonth, .estimated),
      premiumShare: estimate(asked - Span(1), .share),
      wageCapped: asked.base >= 1 + model.wagePremiumCap.value - 1e-12,
      premium: pay(extra, .wanYuanPerYear, .estimated),
      fill: estimate(
        Span.each { scenario in
          pool.evaluate(heads: heads, premium: offered, scenario).probability(
            ofFilling: heads, overdispersion: model.hireOverdispersion.span[scenario])
        }, .probability),
      fillAtNeededWage: estimate(
        Span.each { scenario in
          pool.evaluate(heads: heads, premium: paid[scenario], scenario).probability(
            ofFilling: heads, overdispersion: model.hireOverdispersion.span[scenario])
        }, .probability),
      competing: pool.knowsVacancies
        ? estimate(Span(pool.competingJobs), .persons)
        : .unknown(
          .persons,
          missing: Phrase(zh: "其他企业招聘缺口（vacancies 表）", en: "rival vacancies (the vacancies table)")),
      recordGrade: pool.grade, sources: OccupationPlan.sources(pool, chances),
      missing: OccupationPlan.missing(pool))
  }

  private static func sources(_ pool: LabourPool, _ chances: [LabourChance]) -> [LabourSource] {
    let rows = pool.zones.indices.sorted {
      let first = pool.zones[$0]
      let second = pool.zones[$1]
      return (first.minutes, first.zone.place) < (second.minutes, second.zone.place)
    }
    return rows.map { row in
      let zone = pool.zones[row]
      func each(_ value: (LabourChance.Zone) -> Double) -> Span {
        Span(
          low: value(chances[0].zones[row]), base: value(chances[1].zones[row]),
          high: value(chances[2].zones[row]))
      }
      func part(_ value: (LabourSupply) -> Double?) -> Span? {
        guard value(chances[1].zones[row].supply) != nil else { return nil }
        return each { value($0.supply) ?? 0 }.ordered
      }
      return LabourSource(
        place: zone.zone.place, minutes: zone.minutes, needsBed: zone.needsBed,
        unemployed: part(\.unemployed), graduates: part(\.graduates),
        returnees: part(\.returnees), switchers: part(\.switchers), reach: zone.reach,
        share: each(\.share), hires: each(\.hires), grade: zone.zone.grade)
    }
  }

  private static func missing(_ pool: LabourPool) -> [Phrase] {
    var missing: [Phrase] = []
    func report(_ known: Bool, _ phrase: Phrase) { if !known { missing.append(phrase) } }
    let zones = pool.zones.map(\.zone)
    report(
      zones.contains { $0.unemployed != nil },
      Phrase(zh: "登记失业和求职人数", en: "registered unemployed and job-seekers"))
    report(
      zones.contains { $0.graduates != nil },
      Phrase(zh: "职校当年毕业生", en: "vocational graduates of the year"))
    report(zones.contains { $0.outMigrants != nil }, Phrase(zh: "外出务工人数", en: "out-migrants"))
    report(zones.contains { $0.employed != nil }, Phrase(zh: "在岗人数", en: "people employed"))
    report(pool.goingWage != nil, Phrase(zh: "当地工资", en: "local wages"))
    report(pool.knowsVacancies, Phrase(zh: "其他企业招聘缺口", en: "rival vacancies"))
    return missing
  }
}
