import Atlas
import Testing

@testable import Matching

@Suite struct KendallTauTests {
  @Test("equals the pairwise definition of tau-b on random orders with ties")
  func equalsDefinition() throws {
    for seed in 0..<200 {
      var random = Generator(seed: UInt64(seed))
      let count = 2 + Int(random.next() % 30)
      let first = (0..<count).map { _ in Double(random.next() % 8) }
      let second = (0..<count).map { _ in Double(random.next() % 8) }
      let slow = pairwise(first, second)
      let fast = kendallTau(first, second)
      #expect((slow == nil) == (fast == nil))
      if let slow, let fast { #expect(abs(slow - fast) < 1e-12) }
    }
  }

  @Test("the same order has 1, the reverse has -1, a constant has none")
  func extremes() {
    #expect(kendallTau([1, 2, 3, 4], [10, 20, 30, 40]) == 1)
    #expect(kendallTau([1, 2, 3, 4], [4, 3, 2, 1]) == -1)
    #expect(kendallTau([1, 2, 3], [7, 7, 7]) == nil)
    #expect(kendallTau([1], [1]) == nil)
  }

  private func pairwise(_ a: [Double], _ b: [Double]) -> Double? {
    var concordant = 0.0
    var inA = 0.0
    var inB = 0.0
    for i in a.indices {
      for j in a.indices where j > i {
        let x = (a[i] - a[j]).signum
        let y = (b[i] - b[j]).signum
        concordant += x * y
        inA += x * x
        inB += y * y
      }
    }
    let scale = (inA * inB).squareRoot()
    return scale > 0 ? concordant / scale : nil
  }
}

extension Double {
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
