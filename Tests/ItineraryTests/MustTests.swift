import Testing

@testable import Itinerary

@Suite struct MustTests {
  @Test("twelve musts over many days are planned although their exact search is too large")
  func manyMusts() throws {
    let musts = (0..<12).map {
      Stop(id: "m\($0)", place: 0, prize: 1, serviceMinutes: 100, isMust: true)
    }
    let others = (0..<9).map { Stop(id: "o\($0)", place: 0, prize: 50, serviceMinutes: 100) }
    let day = TripDay(start: 0, end: 0, from: 540, to: 1080, maximumVisits: 5)
    let trip = Trip(
      stops: others + musts, days: [TripDay](repeating: day, count: 3), travelMinutes: [[0]])
    let plan = try planVisits(trip, budget: SearchBudget(iterations: 50))
    #expect(checkPlan(plan, of: trip) == [])
    #expect(plan.value == 12 + 3 * 50)
    let week = Trip(
      stops: others + musts, days: [TripDay](repeating: day, count: 9), travelMinutes: [[0]])
    #expect(try planVisits(week, budget: SearchBudget(iterations: 50)).value == 12 + 9 * 50)
  }
}
