import Atlas

/// What a place can be in a chain. 定位
public enum ChainRole: String, Sendable, CaseIterable {
  /// 可牵头
  case lead
  /// 可参与
  case join
  /// 不宜
  case leave
  /// Neither firms nor figures are known here.
  case unknown

  public var label: Phrase {
    switch self {
    case .lead: Phrase(zh: "可牵头", en: "can lead")
    case .join: Phrase(zh: "可参与配套", en: "can take part")
    case .leave: Phrase(zh: "不宜", en: "better not")
    case .unknown: Phrase(zh: "未知", en: "unknown")
    }
  }
}

/// One chain of the library as it stands at a place: what speaks for it, what against, when to stop. 产业定位
public struct ChainPosition: Sendable, Equatable {
  /// Row of `Snapshot.chains`.
  public let chain: Int
  public let role: ChainRole
  /// Firms of the place on the chain.
  public let firms: Int
  /// Segments of the chain with a firm of the place, and all of them.
  public let present: Int
  public let segments: Int
  /// Location quotient of the whole chain, drawn towards 1 for small places; nil when no heads are known.
  public let quotient: Double?
  /// Mean relatedness density of the segments that are absent; nil without any.
  public let density: Double?
  /// Local supply over local demand, over the segments with known demand.
  public let coverage: Double?
  /// Districts that lead the chain by the city's atlas.
  public let leaders: [String]
  /// Up to three sentences each, strongest first; what is not known is said as such.
  public let reasonsFor: [Phrase]
  public let reasonsAgainst: [Phrase]
  /// When to stop leading the chain.
  public let stop: Phrase
}

/// Every chain of the library at the home district, best first: which can be led here, and which not.
///
/// A chain can be led where it is at least as concentrated as in the nation, has some firms, and no other district leads it. That
/// none can is an answer as well.
/// Complexity: one gap table a chain.
public func findPositions(_ snapshot: Snapshot, models: MatchingModels) -> [ChainPosition] {
  let model = models.choice
  let shares = NationalShares(snapshot, model: model)
  let presence = Presence(
    snapshot, regions: shares.regions, uncommitted: models.suppliers.uncommittedShare.value)
  let places = snapshot.places
  let home = snapshot.district.home
  let localTotal = presence.localHeads.reduce(0, +)
  let nationalTotal = presence.nationalHeads.reduce(0, +)
  var positions = snapshot.chains.indices.map { chain -> ChainPosition in
    let rows = snapshot.segments.rows(ofChain: chain)
    let table = findGaps(
      chain: chain, snapshot: snapshot, shares: shares, presence: presence, model: model)
    let firms = Set(rows.flatMap { presence.localFirms[$0] })
    let local = rows.reduce(0) { $0 + presence.localHeads[$1] }
    let national = rows.reduce(0) { $0 + presence.nationalHeads[$1] }
    let quotient = shrunkenLocationQuotient(
      local: local, localTotal: localTotal, reference: national, referenceTotal: nationalTotal,
      shrinkBy: model.value("lqShrinkEmployees"))
    let absent = rows.filter { presence.localFirms[$0].isEmpty }.compactMap { presence.density[$0] }
    let known = table.rows.filter { ($0.demand.base ?? 0) > 0 }
    let demand = known.reduce(0) { $0 + ($1.demand.base ?? 0) }
    let supply = known.reduce(0) { $0 + min($1.supply.base ?? 0, $1.demand.base ?? 0) }
    let leaders = snapshot.atlas.filter { entry in
      let names = [
        snapshot.chains[chain].id, snapshot.chains[chain].name.zh, snapshot.chains[chain].name.en,
      ]
      let leads = ["主导", "牵头", "lead"].contains { entry.role.contains($0) }
      let isHere = home.contains {
        entry.district.hasSuffix(places.name[$0]) || entry.district == snapshot.district.name
      }
      return leads && names.contains(entry.chain) && !isHere
    }.map(\.district)
    let assets = snapshot.assets.filter { asset in
      home.contains { places.lies(asset.place, in: $0) }
        && asset.segments.contains { rows.contains($0) }
    }
    let targets = snapshot.targets.filter { target in
      target.chain == chain && home.contains { places.lies(target.place, in: $0) }
    }
    let facts = PositionFacts(
      snapshot: snapshot, chain: chain, rows: rows, table: table, firms: firms.count,
      present: rows.count { !presence.localFirms[$0].isEmpty }, quotient: quotient,
      density: absent.isEmpty ? nil : absent.reduce(0, +) / Double(absent.count),
      coverage: demand > 0 ? supply / demand : nil, leaders: leaders,
      heads: headFirms(rows, presence: presence, snapshot: snapshot), assets: assets,
      target: targets.first, model: model)
    return facts.position
  }
  let order: [ChainRole] = [.lead, .join, .leave, .unknown]
  positions.sort { left, right in
    let a = order.firstIndex(of: left.role) ?? 0
    let b = order.firstIndex(of: right.role) ?? 0
    if a != b { return a < b }
    let strength = { (item: ChainPosition) in (item.quotient ?? 0, item.firms) }
    if strength(left) != strength(right) { return strength(left) > strength(right) }
    return left.chain < right.chain
  }
  return positions
}

