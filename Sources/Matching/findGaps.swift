import Atlas

/// The gap table of one chain: what the district demands, what it can supply, what is missing, and
/// how sure that is. 缺口分析
///
/// Demand is `D = Σ a·X + Q` with `X = max(observed local output, planned output × segment share)`
/// and `Q` a share of the demand within 300 km. A row is unknown when neither home firms nor a
/// chain target are known.
/// Complexity: segments² for the matrix, plus one pass over the chain's postings.
func findGaps(
  chain chainRow: Int, snapshot: Snapshot, shares: NationalShares, presence: Presence,
  model: MatchModel
) -> GapTable {
  let index = snapshot.segments
  let rows = Array(index.rows(ofChain: chainRow))
  let chain = rows.map { index[$0] }
  let criticality = Criticality(
    chain: chain,
    closure: ChainClosure(chain: chain, snapshot: snapshot, map: model.sectors, model: model))
  let basis = DemandBasis(chainRow, snapshot: snapshot, presence: presence)
  let limits = GapThresholds(model, chainOutput: basis.output.reduce(0) { $0 + $1.value })
  let absent = rows.filter { presence.localFirms[$0].isEmpty }
    .compactMap { presence.density[$0] }.sorted()

  let demands = rows.map { segment in
    demand(for: segment, basis: basis, snapshot: snapshot, shares: shares, model: model)
  }
  let supplies = rows.map { presence.localCapacities[$0].reduce(0, +) }
  let quotients = rows.map { segment in
    quotient(of: segment, presence: presence, shrinkBy: model.value("lqShrinkEmployees"))
  }
  let evidence = rows.indices.map { local in
    GapEvidence(
      demand: demands[local].total, supply: supplies[local],
      capableFirms: presence.localFirms[rows[local]].count,
      effectiveSuppliers: Concentration(amounts: presence.localCapacities[rows[local]])?
        .effectiveSuppliers,
      shrunkLocationQuotient: quotients[local].shrunk,
      isPresent: !presence.localFirms[rows[local]].isEmpty,
      density: presence.density[rows[local]], densityThresholdAtShare: absent,
      neighbours: neighbours(
        of: local, rows: rows, index: index, demands: demands.map(\.total), supplies: supplies,
        quotients: quotients.map(\.shrunk)))
  }
  let classes = evidence.map { basis.isKnown ? classify($0, limits) : GapClass.unknown }
  let openGaps = rows.indices.map { local -> Double? in
    switch classes[local] {
    case .supplement, .strengthen: max(0, demands[local].total - supplies[local])
    case .extend: surplusNeighbour(evidence[local], limits)?.surplus
    default: nil
    }
  }
  let gapRank = percentileRanks(openGaps, floor: model.value("priorityRankFloor"))
  let densityRank = percentileRanks(
    rows.indices.map { classes[$0].isOpen ? evidence[$0].density : nil },
    floor: model.value("priorityRankFloor"))
  let moved = limits.perturbed(by: model.value("thresholdPerturbation"))

  return GapTable(
    chain: chainRow,
    rows: rows.indices.map { local in
      let segment = rows[local]
      let known = basis.isKnown
      let score = LogAdditiveScore([
        .init(
          name: "gap", value: gapRank[local], weight: model.value("priorityWeightGap")),
        .init(
          name: "criticality", value: criticality.mean[local],
          weight: model.value("priorityWeightCriticality")),
        .init(
          name: "feasibility", value: densityRank[local],
          weight: model.value("priorityWeightFeasibility")),
      ])
      let concentration = Concentration(amounts: presence.localCapacities[segment])
      return GapRow(
        segment: segment, gapClass: classes[local],
        robust: known && moved.allSatisfy { classify(evidence[local], $0) == classes[local] },
        demand: demandFigure(demands[local], basis: basis),
        supply: supplyFigure(supplies[local], segment: segment, presence: presence),
        coverage: known && demands[local].total > 0
          ? supplies[local] / demands[local].total : nil,
        openGap: openGaps[local].map {
          Figure(
            Span($0), .wanYuanPerYear, .estimated,
            because: Phrase(zh: "需求减供给", en: "demand less supply"))
        }
          ?? .unknown(.wanYuanPerYear, missing: Phrase(zh: "此环节无缺口", en: "no open gap here")),
        capableFirms: presence.localFirms[segment].count,
        localFirms: presence.localFirms[segment],
        nationalFirms: Array(presence.nationalFirms[segment].prefix(20)),
        hhi: concentration?.herfindahl, effectiveSuppliers: concentration?.effectiveSuppliers,
        locationQuotient: quotients[local].raw, shrunkLocationQuotient: quotients[local].shrunk,
        backward: criticality.backward[local], forward: criticality.forward[local],
        extraction: criticality.extraction[local], betweenness: criticality.betweenness[local],
        criticality: criticality.mean[local], density: evidence[local].density,
        priority: score.value,
        priorityParts: score.parts.compactMap { part in
          part.contribution.map { PriorityPart(name: partName(part.name), logarithm: $0) }
        },
        because: reason(
          classes[local], evidence: evidence[local], limits: limits, index: index,
          segment: segment),
        missing: missingTables(basis: basis, segment: segment, presence: presence, shares: shares))
    })
}

