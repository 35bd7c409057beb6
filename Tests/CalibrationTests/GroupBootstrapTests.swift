import Calibration
import Testing

@Suite struct GroupBootstrapTests {
  @Test("the interval of a mean covers it as often as it says")
  func coverage() throws {
    var inside = 0
    for seed in 0..<200 {
      var random = SeededGenerator(state: UInt64(seed) &* 31 &+ 5)
      // Forty groups of three rows that share their group's luck; the mean is 0.
      var values: [Double] = []
      for _ in 0..<40 {
        let luck = random.normal()
        for _ in 0..<3 { values.append(luck + 0.2 * random.normal()) }
      }
      let interval = try #require(
        groupBootstrap(
          groups: (0..<120).map { Int32($0 / 3) }, draws: 200, using: &random
        ) { rows in rows.reduce(0) { $0 + values[$1] } / Double(rows.count) })
      if interval.low <= 0, interval.high >= 0 { inside += 1 }
    }
    #expect((176...199).contains(inside))
  }

  @Test("the same seed gives the same interval; one group has none")
  func seeded() throws {
    func draw(_ groups: [Int32]) -> BootstrapInterval? {
      var random = SeededGenerator(state: 4)
      return groupBootstrap(groups: groups, draws: 50, using: &random) { Double($0.reduce(0, +)) }
    }
    #expect(draw([1, 1, 2, 3]) == draw([1, 1, 2, 3]))
    #expect(try #require(draw([1, 1, 2, 3])).value == 6)
    #expect(draw([1, 1, 1]) == nil)
  }
}
