/// The memory that a scan reads, as plain pointers: nothing is counted or checked inside the loop.
struct ScreenedRows {
  let zones: UnsafeBufferPointer<UInt16>
  let utilities: UnsafeBufferPointer<Float>
  let stakes: UnsafeBufferPointer<Float>
  let sizes: UnsafeBufferPointer<Float>
  /// Zones × sites of the segment: factors or exponents.
  let table: UnsafeRawBufferPointer
  let slopes: UnsafeRawBufferPointer
  let costs: UnsafeRawBufferPointer
  let stride: Int

  @inline(__always)
  func factored(_ row: Int) -> FactoredLine {
    let offset = Int(zones[row]) * stride * 4
    return FactoredLine(
      own: SIMD8(repeating: powerOfTwo(Float(-ScoreTables.log2e) * utilities[row])),
      stake: SIMD8(repeating: stakes[row]), factors: table, costs: costs, offset: offset)
  }

  @inline(__always)
  func exponential(_ row: Int) -> ExponentialLine {
    let offset = Int(zones[row]) * stride * 4
    return ExponentialLine(
      own: SIMD8(repeating: Float(-ScoreTables.log2e) * utilities[row]),
      size: SIMD8(repeating: sizes[row]), stake: SIMD8(repeating: stakes[row]), exponents: table,
      slopes: slopes, costs: costs, offset: offset)
  }
}

/// One posting at eight sites at a time, in single precision.
protocol ScreenedLine {
  var stake: SIMD8<Float> { get }
  func values(at site: Int) -> SIMD8<Float>
}

/// `stake / (1 + exp(−u)·exp(−t)) − cost`.
struct FactoredLine: ScreenedLine {
  let own: SIMD8<Float>
  let stake: SIMD8<Float>
  let factors: UnsafeRawBufferPointer
  let costs: UnsafeRawBufferPointer
  let offset: Int

  @inline(__always)
  func values(at site: Int) -> SIMD8<Float> {
    let at = offset + site * 4
    let inverse = own * factors.loadUnaligned(fromByteOffset: at, as: SIMD8<Float>.self)
    return stake / (inverse + 1) - costs.loadUnaligned(fromByteOffset: at, as: SIMD8<Float>.self)
  }
}

/// `stake / (1 + 2^(−log2(e)·(u + x·g + t))) − cost`.
struct ExponentialLine: ScreenedLine {
  let own: SIMD8<Float>
  let size: SIMD8<Float>
  let stake: SIMD8<Float>
  let exponents: UnsafeRawBufferPointer
  let slopes: UnsafeRawBufferPointer
  let costs: UnsafeRawBufferPointer
  let offset: Int

  @inline(__always)
  func values(at site: Int) -> SIMD8<Float> {
    let lean = size * slopes.loadUnaligned(fromByteOffset: site * 4, as: SIMD8<Float>.self)
    let at = offset + site * 4
    let exponent = exponents.loadUnaligned(fromByteOffset: at, as: SIMD8<Float>.self)
    return stake / (powerOfTwo(own + lean + exponent) + 1)
      - costs.loadUnaligned(fromByteOffset: at, as: SIMD8<Float>.self)
  }
}
