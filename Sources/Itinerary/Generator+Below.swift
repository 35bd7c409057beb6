import Atlas

extension Generator {
  /// A whole number below `bound`, by multiplication: the bias is below 2^-32.
  @inline(__always)
  mutating func below(_ bound: Int) -> Int {
    Int((UInt64(truncatingIfNeeded: bound) &* (next() >> 32)) >> 32)
  }
}
