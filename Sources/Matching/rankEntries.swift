import Atlas
import Freight

extension MatchingRoom {
  /// Chooses each firm's best pairing, puts the firms in order of expected value, draws how far the
  /// order can move, and gives the verdicts.
  ///
  /// Only the first `listed` firms of the list and of every site, the first ones of every segment and
  /// those that are wanted in detail get full readings: the rest keep their place and value. Ties are
  /// broken by firm id; a firm whose expected value is unknown comes after all others.
  /// - Complexity: O(pairings · log pairings), and full readings for the listed.
  func rank(
    _ scored: [ScoredPairing], in table: GapTable, excluded: [Exclusion], seed: UInt64,
    listed: Int, workers: Workers
  ) -> Ranking {
    let best = bestOfEachFirm(scored)
    let drawn = min(best.count, Int(model.value("rankCandidates") * model.value("listLength")))
    let positions = findListed(best, drawn: drawn, listed: listed)
    let assessed = workers.map(positions.count) {
      assess(best[positions[$0]].candidate, in: table)
    }
    let wantedFirms = Set(assessed.map(\.candidate.firm))
    let pairings = Dictionary(
      grouping: scored.lazy.filter { wantedFirms.contains($0.candidate.firm) },
      by: \.candidate.firm)
    let stake = model.stakePerWorth
    let candidates = assessed.prefix(drawn).compactMap { item -> RankDraws.Candidate? in
      guard let choice = item.choice, let worth = item.worth.value.span else { return nil }
      return RankDraws.Candidate(
        firmId: snapshot.firms.id[item.candidate.firm], choice: choice, stake: worth * stake,
        visitCost: item.visitCost)
    }
    let draws = RankDraws.run(candidates, model: model, seed: seed)
    let wanted = zip(positions, assessed).filter { position, item in
      item.origin != nil && isDetailed(item.candidate.firm, rank: position + 1)
    }.map(\.1)
    let changed = changedDesks(for: wanted, workers: workers)
    var rangeOfRow = [Int?](repeating: nil, count: assessed.count)
    var drawRow = 0
    for (row, item) in assessed.prefix(drawn).enumerated()
    where item.choice != nil && item.worth.value.span != nil {
      rangeOfRow[row] = drawRow
      drawRow += 1
    }
    let ranges = rangeOfRow
    let segments = Set(assessed.map(\.candidate.segment)).sorted()
    let heads = Dictionary(
      uniqueKeysWithValues: zip(
        segments, workers.map(segments.count) { SegmentHeads(segments[$0], in: snapshot) }))
    var entries = workers.map(assessed.count) { row in
      entry(
        assessed[row], rank: positions[row] + 1, draws: ranges[row].map { draws[$0] },
        others: pairings[assessed[row].candidate.firm] ?? [], heads: heads, changed: changed)
    }
    addViews(to: &entries, of: best)
    let known = best.filter { $0.expectedValue != nil }
    return Ranking(
      chain: table.chain, pairings: scored.count, considered: best.count + excluded.count,
      entries: entries, excluded: excluded, tauSize: tauAgainstSize(known),
      tauPlace: tauAgainstPlace(known),
      standings: Standings(best.map { ($0.candidate.firm, $0.expectedValue) }))
  }

  /// What a list's firms with signals were worth on another day with the same facts, by row of
  /// `Firms`: time reaches a value through signals alone.
  func values(
    of scored: [ScoredPairing], on day: Day, in table: GapTable, workers: Workers
  ) -> [Int: Double] {
    var then = self
    then.asOf = day
    let moving = scored.map(\.candidate).filter { !snapshot.signals[$0.firm].isEmpty }
    return then.score(moving, in: table, workers: workers).reduce(into: [:]) { values, item in
      guard let value = item.expectedValue else { return }
      values[item.candidate.firm] = max(values[item.candidate.firm] ?? value, value)
    }
  }

  /// Positions of the firms that get full readings, ascending.
  private func findListed(_ best: [ScoredPairing], drawn: Int, listed: Int) -> [Int] {
    let ofSegment = Int(model.value("rankCandidates") * model.value("listLength"))
    var sites = [Int](repeating: 0, count: snapshot.sites.count)
    var segments = [Int](repeating: 0, count: snapshot.segments.count)
    return best.indices.filter { position in
      let candidate = best[position].candidate
      sites[candidate.site] += 1
      segments[candidate.segment] += 1
      return position < max(drawn, listed) || sites[candidate.site] <= listed
        || segments[candidate.segment] <= min(listed, ofSegment)
        || detailed.contains(candidate.firm)
    }
  }

