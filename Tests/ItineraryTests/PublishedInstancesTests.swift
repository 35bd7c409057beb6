import Expectations
import Foundation
import Testing

@testable import Itinerary

/// Published instances with values that others proved or found; not part of the repository.
@Suite struct PublishedInstancesTests {
  @Test(
    "published instances reach 97 % of their best known value in few steps, and stay within limits",
    .enabled(if: SharedData.file("visits") != nil, Comment(rawValue: SharedData.absent)),
    arguments: [
      ("op/tsiligirides-1/tsiligirides-1-budget-30.txt", 110.0),
      ("op/tsiligirides-2/tsiligirides-2-budget-30.txt", 265.0),
      ("op/chao-64/chao-64-budget-20.txt", 294.0),
      ("oplib/att48-gen2-50.oplib", 1717.0),
      ("oplib/gr48-gen2-50.oplib", 1761.0),
      ("oplib/eil51-gen1-50.oplib", 29.0),
      ("top/set1/p1.2.b.txt", 15.0),
    ])
  func reachesBestKnown(_ path: String, _ best: Double) throws {
    let file = try #require(SharedData.file("visits/" + path))
    let text = try String(contentsOf: file, encoding: .utf8)
    let instance = try parseInstance(text: text, name: path)
    let found = try solve(instance, budget: SearchBudget(iterations: 3000))
    #expect(found.score >= 0.97 * best)
    #expect(found.score <= best + 1e-9)
    var seen: Set<String> = []
    for route in found.routes {
      let places = route.map { (Int($0) ?? 0) - 1 }
      let length = zip(places, places.dropFirst()).reduce(0.0) {
        $0 + instance.trip.travelMinutes[$1.0][$1.1]
      }
      #expect(length <= instance.trip.days[0].to + 1e-6)
      for stop in route.dropFirst().dropLast() { #expect(seen.insert(stop).inserted) }
    }
  }
}
