import Atlas
import Briefing
import Matching

/// The machine-readable answer of `shortlist`, field by field as the contract has it. 机读名单
func answer(
  _ publication: Publication, _ ranking: Ranking, run: String, snapshot: Snapshot, limit: Int
) -> JSONValue {
  .object([
    ("run", .string(run)), ("asOf", .string(publication.asOf.iso)),
    ("model", .string(publication.model)), ("chain", .string(snapshot.chains[ranking.chain].id)),
    ("isSample", .bool(snapshot.district.isSample)), ("considered", .int(ranking.considered)),
    ("pairings", .int(ranking.pairings)), ("excluded", .int(ranking.excluded.count)),
    ("tauSize", .optional(ranking.tauSize)), ("tauPlace", .optional(ranking.tauPlace)),
    ("listed", .int(ranking.standings.count)),
    ("entries", .array(ranking.entries.prefix(limit).map { answer($0, snapshot) })),
    (
      "gaps",
      .array(
        (publication.gaps.first { $0.chain == ranking.chain }?.rows ?? []).map { row in
          .object([
            ("segment", .string(snapshot.segments[row.segment].id)),
            ("class", .string(row.gapClass.rawValue)),
          ])
        })
    ),
    (
      "excludedByReason",
      .object(
        Dictionary(grouping: ranking.excluded, by: \.reason).sorted { $0.key < $1.key }
          .map { ($0.key, .int($0.value.count)) })
    ),
    (
      "exclusions",
      .array(
        ranking.excluded.prefix(max(limit, 500)).map { item in
          .object([
            ("firm", firm(item.firm, snapshot)), ("reason", .string(item.reason)),
            ("because", .string(item.because.zh)),
          ])
        })
    ),
  ])
}

/// One entry.
func answer(_ entry: Entry, _ snapshot: Snapshot) -> JSONValue {
  let segment = snapshot.segments[entry.pairing.segment]
  let site = snapshot.sites[entry.pairing.site]
  return .object([
    ("rank", .int(entry.rank)), ("machineRank", .int(entry.machineRank ?? entry.rank)),
    (
      "override",
      entry.override.map { decision in
        .object([
          ("text", .string(decision.text(.zhHans))), ("because", .string(decision.because)),
          ("by", .string(decision.by)), ("at", .string(decision.at)),
          ("document", .optional(decision.document)),
        ])
      } ?? .null
    ), ("rankLow", optional(entry.rankLow)),
    ("rankHigh", optional(entry.rankHigh)), ("verdict", .string(entry.verdict.rawValue)),
    ("firm", firm(entry.pairing.firm, snapshot)),
    ("chain", .string(snapshot.chains[snapshot.segments.chain[entry.pairing.segment]].id)),
    ("segment", .object([("id", .string(segment.id)), ("name", .string(segment.name.zh))])),
    ("remedy", .string(entry.remedy.rawValue)),
    ("site", .object([("id", .string(site.id)), ("name", .string(site.name))])),
    ("expectedValue", .optional(entry.expectedValue)),
    ("likelihood", .optional(entry.likelihood?.base)),
    ("likelihoodRange", span(entry.likelihood)), ("worth", .optional(entry.worth.base)),
    ("worthWithoutDisplacement", .optional(entry.worthWithoutDisplacement.base)),
    ("visitCost", .number(entry.visitCost)),
    (
      "freight",
      .object([
        ("inboundSaving", span(entry.freight.inbound.saving.span)),
        ("outboundSaving", span(entry.freight.outbound.saving.span)),
        ("outboundSavingToday", span(entry.freight.outboundToday.saving.span)),
        ("outboundSavingNear", span(entry.freight.outboundNear.saving.span)),
        ("breakEvenNearShare", .optional(entry.freight.breakEvenNearShare)),
        ("neverSaves", .bool(entry.freight.neverSaves)),
        ("basis", .string(basisName(entry.origin.basis))),
      ])
    ),
    (
      "labour",
      .object([
        ("occupation", .optional(entry.labour.occupation)),
        ("needed", .optional(entry.labour.needed.base)),
        ("available", .optional(entry.labour.available.base)),
        ("fillProbability", .optional(entry.labour.fillProbability)),
      ])
    ),
    (
      "localSourcing",
      .object([
        ("share", .optional(entry.localSourcing.share)),
        ("matched", .int(entry.localSourcing.matched)),
        ("needed", .int(entry.localSourcing.needed)),
        (
          "suppliers",
          .array(
            entry.localSourcing.suppliers.map { line in
              .object([
                ("segment", .string(snapshot.segments[line.segment].id)),
                ("firm", firm(line.firm, snapshot)), ("shareOfNeed", .number(line.shareOfNeed)),
                ("distanceKm", .optional(line.distanceKm)),
              ])
            })
        ),
      ])
    ),
    ("readings", .array(entry.readings.map(reading))),
    (
      "project",
      .object([
        ("kind", .string(entry.project.kind.rawValue)), ("output", figure(entry.project.output)),
        ("heads", figure(entry.project.heads)), ("tonnesIn", figure(entry.project.tonnesIn)),
        ("tonnesOut", figure(entry.project.tonnesOut)),
        ("investment", figure(entry.project.investment)), ("land", figure(entry.project.landMu)),
      ])
    ),
    ("unknownShare", .number(entry.unknownShare)), ("topTen", .optional(entry.topTen)),
    ("topThirty", .optional(entry.topThirty)), ("headRank", optional(entry.headRank)),
    ("headShare", .optional(entry.headShare)), ("pull", optional(entry.pull)),
    ("rankWithoutDisplacement", optional(entry.rankWithoutDisplacement)),
    (
      "warnings",
      .array(
        entry.warnings.map {
          .object([("kind", .string($0.kind)), ("text", .string($0.text.zh))])
        })
    ),
    (
      "alsoAt",
      .array(
        entry.alsoAt.map { other in
          .object([
            ("segment", .string(snapshot.segments[other.pairing.segment].id)),
            ("site", .string(snapshot.sites[other.pairing.site].id)),
            ("expectedValue", .number(other.expectedValue)),
          ])
        })
    ),
    ("evidence", .array(evidence(entry, snapshot).map { .string($0) })),
    ("why", .string(entry.why.zh)), ("levers", .array(entry.levers.map { .string($0.zh) })),
    ("unknowns", .array(entry.unknowns.map { .string($0.zh) })),
  ])
}

