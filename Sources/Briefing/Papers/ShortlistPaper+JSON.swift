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
    var out = ObjectWriter()
    out.put("rank", .int(entry.rank))
    out.put("rankLow", .optional(entry.rankLow.map(Double.init)))
    out.put("rankHigh", .optional(entry.rankHigh.map(Double.init)))
    out.put("verdict", .string(entry.verdict.rawValue))
    var who = ObjectWriter()
    who.put("id", .int(Int(snapshot.firms.id[firm])))
    who.put("name", .string(context.firm(firm)))
    who.put("place", .optional(snapshot.firms.seat[firm].map { context.place(Int($0)) }))
    who.put("creditCode", .optional(snapshot.firms.creditCode[firm]))
    out.put("firm", who.value)
    out.put("segment", segmentJSON(entry.pairing.segment))
    out.put("remedy", .string(entry.remedy.rawValue))
    var where_ = ObjectWriter()
    where_.put("id", .string(site.id))
    where_.put("name", .string(site.name))
    out.put("site", where_.value)
    out.put("expectedValue", .optional(entry.expectedValue))
    out.put("likelihood", entry.likelihood.map(spanJSON) ?? .null)
    out.put("worth", figureJSON(entry.worth))
    var freight = ObjectWriter()
    freight.put("inboundSaving", figureJSON(entry.freight.inbound.saving))
    freight.put("outboundSaving", figureJSON(entry.freight.outbound.saving))
    freight.put("unit", .string("万元/年"))
    out.put("freight", freight.value)
    var labour = ObjectWriter()
    labour.put("occupation", .optional(entry.labour.occupation))
    labour.put("needed", .optional(entry.labour.needed.base))
    labour.put("available", .optional(entry.labour.available.base))
    labour.put("fillProbability", .optional(entry.labour.fillProbability))
    out.put("labour", labour.value)
    var sourcing = ObjectWriter()
    sourcing.put("share", .optional(entry.localSourcing.share))
    sourcing.put("matched", .int(entry.localSourcing.matched))
    sourcing.put("needed", .int(entry.localSourcing.needed))
    out.put("localSourcing", sourcing.value)
    out.put("readings", .array(entry.readings.map(readingJSON)))
    var project = ObjectWriter()
    project.put("kind", .string(entry.project.kind.rawValue))
    project.put("output", figureJSON(entry.project.output))
    project.put("tonnesIn", figureJSON(entry.project.tonnesIn))
    project.put("tonnesOut", figureJSON(entry.project.tonnesOut))
    project.put("heads", figureJSON(entry.project.heads))
    out.put("project", project.value)
    out.put("alsoAt", .array(entry.alsoAt.map(alsoJSON)))
    out.put("warnings", .array(entry.warnings.map(warningJSON)))
    out.put("unknowns", .array(entry.unknowns.map { .string($0[language]) }))
    out.put("evidence", .array(provenances(entry).compactMap(evidenceJSON)))
    out.put("why", .string(entry.why[language]))
    return out.value
  }

  private func alsoJSON(_ other: AlsoAt) -> JSONValue {
    var out = ObjectWriter()
    out.put("segment", segmentJSON(other.pairing.segment))
    out.put("site", .string(context.snapshot.sites[other.pairing.site].id))
    out.put("expectedValue", .number(other.expectedValue))
    return out.value
  }

  private func warningJSON(_ warning: Warning) -> JSONValue {
    var out = ObjectWriter()
    out.put("kind", .string(warning.kind))
    out.put("text", .string(warning.text[language]))
    return out.value
  }

  private func evidenceJSON(_ line: Provenance) -> JSONValue? {
    guard context.snapshot.sources.indices.contains(Int(line.source)) else { return nil }
    let source = context.snapshot.sources[Int(line.source)]
    var out = ObjectWriter()
    out.put("source", .string(source.name))
    out.put("line", .int(Int(line.line)))
    out.put("knownOn", .string(source.knownOn.iso))
    return out.value
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

/// Writes the members of an object in order. JSON 对象
private struct ObjectWriter {
  private var pairs: [(key: String, value: JSONValue)] = []

  mutating func put(_ key: String, _ value: JSONValue) { pairs.append((key, value)) }
  var value: JSONValue { .object(pairs) }
}
