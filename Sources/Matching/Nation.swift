import Atlas

/// Where everything is made, and what the district's chains lack of it. 全国供需
struct Nation {
  let shares: NationalShares
  let presence: Presence
  /// One table a chain that the district leads.
  let gaps: [GapTable]

  init(_ snapshot: Snapshot, models: MatchingModels) {
    let model = models.choice
    let shares = NationalShares(snapshot, model: model)
    let presence = Presence(
      snapshot, regions: shares.regions, uncommitted: models.suppliers.uncommittedShare.value)
    self.shares = shares
    self.presence = presence
    gaps = snapshot.chains.indices
      .filter { snapshot.district.leads.contains(snapshot.chains[$0].id) }
      .map {
        findGaps(chain: $0, snapshot: snapshot, shares: shares, presence: presence, model: model)
      }
  }
}
