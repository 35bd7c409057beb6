import Atlas
import Testing

@testable import Itinerary

@Suite struct PlanVisitsTests {
  @Test("every plan of a random trip passes the independent check")
  func plansAreFeasible() throws {
    var random = Generator(seed: 11)
    var planned = 0
    while planned < 80 {
      let trip = randomTrip(&random, stops: 13 + random.below(30), days: 1 + random.below(5))
      do throws(TripError) {
        let plan = try planVisits(trip, budget: SearchBudget(iterations: 150))
        #expect(checkPlan(plan, of: trip) == [])
        planned += 1
      } catch .dayCannotEnd {
        continue
      }
    }
  }

  @Test("more iterations with the same seed never give less")
  func iterationsNeverHurt() throws {
    var random = Generator(seed: 12)
    for _ in 0..<6 {
      let trip = randomTrip(&random, stops: 40, days: 3)
      var value = -Double.infinity
      for iterations in [1, 2, 5, 20, 100, 500, 2000, 5000] {
        guard
          let plan = try? planVisits(trip, budget: SearchBudget(iterations: iterations, seed: 3))
        else { break }
        #expect(plan.value >= value - 1e-9)
        #expect(plan.iterations == iterations)
        value = plan.value
      }
    }
  }

  @Test("the same seed and iterations give the same plan")
  func plansRepeat() throws {
    var random = Generator(seed: 13)
    for _ in 0..<5 {
      let trip = randomTrip(&random, stops: 30, days: 2)
      let first = try? planVisits(trip, budget: SearchBudget(iterations: 300, seed: 5))
      let second = try? planVisits(trip, budget: SearchBudget(iterations: 300, seed: 5))
      #expect(first == second)
    }
  }

  @Test("a search that is told to stop still returns a plan")
  func stopsWhenTold() throws {
    var random = Generator(seed: 14)
    let trip = randomTrip(&random, stops: 30, days: 2)
    let plan = try planVisits(trip, budget: SearchBudget(iterations: .max)) { true }
    #expect(plan.iterations == 1)
    #expect(checkPlan(plan, of: trip) == [])
  }

  @Test("of two equal firms of one segment the other segment wins the second visit")
  func segmentsAreDiscounted() throws {
    let stops = [
      Stop(id: "a1", place: 1, prize: 10, segment: "a", serviceMinutes: 60),
      Stop(id: "a2", place: 1, prize: 10, segment: "a", serviceMinutes: 60),
      Stop(id: "b", place: 1, prize: 8, segment: "b", serviceMinutes: 60),
    ]
    let trip = Trip(
      stops: stops, days: [TripDay(start: 0, end: 0, from: 540, to: 720)],
      travelMinutes: [[0, 30], [30, 0]])
    let plan = try planVisits(trip, budget: SearchBudget(iterations: 10))
    #expect(plan.routes.joined().sorted() == ["a1", "b"])
    #expect(plan.value == 18)
    #expect(plan.left == [LeftStop(stop: "a2", because: .outbid)])
  }

  @Test("nights anywhere reach what nights at home do not")
  func nightsAnywhere() throws {
    let travel: [[Double]] = [[0, 300, 310], [300, 0, 20], [310, 20, 0]]
    let stops = (0..<2).map {
      Stop(id: "\($0)", place: $0 + 1, prize: 5, serviceMinutes: 120)
    }
    func trip(_ night: Int?) -> Trip {
      Trip(
        stops: stops,
        days: [
          TripDay(start: 0, end: night, from: 480, to: 1080),
          TripDay(start: night, end: 0, from: 480, to: 1080),
        ], travelMinutes: travel)
    }
    let away = try planVisits(trip(nil), budget: SearchBudget(iterations: 10))
    #expect(away.value == 10)
    #expect(checkPlan(away, of: trip(nil)) == [])
    let home = try planVisits(trip(0), budget: SearchBudget(iterations: 10))
    #expect(home.value == 0)
    #expect(home.left.map(\.because) == [.fitsNoDay, .fitsNoDay])
  }

  @Test("no meeting takes place over lunch, and a day holds at most its visits")
  func lunchAndMaximum() throws {
    let stops = (0..<6).map { Stop(id: "\($0)", place: 0, prize: 1, serviceMinutes: 60) }
    let day = TripDay(
      start: 0, end: 0, from: 660, to: 960, maximumVisits: 3, lunch: Opening(from: 720, to: 780))
    let trip = Trip(stops: stops, days: [day], travelMinutes: [[0]])
    let plan = try planVisits(trip, budget: SearchBudget(iterations: 10))
    #expect(plan.days[0].visits.map(\.begin) == [660, 780, 840])
  }
}