/// Local firms that are among the nation's first three on a segment of the chain.
private func headFirms(_ rows: Range<Int>, presence: Presence, snapshot: Snapshot) -> [Int] {
  var heads: [Int] = []
  for segment in rows {
    func size(_ firm: Int) -> Double {
      snapshot.postings.rows(of: segment).first { Int(snapshot.postings.firm[$0]) == firm }
        .flatMap { segmentRevenue(posting: $0, snapshot: snapshot) } ?? 0
    }
    for firm in presence.localFirms[segment] where !heads.contains(firm) {
      let own = size(firm)
      guard own > 0 else { continue }
      let larger = presence.nationalFirms[segment].prefix { size($0) > own }.count
      if larger < 3, presence.nationalFirms[segment].count >= 3 { heads.append(firm) }
    }
  }
  return heads
}

/// The facts of one chain at a place, and the sentences that they make.
private struct PositionFacts {
  let snapshot: Snapshot
  let chain: Int
  let rows: Range<Int>
  let table: GapTable
  let firms: Int
  let present: Int
  let quotient: Double?
  let density: Double?
  let coverage: Double?
  let leaders: [String]
  let heads: [Int]
  let assets: [Asset]
  let target: ChainTarget?
  let model: MatchModel

  var position: ChainPosition {
    ChainPosition(
      chain: chain, role: role, firms: firms, present: present, segments: rows.count,
      quotient: firms > 0 ? quotient : nil, density: density, coverage: coverage,
      leaders: leaders, reasonsFor: Array(padded(reasonsFor, isFor: true).prefix(3)),
      reasonsAgainst: Array(padded(reasonsAgainst, isFor: false).prefix(3)), stop: stop)
  }

  private var role: ChainRole {
    if firms == 0 { return target == nil && snapshot.firms.count == 0 ? .unknown : .leave }
    let isStrong =
      (quotient ?? 0) >= model.value("positionLeadQuotient")
      && firms >= Int(model.value("positionLeadFirms"))
    if isStrong { return leaders.isEmpty ? .lead : .join }
    return .join
  }

  private func name(_ segment: Int) -> Phrase { snapshot.segments[segment].name }

  private var reasonsFor: [Phrase] {
    var found: [Phrase] = []
    if firms > 0, let quotient, quotient >= 1 {
      found.append(
        Phrase(
          zh: "从业集中度为全国平均的 \(tenths(quotient)) 倍（小样本已修正）",
          en:
            "employment is \(tenths(quotient)) times as concentrated as in the nation, small samples corrected"
        ))
    }
    if !heads.isEmpty {
      let names = heads.prefix(3).map { snapshot.firms.name[$0] }
      found.append(
        Phrase(
          zh: "有环节内全国前三的企业：\(names.joined(separator: "、"))",
          en:
            "has firms among the nation's first three of a segment: \(names.joined(separator: ", "))"
        ))
    }
    if firms > 0 {
      found.append(
        Phrase(
          zh: "已有 \(firms) 家企业，分布在 \(rows.count) 个环节中的 \(present) 个",
          en: "\(firms) firms on \(present) of \(rows.count) segments"))
    }
    if let coverage, coverage >= 0.3 {
      found.append(
        Phrase(
          zh: "本地需求的 \(percent(coverage)) 本地能供",
          en: "\(percent(coverage)) of local demand is supplied here"))
    }
    if !assets.isEmpty {
      let names = assets.prefix(2).map(\.name)
      found.append(
        Phrase(
          zh: "有 \(assets.count) 个平台或院校可用：\(names.joined(separator: "、"))",
          en: "\(assets.count) platforms or schools serve it: \(names.joined(separator: ", "))"))
    }
    if let target {
      found.append(
        Phrase(
          zh: "已有规划：\(target.year) 年产值目标 \(whole(target.plannedOutput)) 万元"
            + (target.document.map { "（\($0)）" } ?? ""),
          en: "planned: \(whole(target.plannedOutput)) x 10k yuan in \(target.year)"
            + (target.document.map { " (\($0))" } ?? "")))
    }
    return found
  }

