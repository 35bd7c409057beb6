import Atlas
import Glibc
import Testing

@testable import Matching

@Suite struct CommuteTests {
  private let commute = Commute(decay: 0.04621, onset: 14.117, cutoffMinutes: 90)

  @Test("the decay is the one that leaves 24 % beyond 45 and 12 % beyond 60 minutes")
  func constants() {
    let decay = log(0.24 / 0.12) / 15
    #expect(abs(decay - 0.04621) < 1e-5)
    #expect(abs(45 + log(0.24) / decay - 14.117) < 1e-3)
    #expect(abs(commute.daily(minutes: 45) - 0.2400031021736837) < 1e-14)
    #expect(abs(commute.daily(minutes: 60) - 0.12000121275013907) < 1e-14)
  }

  @Test("nobody is deterred below the onset and nobody comes beyond the cutoff")
  func ends() {
    #expect(commute.daily(minutes: 3) == 1)
    #expect(commute.daily(minutes: 90) > 0)
    #expect(commute.daily(minutes: 90.001) == 0)
  }

  @Test("beds add the far pool and take nothing from the near one")
  func beds() {
    let beds = Commute(
      decay: 0.04621, onset: 14.117, cutoffMinutes: 90,
      dormitory: .init(cutoffMinutes: 240, weight: 0.3))
    for minutes in stride(from: 0.0, through: 300, by: 7) {
      #expect(beds.reach(minutes: minutes) >= commute.daily(minutes: minutes))
      #expect(beds.reach(minutes: minutes) <= 1)
    }
    #expect(beds.reach(minutes: 150) == 0.3)
    #expect(beds.reach(minutes: 241) == 0)
  }

  @Test(
    "a way to a place without a position is unknown, within a place it is short but not nothing")
  func road() throws {
    let model = try LabourCards.model()
    let places = Places([
      .init(
        code: "1", name: "a", level: .county, position: Position(longitude: 105, latitude: 29),
        area: 1000),
      .init(
        code: "2", name: "b", level: .county, position: Position(longitude: 105.5, latitude: 29)),
      .init(code: "3", name: "c", level: .county),
    ])
    #expect(commuteMinutes(places, from: 2, to: 0, model: model) == nil)
    let km = Double(48.62)
    let way = try #require(commuteMinutes(places, from: 1, to: 0, model: model))
    #expect(abs(way - (km * 1.35 / 55 * 60 + 5)) < 0.02)
    let within = try #require(commuteMinutes(places, from: 0, to: 0, model: model))
    #expect(abs(within - (0.67 * (1000 / Double.pi).squareRoot() * 1.35 / 55 * 60 + 5)) < 1e-9)
  }
}
