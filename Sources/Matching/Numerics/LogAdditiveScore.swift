import Glibc

/// A weighted geometric mean whose logarithm is an exact sum of its parts (优先度).
///
/// ln score = Σ weight·ln value. The total is the parts added in the order given, so what is printed
/// adds up to the last bit.
public struct LogAdditiveScore: Equatable, Sendable {
  /// One term with what it adds to the logarithm of the score.
  public struct Part: Equatable, Sendable {
    /// The name of the term.
    public let name: String
    /// The value in (0, 1], for instance a percentile rank; nil when unknown.
    public let value: Double?
    /// The weight of the term.
    public let weight: Double
    /// weight·ln value; nil when the value is unknown.
    public let contribution: Double?

    /// Makes a part. A value that is not above 0 has no logarithm and counts as unknown.
    public init(name: String, value: Double?, weight: Double) {
      self.name = name
      self.weight = weight
      if let value, value > 0, value.isFinite {
        self.value = value
        contribution = weight * log(value)
      } else {
        self.value = nil
        contribution = nil
      }
    }
  }

  /// The parts in the order given.
  public let parts: [Part]

  /// Makes a score from its parts.
  public init(_ parts: [Part]) {
    self.parts = parts
  }

  /// The names of the terms that are not known.
  public var missing: [String] { parts.filter { $0.contribution == nil }.map(\.name) }

  /// The logarithm of the score; nil when a part is unknown or there is none.
  public var logarithm: Double? {
    guard !parts.isEmpty, missing.isEmpty else { return nil }
    return parts.reduce(0) { $0 + ($1.contribution ?? 0) }
  }

  /// The score; nil when a part is unknown.
  public var value: Double? { logarithm.map { exp($0) } }
}
