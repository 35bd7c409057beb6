/// Largest relative error of `powerOfTwo` for |y| ≤ 120; its test measures 3.6 × 10⁻⁶.
let powerOfTwoError = 5e-6

/// `2^y` without a branch, for |y| ≤ 120: `2^i` is moved into the exponent's bits, and a polynomial
/// of degree 4 gives `2^(y − i)`. 二的幂
///
/// Source: the polynomial is the Chebyshev interpolation of `2^f` on [−½, ½].
@inline(__always)
func powerOfTwo(_ y: SIMD8<Float>) -> SIMD8<Float> {
  // 1.5 × 2²³: adding it leaves the nearest whole number in the low bits.
  let magic: Float = 12_582_912
  let shifted = y + magic
  let rest = y - (shifted - magic)
  let fourth = rest * 0.009_666_368_515_338_686 + 0.055_921_975_842_253_38
  let third = rest * fourth + 0.240_223_490_380_213_54
  let second = rest * third + 0.693_121_045_202_427_4
  let power = rest * second + 0.999_999_999_999_999_7
  let bits =
    unsafeBitCast(power, to: SIMD8<UInt32>.self)
    &+ (unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23)
  return unsafeBitCast(bits, to: SIMD8<Float>.self)
}

@inline(__always)
func powerOfTwo(_ y: Float) -> Float { powerOfTwo(SIMD8<Float>(repeating: y))[0] }
