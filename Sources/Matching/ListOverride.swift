import Atlas

/// A person's decision on a firm's place on a list. 人工调整
///
/// It moves what is shown, never what was computed: the machine's rank stays beside it.
public struct ListOverride: Sendable, Equatable {
  public enum Action: Sendable, Equatable {
    case exclude
    /// On the list however short it is cut; a firm that the law keeps out stays out.
    case include
    /// At this position, from 1.
    case rank(Int)
  }

  /// Row of `Firms`.
  public let firm: Int
  public let action: Action
  public let because: String
  /// Initials of who decided.
  public let by: String
  /// Instant, UTC text.
  public let at: String
  public let document: String?

  public init(
    firm: Int, action: Action, because: String, by: String, at: String, document: String?
  ) {
    self.firm = firm
    self.action = action
    self.because = because
    self.by = by
    self.at = at
    self.document = document
  }

  /// One line for a cell of the list: what, who, when, why, by which document.
  public func text(_ language: Language) -> String {
    let what =
      switch action {
      case .exclude: Phrase(zh: "人工剔除", en: "taken off")
      case .include: Phrase(zh: "人工列入", en: "kept on the list")
      case .rank(let rank): Phrase(zh: "人工定为第 \(rank) 名", en: "set to rank \(rank)")
      }
    let number = document.map { Phrase(zh: "，依据 \($0)", en: ", document \($0)")[language] } ?? ""
    let colon = Phrase(zh: "：", en: ": ")[language]
    return "\(what[language])\(colon)\(because)（\(by)，\(at.prefix(10))\(number)）"
  }
}

extension Ranking {
  /// The list as shown: firms moved or taken off by a person, each with the machine's rank beside it.
  ///
  /// Moves are applied in ascending order of the wanted position; the others keep their order. An override of a
  /// firm that is not on the list changes nothing.
  /// Complexity: O(entries × overrides).
  public func overridden(by overrides: [ListOverride]) -> Ranking {
    guard !overrides.isEmpty else { return self }
    let decided = Dictionary(overrides.map { ($0.firm, $0) }) { _, last in last }
    var kept: [Entry] = []
    var moved: [(rank: Int, entry: Entry)] = []
    var out = excluded
    var gone: [Int] = []
    for var entry in entries {
      guard let decision = decided[entry.pairing.firm] else {
        kept.append(entry)
        continue
      }
      entry.machineRank = entry.rank
      entry.override = decision
      if decision.action != .include { gone.append(entry.rank) }
      switch decision.action {
      case .exclude:
        out.append(
          Exclusion(
            firm: entry.pairing.firm, reason: "override",
            because: Phrase(zh: decision.text(.zhHans), en: decision.text(.en))))
      case .include: kept.append(entry)
      case .rank(let rank): moved.append((rank, entry))
      }
    }
    // Entries stand at places of the whole list, of which not every firm need be an entry.
    var places = kept.map { entry in entry.rank - gone.count { $0 < entry.rank } }
    var count = standings.count - gone.count
    moved.sort { ($0.rank, $0.entry.machineRank ?? 0) < ($1.rank, $1.entry.machineRank ?? 0) }
    for (rank, entry) in moved {
      let place = min(max(1, rank), count + 1)
      count += 1
      let at = places.firstIndex { $0 >= place } ?? places.count
      for later in at..<places.count { places[later] += 1 }
      places.insert(place, at: at)
      kept.insert(entry, at: at)
    }
    for (row, place) in places.enumerated() where kept[row].rank != place {
      if kept[row].machineRank == nil { kept[row].machineRank = kept[row].rank }
      kept[row].rank = place
    }
    var shown = Ranking(
      chain: chain, pairings: pairings, considered: considered, entries: kept, excluded: out,
      tauSize: tauSize, tauPlace: tauPlace, standings: standings)
    shown.valuesThen = valuesThen
    return shown
  }

  /// The first `top` entries, and after them those that a person keeps on the list.
  public func shortened(to top: Int) -> [Entry] {
    entries.prefix(top) + entries.dropFirst(top).filter { $0.override?.action == .include }
  }
}
