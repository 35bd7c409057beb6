import Atlas
import Glibc

/// The labour market as seen from one site: the zones within reach, their people, their rivals. 用工腹地
///
/// Built once per site; evaluating a project on it costs one pass over the zones within reach. Held
/// by reference: a copy would touch every text of the card.
public final class LabourReach: Sendable {
  public let model: LabourModel
  /// Row of `Places` of the site.
  public let site: Int
  public let dormitory: Bool
  /// By occupation row of the model; nil where no record covers the site.
  let pools: [LabourPool?]

  /// - Parameter dormitory: true when the plan has beds, which widens the reach.
  public init(_ market: LabourMarket, site: Int, dormitory: Bool = false) {
    model = market.model
    self.site = site
    self.dormitory = dormitory
    pools = market.model.occupations.indices.map { occupation in
      LabourPool(market, occupation: occupation, site: site, dormitory: dormitory)
    }
  }

  /// The probability of filling the binding occupation, and which one binds.
  ///
  /// The least probability over the critical occupations, at the wage offered.
  /// Unknown: nil when a critical occupation is not covered by any record.
  /// - Parameter wages: yuan per month by item of the need; the going local wage where nil.
  public func fill(
    _ need: LabourNeed, wages: [Double?] = [], scenario: Scenario = .base
  ) -> (probability: Double, binding: Int)? {
    var least: (probability: Double, binding: Int)?
    for (index, item) in need.items.enumerated() {
      guard let row = model.find(item.occupation) else { return nil }
      if !model.occupations[row].critical { continue }
      let wage = index < wages.count ? wages[index] : nil
      guard let probability = pools[row]?.fill(heads: item.heads, wage: wage, scenario)
      else { return nil }
      if probability < least?.probability ?? .infinity { least = (probability, index) }
    }
    return least
  }
}

/// The people of one occupation that one site can reach.
final class LabourPool: Sendable {
  struct Zone: Sendable {
    let zone: LabourZone
    let minutes: Double
    /// True when these people come only because there are beds.
    let needsBed: Bool
    let reach: Span
    /// Σ_j R_j f(t_zj) ω_j of all other employers, in jobs per person.
    let rivals: Span
  }

  private let model: LabourModel
  let zones: [Zone]
  /// Wage of the occupation in the reach, weighted by the people who can come; yuan per month.
  let goingWage: Double?
  /// Wage of the occupation at the site itself.
  let localWage: Double?
  /// Jobs that others try to fill at places within reach.
  let competingJobs: Double
  let knowsVacancies: Bool
  let grade: Grade
  let fromGroup: Bool

  init?(_ market: LabourMarket, occupation: Int, site: Int, dormitory: Bool) {
    let model = market.model
    let all = market.zones[occupation]
    let related = all.filter {
      market.places.lies(site, in: $0.place) || market.places.lies($0.place, in: site)
    }
    guard related.contains(where: \.knowsPeople) else { return nil }
    let low = Commute(model, .low, dormitory: dormitory)
    let base = Commute(model, .base, dormitory: dormitory)
    let high = Commute(model, .high, dormitory: dormitory)
    func reach(_ minutes: Double) -> Span {
      Span(
        low: low.reach(minutes: minutes), base: base.reach(minutes: minutes),
        high: high.reach(minutes: minutes))
    }
    let near = all.compactMap { zone -> (LabourZone, Double, Span)? in
      guard let minutes = market.minutes(zone.place, site) else { return nil }
      let part = reach(minutes)
      return part.low > 0 || part.base > 0 || part.high > 0 ? (zone, minutes, part) : nil
    }
    // Beds widen the reach but not the labour market whose wage people compare an offer with.
    let going = LabourPool.goingWage(near.map { ($0.0, base.daily(minutes: $0.1)) }, model)
    let jobs = market.vacancies[occupation]
    zones = near.compactMap { zone, minutes, part in
      guard zone.knowsPeople else { return nil }
      var rivals = Span.zero
      for job in jobs {
        guard let way = market.minutes(zone.place, job.place) else { continue }
        for scenario in Scenario.allCases {
          let commute = scenario == .low ? low : scenario == .base ? base : high
          let pull = LabourPool.pull(
            job.wage, going: going, elasticity: model.labourSupplyElasticity.span[scenario])
          rivals[scenario] += job.perPerson[scenario] * commute.daily(minutes: way) * pull
        }
      }
      return Zone(
        zone: zone, minutes: minutes, needsBed: part.base > base.daily(minutes: minutes),
        reach: part, rivals: rivals)
    }
    self.model = model
    goingWage = going
    localWage =
      related.first { $0.wage != nil && $0.place == site }?.wage
      ?? related.last { $0.wage != nil }?.wage
    competingJobs = jobs.reduce(0) { sum, job in
      guard let way = market.minutes(job.place, site) else { return sum }
      return way <= base.cutoffMinutes ? sum + job.persons : sum
    }
    knowsVacancies = !jobs.isEmpty
    grade = zones.reduce(Grade.measured) { $0.weakest($1.zone.grade) }
    fromGroup = zones.contains { $0.zone.fromGroup }
  }

  /// ω = (w / w̄)^ε; 1 where either wage is not known.
  private static func pull(_ wage: Double?, going: Double?, elasticity: Double) -> Double {
    guard let wage, let going, wage > 0, going > 0 else { return 1 }
    return pow(wage / going, elasticity)
  }

