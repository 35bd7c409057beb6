import Atlas
import Testing

@testable import Matching

@Suite struct HiringCalendarTests {
  private static func plan(
    _ records: [LabourRecord], minutes: [Double], heads: Int, dormitory: Bool = false
  ) throws -> LabourPlan {
    let market = LabourMarket(
      model: try LabourCards.model(), places: LabourCards.places(records.count + 1),
      records: records, vacancies: [], minutes: { zone, _ in minutes[zone] })
    let need = LabourNeed(items: [.init(occupation: "worker", heads: heads)], grade: .stated)
    return LabourReach(market, site: 1, dormitory: dormitory).plan(need)
  }

  private static func calendar(_ plan: LabourPlan) throws -> HiringCalendar {
    HiringCalendar(
      plan, rates: try HiringRates(LabourCards.table()),
      start: try #require(Day(year: 2026, month: 11, day: 23)))
  }

  @Test("a well supplied project is full at the end of its ramp, month by month")
  func full() throws {
    let calendar = try Self.calendar(
      Self.plan(
        [LabourCards.record(1, unemployed: 9000, wage: 4000)], minutes: [0, 10], heads: 600))
    #expect(calendar.months == 6)
    #expect(calendar.ramp[0] == [100, 200, 300, 400, 500, 600])
    #expect(calendar.cumulative[0] == calendar.ramp[0])
    #expect(calendar.open == [0])
    #expect(calendar.actions.map(\.kind) == Array(repeating: .jobFair, count: 6))
    #expect(calendar.actions.map(\.quantity) == Array(repeating: 2, count: 6))
    #expect(calendar.cost.span?.base == 240_000.0)
    #expect(calendar.firstDay(of: 3).iso == "2027-01-01")
  }

  @Test("a far zone rides a bus with minutes and seats, a very far one sleeps in beds")
  func lines() throws {
    let calendar = try Self.calendar(
      Self.plan(
        [
          LabourCards.record(1, unemployed: 300, wage: 4000),
          LabourCards.record(2, unemployed: 6000, wage: 4000),
          LabourCards.record(3, unemployed: 6000, wage: 4000),
        ], minutes: [0, 10, 30, 150], heads: 900, dormitory: true))
    let bus = try #require(calendar.actions.first { $0.kind == .busLine })
    #expect(bus.place == 2 && bus.minutes == 30 && bus.untilMonth == 6)
    #expect((bus.capacity ?? 0) >= bus.heads && bus.quantity == (bus.heads + 44) / 45)
    let beds = try #require(calendar.actions.first { $0.kind == .dormitory })
    #expect(beds.place == 3 && beds.quantity == beds.heads)
    let far = calendar.entries.filter { $0.place == 3 }.reduce(0) { $0 + $1.heads }
    #expect(far == beds.heads)
  }

  @Test("graduates come at the end of a class whose intake holds them")
  func classes() throws {
    let calendar = try Self.calendar(
      Self.plan(
        [LabourCards.record(1, graduates: 8000, wage: 4000)], minutes: [0, 10], heads: 200))
    #expect(calendar.cumulative[0][0] == 0)
    #expect(calendar.cumulative[0][1] > 0)
    for action in calendar.actions {
      #expect(action.kind == .trainingClass)
      #expect((action.capacity ?? 0) >= action.heads)
      #expect(action.month < action.untilMonth)
    }
  }

  @Test("what is not known is not hired, and its cost is not zero")
  func unknown() throws {
    let market = LabourMarket(
      model: try LabourCards.model(), places: LabourCards.places(2), records: [], vacancies: [])
    let need = LabourNeed(items: [.init(occupation: "worker", heads: 50)], grade: .stated)
    let calendar = try Self.calendar(LabourReach(market, site: 1).plan(need))
    #expect(calendar.entries.isEmpty)
    #expect(calendar.open == [nil])
    #expect(calendar.cost.span == nil)
  }

  @Test("nobody is hired twice and nothing is hired above need or ramp", arguments: 0..<60)
  func conservation(seed: UInt64) throws {
    var random = Generator(seed: seed)
    let zones = 1 + Int(random.next() % 7)
    let records = (1...zones).map {
      LabourCards.record(
        $0, unemployed: (random.uniform() * 900).rounded(),
        graduates: (random.uniform() * 900).rounded(),
        outMigrants: (random.uniform() * 30_000).rounded(),
        employed: (random.uniform() * 9000).rounded(), wage: 3500 + random.uniform() * 2000)
    }
    let minutes = (0...zones).map { _ in random.uniform() * 200 }
    let plan = try Self.plan(
      records, minutes: minutes, heads: 1 + Int(random.next() % 2000), dormitory: seed % 2 == 0)
    let calendar = try Self.calendar(plan)
    for source in plan.occupations[0].sources {
      let hired = calendar.entries.filter { $0.place == source.place }.reduce(0) { $0 + $1.heads }
      #expect(Double(hired) <= source.hires.base + 1e-9)
    }
    let all = calendar.entries.reduce(0) { $0 + $1.heads }
    #expect(all == calendar.cumulative[0].last && all <= plan.need.heads)
    #expect(calendar.open == [plan.need.heads - all])
    for month in 0..<calendar.months {
      #expect(calendar.cumulative[0][month] <= calendar.ramp[0][month])
    }
    for entry in calendar.entries {
      #expect(entry.heads > 0 && !entry.actions.isEmpty)
      for action in entry.actions { #expect(calendar.actions[action].place == entry.place) }
    }
    let recruited = calendar.actions.filter { $0.kind != .busLine && $0.kind != .dormitory }
    #expect(recruited.reduce(0) { $0 + $1.heads } == all)
  }
}
