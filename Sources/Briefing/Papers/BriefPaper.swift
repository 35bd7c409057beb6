import Atlas
import Matching

/// Composes the negotiation brief: one page, the picture, four pages, the annex. 谈判方案
public struct BriefPaper {
  let context: PaperContext
  let request: BriefRequest
  var cite: Citations
  let chain: Int
  let gate: LegalityGate

  public init(_ context: PaperContext, _ request: BriefRequest) {
    self.context = context
    self.request = request
    cite = Citations(context)
    chain = context.chain(ofSegment: request.entry.pairing.segment)
    gate = LegalityGate(context.permitted)
  }

  /// The whole paper in the edition that was asked for.
  public mutating func compose() -> Document {
    var blocks = firstPage()
    blocks.append(
      Block(
        .figure(
          Illustration(
            drawing: Panorama(
              context.panorama(chain: chain, firm: entry.pairing.firm, edition: request.edition)
            ).drawing, caption: ""))))
    blocks += position()
    for topic in Topic.ordered(for: entry) {
      switch topic {
      case .freight: blocks += freight()
      case .labour: blocks += labour()
      case .suppliers: blocks += suppliers()
      }
    }
    blocks += factors()
    blocks += comparison()
    blocks += talkPlan()
    blocks += [
      .heading(1, say("附：来源", "Annex: sources")), Block(.sources),
      .heading(1, say("附：待核实", "Annex: to confirm")), Block(.questions),
    ]
    let document = Document(
      title: say(
        "\(firmName)洽谈方案", "Negotiation brief: \(firmName)"),
      subtitle: [
        context.chain(chain) + say("产业链", " chain"), request.edition.label[language],
        request.purpose == .visit ? say("上门拜访", "visit") : say("来访接待", "reception"),
        context.publication.asOf.iso,
      ].joined(separator: " · "),
      language: language, classification: request.edition == .office ? .office : .open,
      isSample: context.snapshot.district.isSample,
      subject: context.snapshot.firms.id[entry.pairing.firm], blocks: blocks,
      sources: cite.bibliography.sources,
      colophon: context.colophon(
        unknowns: entry.unknowns.count, exclusions: 0, edition: request.edition))
    return document.edition(request.edition)
  }

  var entry: Entry { request.entry }
  var language: Language { context.language }
  var firmName: String { context.firm(entry.pairing.firm) }
  var here: String { context.snapshot.sites[entry.pairing.site].name }
  var district: String { context.snapshot.district.name }
  /// Facts of the firm's own; what it told us stays in its papers.
  var own: Clearance { .confidential(of: context.snapshot.firms.id[entry.pairing.firm]) }
  var firmProvenance: Provenance { context.snapshot.firms.provenance[entry.pairing.firm] }
  var card: Segment { context.snapshot.segments[entry.pairing.segment] }

  func say(_ zh: String, _ en: String) -> String { context.say(zh, en) }

  /// Who may read a figure: its record's class, else open, for an estimate from public facts.
  func clearance(_ figure: Figure) -> Clearance {
    let record = context.clearance(figure.provenance, firm: entry.pairing.firm)
    guard figure.grade == .stated else { return record }
    // What the firm itself said is published, or its own.
    return figure.provenance != nil && record.disclosure == .public ? record : own
  }

  /// A claim about a figure with its source; an unknown figure becomes a question.
  mutating func claim(_ before: String, _ figure: Figure, _ after: String = "") -> Sentence {
    guard figure.span != nil else {
      return .question(
        Question(
          before + say("未知：", " unknown: ") + figure.because[language], clearance: .open))
    }
    return .claim(
      Statement(
        [.text(before), .number(Numeral(figure, language)), .text(after)],
        source: cite.figure(figure), clearance: clearance(figure)))
  }

  /// A claim in words on a source.
  func claim(_ text: String, _ source: SourceReference, clearance: Clearance = .open) -> Sentence {
    .claim(Statement([.text(text)], source: source, clearance: clearance))
  }

  /// A line to correct with a pen: the firm did not supply the number.
  func lineToConfirm(_ what: String, _ figure: Figure, formula: String) -> Sentence? {
    guard figure.grade != .stated, figure.grade != .measured else { return nil }
    let unit = figure.unit.symbol[language]
    guard let span = figure.span?.ordered else {
      return .question(
        Question(
          [
            .text(say("贵公司\(what)约", "Your \(what): about ")), .blank(unit: unit),
            .text(say("（我们没有数据）。", " (we have no figure).")),
          ], clearance: .open))
    }
    let range = Numerals.range(span.low, span.high, language)
    return .question(
      Question(
        [
          .text(say("贵公司\(what)约", "Your \(what): about ")), .blank(unit: unit),
          .text(
            say(
              "；我们暂按 \(range) \(unit)估算。\(formula)",
              "; we assume \(range) \(unit). \(formula)")),
        ], clearance: .open))
  }

  var chiefName: String? { request.leader ?? context.chief(ofChain: chain) }
}
