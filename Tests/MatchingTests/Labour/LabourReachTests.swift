import Atlas
import Testing

@testable import Matching

/// Numbers of Scripts/oracles/labour.py, which computes them from the formulas with scipy.
@Suite struct LabourReachTests {
  private static let townRows: [(Double, LabourRecord)] = [
    (
      12,
      LabourCards.record(
        1, unemployed: 3000, graduates: 800, outMigrants: 40_000, employed: 60_000, wage: 4200)
    ),
    (
      40,
      LabourCards.record(
        2, unemployed: 2500, graduates: 500, outMigrants: 30_000, employed: 45_000, wage: 4000)
    ),
    (
      75,
      LabourCards.record(
        3, unemployed: 4000, graduates: 1200, outMigrants: 60_000, employed: 90_000, wage: 4600)
    ),
    (
      150,
      LabourCards.record(
        4, unemployed: 5000, graduates: 0, outMigrants: 80_000, employed: 0, wage: 3800)
    ),
  ]

  /// Minutes of each zone to the site (place 1) and to the rivals (places 5 and 6).
  private static func minutes(_ zone: Int, _ site: Int) -> Double? {
    guard (1...4).contains(zone) else { return nil }
    return switch site {
    case 1: [12, 40, 75, 150][zone - 1]
    case 5: [20, 35, 60, 200][zone - 1]
    case 6: [45, 8, 88, 200][zone - 1]
    default: nil
    }
  }

  private static func town(zones: Int, rivals: Bool) throws -> LabourMarket {
    LabourMarket(
      model: try LabourCards.model(), places: LabourCards.places(6),
      records: townRows.prefix(zones).map(\.1),
      vacancies: rivals
        ? [LabourCards.vacancy(5, 900, wage: 4500), LabourCards.vacancy(6, 400, wage: 4100)] : [],
      minutes: { minutes($0, $1) })
  }

  private static let need = LabourNeed(
    items: [.init(occupation: "worker", heads: 1200)], grade: .stated)

  @Test("three zones and two rivals give the figures of the independent script")
  func town() throws {
    let reach = LabourReach(try Self.town(zones: 3, rivals: true), site: 1)
    let plan = try #require(reach.plan(Self.need, wages: [4500]).occupations.first)
    // ln Γ of thousands cancels to nine digits in a tail of 1 %.
    func equal(_ figure: Figure, _ wanted: Double) {
      #expect(abs((figure.base ?? .nan) / wanted - 1) < 1e-8)
    }
    equal(plan.wageGoing, 4188.639469608072)
    equal(plan.accessible, 6105.38959562906)
    equal(plan.hires, 658.0535957201213)
    equal(plan.fill, 0.007075115373014418)
    equal(plan.wageNeeded, 5340.19656414188)
    equal(plan.fillAtNeededWage, 0.06731611117753433)
    let shares = [0.4754303979726285, 0.2891648288439159, 0.31209606642558496]
    let people = [4605.963848839281, 3686.972886629461, 6408.945773258922]
    for (index, source) in plan.sources.enumerated() {
      #expect(abs(source.share.base - shares[index]) < 1e-12)
      #expect(abs(source.supply.base - people[index]) < 1e-8)
    }
    #expect(!plan.wageCapped)
    #expect(plan.recordGrade == .measured)
    #expect(plan.fill.grade == .estimated)
  }

  @Test("beds bring the far zone in and are said to be needed for it")
  func beds() throws {
    let reach = LabourReach(try Self.town(zones: 4, rivals: true), site: 1, dormitory: true)
    let plan = try #require(reach.plan(Self.need, wages: [4500]).occupations.first)
    #expect(abs((plan.hires.base ?? 0) / 964.7929875651264 - 1) < 1e-9)
    #expect(abs((plan.fill.base ?? 0) / 0.19615285466613142 - 1) < 1e-9)
    #expect(plan.sources.map(\.needsBed) == [false, false, true, true])
  }

