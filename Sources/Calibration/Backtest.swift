public import Atlas
public import Matching

/// A way to put firms in order: the model, or something simpler that it has to beat. 对照方法
public enum BacktestMethod: String, Sendable, Codable, CaseIterable {
  case expectedValue, likelihood, weightedSum, topsis, sameSegment, relatedness, distance
  case popularity, size, random

  public var label: Phrase {
    switch self {
    case .expectedValue: Phrase(zh: "本模型（期望值）", en: "model (expected value)")
    case .likelihood: Phrase(zh: "本模型（可能性）", en: "model (likelihood)")
    case .weightedSum: Phrase(zh: "等权加总", en: "equal-weight sum")
    case .topsis: Phrase(zh: "TOPSIS", en: "TOPSIS")
    case .sameSegment: Phrase(zh: "同环节家数", en: "firms of the segment here")
    case .relatedness: Phrase(zh: "关联密度", en: "relatedness density")
    case .distance: Phrase(zh: "距离近", en: "nearness")
    case .popularity: Phrase(zh: "热门环节（此前签约数）", en: "popularity (earlier signatures)")
    case .size: Phrase(zh: "企业规模", en: "firm size")
    case .random: Phrase(zh: "随机", en: "random")
    }
  }
}

/// One list as it would have been on a past day, and which of its firms signed afterwards. 回测名单
public struct BacktestQuery: Sendable, Equatable {
  /// The day: lists of one day share their outcomes and are resampled together.
  public let day: Day
  public let right: [Bool]
  /// Shapes: `BacktestMethod.allCases` × entry; the unknown comes after everything known.
  public let scores: [[Double]]

  public init(day: Day, right: [Bool], scores: [[Double]]) {
    self.day = day
    self.right = right
    self.scores = scores
  }

  /// Scores a list by every method from what it knew itself.
  ///
  /// - Parameters:
  ///   - signed: ids of firms that signed afterwards.
  ///   - earlier: how many firms had signed before, by global segment.
  public init(
    _ ranking: Ranking, gaps: GapTable?, snapshot: Snapshot, signed: Set<Int64>,
    earlier: [Int: Int]
  ) {
    let entries = ranking.entries
    let plain = try? crossCheck(ranking, snapshot: snapshot)
    func plainScores(_ method: PlainMethod) -> [Double?] {
      var scores = [Double?](repeating: nil, count: entries.count)
      guard let plain, let column = plain.columns.first(where: { $0.method == method }) else {
        return scores
      }
      for (row, entry) in plain.entries.enumerated() { scores[entry] = column.scores[row] }
      return scores
    }
    func reading(_ term: Term) -> [Double?] {
      entries.map { entry in
        entry.readings.first { $0.term == term.rawValue }?.value.base
      }
    }
    let all = BacktestMethod.allCases.map { method -> [Double?] in
      switch method {
      case .expectedValue: entries.map(\.expectedValue)
      case .likelihood: entries.map { $0.likelihood?.base }
      case .weightedSum: plainScores(.weightedSum)
      case .topsis: plainScores(.topsis)
      case .sameSegment: reading(.sameSegment)
      case .relatedness: entries.map { gaps?.row(of: $0.pairing.segment)?.density }
      case .distance: reading(.distance).map { $0.map { -$0 } }
      case .popularity: entries.map { Double(earlier[$0.pairing.segment] ?? 0) }
      case .size: entries.map { snapshot.firms.revenue[$0.pairing.firm].map(Double.init) }
      case .random: entries.map { _ in 0 }
      }
    }
    self.init(
      day: snapshot.asOf,
      right: entries.map { signed.contains(snapshot.firms.id[$0.pairing.firm]) },
      scores: all.map { column in column.map { $0 ?? -.greatestFiniteMagnitude } })
  }
}

/// How often each method had the firms that signed near the top. 回测结果
public struct Backtest: Sendable, Equatable {
  /// One method's figures; each is a mean over lists with its 95 % interval.
  public struct Line: Sendable, Equatable {
    public let method: BacktestMethod
    public let metrics: [Metric: BootstrapInterval]
    /// The same without intervals, when the lists are too few to resample.
    public let values: [Metric: Double]
  }

  /// What is measured of a list. 指标
  public enum Metric: String, Sendable, Codable, CaseIterable {
    case recallAt5 = "recall@5"
    case recallAt10 = "recall@10"
    case recallAt50 = "recall@50"
    case gainAt10 = "nDCG@10"
    case reciprocalRank = "MRR"
    case averagePrecision = "AUC-PR"

    func value(_ list: RankedList) -> Double {
      switch self {
      case .recallAt5: list.recall(at: 5)
      case .recallAt10: list.recall(at: 10)
      case .recallAt50: list.recall(at: 50)
      case .gainAt10: list.normalisedGain(at: 10)
      case .reciprocalRank: list.reciprocalRank
      case .averagePrecision: list.averagePrecision
      }
    }
  }

  public let lines: [Line]
  /// Lists with at least one firm that signed.
  public let lists: Int
  /// Firms that signed, counted once a list.
  public let signatures: Int
  /// Fewer signatures than this judge nobody.
  public static let enough = 30

  public var isEnough: Bool { signatures >= Backtest.enough }

  /// Judges every method on the lists that had something to find.
  ///
  /// Intervals resample whole days, because lists of one day share their outcomes.
  public init(
    _ queries: [BacktestQuery], draws: Int = 1000, using random: inout some RandomNumberGenerator
  ) {
    let useful = queries.filter { $0.right.contains(true) }
    lists = useful.count
    signatures = useful.reduce(0) { $0 + $1.right.count { $0 } }
    let groups = useful.map(\.day.number)
    var lines: [Line] = []
    for (row, method) in BacktestMethod.allCases.enumerated() {
      let ranked = useful.compactMap { RankedList(scores: $0.scores[row], right: $0.right) }
      var intervals: [Metric: BootstrapInterval] = [:]
      var values: [Metric: Double] = [:]
      for metric in Metric.allCases {
        let each = ranked.map(metric.value)
        guard !each.isEmpty else { continue }
        values[metric] = each.reduce(0, +) / Double(each.count)
        intervals[metric] = groupBootstrap(groups: groups, draws: draws, using: &random) { rows in
          rows.isEmpty ? nil : rows.reduce(0) { $0 + each[$1] } / Double(rows.count)
        }
      }
      lines.append(Line(method: method, metrics: intervals, values: values))
    }
    self.lines = lines
  }
}