  private static func goingWage(_ zones: [(LabourZone, Double)], _ model: LabourModel) -> Double? {
    let rates = model.rates(.base)
    let returning = rates.returning(premium: 1)
    var wages = 0.0
    var weights = 0.0
    for (zone, reach) in zones {
      guard let wage = zone.wage else { continue }
      let people = LabourSupply(zone, rates, returning: returning, .base).total
      let weight = reach * max(people, 1)
      wages += weight * wage
      weights += weight
    }
    return weights > 0 ? wages / weights : nil
  }

  /// The wage offered over the going wage; the local wage where none is given, 1 where unknown.
  func premium(of wage: Double?) -> Double {
    guard let offered = wage ?? localWage, let goingWage, goingWage > 0 else { return 1 }
    return offered / goingWage
  }

  /// w*/w̄ = (H / μ(w̄))^(1/ε), not below the going wage and not above the highest premium.
  func premiumNeeded(heads: Int, _ scenario: Scenario) -> Double {
    let ceiling = 1 + model.wagePremiumCap.span[scenario]
    let takers = evaluate(heads: heads, premium: 1, scenario).hires
    guard takers > 0 else { return ceiling }
    let asked = pow(
      Double(heads) / takers, 1 / model.labourSupplyElasticity.span[scenario])
    return min(ceiling, max(1, asked))
  }

  /// One project's chances in this pool.
  ///
  /// μ = Σ_z S_z π f_z share_z, share_z = R ω f_z / (R ω f_z + Σ_j R_j ω_j f_zj + κ f_z), R = H / A.
  /// The jobs of an employer are spread over the people it reaches (A = Σ_z S_z f_z, as in the
  /// two-step catchment): cutting a zone in two changes nothing, and people at the door of a sole
  /// employer take H / (H + κ S). Without the spreading a city counted by its districts would hire
  /// as many times as it has districts.
  func evaluate(heads: Int, premium: Double, _ scenario: Scenario) -> LabourChance {
    var told: [LabourChance.Zone] = []
    var chance = sum(heads: heads, premium: premium, scenario) { told.append($0) }
    chance.zones = told
    return chance
  }

  /// The probability of filling so many jobs: `evaluate` without what is told of the zones.
  func fill(heads: Int, wage: Double?, _ scenario: Scenario) -> Double {
    sum(heads: heads, premium: premium(of: wage), scenario) { _ in }
      .probability(ofFilling: heads, overdispersion: model.rates(scenario).overdispersion)
  }

  /// The sums over all zones, and what each zone gives to them.
  private func sum(
    heads: Int, premium: Double, _ scenario: Scenario, _ tell: (LabourChance.Zone) -> Void
  ) -> LabourChance {
    let rates = model.rates(scenario)
    let returning = rates.returning(premium: premium)
    func supply(_ zone: Zone) -> LabourSupply {
      LabourSupply(zone.zone, rates, returning: returning, scenario)
    }
    var chance = LabourChance()
    for zone in zones {
      let (people, reach) = (supply(zone).total, zone.reach[scenario])
      if reach > 0 { chance.available += people }
      chance.accessible += people * reach
    }
    let pull =
      heads > 0 && chance.accessible > 0
      ? Double(heads) / chance.accessible * power(premium, rates.supplyElasticity) : 0
    for zone in zones {
      let (supply, reach) = (supply(zone), zone.reach[scenario])
      var (share, hires) = (0.0, 0.0)
      if pull > 0, reach > 0 {
        let own = pull * reach
        share = own / (own + zone.rivals[scenario] + rates.outside * reach)
        hires = supply.total * rates.acceptance * reach * share
        chance.hires += hires
      }
      tell(LabourChance.Zone(supply: supply, reach: reach, share: share, hires: hires))
    }
    return chance
  }
}

/// The people of a zone whom a new plant could ask, by where they come from. 供给
struct LabourSupply: Sendable, Equatable {
  var unemployed: Double?
  var graduates: Double?
  var returnees: Double?
  var switchers: Double?

  /// S = U + γ_G·φ·Grad + Out·ρ·(window / 12)·(w / w_dest)^η + γ_E·E, of what is known.
  /// - Parameter returning: part of the out-migrants that returns, `LabourRates.returning`.
  init(_ zone: LabourZone, _ rates: LabourRates, returning: Double, _ scenario: Scenario) {
    unemployed = zone.unemployed?[scenario]
    graduates = zone.graduates.map { $0[scenario] * rates.retention * rates.proRating }
    returnees = zone.outMigrants.map { $0[scenario] * returning }
    switchers = zone.employed.map { $0[scenario] * rates.switchers }
  }

  var total: Double {
    (unemployed ?? 0) + (graduates ?? 0) + (returnees ?? 0) + (switchers ?? 0)
  }
}

/// What one project may expect of one pool in one scenario.
struct LabourChance: Sendable {
  struct Zone: Sendable {
    let supply: LabourSupply
    let reach: Double
    let share: Double
    let hires: Double
  }

  var zones: [Zone] = []
  var available = 0.0
  var accessible = 0.0
  var hires = 0.0

  /// P = 1 − F(H − 1; n = ⌊A⌋, a = p̂m, b = (1 − p̂)m) with p̂ = μ / A.
  func probability(ofFilling heads: Int, overdispersion: Double) -> Double {
    guard accessible >= 1 else { return heads <= 0 ? 1 : 0 }
    let rate = min(1, hires / accessible)
    return BetaBinomial(
      trials: Int(accessible), a: rate * overdispersion, b: (1 - rate) * overdispersion
    ).probability(ofAtLeast: heads)
  }
}
