import Atlas
import Matching

/// What a person asks for when ordering a negotiation brief. 方案要求
public struct BriefRequest: Sendable {
  /// Which way the visit goes. 用途
  public enum Purpose: String, Sendable, CaseIterable { case visit, reception }
  /// A step that follows the talk. 下一步
  public struct Step: Sendable, Hashable {
    public let text: String
    public let owner: String
    public let due: String

    public init(text: String, owner: String, due: String) {
      self.text = text
      self.owner = owner
      self.due = due
    }
  }

  public let entry: Entry
  public let purpose: Purpose
  public let edition: Edition
  /// Post of the leader who attends; the chief of the chain when nil.
  public let leader: String?
  /// Offers as typed, each with the id of its basis where the person named one.
  public let offers: [(text: String, basis: String?)]
  public let asks: [String]
  public let redLines: [String]
  public let steps: [Step]
  /// Facts that were told in the talk: 会谈中口述.
  public let spoken: [String]

  public init(
    entry: Entry, purpose: Purpose, edition: Edition, leader: String? = nil,
    offers: [(text: String, basis: String?)] = [], asks: [String] = [], redLines: [String] = [],
    steps: [Step] = [], spoken: [String] = []
  ) {
    self.entry = entry
    self.purpose = purpose
    self.edition = edition
    self.leader = leader
    self.offers = offers
    self.asks = asks
    self.redLines = redLines
    self.steps = steps
    self.spoken = spoken
  }
}

/// The three things a firm may care most about, in the order of its own largest terms. 议题顺序
enum Topic: CaseIterable {
  case freight, labour, suppliers

  /// Largest first, by what each one moves in the log-odds; the yearly cost is split over its parts by
  /// their differences from today. Unknown terms come last, in a fixed order.
  static func ordered(for entry: Entry) -> [Topic] {
    func utility(_ term: String) -> Double {
      abs(entry.readings.first { $0.term == term }?.utility?.base ?? 0)
    }
    func line(_ role: YearlyCostLine.Role) -> YearlyCostLine? {
      entry.yearlyCosts.first { $0.role == role }
    }
    func difference(_ part: KeyPath<YearlyCostLine, Span?>) -> Double {
      guard let here = line(.here)?[keyPath: part], let today = line(.today)?[keyPath: part]
      else { return 0 }
      return abs(today.base - here.base)
    }
    let freight = difference(\.freightIn) + difference(\.freightOut)
    let wages = difference(\.wages)
    let sum = freight + wages + difference(\.energy) + difference(\.land)
    let cost = utility("annualCost")
    // What cannot be filled is a firm's pain even where it cannot be filled today either.
    let shortage = entry.labour.fillProbability.map { 1 - $0 } ?? 0
    let weight: [Topic: Double] = [
      .freight: sum > 0 ? cost * freight / sum : 0,
      .labour: utility("labourFill") + shortage + (sum > 0 ? cost * wages / sum : 0),
      .suppliers: utility("localSourcing"),
    ]
    let order = Topic.allCases
    return order.enumerated().sorted {
      let left = weight[$0.element] ?? 0
      let right = weight[$1.element] ?? 0
      return left != right ? left > right : $0.offset < $1.offset
    }.map(\.element)
  }
}