  @Test("people at the door of a sole employer take H / (H + kappa S) of what they would accept")
  func sole() throws {
    let market = LabourMarket(
      model: try LabourCards.model(), places: LabourCards.places(2),
      records: [LabourCards.record(1, unemployed: 4000, wage: 4000)], vacancies: [],
      minutes: { zone, site in zone == site ? 10 : 85 })
    let need = LabourNeed(items: [.init(occupation: "worker", heads: 500)], grade: .stated)
    let door = try #require(LabourReach(market, site: 1).plan(need).occupations.first)
    #expect(abs((door.takers?.base ?? 0) - 555.5555555555555) < 1e-9)
    #expect(door.hires.base == 500)
    #expect(abs((door.fill.base ?? 0) - 0.6333944710650508) < 1e-9)
    #expect(door.wageNeeded.base == 4000)
  }

  @Test("no record at the site means unknown, never zero")
  func unknown() throws {
    let reach = LabourReach(try Self.town(zones: 3, rivals: true), site: 6)
    let plan = reach.plan(Self.need)
    #expect(plan.fill.grade == .unknown)
    #expect(plan.fill.span == nil)
    #expect(plan.occupations.first?.available.span == nil)
    #expect(plan.premium.span == nil)
    #expect(reach.fill(Self.need) == nil)
    #expect(plan.fill.because.zh.contains("labour"))
  }

  @Test("an occupation that the card does not know is unknown")
  func strangeOccupation() throws {
    let reach = LabourReach(try Self.town(zones: 3, rivals: false), site: 1)
    let need = LabourNeed(items: [.init(occupation: "pilot", heads: 3)], grade: .stated)
    #expect(reach.plan(need).fill.span == nil)
    #expect(reach.fill(need) == nil)
  }

  @Test("the quick reading equals the full plan's")
  func quick() throws {
    let reach = LabourReach(try Self.town(zones: 3, rivals: true), site: 1)
    let plan = reach.plan(Self.need, wages: [4500])
    #expect(reach.fill(Self.need, wages: [4500])?.probability == plan.occupations[0].fill.base)
  }

  private struct Town {
    var records: [LabourRecord] = []
    var vacancies: [Vacancy] = []
    var minutes: [[Double]]

    init(_ random: inout Generator, zones: Int, rivals: Int) {
      minutes = (0...(zones + 1)).map { _ in
        (0...(zones + 1)).map { _ in 5 + random.uniform() * 90 }
      }
      for zone in 1...zones {
        records.append(
          LabourCards.record(
            zone, unemployed: (random.uniform() * 4000).rounded(),
            outMigrants: (random.uniform() * 30_000).rounded(),
            employed: (random.uniform() * 60_000).rounded(),
            wage: 3500 + random.uniform() * 2000))
      }
      for _ in 0..<rivals {
        vacancies.append(
          LabourCards.vacancy(
            1 + Int(random.next() % UInt64(zones)), random.uniform() * 2000,
            wage: 3500 + random.uniform() * 2000))
      }
    }

    func market(_ model: LabourModel) -> LabourMarket {
      let minutes = minutes
      return LabourMarket(
        model: model, places: LabourCards.places(records.count + 1), records: records,
        vacancies: vacancies, minutes: { minutes[$0][$1] })
    }

