import Testing

@testable import Itinerary

@Suite struct CheckPlanTests {
  let trip = Trip(
    stops: [
      Stop(
        id: "a", place: 1, prize: 5, segment: "x", serviceMinutes: 60,
        openings: [Opening(from: 540, to: 720)], isMust: true),
      Stop(id: "b", place: 2, prize: 4, segment: "x", serviceMinutes: 60, needsLeader: true),
      Stop(id: "c", place: 0, prize: 9, serviceMinutes: 30, isAvoided: true),
    ],
    days: [
      TripDay(
        start: 0, end: 0, from: 540, to: 920, maximumVisits: 2, lunch: Opening(from: 720, to: 780))
    ],
    travelMinutes: [[0, 40, 50], [40, 0, 20], [50, 20, 0]], bufferMinutes: 10, slackMinutes: 10)

  func faults(_ change: (inout VisitPlan, inout Trip) -> Void) throws -> [PlanFault.Rule] {
    var plan = try planVisits(trip, budget: SearchBudget(iterations: 10))
    var changed = trip
    #expect(plan.routes == [["a", "b"]])
    #expect(checkPlan(plan, of: trip) == [])
    change(&plan, &changed)
    return checkPlan(plan, of: changed).map(\.rule)
  }

  @Test("a visit that begins before the team can be there is a fault")
  func tooEarly() throws {
    let rules = try faults { plan, _ in
      plan.days[0].visits[0].arrive -= 10
      plan.days[0].visits[0].begin -= 10
      plan.days[0].visits[0].leave -= 10
    }
    #expect(rules == [.arrival])
    #expect(try faults { _, trip in trip.bufferMinutes = 11 }.contains(.arrival))
  }

  @Test("a shortened visit, a visit after hours and a visit over lunch are faults")
  func hours() throws {
    #expect(try faults { plan, _ in plan.days[0].visits[0].leave -= 5 } == [.service])
    #expect(try faults { _, trip in trip.stops[0].openings[0].to = 640 } == [.openings])
    #expect(try faults { _, trip in trip.days[0].lunch = Opening(from: 640, to: 645) } == [.lunch])
  }

  @Test("a day that ends too late or holds too many visits is a fault")
  func dayRules() throws {
    #expect(try faults { _, trip in trip.slackMinutes = 100 } == [.dayEnd])
    #expect(try faults { _, trip in trip.days[0].maximumVisits = 1 } == [.perDay])
    #expect(try faults { plan, _ in plan.days = [] } == [.dayCount])
  }

  @Test("breaking a wish about a stop is a fault")
  func wishes() throws {
    #expect(try faults { _, trip in trip.days[0].leaderIsPresent = false } == [.leader])
    #expect(try faults { _, trip in trip.stops[1].isAvoided = true } == [.avoided])
    #expect(
      try faults { _, trip in trip.stops[1].appointment = Appointment(day: 0, at: 600) }
        == [.appointment])
    #expect(
      try faults { _, trip in trip.keep = [KeptVisit(stop: "b", day: 0, begin: 600)] } == [.kept])
    let lost = try faults { plan, trip in
      plan.days[0].visits.removeAll()
      plan.days[0].finish = 540
      plan.value = 0
      trip.keep = [KeptVisit(stop: "b", day: 0, begin: 600)]
    }
    #expect(lost == [.must, .kept, .left])
  }

  @Test("a wrong value, a repeated and an unknown stop are faults")
  func books() throws {
    #expect(try faults { plan, _ in plan.value += 0.1 } == [.value])
    let twice = try faults { plan, trip in
      trip.days[0].maximumVisits = nil
      plan.days[0].visits.append(plan.days[0].visits[1])
    }
    #expect(twice.contains(.visitedTwice))
    #expect(try faults { plan, _ in plan.days[0].visits[1].stop = "z" }.contains(.unknownStop))
  }
}
