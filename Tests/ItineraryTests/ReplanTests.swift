import Atlas
import Testing

@testable import Itinerary

@Suite struct ReplanTests {
  @Test("after cancellations every confirmed visit keeps its day and time")
  func confirmedStays() throws {
    var random = Generator(seed: 21)
    var replanned = 0
    while replanned < 40 {
      let trip = randomTrip(&random, stops: 8 + random.below(25), days: 2 + random.below(2))
      guard let plan = try? planVisits(trip, budget: SearchBudget(iterations: 100)) else {
        continue
      }
      let visits = plan.days.enumerated().flatMap { day in
        day.element.visits.map { (day.offset, $0) }
      }
      guard visits.count >= 3 else { continue }
      let cancelled = visits[random.below(visits.count)].1.stop
      let confirmed = visits.filter { $0.1.stop != cancelled && random.below(2) == 0 }
      let changed = trip.keeping(
        plan, confirmed: Set(confirmed.map(\.1.stop)), cancelled: [cancelled])
      let second: VisitPlan
      do throws(TripError) {
        second = try planVisits(changed, budget: SearchBudget(iterations: 100))
      } catch {
        // Without the cancelled visit the night before may be spent too far away.
        #expect(trip.days.contains { $0.start == nil })
        continue
      }
      #expect(checkPlan(second, of: changed) == [])
      #expect(!second.routes.joined().contains(cancelled))
      for (day, visit) in confirmed {
        let kept = second.days[day].visits.first { $0.stop == visit.stop }
        #expect(kept?.begin == visit.begin)
      }
      replanned += 1
    }
  }

  @Test("a confirmed stop that is cancelled is cancelled")
  func cancelledWins() throws {
    let stops = (0..<3).map { Stop(id: "\($0)", place: 0, prize: 1, serviceMinutes: 60) }
    let trip = Trip(
      stops: stops, days: [TripDay(start: 0, end: 0, from: 540, to: 800)], travelMinutes: [[0]])
    let plan = try planVisits(trip, budget: SearchBudget(iterations: 10))
    let changed = trip.keeping(plan, confirmed: ["0", "1"], cancelled: ["1"])
    #expect(changed.keep.map(\.stop) == ["0"])
    let second = try planVisits(changed, budget: SearchBudget(iterations: 10))
    #expect(second.routes.joined().sorted() == ["0", "2"])
    #expect(second.left == [LeftStop(stop: "1", because: .avoided)])
  }
}
