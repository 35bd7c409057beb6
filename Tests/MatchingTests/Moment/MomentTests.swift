import Atlas
import Testing

@testable import Matching

@Suite struct MomentTests {
  private static let asOf = Day(number: 20_000)
  private static func model() throws -> SignalModel { try SignalModel(LabourCards.table()) }

  private static func signal(
    _ kind: String, daysAgo: Int, strength: Double? = 1, line: Int32 = 1
  ) -> Signal {
    Signal(
      kind: kind, date: asOf.adding(days: -daysAgo), strength: strength, source: nil,
      provenance: Provenance(source: 0, line: line))
  }

  @Test("a signal is worth half after its half-life and a quarter after two")
  func halfLife() throws {
    let model = try Self.model()
    for (days, wanted) in [(0, 1.0), (120, 0.5), (240, 0.25)] {
      let moment = try #require(
        Moment([Self.signal("招工", daysAgo: days)], asOf: Self.asOf, model: model))
      #expect(abs(moment.strength.base - wanted) < 1e-12)
    }
  }

  @Test("one event reported twice is one event; two kinds are two reasons")
  func combining() throws {
    let model = try Self.model()
    let twice = try #require(
      Moment(
        [
          Self.signal("扩产", daysAgo: 365, line: 1), Self.signal("扩产", daysAgo: 365, line: 2),
        ], asOf: Self.asOf, model: model))
    #expect(abs(twice.strength.base - 0.5) < 1e-12)
    let both = try #require(
      Moment(
        [Self.signal("扩产", daysAgo: 365), Self.signal("融资", daysAgo: 365)], asOf: Self.asOf,
        model: model))
    #expect(abs(both.strength.base - 0.75) < 1e-12)
  }

  @Test("no signal on record is unknown, and what is dated after the run has not happened")
  func unknown() throws {
    let model = try Self.model()
    #expect(Moment([], asOf: Self.asOf, model: model) == nil)
    #expect(Moment([Self.signal("扩产", daysAgo: -3)], asOf: Self.asOf, model: model) == nil)
  }

  @Test("a lease end ahead gains force as it draws nearer")
  func ahead() throws {
    let model = try Self.model()
    let strengths = try [-540, -270, -30].map {
      try #require(Moment([Self.signal("租约到期", daysAgo: $0)], asOf: Self.asOf, model: model))
        .strength.base
    }
    #expect(strengths == strengths.sorted())
    #expect(abs(strengths[1] - 0.5) < 1e-12)
  }

  @Test("a signal without a strength takes the card's, with its range")
  func strengthUnknown() throws {
    let moment = try #require(
      Moment(
        [Self.signal("扩产", daysAgo: 0, strength: nil)], asOf: Self.asOf, model: Self.model()))
    #expect(moment.strength == Span(low: 0.25, base: 0.5, high: 1))
    #expect(moment.latest.stated == nil)
  }

  @Test("strength stays within 0 and 1 and never grows with age", arguments: 0..<30)
  func laws(seed: UInt64) throws {
    var random = Generator(seed: seed)
    let model = try Self.model()
    let kinds = ["扩产", "搬迁", "购地", "融资", "奇闻"]
    let signals = (0..<6).map { _ in
      Self.signal(
        kinds[Int(random.next() % 5)], daysAgo: Int(random.next() % 900),
        strength: random.uniform() * 2)
    }
    let now = try #require(Moment(signals, asOf: Self.asOf, model: model)).strength.base
    let later = try #require(
      Moment(signals, asOf: Self.asOf.adding(days: 60), model: model)
    ).strength.base
    #expect((0...1).contains(now) && later <= now)
  }
}
