import Glibc

/// How many of `trials` people are hired when their common hire rate is itself uncertain. 贝塔二项分布
///
/// P(X = k) = C(n, k) B(k + a, n − k + b) / B(a, b). With a = p̂m and b = (1 − p̂)m the mean is n p̂
/// and a small m spreads it, because neighbours hear of a bad employer together.
public struct BetaBinomial: Sendable, Equatable {
  public let trials: Int
  public let a: Double
  public let b: Double

  public init(trials: Int, a: Double, b: Double) {
    precondition(trials >= 0 && a >= 0 && b >= 0 && a + b > 0, "a beta-binomial needs a + b > 0")
    self.trials = trials
    self.a = a
    self.b = b
  }

  /// P(X ≥ wanted): the probability of filling `wanted` jobs.
  ///
  /// A rate of zero fills nothing, a need of zero is always filled, a need above the number of
  /// people never is. Complexity: O(min(wanted, trials − wanted)) or less.
  public func probability(ofAtLeast wanted: Int) -> Double {
    if wanted <= 0 { return 1 }
    if wanted > trials || a == 0 { return 0 }
    if b == 0 { return 1 }
    let mean = Double(trials) * a / (a + b)
    let tail =
      Double(wanted) > mean
      ? upperTail(from: wanted) : 1 - lowerTail(through: wanted - 1)
    return min(1, max(0, tail))
  }

  private func logMass(_ k: Int) -> Double {
    let n = Double(trials)
    let k = Double(k)
    return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
      + logGamma(k + a) + logGamma(n - k + b) - logGamma(n + a + b)
      + logGamma(a + b) - logGamma(a) - logGamma(b)
  }

  private func upperTail(from first: Int) -> Double {
    var mass = exp(logMass(first))
    var sum = mass
    var k = first
    while k < trials {
      mass *= Double(trials - k) * (Double(k) + a)
      mass /= Double(k + 1) * (Double(trials - k - 1) + b)
      sum += mass
      k += 1
      // For b ≥ 1 the masses above the mean only fall, so the rest cannot be seen any more.
      if b >= 1, mass < sum * 1e-18 { break }
    }
    return sum
  }

  private func lowerTail(through last: Int) -> Double {
    var mass = exp(logMass(last))
    var sum = mass
    var k = last
    while k > 0 {
      mass *= Double(k) * (Double(trials - k) + b)
      mass /= Double(trials - k + 1) * (Double(k - 1) + a)
      sum += mass
      k -= 1
      if a >= 1, mass < sum * 1e-18 { break }
    }
    return sum
  }
}

/// ln Γ(x) for x > 0; the reentrant form, because plain `lgamma` writes a global.
func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}