  /// The best pairing of every firm, best first.
  private func bestOfEachFirm(_ scored: [ScoredPairing]) -> [ScoredPairing] {
    var row = [Int32](repeating: -1, count: snapshot.firms.count)
    var firms: [Int] = []
    for (index, item) in scored.enumerated() {
      let firm = item.candidate.firm
      if row[firm] < 0 {
        firms.append(firm)
        row[firm] = Int32(index)
      } else if comesFirst(item, scored[Int(row[firm])]) {
        row[firm] = Int32(index)
      }
    }
    return firms.map { scored[Int(row[$0])] }.sorted(by: comesFirst)
  }

  /// True when a brief will want the firm's bills lane by lane.
  private func isDetailed(_ firm: Int, rank: Int) -> Bool {
    detailed.contains(firm) || rank <= detailedTop
  }

  private func comesFirst(_ left: ScoredPairing, _ right: ScoredPairing) -> Bool {
    switch (left.expectedValue, right.expectedValue) {
    case (let a?, let b?) where a != b: return a > b
    case (.some, nil): return true
    case (nil, .some): return false
    default:
      // Rows of firms ascend with their ids.
      return (left.candidate.firm, left.candidate.segment, left.candidate.site)
        < (right.candidate.firm, right.candidate.segment, right.candidate.site)
    }
  }

  private func tauAgainstSize(_ list: [ScoredPairing]) -> Double? {
    let sized = list.filter { snapshot.firms.revenue[$0.candidate.firm] != nil }
    return kendallTau(
      sized.map { $0.expectedValue ?? 0 },
      sized.map { Double(snapshot.firms.revenue[$0.candidate.firm] ?? 0) })
  }

  /// Against what the origin alone would say: the mean expected value of the other firms there.
  private func tauAgainstPlace(_ list: [ScoredPairing]) -> Double? {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    var total = 0.0
    for item in list {
      let place = item.origin ?? -1
      sums[place, default: (0, 0)].sum += item.expectedValue ?? 0
      sums[place, default: (0, 0)].count += 1
      total += item.expectedValue ?? 0
    }
    guard !list.isEmpty else { return nil }
    let mean = total / Double(list.count)
    let byPlace = list.map { item -> Double in
      let (sum, count) = sums[item.origin ?? -1] ?? (0, 0)
      return count > 1 ? (sum - (item.expectedValue ?? 0)) / (count - 1) : mean
    }
    return kendallTau(list.map { $0.expectedValue ?? 0 }, byPlace)
  }

  private func entry(
    _ item: Assessment, rank: Int, draws: RankDraws?, others: [ScoredPairing],
    heads: [Int: SegmentHeads], changed: [(change: Sensitivity, desk: FreightDesk)]
  ) -> Entry {
    let firm = item.candidate.firm
    let dropped = item.choice?.dropped ?? Term.allCases
    let unknownShare = model.unknownShare(dropped)
    let warnings = findWarnings(item.candidate)
    let place = snapshot.sites[item.candidate.site].place
    let origin =
      item.origin
      ?? Origin(basis: .median, places: [WeightedPlace(place: place, weight: 1)], plausible: [])
    var freight = item.freight ?? .unknown(nearShare: desk.nearShare)
    let isDetailed = isDetailed(firm, rank: rank)
    if isDetailed, item.origin != nil {
      freight = freight.withLanes(
        project: item.project, segment: item.candidate.segment, origin: origin, site: place,
        desk: desk, snapshot: snapshot, shares: shares)
    }
    if isDetailed { freight.sensitivities = sensitivities(item, freight, changed) }
    let head = segmentRevenue(posting: item.candidate.posting, snapshot: snapshot)
      .flatMap { heads[item.candidate.segment]?.place(ofRevenue: $0) }
    let readings = self.readings(item)
    var entry = Entry(
      rank: rank, rankLow: draws?.low, rankHigh: draws?.high, topTen: draws?.topTen,
      topThirty: draws?.topThirty,
      verdict: verdict(
        expectedValue: item.expectedValue, draws: draws, unknownShare: unknownShare,
        flagged: warnings.contains { $0.isRiskFlag }),
      pairing: Pairing(firm: firm, segment: item.candidate.segment, site: item.candidate.site),
      remedy: item.gap.gapClass, project: item.project, origin: origin,
      likelihood: item.likelihood, worth: item.worth.value,
      worthWithoutDisplacement: item.worth.withoutDisplacement,
      expectedValue: item.expectedValue, visitCost: item.visitCost, readings: readings,
      unknownShare: unknownShare, freight: freight, labour: item.labour,
      labourPlan: item.labourPlan,
      localSourcing: item.sourcing, yearlyCosts: costLines(item), warnings: warnings,
      ties: TieSummary(snapshot.ties[firm]),
      moment: Moment(snapshot.signals[firm], asOf: snapshot.asOf, model: models.signals),
      headRank: head?.rank, headShare: head?.share,
      alsoAt: others.compactMap { other in
        guard other.candidate != item.candidate, let value = other.expectedValue else { return nil }
        return AlsoAt(
          pairing: Pairing(
            firm: firm, segment: other.candidate.segment, site: other.candidate.site),
          expectedValue: value)
      }.sorted { $0.expectedValue > $1.expectedValue },
      why: why(item, freight: freight), levers: levers(item), unknowns: unknowns(item, dropped))
    if isDetailed { entry.moving = movingCost(item) }
    return entry
  }

