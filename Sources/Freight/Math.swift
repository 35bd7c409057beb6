import Glibc

/// base to the power of exponent.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }
