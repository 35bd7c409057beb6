import Atlas
import Testing

@testable import Itinerary

@Suite struct SolveExactlyTests {
  @Test("the exact plan is worth what trying everything finds, on 300 random trips")
  func exactEqualsTrying() throws {
    var random = Generator(seed: 9)
    var solved = 0
    var visits = 0
    while solved < 300 {
      var trip = randomTrip(&random, stops: 3 + random.below(4), days: 1 + random.below(3))
      if random.below(4) == 0 { trip.stops[random.below(trip.stops.count)].isMust = true }
      let expected = bestValueByTrying(trip)
      do throws(TripError) {
        let plan = try planVisits(trip, budget: SearchBudget(iterations: 0))
        #expect(plan.isProvedBest)
        #expect(checkPlan(plan, of: trip) == [])
        #expect(abs(plan.value - (expected ?? -1)) < 1e-6)
        visits += plan.routes.joined().count
      } catch {
        switch error {
        case .dayCannotEnd: continue
        case .mustsDoNotFitTogether, .mustIsClosed, .mustIsOutOfReach, .mustNeedsLeader:
          #expect(expected == nil)
        default: Issue.record("\(error)")
        }
      }
      solved += 1
    }
    #expect(visits > 500)
  }

  @Test("the search finds what the exact plan finds on small trips")
  func searchReachesExact() throws {
    var random = Generator(seed: 10)
    var solved = 0
    while solved < 60 {
      let trip = randomTrip(&random, stops: 5 + random.below(4), days: 1 + random.below(3))
      guard let exact = try? planVisits(trip, budget: SearchBudget(iterations: 0)) else { continue }
      let found = try planVisits(trip, budget: SearchBudget(iterations: 2000, exactStops: 0))
      #expect(checkPlan(found, of: trip) == [])
      #expect(found.value > exact.value - 1e-6)
      #expect(found.value < exact.value + 1e-6)
      solved += 1
    }
  }
}
