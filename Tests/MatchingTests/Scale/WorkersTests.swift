import Testing

@testable import Matching

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
