import Atlas

/// Why a firm's place on a list changed since the last publication. 变化原因
public enum ChangeCause: String, Sendable, CaseIterable, Codable {
  /// 新数据
  case newData
  /// 更正数据
  case correctedData
  /// 模型变化
  case modelChange
  /// 竞争企业变化：others moved, this firm did not
  case competitors
  /// 走访结果
  case outcome
  /// 时间衰减：the same facts on a later day
  case decay

  public var label: Phrase {
    switch self {
    case .newData: Phrase(zh: "新数据", en: "new data")
    case .correctedData: Phrase(zh: "更正数据", en: "corrected data")
    case .modelChange: Phrase(zh: "模型变化", en: "model change")
    case .competitors: Phrase(zh: "其他企业变化", en: "other firms")
    case .outcome: Phrase(zh: "走访结果", en: "outcome")
    case .decay: Phrase(zh: "时间推移", en: "passing of time")
    }
  }
}

/// A firm's place on a list, as far as changes are told from it. 名次
public struct ListedStanding: Sendable, Equatable {
  public let firm: Int64
  public let rank: Int
  public let rankLow: Int?
  public let rankHigh: Int?
  /// 10k yuan; nil when unknown.
  public let expectedValue: Double?

  public init(firm: Int64, rank: Int, rankLow: Int?, rankHigh: Int?, expectedValue: Double?) {
    self.firm = firm
    self.rank = rank
    self.rankLow = rankLow
    self.rankHigh = rankHigh
    self.expectedValue = expectedValue
  }
}

/// One firm's move between two publications, with the part of each cause. 变动
public struct RankMove: Sendable, Equatable {
  public let firm: Int64
  /// nil when the firm was not on the earlier list.
  public let before: ListedStanding?
  /// nil when it is no longer listed.
  public let after: ListedStanding?
  /// Places gained (positive) or lost by each cause, in the order of `ChangeCause`; they add up to the
  /// move. Empty when the firm entered or left.
  public let parts: [(cause: ChangeCause, places: Int)]

  /// Places gained; nil when the firm entered or left.
  public var places: Int? {
    guard let before, let after else { return nil }
    return before.rank - after.rank
  }

  /// True when the ranges of the two ranks overlap: such a move says nothing.
  public var isWithinRange: Bool {
    guard let before, let after, let low = before.rankLow, let high = before.rankHigh,
      let newLow = after.rankLow, let newHigh = after.rankHigh
    else { return false }
    return low <= newHigh && newLow <= high
  }

  public static func == (left: RankMove, right: RankMove) -> Bool {
    left.firm == right.firm && left.before == right.before && left.after == right.after
      && left.parts.map(\.cause) == right.parts.map(\.cause)
      && left.parts.map(\.places) == right.parts.map(\.places)
  }
}

/// Expected values by firm of one and the same list under other circumstances. 对照
public struct ListedValues: Sendable, Equatable {
  public let values: [Int64: Double]

  public init(_ standings: [ListedStanding]) {
    values = Dictionary(
      standings.compactMap { standing in standing.expectedValue.map { (standing.firm, $0) } }
    ) { first, _ in first }
  }
}

/// Every firm's move between two lists and what caused it.
///
/// The causes are computed, not guessed: the list is made again with the earlier facts and today's model
/// (`remodelled`), then with the firm's own new facts alone, then with everyone's, all on the earlier day, and
/// at last on today's (`then` are today's facts on the earlier day); what each step moves is the part of that
/// step's cause, so that the parts add up to the move exactly.
///
/// - Parameters:
///   - remodelled: expected values of the earlier facts and day under today's model; nil when the model is the same.
///   - then: today's facts on the earlier day; nil when the day is the same.
///   - own: the cause of each firm's own new facts; a firm that is not in it has none.
///   - within: only firms that are or were among so many first ones.
/// - Complexity: O(n log n) over the firms of both lists.
public func findMoves(
  before: [ListedStanding], after: [ListedStanding], remodelled: ListedValues?,
  then: ListedValues?, own: [Int64: ChangeCause], within shown: Int = .max
) -> [RankMove] {
  let old = Dictionary(before.map { ($0.firm, $0) }) { first, _ in first }
  let new = Dictionary(after.map { ($0.firm, $0) }) { first, _ in first }
  let modelled = remodelled?.values ?? ListedValues(before).values
  let settled = then?.values ?? ListedValues(after).values
  let modelledOrder = Order(modelled)
  let settledOrder = Order(settled)
  var moves: [RankMove] = []
  let wanted = Set((before + after).lazy.filter { $0.rank <= shown }.map(\.firm))
  for firm in wanted.sorted() {
    guard let was = old[firm], let now = new[firm], let value = settled[firm],
      let earlier = modelled[firm], now.expectedValue != nil
    else {
      if old[firm] != nil, new[firm] != nil {
        // Without a value there is no order to decompose: the move is the others'.
        let places = (old[firm]?.rank ?? 0) - (new[firm]?.rank ?? 0)
        moves.append(
          RankMove(
            firm: firm, before: old[firm], after: new[firm],
            parts: places == 0 ? [] : [(own[firm] ?? .competitors, places)]))
      } else {
        moves.append(RankMove(firm: firm, before: old[firm], after: new[firm], parts: []))
      }
      continue
    }
    let afterModel = remodelled == nil ? was.rank : modelledOrder.rank(of: firm)
    // The firm's own new facts among the others as they were.
    let alone = modelledOrder.rank(ofValue: value, firm: firm, insteadOf: earlier)
    let ownPlaces = own[firm] == nil ? 0 : modelledOrder.rank(of: firm) - alone
    let beforeToday = then == nil ? now.rank : settledOrder.rank(of: firm)
    var byCause: [ChangeCause: Int] = [
      .modelChange: was.rank - afterModel, .decay: beforeToday - now.rank,
    ]
    if let cause = own[firm] { byCause[cause, default: 0] += ownPlaces }
    byCause[.competitors] = (afterModel - beforeToday) - ownPlaces
    moves.append(
      RankMove(
        firm: firm, before: was, after: now,
        parts: ChangeCause.allCases.compactMap { cause in
          let places = byCause[cause] ?? 0
          return places == 0 ? nil : (cause, places)
        }))
  }
  return moves
}

/// Firms in the order of their values: largest first, ties by id. 次序
private struct Order {
  private let sorted: [(value: Double, firm: Int64)]
  private let values: [Int64: Double]

  init(_ values: [Int64: Double]) {
    self.values = values
    sorted = values.map { ($0.value, $0.key) }.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.firm < $1.firm
    }
  }

  /// Position from 1; behind all others for a firm that is not here. Complexity: O(log n).
  func rank(of firm: Int64) -> Int {
    guard let value = values[firm] else { return sorted.count + 1 }
    return before(value, firm) + 1
  }

  /// The position a firm would have with another value, everyone else as they are.
  func rank(ofValue value: Double, firm: Int64, insteadOf old: Double) -> Int {
    let ahead = before(value, firm)
    let oldIsAhead = old != value ? old > value : false
    return ahead - (oldIsAhead ? 1 : 0) + 1
  }

  /// How many stand strictly before a value and id.
  private func before(_ value: Double, _ firm: Int64) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      let item = sorted[middle]
      if item.value != value ? item.value > value : item.firm < firm {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
