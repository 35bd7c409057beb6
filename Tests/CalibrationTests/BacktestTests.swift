import Atlas
import Calibration
import Testing

@Suite("A back-test judges methods by who signed afterwards")
struct BacktestTests {
  private static func day(_ month: Int) -> Day {
    Day(year: 2020 + month / 12, month: month % 12 + 1, day: 1) ?? Day(number: 0)
  }

  /// Lists of 100 firms; the first method knows, the others get noise, the last is constant.
  private static func lists(_ count: Int, seed: UInt64) -> [BacktestQuery] {
    var random = Generator(seed: seed)
    return (0..<count).map { index in
      let right = (0..<100).map { _ in Double.random(in: 0..<1, using: &random) < 0.03 }
      let scores = BacktestMethod.allCases.indices.map { row in
        right.map { hit -> Double in
          if row == 0 { return hit ? 1 : 0 }
          if BacktestMethod.allCases[row] == .random { return 0 }
          return Double.random(in: 0..<1, using: &random)
        }
      }
      return BacktestQuery(day: day(index), right: right, scores: scores)
    }
  }

  @Test("who knows the truth has everything at the top; a constant score is a coin, to the digit")
  func endsOfTheScale() throws {
    var random = Generator(seed: 9)
    let result = Backtest(Self.lists(40, seed: 1), draws: 200, using: &random)
    let knowing = try #require(result.lines.first)
    #expect(knowing.values[.recallAt50] == 1)
    #expect(knowing.values[.reciprocalRank] == 1)
    let coin = try #require(result.lines.first { $0.method == .random })
    #expect(abs((coin.values[.recallAt10] ?? 0) - 0.1) < 1e-12)
    #expect(abs((coin.values[.recallAt5] ?? 0) - 0.05) < 1e-12)
    #expect(result.signatures > 80 && result.isEnough)
  }

  @Test("intervals hold their value and shrink with more days")
  func intervals() throws {
    var random = Generator(seed: 9)
    func width(_ days: Int) throws -> Double {
      let line = try #require(
        Backtest(Self.lists(days, seed: 5), draws: 400, using: &random)
          .lines.first { $0.method == .size })
      let interval = try #require(line.metrics[.recallAt50])
      #expect(interval.low <= interval.value && interval.value <= interval.high)
      return interval.high - interval.low
    }
    let few = try width(8)
    let many = try width(200)
    #expect(many < few / 2)
  }

  @Test("lists without a signature judge nobody; too few signatures are said")
  func tooLittle() {
    var random = Generator(seed: 9)
    let empty = BacktestQuery(
      day: Self.day(1), right: [false, false],
      scores: BacktestMethod.allCases.map { _ in [1, 0] })
    let result = Backtest([empty], using: &random)
    #expect(result.lists == 0 && result.signatures == 0 && !result.isEnough)
    #expect(result.lines.allSatisfy { $0.values.isEmpty })
  }
}
