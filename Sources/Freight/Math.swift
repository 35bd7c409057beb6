import Atlas
import Glibc

/// base to the power of exponent.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }

/// A position as a vector of length one from the earth's centre.
func unitVector(_ position: Position) -> SIMD3<Double> {
  let (longitude, latitude) = (position.longitude * .pi / 180, position.latitude * .pi / 180)
  return SIMD3(cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude))
}
