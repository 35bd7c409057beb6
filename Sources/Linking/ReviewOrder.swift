/// One uncertain link as a person is asked about it. 待核项
public struct ReviewItem: Sendable, Equatable {
  public let firm: Int64
  /// What the answer is about: the chain, or the segment where answers differ by segment.
  public let topic: String
  /// What the link rests on: links of one topic with one ground can be decided together.
  public let ground: String
  /// What the answer is worth, 万元/年; nil when no answer would change a list.
  public let value: Double?

  public init(firm: Int64, topic: String, ground: String, value: Double?) {
    self.firm = firm
    self.topic = topic
    self.ground = ground
    self.value = value
  }
}

/// Links that one answer settles. 成组待核
public struct ReviewGroup: Sendable, Equatable {
  public let topic: String
  public let ground: String
  /// Rows of the items, most valuable first.
  public let rows: [Int]
  /// The sum of the items' values; nil when none matters.
  public let value: Double?
}

/// What knowing the answer about a link is worth, 万元/年: the output that the firm could bring to the
/// open gap, times how likely the link is. 待核价值
///
/// - Parameters:
///   - gap: open gap of the segment; nil where it is not known how large it is.
///   - revenue: of the firm; nil counts as nothing known, hence last within its segment.
///   - share: of a firm's revenue that a new project is.
public func reviewValue(
  score: Double, gap: Double?, revenue: Double?, share: Double = 0.2
) -> Double {
  let output = max(0, revenue ?? 0) * share
  return score * min(output, gap ?? output)
}

/// Groups what a person has to decide by topic and ground, most valuable groups first; links whose
/// answer changes nothing come last. 成组
///
/// Ties: by number of firms, then topic, then ground; inside a group by firm.
public func groupForReview(_ items: [ReviewItem]) -> [ReviewGroup] {
  struct Key: Hashable {
    let topic: String
    let ground: String
  }
  var rows: [Key: [Int]] = [:]
  for (row, item) in items.enumerated() {
    rows[Key(topic: item.topic, ground: item.ground), default: []].append(row)
  }
  let groups = rows.map { key, rows in
    let sorted = rows.sorted {
      let (left, right) = (items[$0].value ?? -1, items[$1].value ?? -1)
      return left == right ? items[$0].firm < items[$1].firm : left > right
    }
    let known = sorted.compactMap { items[$0].value }
    return ReviewGroup(
      topic: key.topic, ground: key.ground, rows: sorted,
      value: known.isEmpty ? nil : known.reduce(0, +))
  }
  return groups.sorted { left, right in
    let (one, other) = (left.value ?? -1, right.value ?? -1)
    if one != other { return one > other }
    if left.rows.count != right.rows.count { return left.rows.count > right.rows.count }
    return (left.topic, left.ground) < (right.topic, right.ground)
  }
}
