import Atlas
import Matching

extension ShortlistPaper {
  /// The list as data; names and fields as in the contract, section 3. Unknown is null.
  public func json() -> JSONValue {
    .object([
      ("run", .string(context.run)), ("asOf", .string(context.publication.asOf.iso)),
      ("model", .string(context.publication.model)),
      ("chain", .string(context.snapshot.chains[ranking.chain].id)),
      ("sample", .bool(context.snapshot.district.isSample)),
      ("disclaimer", .string(context.listDisclaimer)),
      ("entries", .array(entries.map(json))),
    ])
  }

  /// One entry; also what `explain` prints.
  public func json(_ entry: Entry) -> JSONValue {
    let snapshot = context.snapshot
    let firm = entry.pairing.firm
    let site = snapshot.sites[entry.pairing.site]
    let project = entry.project
    return .object([
      ("rank", .int(entry.rank)), ("rankLow", entry.rankLow.map { .int($0) } ?? .null),
      ("rankHigh", entry.rankHigh.map { .int($0) } ?? .null),
      ("verdict", .string(entry.verdict.rawValue)),
      (
        "firm",
        .object([
          ("id", .int(Int(snapshot.firms.id[firm]))), ("name", .string(context.firm(firm))),
          ("place", .optional(snapshot.firms.seat[firm].map { context.place(Int($0)) })),
          ("creditCode", .optional(snapshot.firms.creditCode[firm])),
        ])
      ),
      ("segment", segmentJSON(entry.pairing.segment)),
      ("remedy", .string(entry.remedy.rawValue)),
      ("site", .object([("id", .string(site.id)), ("name", .string(site.name))])),
      ("expectedValue", .optional(entry.expectedValue)),
      ("likelihood", entry.likelihood.map(spanJSON) ?? .null),
      ("worth", figureJSON(entry.worth)),
      (
        "freight",
        .object([
          ("inboundSaving", figureJSON(entry.freight.inbound.saving)),
          ("outboundSaving", figureJSON(entry.freight.outbound.saving)),
          ("unit", .string("万元/年")),
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
        ])
      ),
      ("readings", .array(entry.readings.map(readingJSON))),
      (
        "project",
        .object([
          ("kind", .string(project.kind.rawValue)), ("output", figureJSON(project.output)),
          ("tonnesIn", figureJSON(project.tonnesIn)), ("tonnesOut", figureJSON(project.tonnesOut)),
          ("heads", figureJSON(project.heads)),
        ])
      ),
      (
        "alsoAt",
        .array(
          entry.alsoAt.map { other in
            .object([
              ("segment", segmentJSON(other.pairing.segment)),
              ("site", .string(snapshot.sites[other.pairing.site].id)),
              ("expectedValue", .number(other.expectedValue)),
            ])
          })
      ),
      (
        "warnings",
        .array(
          entry.warnings.map {
            .object([("kind", .string($0.kind)), ("text", .string($0.text[language]))])
          })
      ),
      ("unknowns", .array(entry.unknowns.map { .string($0[language]) })),
      (
        "evidence",
        .array(
          provenances(entry).compactMap { line -> JSONValue? in
            guard snapshot.sources.indices.contains(Int(line.source)) else { return nil }
            let source = snapshot.sources[Int(line.source)]
            return .object([
              ("source", .string(source.name)), ("line", .int(Int(line.line))),
              ("knownOn", .string(source.knownOn.iso)),
            ])
          })
      ),
      ("why", .string(entry.why[language])),
    ])
  }

  private func segmentJSON(_ row: Int) -> JSONValue {
    .object([
      ("id", .string(context.snapshot.segments[row].id)), ("name", .string(context.segment(row))),
    ])
  }

  private func spanJSON(_ span: Span) -> JSONValue {
    let ordered = span.ordered
    return .object([
      ("low", .number(ordered.low)), ("base", .number(ordered.base)),
      ("high", .number(ordered.high)),
    ])
  }

  private func figureJSON(_ figure: Figure) -> JSONValue { figure.span.map(spanJSON) ?? .null }

  private func readingJSON(_ reading: Reading) -> JSONValue {
    var pairs: [(key: String, value: JSONValue)] = [
      ("term", .string(reading.term)), ("utility", .optional(reading.utility?.base)),
      ("value", .optional(reading.value.base)),
      ("unit", .string(reading.value.unit.symbol[language])),
      ("grade", .string(reading.value.grade.rawValue)),
    ]
    let word: JSONValue = .string(reading.value.because[language])
    pairs.append(reading.value.span == nil ? ("missing", word) : ("because", word))
    return .object(pairs)
  }
}
