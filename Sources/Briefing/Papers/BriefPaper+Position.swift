import Atlas
import Matching

extension BriefPaper {
  /// Page 3: where the firm stands in the chain, with the evidence (P1-P3, P5).
  mutating func position() -> [Block] {
    let segment = entry.pairing.segment
    let model = context.snapshot.chains[chain]
    let source = cite.chain(chain)
    var blocks: [Block] = [
      .heading(1, say("一、贵公司在产业链上的位置", "1. Your position in the chain")),
      .paragraph(
        context.positionLines(entry, chain: chain).map { claim($0, source) }),
    ]
    if request.edition == .office, let rank = entry.headRank {
      blocks.append(
        .paragraph(
          [
            claim(
              say(
                "该环节按已挂链企业规模居全国第 \(rank) 位"
                  + (entry.headShare.map { "，占 \(Numerals.plain($0 * 100))%" } ?? "") + "。",
                "By size it is number \(rank) of the linked firms of this segment"
                  + (entry.headShare.map { ", with \(Numerals.plain($0 * 100))%" } ?? "") + "."),
              cite.record(firmProvenance), clearance: .office)
          ], clearance: .office))
    }
    let neighbours =
      context.mainSuppliers(of: segment).prefix(6).map { ($0, say("上游", "upstream")) }
      + [(segment, say("本环节", "same segment"))]
      + context.mainCustomers(of: segment).prefix(5).map { ($0, say("下游", "downstream")) }
    let home = context.snapshot.sites[entry.pairing.site].place
    var rows: [Row] = []
    for (row, role) in neighbours {
      let gap = context.gaps(ofChain: context.chain(ofSegment: row))?.row(of: row)
      func names(_ firms: [Int], _ limit: Int) -> Cell {
        let shown = firms.filter { $0 != entry.pairing.firm }.filter {
          request.edition == .office
            || context.clearance(context.snapshot.firms.provenance[$0], firm: nil).disclosure
              == .public
        }
        if shown.isEmpty { return .text(say("待补", "to be filled")) }
        var references: [SourceReference] = []
        for firm in shown.prefix(limit) {
          let reference = cite.record(context.snapshot.firms.provenance[firm])
          if !references.contains(reference) { references.append(reference) }
        }
        let text = shown.prefix(limit).map { firm in
          guard firms == gap?.localFirms, let km = context.distance(fromFirm: firm, to: home)
          else { return context.shortName(firm) }
          return context.shortName(firm) + PanoramaWords(language).distance(km)
        }.joined(separator: say("、", ", "))
        let more =
          shown.count > limit
          ? say(" 等 \(shown.count) 家", " and others, \(shown.count) in all") : ""
        return Cell(.text(text + more), sources: Array(references.prefix(4)))
      }
      rows.append(
        Row([
          .text(role), .text(context.segment(row)),
          .text(
            model.tiers.indices.contains(context.snapshot.segments[row].tier)
              ? model.tiers[context.snapshot.segments[row].tier][language] : ""),
          names(gap?.localFirms ?? [], 3), names(gap?.nationalFirms ?? [], 4),
          .text(gap?.gapClass.label[language] ?? GapClass.unknown.label[language]),
        ]))
    }
    blocks.append(
      .table(
        Table(
          title: say("上下游与本地企业", "Neighbours in the chain and firms here"),
          columns: [
            Column(say("关系", "Relation"), weight: language == .en ? 1.1 : 0.8),
            Column(say("环节", "Segment"), weight: 1.3),
            Column(say("层级", "Tier"), weight: 1),
            Column(say("本地企业（距离）", "Firms here (distance)"), weight: 2.6),
            Column(say("全国主要企业", "Main firms in China"), weight: 2.8),
            Column(say("本地状况", "Here"), weight: 0.8),
          ], rows: rows, sources: [source])))
    return blocks
  }

  /// Named local suppliers with product, distance and the evidence of capacity; gaps admitted.
  mutating func suppliers() -> [Block] {
    let sourcing = entry.localSourcing
    var blocks: [Block] = [.heading(1, say("本地配套", "Local suppliers"))]
    let model = cite.model(Phrase(zh: "本地配套流量解", en: "local sourcing flow"))
    if let share = sourcing.share {
      blocks.append(
        .paragraph([
          .claim(
            Statement(
              [
                .text(say("按投入品价值，本地可配套约 ", "By value, about ")),
                .number(Numeral(text: "\(Numerals.plain(share * 100))%", grade: sourcing.grade)),
                .text(
                  say(
                    "，涉及 \(sourcing.matched)/\(sourcing.needed) 类投入品。",
                    " of inputs can be had locally, \(sourcing.matched) of \(sourcing.needed) kinds."
                  )),
              ], source: model, clearance: .open))
        ]))
    } else {
      blocks.append(
        .paragraph([
          .question(
            Question(
              say("贵公司主要投入品有哪些、各多少？", "What are your main inputs, and how much of each?"),
              clearance: .open))
        ]))
    }
    if !sourcing.suppliers.isEmpty {
      let rows = sourcing.suppliers.prefix(14).map { line -> Row in
        let provenance = context.snapshot.firms.provenance[line.firm]
        let public_ = context.clearance(provenance, firm: nil).disclosure == .public
        return Row(
          [
            .text(context.firm(line.firm)), .text(context.segment(line.segment)),
            line.distanceKm.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
            Cell(.number(line.shareOfNeed * 100, .estimated), clearance: .office),
            Cell(.number(line.amount, .estimated), clearance: .office),
            Cell(.text(line.because[language]), sources: [cite.record(provenance)]),
          ], clearance: public_ ? .open : .office)
      }
      blocks.append(
        .table(
          Table(
            title: say("可就近配套的企业", "Firms that could supply"),
            columns: [
              Column(say("企业", "Firm"), weight: 2.4), Column(say("产品", "Product"), weight: 1.3),
              .number(say("距离", "Distance"), unit: say("公里", "km"), weight: 0.8),
              .number(say("可满足", "Covers"), unit: "%", weight: 0.8, clearance: .office),
              .number(say("数量", "Amount"), unit: say("万元/年", "10k yuan/yr"), clearance: .office),
              Column(say("依据", "Evidence"), weight: 2.4),
            ], rows: rows, sources: [model])))
    }
    if !sourcing.uncovered.isEmpty {
      let names = sourcing.uncovered.map { context.segment($0) }.joined(separator: say("、", ", "))
      blocks.append(
        .paragraph([
          claim(
            say("本地尚无配套：\(names)。", "Not available locally yet: \(names)."), model)
        ]))
    }
    return blocks
  }
}
