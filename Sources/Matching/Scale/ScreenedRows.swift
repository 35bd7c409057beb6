/// The memory that a scan reads, as plain pointers: nothing is counted or checked inside the loop.
///
/// Rows are within the columns and zones within the tables (`requireFit`), so that every access is.
struct ScreenedRows {
  let zones: UnsafeBufferPointer<UInt16>
  let utilities: UnsafeBufferPointer<Float>
  let stakes: UnsafeBufferPointer<Float>
  let sizes: UnsafeBufferPointer<Float>
  /// Zones × vectors of the segment: factors or exponents.
  let table: UnsafeBufferPointer<SIMD8<Float>>
  /// Vectors of the segment; empty without an interaction.
  let slopes: UnsafeBufferPointer<SIMD8<Float>>
  let costs: UnsafeBufferPointer<SIMD8<Float>>
  let vectors: Int

  /// - Parameter own: `exp(−u)`.
  @inline(__always)
  func factored(_ row: Int, own: Float) -> FactoredLine {
    let first = Int(zones[row]) &* vectors
    return FactoredLine(
      own: SIMD8(repeating: own), stake: SIMD8(repeating: stakes[row]), factors: table,
      costs: costs, first: first)
  }

  /// - Parameter own: `−log2(e)·u`.
  @inline(__always)
  func exponential(_ row: Int, own: Float) -> ExponentialLine {
    let first = Int(zones[row]) &* vectors
    return ExponentialLine(
      own: SIMD8(repeating: own), size: SIMD8(repeating: sizes[row]),
      stake: SIMD8(repeating: stakes[row]), exponents: table, slopes: slopes, costs: costs,
      first: first)
  }

  /// Reads the table ahead of a scan: what is in no cache arrives many rows at a time, while the
  /// scan itself has no more than two or three rows in flight.
  @inline(__always)
  func fetch(_ rows: Range<Int>) {
    var sum: Float = 0
    for row in rows {
      let first = Int(zones[row]) &* vectors
      // Two vectors lie in a line of the cache.
      for vector in Swift.stride(from: 0, to: vectors, by: 2) { sum += table[first &+ vector][0] }
    }
    precondition(!sum.isNaN, "a table is finite")
  }
}

/// One posting at eight sites at a time, in single precision.
protocol ScreenedLine {
  var stake: SIMD8<Float> { get }
  func values(_ vector: Int) -> SIMD8<Float>
}

extension ScreenedLine {
  /// The largest values over the sites, lane by lane.
  @inline(__always)
  func largest(_ vectors: Int) -> SIMD8<Float> {
    var best = values(0)
    var vector = 1
    while vector < vectors {
      let value = values(vector)
      best = value.replacing(with: best, where: best .> value)
      vector &+= 1
    }
    return best
  }
}

/// `stake / (1 + exp(−u)·exp(−t)) − cost`.
struct FactoredLine: ScreenedLine {
  let own: SIMD8<Float>
  let stake: SIMD8<Float>
  let factors: UnsafeBufferPointer<SIMD8<Float>>
  let costs: UnsafeBufferPointer<SIMD8<Float>>
  let first: Int

  @inline(__always)
  func values(_ vector: Int) -> SIMD8<Float> {
    stake / (own * factors[first &+ vector] + 1) - costs[first &+ vector]
  }
}

/// `stake / (1 + 2^(−log2(e)·(u + x·g + t))) − cost`.
struct ExponentialLine: ScreenedLine {
  let own: SIMD8<Float>
  let size: SIMD8<Float>
  let stake: SIMD8<Float>
  let exponents: UnsafeBufferPointer<SIMD8<Float>>
  let slopes: UnsafeBufferPointer<SIMD8<Float>>
  let costs: UnsafeBufferPointer<SIMD8<Float>>
  let first: Int

  @inline(__always)
  func values(_ vector: Int) -> SIMD8<Float> {
    let exponent = own + size * slopes[vector] + exponents[first &+ vector]
    return stake / (powerOfTwo(exponent) + 1) - costs[first &+ vector]
  }
}

extension SIMD8<Float> {
  /// The largest lane.
  @inline(__always)
  var largest: Float {
    let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
    let two = four.lowHalf.replacing(with: four.highHalf, where: four.highHalf .> four.lowHalf)
    return two.x > two.y ? two.x : two.y
  }
}
