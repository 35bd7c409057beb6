public import Atlas

/// Where one firm's project would go by the card, over many places. 项目去向
public struct PlaceRanking: Sendable, Equatable {
  /// One place with its part of the choice.
  public struct Line: Sendable, Equatable {
    /// Row of `Places`.
    public let place: Int
    /// From 1; equal utilities share the smaller rank.
    public let rank: Int
    /// Utils against staying, one a term of `Term.allCases`.
    public let terms: [Double]
    public let utility: Double
  }

  public let pairing: Pairing
  /// Best first; the home place without its constant, like every other.
  public let lines: [Line]
  /// Terms that are known at every place compared; the others say nothing here.
  public let known: [Bool]
  /// Which cost parts (freight in, out, wages, energy, land) the yearly cost holds.
  public let keptCosts: [Bool]
  /// Rows of `Places` that lack what four fifths of the places have; they are not compared.
  public let leftOut: [Int]
}

/// Ranks places for a firm's best pairing by the utilities of the card alone.
///
/// Every place is read as a rival would be: customers near it, its own labour, suppliers and
/// prices. No place has a constant, so what a district's own effort adds is not in it. A fact that
/// staying and four fifths of the places have is kept, and places without it are left out; a fact
/// that fewer have is compared nowhere.
/// Unknown: nil when the firm has no confirmed link on a led chain, or no origin.
/// - Parameter places: rows of `Places`; the home places are always among them.
/// Complexity: one freight table a segment over the places, then one reading a place.
public func rankPlaces(
  firm: Int, places: [Int], snapshot: Snapshot, models: MatchingModels
) -> PlaceRanking? {
  var wide = snapshot
  wide.district.rivals = places
  let room = MatchingRoom(wide, models: models, reading: [firm])
  guard let item = room.bestPairing(of: firm, site: nil), let stay = item.stay else { return nil }
  let output = item.project.output.base
  let all = item.alternatives
  func isCommon(_ has: (Alternative) -> Bool) -> Bool {
    has(stay) && all.count(where: has) * 5 >= all.count * 4
  }
  let costs = (0..<5).filter { part in
    output != nil && isCommon { $0.costParts[part] != nil }
  }
  let kept = (0..<5).map(costs.contains)
  let terms = Term.allCases.filter { term in
    isCommon {
      term == .annualCost || $0.value(of: term, costParts: kept, output: output ?? 0) != nil
    }
  }
  let compared = all.filter { place in
    costs.allSatisfy { place.costParts[$0] != nil }
      && terms.allSatisfy {
        $0 == .annualCost || place.value(of: $0, costParts: kept, output: output ?? 0) != nil
      }
  }
  let choice = Choice(compared, stay: stay, canStay: true, output: output)
  let coefficients = models.choice.coefficients
  let lines = compared.indices.map { index in
    Term.allCases.map { term in
      choice.terms.firstIndex(of: term).map {
        choice.difference[$0][index].base * coefficients[term.index]
      } ?? 0
    }
  }
  let utilities = lines.map { $0.reduce(0, +) }
  let order = utilities.indices.sorted {
    (-utilities[$0], compared[$0].place) < (-utilities[$1], compared[$1].place)
  }
  let seen = Set(compared.map(\.place))
  return PlaceRanking(
    pairing: Pairing(
      firm: firm, segment: item.candidate.segment, site: item.candidate.site),
    lines: order.map { index in
      PlaceRanking.Line(
        place: compared[index].place, rank: 1 + utilities.count { $0 > utilities[index] },
        terms: lines[index], utility: utilities[index])
    }, known: Term.allCases.map(choice.terms.contains), keptCosts: choice.keptCosts,
    leftOut: all.map(\.place).filter { !seen.contains($0) })
}
