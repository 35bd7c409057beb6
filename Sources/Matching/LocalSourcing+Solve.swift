import Atlas

extension MatchingRoom {
  /// What local firms near a place can supply to a project. 本地配套
  func localSourcing(_ project: Project, candidate: Candidate, at place: Int) -> LocalSourcing {
    LocalSourcing(
      share: nil, matched: 0, needed: snapshot.segments[candidate.segment].inputs.count,
      suppliers: [], uncovered: [], grade: .unknown)
  }
}

extension LabourReach {
  /// Expected hires of one occupation.
  func available(_ item: LabourNeed.Item) -> Figure? { nil }
}