/// Local output of each segment of the chain and where it comes from.
struct DemandBasis {
  struct Output {
    let segment: Int
    let value: Double
    let isPlanned: Bool
  }
  let output: [Output]
  /// True when home firms or a target are known.
  let isKnown: Bool
  let hasTarget: Bool
  let hasFirms: Bool

  init(_ chain: Int, snapshot: Snapshot, presence: Presence) {
    let index = snapshot.segments
    // A buyer in another loaded chain (a laptop plant buying boards) is local demand as well.
    var planned = [Double](repeating: 0, count: index.count)
    var hasTarget = false
    for target in snapshot.targets {
      guard snapshot.district.home.contains(where: { snapshot.places.lies(target.place, in: $0) })
      else { continue }
      let rows = index.rows(ofChain: target.chain)
      if let segment = target.segment {
        planned[segment] += target.plannedOutput
      } else {
        let total = rows.reduce(0) { $0 + index[$1].nationalOutput.value }
        for row in rows where total > 0 {
          planned[row] += target.plannedOutput * index[row].nationalOutput.value / total
        }
      }
      if target.chain == chain { hasTarget = true }
    }
    output = (0..<index.count).compactMap { segment in
      let observed = presence.localOutputs[segment].reduce(0, +)
      let value = max(observed, planned[segment])
      guard value > 0 else { return nil }
      return Output(segment: segment, value: value, isPlanned: planned[segment] > observed)
    }
    hasFirms = index.rows(ofChain: chain).contains { !presence.localFirms[$0].isEmpty }
    self.hasTarget = hasTarget
    isKnown = hasFirms || hasTarget
  }
}

private struct Demand {
  let local: Double
  let catchment: Double
  var total: Double { local + catchment }
}

private func demand(
  for segment: Int, basis: DemandBasis, snapshot: Snapshot, shares: NationalShares,
  model: MatchModel
) -> Demand {
  let id = snapshot.segments[segment].id
  var local = 0.0
  for output in basis.output {
    for input in snapshot.segments[output.segment].inputs where input.segment == id {
      local += input.coefficient.value * output.value
    }
  }
  let near = snapshot.district.home.first.flatMap {
    shares.demandNear(
      $0, segment: segment, radiusKm: model.value("catchmentKm"), places: snapshot.places)
  }
  return Demand(local: local, catchment: (near ?? 0) * model.value("catchmentShare"))
}

