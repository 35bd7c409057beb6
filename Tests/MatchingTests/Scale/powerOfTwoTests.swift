import Testing

@testable import Matching

@Suite("power of two in single precision")
struct PowerOfTwoTests {
  @Test("the relative error stays below its bound over the whole range")
  func errorIsBounded() {
    var worst = 0.0
    var y = Float(-120)
    while y <= 120 {
      let exact = power(2, Double(y))
      worst = max(worst, abs(Double(powerOfTwo(y)) / exact - 1))
      y += 0.000_973
    }
    #expect(worst < powerOfTwoError)
    #expect(worst > powerOfTwoError / 4, "a much looser bound than needed makes the screen dull")
  }

  @Test("whole powers come out nearly exact, and halves on either side")
  func wholePowers() {
    for exponent in -120...120 {
      let exact = power(2, Double(exponent))
      #expect(abs(Double(powerOfTwo(Float(exponent))) / exact - 1) < 1e-6)
      guard exponent < 120 else { continue }
      // Where the whole part changes, both sides are still right.
      for y in [(Float(exponent) + 0.5).nextDown, (Float(exponent) + 0.5).nextUp] {
        #expect(abs(Double(powerOfTwo(y)) / power(2, Double(y)) - 1) < powerOfTwoError)
      }
    }
  }
}
