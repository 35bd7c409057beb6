import Glibc

// The three functions of the C library that Matching uses, under names that read.

func logarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// `ln Σ exp(x)`, safe for large arguments; nil for no arguments.
func logSumExp(_ values: [Double]) -> Double? {
  guard let largest = values.max() else { return nil }
  var sum = 0.0
  for value in values { sum += exp(value - largest) }
  return largest + log(sum)
}
