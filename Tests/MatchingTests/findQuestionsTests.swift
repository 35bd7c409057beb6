import Testing

@testable import Matching

@Suite("questions")
struct FindQuestionsTests {
  @Test("the tail of the normal agrees with published values")
  func tail() {
    // Abramowitz and Stegun, table 26.1: 1 − P(x).
    for (z, expected) in [
      (0.0, 0.5), (0.5, 0.30853754), (1.0, 0.15865525), (1.645, 0.04998491), (2.0, 0.02275013),
      (3.0, 0.00134990),
    ] {
      #expect(abs(normalTail(z) - expected) < 1e-7)
    }
  }
}
