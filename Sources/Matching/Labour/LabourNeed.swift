import Atlas

/// The heads that a project must hire, by occupation. 用工需求
public struct LabourNeed: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    /// Occupation id.
    public let occupation: String
    /// Persons, above 0.
    public let heads: Int

    public init(occupation: String, heads: Int) {
      self.occupation = occupation
      self.heads = heads
    }
  }

  /// Occupations with at least one head, in the order given.
  public let items: [Item]
  /// How the heads came to be known: stated by the firm, or estimated from its output.
  public let grade: Grade

  public init(items: [Item], grade: Grade) {
    self.items = items.filter { $0.heads > 0 }
    self.grade = grade
  }

  /// Splits a project's heads over the occupations of its segment.
  ///
  /// Whole people by largest remainder, so that the parts sum to the rounded total; equal
  /// remainders go to the earlier occupation.
  public init(heads: Double, mix: [OccupationShare], grade: Grade) {
    precondition(heads.isFinite && heads >= 0, "a project's heads are a number of people")
    let total = Int(heads.rounded())
    let weight = mix.reduce(0) { $0 + $1.per100 }
    guard weight > 0 else {
      self.init(items: [], grade: grade)
      return
    }
    let exact = mix.map { Double(total) * $0.per100 / weight }
    var parts = exact.map { Int($0) }
    let left = total - parts.reduce(0, +)
    let byRemainder = mix.indices.sorted {
      let first = exact[$0] - Double(parts[$0])
      let second = exact[$1] - Double(parts[$1])
      return first != second ? first > second : $0 < $1
    }
    for index in byRemainder.prefix(left) { parts[index] += 1 }
    self.init(
      items: zip(mix, parts).map { Item(occupation: $0.occupation, heads: $1) }, grade: grade)
  }

  public var heads: Int { items.reduce(0) { $0 + $1.heads } }
}