/// The lines of the source files that an entry stands on.
private func evidence(_ entry: Entry, _ snapshot: Snapshot) -> [String] {
  let firm = entry.pairing.firm
  var records: [Provenance] = [snapshot.firms.provenance[firm]]
  records += snapshot.plants[firm].map(\.provenance)
  records += snapshot.projects[firm].map(\.provenance)
  records += snapshot.lanes[firm].map(\.provenance)
  records += snapshot.signals[firm].map(\.provenance)
  var lines: [String] = []
  for record in records.sorted() {
    let source = snapshot.sources[Int(record.source)]
    let line = "\(source.name) 第 \(record.line) 行（\(source.kind)）"
    if lines.last != line { lines.append(line) }
  }
  return lines
}

/// The machine-readable answer of `gaps`.
func answer(_ table: GapTable, _ snapshot: Snapshot) -> JSONValue {
  .object([
    ("chain", .string(snapshot.chains[table.chain].id)),
    ("closure", .string(snapshot.closureNote[Clock.language])),
    (
      "rows",
      .array(
        table.rows.map { row in
          .object([
            (
              "segment",
              .object([
                ("id", .string(snapshot.segments[row.segment].id)),
                ("name", .string(snapshot.segments[row.segment].name.zh)),
              ])
            ),
            ("place", .string(snapshot.district.name)), ("class", .string(row.gapClass.rawValue)),
            ("robust", .bool(row.robust)), ("demand", .optional(row.demand.base)),
            ("supply", .optional(row.supply.base)), ("coverage", .optional(row.coverage)),
            ("openGap", .optional(row.openGap.base)), ("capableFirms", .int(row.capableFirms)),
            ("hhi", .optional(row.hhi)), ("backward", .optional(row.backward)),
            ("forward", .optional(row.forward)), ("extraction", .optional(row.extraction)),
            ("betweenness", .optional(row.betweenness)), ("density", .optional(row.density)),
            ("locationQuotient", .optional(row.locationQuotient)),
            ("shrunkLocationQuotient", .optional(row.shrunkLocationQuotient)),
            ("priority", .optional(row.priority)),
            (
              "priorityParts",
              .array(
                row.priorityParts.map {
                  .object([("name", .string($0.name.zh)), ("logarithm", .number($0.logarithm))])
                })
            ),
            ("because", .string(row.because.zh)),
            ("missing", .array(row.missing.map { .string($0.zh) })),
          ])
        })
    ),
  ])
}

func firm(_ row: Int, _ snapshot: Snapshot) -> JSONValue {
  .object([
    ("id", .string("\(snapshot.firms.id[row])")), ("name", .string(snapshot.firms.name[row])),
    (
      "place",
      .optional(snapshot.firms.seat[row].map { snapshot.places.name[Int($0)] })
    ),
  ])
}

/// The same under a name of its own, where `firm` is taken.
func firmAnswer(_ row: Int, _ snapshot: Snapshot) -> JSONValue { firm(row, snapshot) }

func span(_ span: Span?) -> JSONValue {
  guard let span else {
    return .object([("low", .null), ("base", .null), ("high", .null)])
  }
  return .object([
    ("low", .number(span.low)), ("base", .number(span.base)), ("high", .number(span.high)),
  ])
}

func figure(_ figure: Figure) -> JSONValue {
  .object([
    ("value", .optional(figure.base)), ("low", .optional(figure.span?.ordered.low)),
    ("high", .optional(figure.span?.ordered.high)), ("unit", .string(figure.unit.symbol.zh)),
    ("grade", .string(figure.grade.rawValue)), ("because", .string(figure.because.zh)),
  ])
}

func reading(_ reading: Reading) -> JSONValue {
  .object([
    ("term", .string(reading.term)), ("label", .string(reading.label.zh)),
    ("utility", .optional(reading.utility?.base)), ("value", .optional(reading.value.base)),
    ("valueAtOrigin", .optional(reading.valueAtOrigin?.base)),
    ("unit", .string(reading.value.unit.symbol.zh)),
    ("grade", .string(reading.value.grade.rawValue)),
    (
      reading.utility == nil ? "missing" : "because", .string(reading.value.because.zh)
    ),
  ])
}

private func optional(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }

private func basisName(_ basis: Origin.Basis) -> String {
  switch basis {
  case .plants: "plants"
  case .seat: "seat"
  case .median: "unknown"
  }
}
