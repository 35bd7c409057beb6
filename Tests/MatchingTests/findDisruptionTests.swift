import Atlas
import Testing

@testable import Matching

@Suite("disruption and local trade")
struct FindDisruptionTests {
  private let model = MatchModel.forTests()

  private func district(
    _ inputs: [[(Int, Double)]], home: Set<Int>
  ) -> Snapshot {
    let segments = inputs.indices.map { segment in
      SmallDistrict.segment("s\(segment)", inputs: inputs[segment].map { ("s\($0.0)", $0.1) })
    }
    return SmallDistrict.snapshot(
      segments: segments,
      firms: inputs.indices.map { segment in
        SmallDistrict.Firm(
          name: "f\(segment)", seat: home.contains(segment) ? 1 : 3,
          links: [(segment, 1, nil, nil)])
      })
  }

  @Test(
    "a plant lives on its stock, its customer on its own stock after that; a trifle stops nobody")
  func chain() {
    let snapshot = district(
      [[], [(0, 0.3)], [(1, 0.2)], [(0, 0.001)]], home: [0, 1, 2, 3])
    let found = findDisruption(of: 0, snapshot: snapshot, model: model)
    #expect(found.stops.map(\.segment) == [1, 2])
    #expect(found.stops.map(\.days.base) == [30, 60])
    #expect(found.stops[1].way == [0, 1, 2])
    #expect(found.stops[0].dependence == 0.3)
    #expect(found.suppliers == [0] && found.isSingleSource)
  }

  @Test("a stop travels on through plants of the district only")
  func elsewhere() {
    let snapshot = district([[], [(0, 0.3)], [(1, 0.2)]], home: [2])
    #expect(findDisruption(of: 0, snapshot: snapshot, model: model).stops.isEmpty)
  }

  @Test("the days equal those of every way tried, on random chains")
  func oracle() {
    var random = Generator(seed: 5)
    for _ in 0..<60 {
      let count = Int.random(in: 2...7, using: &random)
      var inputs = [[(Int, Double)]](repeating: [], count: count)
      for buyer in 0..<count {
        for supplier in 0..<count where supplier != buyer && random.uniform() < 0.35 {
          inputs[buyer].append((supplier, 0.005 + random.uniform() * 0.1))
        }
      }
      let home = Set((0..<count).filter { _ in random.uniform() < 0.7 })
      let snapshot = district(inputs, home: home)
      let found = findDisruption(of: 0, snapshot: snapshot, model: model)
      // Depth first over all simple ways; every plant holds 30 days.
      var best: [Int: Double] = [:]
      func walk(_ at: Int, _ seen: Set<Int>, _ day: Double) {
        if at != 0, day < best[at] ?? .infinity { best[at] = day }
        guard at == 0 || home.contains(at) else { return }
        for buyer in 0..<count where !seen.contains(buyer) {
          guard
            inputs[buyer].contains(where: {
              $0.0 == at && $0.1 >= model.value("disruptionCoefficient")
            })
          else { continue }
          walk(buyer, seen.union([buyer]), day + 30)
        }
      }
      walk(0, [0], 0)
      let expected = best.filter { home.contains($0.key) }
      #expect(
        Dictionary(uniqueKeysWithValues: found.stops.map { ($0.segment, $0.days.base) })
          == expected)
    }
  }

  @Test("who buys and who sells here, with the value that the coefficient gives")
  func trade() {
    let snapshot = district([[], [(0, 0.3)], [(1, 0.2)]], home: [0, 1, 2])
    let found = findLocalTrade(of: 1, snapshot: snapshot)
    #expect(found.count == 2)
    let buy = found.first { $0.direction == .buy }
    #expect(buy?.other == 0 && buy?.segment == 0 && buy?.value == 10_000 * 0.3)
    let sell = found.first { $0.direction == .sell }
    #expect(sell?.other == 2 && sell?.segment == 1 && sell?.value == 10_000 * 0.2)
    #expect(findLocalTrade(of: 0, snapshot: district([[], [(0, 0.3)]], home: [0])).isEmpty)
  }
}
