import Testing

@testable import Atlas

@Suite("workers")
struct WorkersTests {
  @Test("values come in the order of their index, whatever the order of the calls")
  func orderIsByIndex() {
    #expect(Workers.one.map(5) { $0 * $0 } == [0, 1, 4, 9, 16])
    #expect(backwards.map(5) { $0 * $0 } == [0, 1, 4, 9, 16])
    #expect(backwards.map(0) { $0 }.isEmpty)
    #expect(backwards.map(3) { "\($0)" } == ["0", "1", "2"])
  }
}

/// Calls in descending order of the index.
private let backwards = Workers(count: 3) { iterations, body in
  for index in (0..<iterations).reversed() { body(index) }
}
