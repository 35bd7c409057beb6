import Atlas
import Testing

@testable import Matching

@Suite struct BillOfInputsTests {
  private static func lane(
    _ direction: LaneDirection, _ segment: Int?, tonnes: Double, value: Double?
  ) -> FirmLane {
    FirmLane(
      direction: direction, place: 1, tonnes: tonnes, valuePerTonne: value, segment: segment,
      mode: nil, provenance: SmallDistrict.line)
  }

  @Test("the model's bill is coefficient times output, and what no chain makes is left out")
  func coefficients() {
    let segments = [
      SmallDistrict.segment("plant", inputs: [("foil", 0.3), ("unheard", 0.5)]),
      SmallDistrict.segment("foil"),
    ]
    let index = SmallDistrict.snapshot(segments: segments, firms: []).segments
    let bill = BillOfInputs(index[0], output: Span(low: 50, base: 100, high: 200), in: index)
    #expect(bill.items == [.init(segment: 1, need: Span(low: 15, base: 30, high: 60))])
    #expect(bill.grade == .estimated)
  }

  @Test("stated lanes are summed by segment, scaled to the project, inbound only")
  func lanes() throws {
    let bill = try #require(
      BillOfInputs(
        lanes: [
          Self.lane(.inbound, 4, tonnes: 100, value: 20_000),
          Self.lane(.outbound, 4, tonnes: 900, value: 20_000),
          Self.lane(.inbound, 4, tonnes: 50, value: 20_000),
          Self.lane(.inbound, 2, tonnes: 10, value: nil),
        ], scale: 0.5))
    #expect(bill.items == [.init(segment: 4, need: Span(150))])
    #expect(bill.grade == .stated)
    #expect(BillOfInputs(lanes: [Self.lane(.inbound, 2, tonnes: 1, value: nil)], scale: 1) == nil)
  }
}