  /// The verdict by the card's thresholds, in their order.
  func verdict(
    expectedValue: Double?, draws: RankDraws?, unknownShare: Double, flagged: Bool
  ) -> Verdict {
    if let expectedValue, expectedValue <= 0 { return .hold }
    guard let draws else { return .watch }
    if draws.topTen >= model.value("topPriorityProbability"),
      unknownShare <= model.value("maxUnknownShare"), !flagged
    {
      return .visitFirst
    }
    return draws.topThirty >= model.value("visitProbability") ? .visit : .watch
  }

  /// Warnings for a person to weigh: the cautions of the screens, and earlier refusals.
  private func findWarnings(_ candidate: Candidate) -> [Warning] {
    let firm = candidate.firm
    var warnings = screens.warnings(
      firm: firm, segment: candidate.segment, site: candidate.site
    ).map { Warning(kind: $0.key, text: $0.text(snapshot.firms)) }
    for outcome in snapshot.outcomes[firm] where outcome.kind == "refused" {
      warnings.append(
        Warning(
          kind: "refused",
          text: Phrase(
            zh: "\(outcome.date.iso) 曾婉拒" + (outcome.reason.map { "：\($0)" } ?? ""),
            en: "declined on \(outcome.date.iso)" + (outcome.reason.map { ": \($0)" } ?? ""))))
    }
    return warnings
  }

  private func costLines(_ item: Assessment) -> [YearlyCostLine] {
    guard let stay = item.stay else { return [] }
    let share = models.freight.model[.environmentalShare].span
    let environment =
      snapshot.segments[item.candidate.segment].environment.isEmpty
      ? Span.zero : item.project.output.base.map { share * $0 }
    func line(_ facts: Alternative, _ role: YearlyCostLine.Role) -> YearlyCostLine {
      YearlyCostLine(
        role: role, place: facts.place, freightIn: facts.freightIn?.ordered,
        freightOut: facts.freightOut?.ordered, wages: facts.wages, energy: facts.energy,
        land: facts.land, environment: environment)
    }
    var lines: [YearlyCostLine] = []
    for facts in item.alternatives where facts.role == .here { lines.append(line(facts, .here)) }
    lines.append(line(stay, .today))
    for facts in item.alternatives where facts.role == .homeSite {
      lines.append(line(facts, .homeSite))
    }
    for facts in item.alternatives where facts.role == .rival { lines.append(line(facts, .rival)) }
    return lines
  }
}

extension FreightBills {
  /// Bills of a firm of which nothing is known.
  static func unknown(nearShare: Span) -> FreightBills {
    let missing = Phrase(zh: "现址与规模未知", en: "origin and size unknown")
    let bill = FreightBill(
      tonnes: .unknown(.tonnesPerYear, missing: missing),
      today: .unknown(.wanYuanPerYear, missing: missing),
      here: .unknown(.wanYuanPerYear, missing: missing),
      saving: .unknown(.wanYuanPerYear, missing: missing))
    return FreightBills(
      inbound: bill, outbound: bill, outboundToday: bill, outboundNear: bill,
      breakEvenNearShare: nil, neverSaves: false, nearShare: nearShare, lanes: [])
  }
}