    func plan(_ model: LabourModel, heads: Int = 800, wage: Double? = nil) throws -> OccupationPlan
    {
      let need = LabourNeed(items: [.init(occupation: "worker", heads: heads)], grade: .stated)
      return try #require(
        LabourReach(market(model), site: 1).plan(need, wages: [wage]).occupations.first)
    }
  }

  @Test("hires never exceed the people of a zone, nor the need", arguments: 0..<60)
  func conservation(seed: UInt64) throws {
    var random = Generator(seed: seed)
    let town = Town(&random, zones: 1 + Int(seed % 9), rivals: Int(seed % 5))
    let plan = try town.plan(try LabourCards.model(), heads: 1 + Int(seed) * 97)
    for source in plan.sources {
      for scenario in Scenario.allCases {
        #expect(source.hires[scenario] <= source.supply[scenario] * 0.35 + 1e-9)
        #expect((0...1).contains(source.share[scenario]))
      }
    }
    #expect((plan.hires.base ?? .infinity) <= Double(plan.need))
    #expect((0...1).contains(plan.fill.base ?? -1))
    #expect((plan.accessible.base ?? .infinity) <= (plan.available.base ?? 0) + 1e-9)
  }

  @Test("a zone cut in two towns hires as before", arguments: 0..<40)
  func splitting(seed: UInt64) throws {
    var random = Generator(seed: 1000 + seed)
    let model = try LabourCards.model()
    let whole = Town(&random, zones: 4, rivals: Int(seed % 4))
    var cut = whole
    func half(_ record: LabourRecord, _ place: Int) -> LabourRecord {
      LabourCards.record(
        place, unemployed: record.unemployed.map { $0 / 2 },
        outMigrants: record.outMigrants.map { $0 / 2 }, employed: record.employed.map { $0 / 2 },
        wage: record.wage)
    }
    cut.records[3] = half(whole.records[3], 4)
    cut.records.append(half(whole.records[3], 5))
    cut.minutes[5] = cut.minutes[4]
    cut.minutes.append(cut.minutes[4])
    for row in cut.minutes.indices { cut.minutes[row].append(cut.minutes[row][4]) }
    let before = try whole.plan(model)
    let after = try cut.plan(model)
    #expect(abs((before.takers?.base ?? 0) - (after.takers?.base ?? 1)) < 1e-6)
    #expect(abs((before.fill.base ?? 0) - (after.fill.base ?? 1)) < 1e-9)
  }

  @Test("a higher wage never draws fewer, more heads are never easier", arguments: 0..<40)
  func monotone(seed: UInt64) throws {
    var random = Generator(seed: 2000 + seed)
    let model = try LabourCards.model()
    let town = Town(&random, zones: 5, rivals: 3)
    let low = try town.plan(model, wage: 4000)
    let high = try town.plan(model, wage: 4800)
    #expect((high.takers?.base ?? 0) >= (low.takers?.base ?? 1))
    let fills = try [200, 600, 1200, 4000].map { try town.plan(model, heads: $0).fill.base ?? -1 }
    for (more, less) in zip(fills.dropFirst(), fills) { #expect(more <= less + 1e-12) }
  }

  @Test("more rival jobs never help, more unemployed never hurt a sole employer", arguments: 0..<40)
  func competition(seed: UInt64) throws {
    var random = Generator(seed: 3000 + seed)
    let model = try LabourCards.model()
    var town = Town(&random, zones: 5, rivals: 0)
    let alone = try town.plan(model).takers?.base ?? 0
    var fuller = town
    fuller.records[2] = LabourCards.record(
      3, unemployed: (town.records[2].unemployed ?? 0) + 2000,
      outMigrants: town.records[2].outMigrants, employed: town.records[2].employed,
      wage: town.records[2].wage)
    #expect((try fuller.plan(model).takers?.base ?? 0) >= alone * 0.99)
    town.vacancies.append(LabourCards.vacancy(2, 500, wage: 4200))
    let one = try town.plan(model).takers?.base ?? .infinity
    town.vacancies.append(LabourCards.vacancy(2, 500, wage: 4200))
    let two = try town.plan(model).takers?.base ?? .infinity
    #expect(one <= alone && two <= one)
  }

  @Test("beds never take takers away from a sole employer", arguments: 0..<40)
  func bedsHelp(seed: UInt64) throws {
    var random = Generator(seed: 5000 + seed)
    var town = Town(&random, zones: 5, rivals: 0)
    for row in town.minutes.indices { town.minutes[4][row] += 100 }
    let need = LabourNeed(items: [.init(occupation: "worker", heads: 900)], grade: .stated)
    let market = town.market(try LabourCards.model())
    let plans = [false, true].map { LabourReach(market, site: 1, dormitory: $0).plan(need) }
    let takers = plans.map { $0.occupations[0].takers?.base ?? -1 }
    #expect(takers[1] >= takers[0])
    #expect(plans[0].occupations[0].wageGoing.base == plans[1].occupations[0].wageGoing.base)
  }

  @Test("the order of the records changes nothing", arguments: 0..<10)
  func order(seed: UInt64) throws {
    var random = Generator(seed: 4000 + seed)
    let model = try LabourCards.model()
    let town = Town(&random, zones: 6, rivals: 3)
    var shuffled = town
    shuffled.records.shuffle(using: &random)
    #expect(try town.plan(model) == shuffled.plan(model))
  }
}
