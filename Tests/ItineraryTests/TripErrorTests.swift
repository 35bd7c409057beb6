import Testing

@testable import Itinerary

@Suite struct TripErrorTests {
  let day = TripDay(start: 0, end: 0, from: 540, to: 1080)
  let travel: [[Double]] = [[0, 60, 600], [60, 0, 600], [600, 600, 0]]

  func error(_ stops: [Stop], days: [TripDay]? = nil, keep: [KeptVisit] = []) -> TripError? {
    let trip = Trip(stops: stops, days: days ?? [day], travelMinutes: travel, keep: keep)
    do throws(TripError) {
      _ = try planVisits(trip, budget: SearchBudget(iterations: 10))
      return nil
    } catch {
      #expect(error.sentence.contains(";") || error.sentence.contains(":"))
      #expect(error.chineseSentence.hasSuffix("。"))
      return error
    }
  }

  @Test("an empty list is said to be empty")
  func emptyList() {
    #expect(error([]) == .noStops)
    #expect(error([Stop(id: "a", place: 1, prize: 0)]) == .noStops)
    #expect(error([Stop(id: "a", place: 1, prize: 3, isAvoided: true)]) == .noStops)
  }

  @Test("a trip of zero days is refused")
  func zeroDays() {
    #expect(error([Stop(id: "a", place: 1, prize: 1)], days: []) == .noDays)
  }

  @Test("a must that is too far away is named")
  func mustOutOfReach() {
    let far = Stop(id: "far", place: 2, prize: 1, isMust: true)
    #expect(error([far]) == .mustIsOutOfReach(stop: "far"))
  }

  @Test("a must whose hours are over before the day begins is named")
  func windowBeforeOpening() {
    let early = Stop(
      id: "early", place: 1, prize: 1, openings: [Opening(from: 300, to: 500)], isMust: true)
    #expect(error([early]) == .mustIsClosed(stop: "early"))
    let upside = Stop(id: "x", place: 1, prize: 1, openings: [Opening(from: 700, to: 600)])
    #expect(error([upside]) == .spanIsEmpty(stop: "x", from: 700, to: 600))
  }

  @Test("two appointments at once are both named")
  func appointmentsAtOnce() {
    let a = Stop(
      id: "a", place: 1, prize: 1, serviceMinutes: 60, appointment: Appointment(day: 0, at: 660))
    let b = Stop(
      id: "b", place: 0, prize: 1, serviceMinutes: 60, appointment: Appointment(day: 0, at: 690))
    #expect(error([a, b]) == .appointmentsClash(first: "a", second: "b", day: 0))
  }

  @Test("an appointment outside the trip or the day is refused")
  func appointmentOutside() {
    let late = Stop(id: "a", place: 1, prize: 1, appointment: Appointment(day: 1, at: 660))
    #expect(error([late]) == .appointmentOutsideTrip(stop: "a", day: 1, days: 1))
    let dawn = Stop(id: "a", place: 1, prize: 1, appointment: Appointment(day: 0, at: 400))
    #expect(error([dawn]) == .appointmentOutsideDay(stop: "a", day: 0, from: 400, to: 400))
  }

  @Test("a must for the leader on days without the leader is named")
  func mustNeedsLeader() {
    var alone = day
    alone.leaderIsPresent = false
    let stop = Stop(id: "a", place: 1, prize: 1, needsLeader: true, isMust: true)
    #expect(error([stop], days: [alone]) == .mustNeedsLeader(stop: "a"))
  }

  @Test("musts that do not fit together are named, among few stops and among many")
  func mustsTogether() {
    let musts = (0..<3).map {
      Stop(id: "m\($0)", place: 1, prize: 1, serviceMinutes: 200, isMust: true)
    }
    #expect(error(musts) == .mustsDoNotFitTogether(missing: ["m0", "m1", "m2"]))
    let others = (0..<20).map { Stop(id: "o\($0)", place: 1, prize: 1, serviceMinutes: 20) }
    #expect(error(others + musts) == .mustsDoNotFitTogether(missing: ["m0", "m1", "m2"]))
  }

  @Test("a must cannot be avoided, a confirmed visit cannot be unknown")
  func contradictions() {
    let both = Stop(id: "a", place: 1, prize: 1, isMust: true, isAvoided: true)
    #expect(error([both]) == .mustAndAvoided(stop: "a"))
    let stop = Stop(id: "a", place: 1, prize: 1)
    let kept = KeptVisit(stop: "b", day: 0, begin: 600)
    #expect(error([stop], keep: [kept]) == .keptStopIsUnknown(stop: "b"))
    #expect(error([stop, stop]) == .repeatedStop(id: "a"))
    let lost = Stop(id: "a", place: 7, prize: 1)
    #expect(error([lost]) == .unknownPlace(subject: "The stop a", place: 7, places: 3))
  }

  @Test("a day whose end is out of reach is named")
  func dayCannotEnd() {
    let away = TripDay(start: 0, end: 2, from: 540, to: 1080)
    #expect(
      error([Stop(id: "a", place: 1, prize: 1)], days: [away])
        == .dayCannotEnd(day: 0, neededMinutes: 600, availableMinutes: 540))
    let none = TripDay(start: 0, end: 0, from: 540, to: 500)
    #expect(
      error([Stop(id: "a", place: 1, prize: 1)], days: [none])
        == .dayIsEmpty(day: 0, from: 540, to: 500))
  }

  @Test("a far must is reached by way of a visit on the road when nights are anywhere")
  func mustByWayOfAnother() throws {
    let road: [[Double]] = [[0, 300, 600], [300, 0, 300], [600, 300, 0]]
    let far = Stop(id: "far", place: 2, prize: 1, serviceMinutes: 60, isMust: true)
    let halfway = Stop(id: "halfway", place: 1, prize: 1, serviceMinutes: 60)
    let others = (0..<20).map { Stop(id: "o\($0)", place: 0, prize: 5, serviceMinutes: 100) }
    let days = [
      TripDay(start: 0, end: nil, from: 540, to: 1080),
      TripDay(start: nil, end: nil, from: 540, to: 1080),
    ]
    for stops in [[far, halfway], others + [far, halfway]] {
      let trip = Trip(stops: stops, days: days, travelMinutes: road)
      let plan = try planVisits(trip, budget: SearchBudget(iterations: 3000))
      #expect(plan.routes[0].last == "halfway")
      #expect(plan.routes[1] == ["far"])
      #expect(checkPlan(plan, of: trip) == [])
    }
    var alone = Trip(stops: [far], days: days, travelMinutes: road)
    #expect(throws: TripError.mustIsOutOfReach(stop: "far")) {
      try planVisits(alone, budget: SearchBudget(iterations: 10))
    }
    alone.stops[0].isMust = false
    let empty = try planVisits(alone, budget: SearchBudget(iterations: 10))
    #expect(empty.left == [LeftStop(stop: "far", because: .fitsNoDay)])
  }
}
