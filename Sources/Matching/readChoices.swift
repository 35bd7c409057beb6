public import Atlas

/// One project with the places it can go to, reduced to what a fit of coefficients reads. 选址观测
///
/// The utility of alternative `a` is `c·isHome[a] + Σ β[term]·terms[a][term]`, everything less the
/// value of staying; staying itself has utility 0. It is the same sum by which a list is scored.
public struct ProjectChoice: Sendable, Equatable {
  /// By alternative; the site that was proposed comes first.
  public let isHome: [Bool]
  /// False for a branch: the firm stays as well, so staying is not an alternative.
  public let canStay: Bool
  /// Shapes: alternative × `Term.allCases`; utils per coefficient, base scenario. A term that is not
  /// known at every alternative is 0 everywhere.
  public let terms: [[Double]]
}

extension ProjectChoice {
  init(_ choice: Choice) {
    isHome = choice.isHome
    canStay = choice.canStay
    terms = choice.isHome.indices.map { alternative in
      Term.allCases.map { term in
        choice.terms.firstIndex(of: term).map { choice.difference[$0][alternative].base } ?? 0
      }
    }
  }
}

/// Reads the choice that each of some firms faced when it was asked to a site. 读取选址
///
/// The firm's open segments come first; a firm without one is read on any segment of the led chains
/// that it is confirmed on. One without such a link, or without an origin, has no choice that could
/// be read: its place in the result is nil. Screens do not apply: who was visited was visited.
/// - Parameter asked: a firm, and the site it was asked to; nil for the site of its best pairing.
public func readChoices(
  _ asked: [(firm: Int, site: Int?)], snapshot: Snapshot, models: MatchingModels
) -> [ProjectChoice?] {
  let room = MatchingRoom(snapshot, models: models, reading: asked.map(\.firm))
  return asked.map { firm, site in
    room.bestPairing(of: firm, site: site)?.choice.map { ProjectChoice($0) }
  }
}

extension MatchingRoom {
  /// The room of a snapshot's own gap tables, for one reading rather than a run.
  /// - Parameter firms: the segments that they are confirmed on are read, open gaps or not, and no
  ///   others.
  init(_ snapshot: Snapshot, models: MatchingModels, reading firms: [Int]) {
    let wanted = Set(firms)
    let postings = snapshot.postings
    let segments = (0..<snapshot.segments.count).filter { segment in
      postings.rows(of: segment).contains {
        postings.linkClass[$0] == .confirmed && wanted.contains(Int(postings.firm[$0]))
      }
    }
    self.init(
      snapshot: snapshot, models: models, nation: Nation(snapshot, models: models), detailed: [],
      detailedTop: 0, only: Set(segments))
  }

  /// The pairing of a firm with the highest expected value: on an open segment, else on any.
  func bestPairing(of firm: Int, site: Int?) -> Assessment? {
    func pairings(openOnly: Bool) -> [Assessment] {
      gaps.flatMap { table in
        findCandidates(of: firm, in: table, site: site, openOnly: openOnly)
          .map { assess($0, in: table) }
      }.filter { $0.choice != nil }
    }
    let open = pairings(openOnly: true)
    return (open.isEmpty ? pairings(openOnly: false) : open).max {
      ($0.expectedValue ?? -.infinity, $1.candidate.segment, $1.candidate.site)
        < ($1.expectedValue ?? -.infinity, $0.candidate.segment, $0.candidate.site)
    }
  }

  /// The pairings of one firm on a table's segments.
  private func findCandidates(
    of firm: Int, in table: GapTable, site: Int?, openOnly: Bool
  ) -> [Candidate] {
    let postings = snapshot.postings
    return table.rows.filter { !openOnly || $0.gapClass.isOpen }.flatMap { gap in
      postings.rows(of: gap.segment).filter {
        Int(postings.firm[$0]) == firm && postings.linkClass[$0] == .confirmed
      }.flatMap { row in
        snapshot.sites.indices.filter { site == nil || site == $0 }.map {
          Candidate(posting: row, firm: firm, segment: gap.segment, site: $0)
        }
      }
    }
  }
}
