import Glibc
import Testing

@testable import Matching

@Suite struct CatchmentTests {
  @Test("accessibility equals the published two-step figures and hands out every job once")
  func published() {
    let access = catchmentAccess(
      people: [100, 100, 100], jobs: [10, 10], minutes: [[0, 2], [1, 1], [2, 0]]
    ) { exp(-$0 * $0 / 2) }
    let published = [0.06517926, 0.06964149, 0.06517926]
    for (found, wanted) in zip(access, published) { #expect(abs(found - wanted) < 5e-9) }
    #expect(abs(access.reduce(0) { $0 + $1 * 100 } - 20) < 1e-9)
  }

  @Test("a zone without a way has no access")
  func apart() {
    let access = catchmentAccess(people: [5, 5], jobs: [10], minutes: [[0], [nil]]) { _ in 1 }
    #expect(access == [2, 0])
  }
}