private func quotient(
  of segment: Int, presence: Presence, shrinkBy: Double
) -> (raw: Double?, shrunk: Double?) {
  let local = presence.localHeads[segment]
  let localTotal = presence.localHeads.reduce(0, +)
  let reference = presence.nationalHeads[segment]
  let referenceTotal = presence.nationalHeads.reduce(0, +)
  return (
    locationQuotient(
      local: local, localTotal: localTotal, reference: reference, referenceTotal: referenceTotal),
    shrunkenLocationQuotient(
      local: local, localTotal: localTotal, reference: reference,
      referenceTotal: referenceTotal, shrinkBy: shrinkBy)
  )
}

private func neighbours(
  of local: Int, rows: [Int], index: SegmentIndex, demands: [Double], supplies: [Double],
  quotients: [Double?]
) -> [GapEvidence.Neighbour] {
  let own = index[rows[local]]
  return rows.indices.compactMap { other in
    guard other != local, supplies[other] > 0, let quotient = quotients[other] else { return nil }
    let candidate = index[rows[other]]
    let bought = own.inputs.first { $0.segment == candidate.id }?.coefficient.value ?? 0
    let sold = candidate.inputs.first { $0.segment == own.id }?.coefficient.value ?? 0
    let demand = demands[other]
    guard max(bought, sold) > 0 else { return nil }
    return GapEvidence.Neighbour(
      segment: rows[other], coefficient: max(bought, sold), shrunkLocationQuotient: quotient,
      coverage: demand > 0 ? supplies[other] / demand : .greatestFiniteMagnitude,
      surplus: max(0, supplies[other] - demand))
  }
}

private func demandFigure(_ demand: Demand, basis: DemandBasis) -> Figure {
  guard basis.isKnown else {
    return .unknown(
      .wanYuanPerYear,
      missing: Phrase(
        zh: "缺本地企业与链条目标：请填 firms、firm-segments 或 chain-targets 表",
        en: "no home firms and no chain target: fill firms, firm-segments or chain-targets"))
  }
  return Figure(
    Span(demand.total), .wanYuanPerYear, .estimated,
    because: Phrase(
      zh: "本地下游用量 \(whole(demand.local)) 万元 + 300 公里内需求的一部分 \(whole(demand.catchment)) 万元",
      en:
        "local buyers \(whole(demand.local)) + part of demand within 300 km \(whole(demand.catchment)) (10k yuan)"
    ))
}

private func supplyFigure(_ supply: Double, segment: Int, presence: Presence) -> Figure {
  Figure(
    Span(supply), .wanYuanPerYear, presence.capacityRecorded[segment] ? .measured : .estimated,
    because: presence.capacityRecorded[segment]
      ? Phrase(zh: "本地企业登记的可用产能", en: "recorded free capacity of home firms")
      : Phrase(
        zh: "按本地 \(presence.localFirms[segment].count) 家企业营收推算，视为全部可用（假设）",
        en:
          "from revenue of \(presence.localFirms[segment].count) home firms, taken as free (assumed)"
      ))
}

private func partName(_ name: String) -> Phrase {
  switch name {
  case "gap": Phrase(zh: "缺口规模", en: "size of the gap")
  case "criticality": Phrase(zh: "关键度", en: "criticality")
  default: Phrase(zh: "本地可行性", en: "feasibility here")
  }
}

private func missingTables(
  basis: DemandBasis, segment: Int, presence: Presence, shares: NationalShares
) -> [Phrase] {
  var missing: [Phrase] = []
  if !basis.hasTarget {
    missing.append(Phrase(zh: "chain-targets：链条目标产值", en: "chain-targets: planned output"))
  }
  if !basis.hasFirms {
    missing.append(
      Phrase(zh: "firms、firm-segments：本地企业名录", en: "firms, firm-segments: home firms"))
  }
  if !presence.localFirms[segment].isEmpty, !presence.capacityRecorded[segment] {
    missing.append(Phrase(zh: "firm-segments：可用产能", en: "firm-segments: free capacity"))
  }
  if shares.demandValue[segment].isEmpty {
    missing.append(Phrase(zh: "行业就业（census）", en: "industry employment (census)"))
  }
  return missing
}

