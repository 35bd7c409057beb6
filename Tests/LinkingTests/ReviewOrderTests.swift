import Testing

@testable import Linking

@Suite struct ReviewOrderTests {
  @Test("an answer is worth the output a firm could bring, never more than the gap is open")
  func value() {
    #expect(reviewValue(score: 0.5, gap: 1_000, revenue: 20_000) == 500)
    #expect(reviewValue(score: 0.5, gap: 9_000, revenue: 20_000) == 2_000)
    #expect(reviewValue(score: 0.5, gap: nil, revenue: 20_000) == 2_000)
    #expect(reviewValue(score: 0.5, gap: 9_000, revenue: nil) == 0)
  }

  @Test("links of one topic on one ground are one decision; what changes no list comes last")
  func groups() {
    let items = [
      ReviewItem(firm: 7, topic: "a.x", ground: "曝光机", value: 3),
      ReviewItem(firm: 3, topic: "a.y", ground: "曝光机", value: nil),
      ReviewItem(firm: 2, topic: "a.x", ground: "曝光机", value: 5),
      ReviewItem(firm: 9, topic: "a.x", ground: "钻机", value: 7),
      ReviewItem(firm: 1, topic: "a.x", ground: "曝光机", value: 3),
    ]
    let groups = groupForReview(items)
    #expect(groups.map(\.rows) == [[2, 4, 0], [3], [1]])
    #expect(groups.map(\.value) == [11, 7, nil])
    #expect(groups.map(\.topic) == ["a.x", "a.x", "a.y"])
  }

  @Test("every link is asked about exactly once, in an order that does not depend on theirs")
  func law() {
    var state: UInt64 = 11
    func next(_ below: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % below
    }
    for _ in 0..<50 {
      let items = (0..<40).map { firm in
        ReviewItem(
          firm: Int64(firm), topic: "c.s\(next(4))", ground: "g\(next(3))",
          value: next(3) == 0 ? nil : Double(next(5)))
      }
      let groups = groupForReview(items)
      #expect(groups.flatMap(\.rows).sorted() == Array(items.indices))
      let values = groups.map { $0.value ?? -1 }
      #expect(values == values.sorted(by: >))
      let backwards = groupForReview(items.reversed())
      #expect(
        backwards.map { group in group.rows.map { items.count - 1 - $0 } } == groups.map(\.rows))
    }
  }
}
