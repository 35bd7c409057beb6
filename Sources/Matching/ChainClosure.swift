public import Atlas

/// What a GB/T 4754 code is called in national input-output tables. 部门对应
public struct SectorMap: Sendable, Equatable {
  /// Code prefixes with the sector's name in the detailed and in the coarse table.
  public let entries: [(prefix: String, names: [String])]

  public init(_ entries: [(prefix: String, names: [String])]) {
    self.entries = entries
  }

  /// Row of a table's sector for a code, by the longest prefix; nil when the table has none.
  public func sector(of code: String, in table: NationalTable) -> Int? {
    let digits = code.hasPrefix("GB/T 4754 ") ? code.dropFirst("GB/T 4754 ".count) : code[...]
    let longest = entries.filter { digits.hasPrefix($0.prefix) }
      .max { $0.prefix.utf8.count < $1.prefix.utf8.count }
    return longest?.names.lazy.compactMap { name in
      table.names.firstIndex { $0.zh == name }
    }.first
  }

  public static func == (left: SectorMap, right: SectorMap) -> Bool {
    left.entries.elementsEqual(right.entries) { $0.prefix == $1.prefix && $0.names == $1.names }
  }
}

/// What closes a chain's own matrix: how much a segment adds itself, and what the rest of the economy
/// is like. 链条闭合
struct ChainClosure {
  /// Value added over output, one a segment.
  let valueAdded: [Double]
  /// Output of the rest over the chain's.
  let restScale: Double
  /// What the rest buys from itself over its output.
  let restShare: Double

  /// With a national table: value added of the segment's own sectors, the economy's output over the
  /// chain's, and the economy's intermediate share. Without one: the card's assumptions.
  ///
  /// A segment of several codes lies in their sectors in equal parts; a code that the table does not
  /// know is left out, and a segment without a known code keeps the card's assumption.
  init(chain: [Segment], snapshot: Snapshot, map: SectorMap, model: MatchModel) {
    let assumed = model.value("valueAddedShare")
    guard let table = snapshot.national else {
      valueAdded = chain.map { _ in assumed }
      restScale = model.value("restScale")
      restShare = model.value("restIntermediateShare")
      return
    }
    let found = chain.map { segment -> [(sector: Int, share: Double)] in
      let known = segment.industries.filter { $0.hasPrefix("GB/T 4754 ") }
        .compactMap { map.sector(of: $0, in: table) }
      var shares: [(sector: Int, share: Double)] = []
      for sector in known {
        if let row = shares.firstIndex(where: { $0.sector == sector }) {
          shares[row].share += 1 / Double(known.count)
        } else {
          shares.append((sector, 1 / Double(known.count)))
        }
      }
      return shares
    }
    valueAdded = found.map { shares in
      let parts = shares.compactMap { item in
        table.valueAddedShare(of: item.sector).map { $0 * item.share }
      }
      return parts.isEmpty ? assumed : min(0.95, max(0, parts.reduce(0, +)))
    }
    let own = chain.reduce(0) { $0 + $1.nationalOutput.value }
    let all = table.output.reduce(0, +)
    restScale = own > 0 ? max(1, all / own - 1) : model.value("restScale")
    restShare = min(0.95, table.intermediateShare)
  }
}

extension Snapshot {
  /// What criticality rests on, and what it would take to be surer. 闭合依据
  public var closureNote: Phrase {
    guard let national else {
      return Phrase(
        zh: "关键度按卡片假设的增加值率和“其他部门”闭合；导入全国投入产出表（import input-output）后改用实数，名次可能变动。",
        en:
          "criticality is closed with the card's assumed value added and rest of the economy; a national table (import input-output) would put measured figures in their place and may change the order."
      )
    }
    let year = national.year.map { "\($0)" } ?? ""
    return Phrase(
      zh: "关键度用全国投入产出表\(year.isEmpty ? "" : "（\(year) 年）")的增加值率和其他部门闭合，\(national.count) 个部门。",
      en:
        "criticality is closed with value added and the rest of the economy from the national input-output table\(year.isEmpty ? "" : " of \(year)"), \(national.count) sectors."
    )
  }
}