  private var reasonsAgainst: [Phrase] {
    var found: [Phrase] = []
    if !leaders.isEmpty {
      found.append(
        Phrase(
          zh: "按全市图谱，\(leaders.joined(separator: "、"))已牵头这条链",
          en: "by the city's atlas \(leaders.joined(separator: ", ")) lead this chain"))
    }
    if firms == 0 {
      found.append(Phrase(zh: "没有一家已挂链的本地企业", en: "no local firm is linked to it"))
    } else if let quotient, quotient < 1 {
      found.append(
        Phrase(
          zh: "从业集中度只有全国平均的 \(tenths(quotient)) 倍",
          en: "employment is only \(tenths(quotient)) times as concentrated as in the nation"))
    }
    let missing = table.rows.filter { $0.gapClass == .supplement }
      .sorted { ($0.criticality ?? 0, $1.segment) > ($1.criticality ?? 0, $0.segment) }
    if firms > 0, !missing.isEmpty {
      let names = missing.prefix(3).map { name($0.segment) }
      found.append(
        Phrase(
          zh: "\(missing.count) 个环节缺失，最关键的是\(names.map(\.zh).joined(separator: "、"))",
          en:
            "\(missing.count) segments are missing, the most critical being \(names.map(\.en).joined(separator: ", "))"
        ))
    }
    let single = table.rows.filter {
      $0.capableFirms > 0 && ($0.effectiveSuppliers ?? 9) < model.value("weakNEff")
    }
    if !single.isEmpty {
      found.append(
        Phrase(
          zh: "\(single.count) 个环节只靠一家供应，一家停产即断链",
          en: "\(single.count) segments rest on a single supplier"))
    }
    if firms > 0, firms < Int(model.value("positionLeadFirms")) {
      found.append(Phrase(zh: "企业只有 \(firms) 家", en: "only \(firms) firms"))
    }
    if let coverage, coverage < 0.3, firms > 0 {
      found.append(
        Phrase(
          zh: "本地需求只有 \(percent(coverage)) 由本地供应",
          en: "only \(percent(coverage)) of local demand is supplied here"))
    }
    if target == nil {
      found.append(
        Phrase(zh: "没有规划产值（chain-targets 表）", en: "no planned output (table chain-targets)"))
    }
    return found
  }

  /// Three lines in any case: what is not known stands where a reason would.
  private func padded(_ reasons: [Phrase], isFor: Bool) -> [Phrase] {
    var lines = reasons
    let unknown: [(Bool, Phrase)] = [
      (
        snapshot.assets.isEmpty,
        Phrase(
          zh: "平台与院校未录入（assets 表），无法判断", en: "platforms and schools are not recorded (table assets)"
        )
      ),
      (
        snapshot.atlas.isEmpty,
        Phrase(
          zh: "全市图谱未录入（atlas 表），不知别区是否牵头", en: "the city's atlas is not recorded (table atlas)")
      ),
      (
        density == nil,
        Phrase(zh: "产业关联密度无法计算（缺全国企业）", en: "relatedness cannot be computed (no national firms)")
      ),
      (
        coverage == nil,
        Phrase(zh: "本地需求未知，自给率无法计算", en: "local demand is unknown, and so is coverage")
      ),
    ]
    for (isUnknown, line) in unknown where isUnknown && lines.count < 3 { lines.append(line) }
    while lines.count < 3 {
      lines.append(
        isFor
          ? Phrase(zh: "再没有别的有利事实", en: "no further fact speaks for it")
          : Phrase(zh: "再没有别的不利事实", en: "no further fact speaks against it"))
    }
    return lines
  }

  private var stop: Phrase {
    let months = Int(model.value("positionStopMonths"))
    let missing = table.rows.filter { $0.gapClass.isOpen }
      .max { ($0.criticality ?? 0, $1.segment) < ($1.criticality ?? 0, $0.segment) }
    guard let missing else {
      return Phrase(
        zh: "\(months) 个月内仍没有本地需求或企业可录入，就不再以此为主导",
        en: "stop when \(months) months bring neither demand nor firms to record")
    }
    let link = name(missing.segment)
    return Phrase(
      zh: "\(months) 个月内“\(link.zh)”仍无企业签约，或规划产值完成不足一半，就不再以此为主导",
      en:
        "stop when \(months) months bring no signature for \(link.en), or less than half of the planned output"
    )
  }

  private func tenths(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }
}
