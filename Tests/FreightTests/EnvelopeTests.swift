import Atlas
import Testing

@testable import Freight

@Suite struct EnvelopeTests {
  /// Few different numbers, so that ties are many.
  private func lines(_ random: inout Generator) -> [CostLine] {
    (0..<Int.random(in: 0..<30, using: &random)).map { _ in
      CostLine(
        freight: Double(Int.random(in: 0..<12, using: &random)),
        handling: Double(Int.random(in: 0..<3, using: &random)),
        days: Double(Int.random(in: 0..<12, using: &random)))
    }
  }

  @Test("a frontier holds what nothing beats, and of equals the first")
  func frontier() {
    var random = Generator(seed: 3)
    for _ in 0..<2000 {
      let offered = lines(&random)
      var frontier = Frontier()
      for line in offered { frontier.offer(line) }
      let expected = offered.enumerated().filter { position, line in
        !offered.enumerated().contains { other, better in
          better.money <= line.money && better.days <= line.days
            && (better.money, better.days) != (line.money, line.days)
        }
          && !offered[..<position].contains {
            ($0.money, $0.days) == (line.money, line.days)
          }
      }.map(\.element).sorted { $0.money < $1.money }
      #expect(frontier.lines == expected)
    }
  }

  @Test(
    "an envelope costs at every value what the cheapest of all lines does, with no line to spare")
  func envelope() {
    var random = Generator(seed: 4)
    for _ in 0..<1000 {
      let offered = lines(&random)
      var frontier = Frontier()
      for line in offered { frontier.offer(line) }
      var envelopes = Envelopes(capacity: 2)
      envelopes.append(Frontier())
      envelopes.append(frontier)
      #expect(envelopes[0].isEmpty)
      let kept = envelopes[1]
      #expect(kept.isEmpty == offered.isEmpty)
      var used = Set<CostLine>()
      for step in 0..<400 {
        let value = Double(step) / 20
        let best = kept.best(valuePerTonne: value, holding: 1)
        if let best { used.insert(best) }
        let least = offered.map { $0.cost(valuePerTonne: value, holding: 1) }.min()
        #expect(best?.cost(valuePerTonne: value, holding: 1) == least)
      }
      #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.money < $1.money && $0.days > $1.days })
      #expect(used.count == kept.count)
    }
  }
}
