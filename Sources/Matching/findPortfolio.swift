public import Atlas

/// Several projects that would buy from the same local firms at once. 组合配套
public struct Portfolio: Sendable, Equatable {
  /// One project of the portfolio: what it would get alone, and beside the others.
  public struct Member: Sendable, Equatable {
    public let entry: Entry
    /// Part of its inputs by value, in [0, 1]; nil when unknown.
    public let alone: Double?
    public let together: Double?
  }

  /// A local firm that the members want more of than it can free. 紧张的配套企业
  public struct Contested: Sendable, Equatable {
    /// Row of `Firms`.
    public let firm: Int
    /// Global segment row.
    public let segment: Int
    /// 10k yuan a year: free capacity, and what the members would order if each were alone.
    public let free: Double
    public let wanted: Double
  }

  public let members: [Member]
  /// Most wanted above its capacity first.
  public let contested: [Contested]
}

/// Solves the local supply of a list's first projects jointly: no capacity is sold twice. 组合求解
///
/// A brief is reckoned for its firm alone, as if no other came; this says what is left when several
/// come. Complexity: one exact flow over all members' inputs and suppliers.
/// - Parameter top: how many entries of the list are taken together.
public func findPortfolio(
  _ ranking: Ranking, snapshot: Snapshot, models: MatchingModels, top: Int
) -> Portfolio {
  let entries = Array(ranking.entries.prefix(top))
  let index = SupplierIndex(snapshot)
  var supplies: [Int: LocalSupply] = [:]
  for place in Set(entries.map { snapshot.sites[$0.pairing.site].place }) {
    supplies[place] = LocalSupply(
      snapshot, model: models.suppliers, place: place, index: index)
  }
  let projects = entries.compactMap { entry in
    supplies[snapshot.sites[entry.pairing.site].place].map { supply in
      SuppliedProject(
        bill: BillOfInputs(
          entry.project, segment: entry.pairing.segment, in: snapshot.segments), supply: supply,
        firm: entry.pairing.firm)
    }
  }
  let joint = matchSuppliers(projects)
  let single = projects.compactMap { matchSuppliers([$0]).first }
  let members = entries.indices.map { row in
    Portfolio.Member(
      entry: entries[row], alone: single[row].localSourcing.base,
      together: joint[row].localSourcing.base)
  }
  var wanted: [Int: (candidate: LocalSupply.Candidate, segment: Int, sum: Double)] = [:]
  for match in single {
    for input in match.inputs {
      for order in input.orders {
        let before = wanted[order.supplier.posting]?.sum ?? 0
        wanted[order.supplier.posting] = (order.supplier, input.segment, before + order.amount)
      }
    }
  }
  let contested = wanted.values.compactMap { item -> Portfolio.Contested? in
    guard let free = item.candidate.free?.base, item.sum > free * (1 + 1e-9) else {
      return nil
    }
    return Portfolio.Contested(
      firm: item.candidate.firm, segment: item.segment, free: free, wanted: item.sum)
  }
  return Portfolio(
    members: members,
    contested: contested.sorted {
      ($1.wanted - $1.free, $0.firm, $0.segment) < ($0.wanted - $0.free, $1.firm, $1.segment)
    })
}
