/// A value with the range that resampling gives it (自助法区间).
public struct BootstrapInterval: Equatable, Sendable {
  /// The value on the data as they are.
  public let value: Double
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// How many resamples had a value.
  public let draws: Int
}

/// Resamples whole groups, because rows of one group are not independent (分组自助法).
///
/// - Parameters:
///   - groups: the group of each row.
///   - level: the probability inside the interval, such as 0.95; percentile ends.
///   - statistic: the value of a list of rows, which may repeat; nil where it has none.
/// Unknown: nil with fewer than two groups, without a value on the data, or when fewer than half of
/// the resamples have one.
public func groupBootstrap(
  groups: [Int32], draws: Int = 1000, level: Double = 0.95,
  using random: inout some RandomNumberGenerator, statistic: ([Int]) -> Double?
) -> BootstrapInterval? {
  precondition(draws > 0 && level > 0 && level < 1, "an interval needs draws and a level below 1")
  var position: [Int32: Int] = [:]
  var members: [[Int]] = []
  for (row, group) in groups.enumerated() {
    if let known = position[group] {
      members[known].append(row)
    } else {
      position[group] = members.count
      members.append([row])
    }
  }
  guard members.count > 1, let value = statistic(Array(groups.indices)) else { return nil }
  var values: [Double] = []
  for _ in 0..<draws {
    var rows: [Int] = []
    for _ in members.indices {
      rows += members[Int.random(in: 0..<members.count, using: &random)]
    }
    if let drawn = statistic(rows), drawn.isFinite { values.append(drawn) }
  }
  guard values.count * 2 >= draws else { return nil }
  values.sort()
  return BootstrapInterval(
    value: value, low: quantile(values, (1 - level) / 2), high: quantile(values, (1 + level) / 2),
    draws: values.count)
}

/// The value below which a share of a sorted list lies, with a straight line between neighbours.
func quantile(_ sorted: [Double], _ share: Double) -> Double {
  let place = share * Double(sorted.count - 1)
  let below = Int(place)
  guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}
