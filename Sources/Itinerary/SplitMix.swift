/// A small seeded generator of random numbers, so that a plan can be repeated (随机数).
///
/// Source: Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number below `bound`, by multiplication: the bias is below 2^-32.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int {
    Int((UInt64(truncatingIfNeeded: bound) &* (next() >> 32)) >> 32)
  }

  /// A number from 0 up to, not including, 1.
  @inline(__always)
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }
}
