/// What somebody knows about a firm and a segment. 已知挂链
public struct JudgedLink: Sendable, Equatable {
  /// Row of the firms that are judged.
  public let firm: Int
  public let segment: String
  public let isLinked: Bool

  public init(firm: Int, segment: String, isLinked: Bool) {
    self.firm = firm
    self.segment = segment
    self.isLinked = isLinked
  }
}

/// How well confirmed links agree with what people know, for a chain or over all. 挂链质量
public struct LinkerQuality: Sendable, Equatable {
  /// Chain id; empty for all chains together.
  public let chain: String
  /// Judged pairs that are links.
  public let links: Int
  /// Judged pairs that the linker confirms.
  public let confirmed: Int
  /// Of these, the ones that are links.
  public let right: Int
  /// Links whose segment is among the firm's first 1, 3, 5 segments, whatever the class.
  public let within: [Int]

  /// Unknown: nothing was confirmed.
  public var precision: Double? { confirmed > 0 ? Double(right) / Double(confirmed) : nil }
  /// Unknown: no judged pair is a link.
  public var recall: Double? { links > 0 ? Double(right) / Double(links) : nil }
  /// Harmonic mean of the two.
  public var f1: Double? {
    guard let precision, let recall else { return nil }
    return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
  }
  /// Share of links found among the first 1, 3 or 5.
  public func recall(at place: Int) -> Double? {
    let slot = [1, 3, 5].firstIndex(of: place)
    precondition(slot != nil, "recall is counted at 1, 3 and 5")
    guard links > 0, let slot else { return nil }
    return Double(within[slot]) / Double(links)
  }
}

extension Linker {
  /// Compares the linker with what people know, chain by chain; the last row is all chains together.
  ///
  /// - Parameter isComplete: true when a segment that is not listed for a firm is not one of its
  ///   segments, within the chains that `judged` speaks of; else only listed pairs count.
  public func evaluate(_ firms: [FirmText], _ judged: [JudgedLink], isComplete: Bool)
    -> [LinkerQuality]
  {
    struct Pair: Hashable {
      let firm: Int
      let segment: String
    }
    var known: [Pair: Bool] = [:]
    for link in judged { known[Pair(firm: link.firm, segment: link.segment)] = link.isLinked }
    let chains = Set(judged.map { Self.chain(of: $0.segment) }).sorted()
    var tallies = [LinkerTally](repeating: LinkerTally(), count: chains.count)
    let row = Dictionary(uniqueKeysWithValues: zip(chains, chains.indices))
    for (pair, isLinked) in known where isLinked {
      if let row = row[Self.chain(of: pair.segment)] { tallies[row].links += 1 }
    }
    var scratch = LinkScratch()
    for firm in Set(judged.map(\.firm)).sorted() {
      for (place, link) in links(of: firms[firm], using: &scratch).enumerated() {
        let segment = segments[link.segment].id
        guard let row = row[Self.chain(of: segment)] else { continue }
        let answer = known[Pair(firm: firm, segment: segment)]
        if answer == true {
          for (slot, limit) in [1, 3, 5].enumerated() where place < limit {
            tallies[row].within[slot] += 1
          }
        }
        guard link.verdict == .confirmed, let truth = answer ?? (isComplete ? false : nil)
        else { continue }
        tallies[row].confirmed += 1
        if truth { tallies[row].right += 1 }
      }
    }
    var all = LinkerTally()
    for tally in tallies { all.add(tally) }
    return zip(chains, tallies).map { $1.quality(of: $0) } + [all.quality(of: "")]
  }

  private static func chain(of segment: String) -> String {
    String(segment.prefix { $0 != "." })
  }
}

private struct LinkerTally {
  var links = 0
  var confirmed = 0
  var right = 0
  var within = [0, 0, 0]

  mutating func add(_ other: LinkerTally) {
    links += other.links
    confirmed += other.confirmed
    right += other.right
    for slot in within.indices { within[slot] += other.within[slot] }
  }

  func quality(of chain: String) -> LinkerQuality {
    LinkerQuality(chain: chain, links: links, confirmed: confirmed, right: right, within: within)
  }
}