private func reason(
  _ gapClass: GapClass, evidence: GapEvidence, limits: GapThresholds, index: SegmentIndex,
  segment: Int
) -> Phrase {
  let demand = whole(evidence.demand)
  let supply = whole(evidence.supply)
  let percent =
    evidence.demand > 0 ? whole(evidence.supply / evidence.demand * 100) + "%" : "—"
  switch gapClass {
  case .supplement:
    return evidence.capableFirms == 0
      ? Phrase(
        zh: "本地年需求约 \(demand) 万元，尚无企业能供：缺环。",
        en: "Local demand is about \(demand) (10k yuan/yr) and no firm here supplies it: missing.")
      : Phrase(
        zh:
          "本地年需求约 \(demand) 万元，现有 \(evidence.capableFirms) 家只能供 \(supply) 万元（覆盖 \(percent)，低于 10% 的线）：缺环。",
        en:
          "Local demand is about \(demand); \(evidence.capableFirms) firms supply \(supply) (coverage \(percent), below the 10 % line): missing."
      )
  case .strengthen:
    var zh: [String] = []
    var en: [String] = []
    if evidence.demand > 0, evidence.supply / evidence.demand < limits.weakCoverage {
      zh.append("覆盖率 \(percent) 不足 \(whole(limits.weakCoverage * 100))%")
      en.append("coverage \(percent) is under \(whole(limits.weakCoverage * 100)) %")
    }
    if let quotient = evidence.shrunkLocationQuotient, quotient < limits.weakLq {
      zh.append("区位商 \(oneDecimal(quotient)) 低于 \(oneDecimal(limits.weakLq))")
      en.append("location quotient \(oneDecimal(quotient)) is under \(oneDecimal(limits.weakLq))")
    }
    if (evidence.effectiveSuppliers ?? 0) < limits.weakNEff {
      zh.append("有效供应商仅 \(oneDecimal(evidence.effectiveSuppliers ?? 0)) 家，一家停产即断链")
      en.append(
        "only \(oneDecimal(evidence.effectiveSuppliers ?? 0)) effective suppliers: one stop breaks the chain"
      )
    }
    return Phrase(
      zh: "已有 \(evidence.capableFirms) 家，但" + zh.joined(separator: "；") + "：弱环。",
      en: "\(evidence.capableFirms) firms are here, but " + en.joined(separator: "; ") + ": weak.")
  case .extend:
    let neighbour = surplusNeighbour(evidence, limits)
    let name = neighbour.map { index[$0.segment].name } ?? Phrase(same: "")
    let surplus = whole(neighbour?.surplus ?? 0)
    return Phrase(
      zh: "本地\(name.zh)富余约 \(surplus) 万元/年，可就地深加工：可延。",
      en:
        "\(name.en) has a local surplus of about \(surplus) (10k yuan/yr) to process here: extendable."
    )
  case .steady:
    return Phrase(
      zh: "本地供给 \(supply) 万元对需求 \(demand) 万元，供应商不单一：稳。",
      en: "Local supply \(supply) against demand \(demand), not single-sourced: adequate.")
  case .outside:
    return Phrase(
      zh: "本地需求 \(demand) 万元未到门槛 \(whole(limits.demandFloor)) 万元，也无可延伸的富余：暂不在范围。",
      en:
        "Local demand \(demand) is under the floor \(whole(limits.demandFloor)) and there is no surplus to extend from: out of scope."
    )
  case .unknown:
    return Phrase(
      zh: "本地企业与链条目标都未知，无法判断：请先填 chain-targets 或本地企业名录。",
      en:
        "Neither home firms nor a chain target are known: fill chain-targets or the home firms first."
    )
  }
}
