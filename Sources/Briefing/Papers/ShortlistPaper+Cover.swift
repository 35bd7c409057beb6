import Atlas
import Matching

extension ShortlistPaper {
  /// Two pages: chain, date, funnel, first ten, blind spots, weights and who approved them.
  public func cover(changes: [String] = []) -> Document {
    var cite = Citations(context)
    let model = cite.model(
      Phrase(
        zh: "选址模型 \(context.publication.model)", en: "choice model \(context.publication.model)"))
    let ten = entries.prefix(10)
    func office(_ text: String) -> Sentence {
      .claim(Statement([.text(text)], source: model, clearance: .office))
    }
    var reasons: [(Phrase, Int)] = []
    for exclusion in ranking.excluded {
      // Reasons differ in their words for one firm and another: count by the stable name.
      let name =
        ranking.excluded.first { $0.reason == exclusion.reason }?.because ?? exclusion.because
      if let index = reasons.firstIndex(where: { $0.0 == name }) {
        reasons[index].1 += 1
      } else {
        reasons.append((name, 1))
      }
    }
    let because = reasons.map { "\($0.0[language]) \($0.1)" }.joined(separator: say("、", ", "))
    let kept = ranking.standings.count
    let behind = kept - entries.count
    var blocks: [Block] = [
      .paragraph([
        office(
          say(
            "考察企业 \(ranking.considered) 家、配对 \(ranking.pairings) 个 → 入围 \(kept) 家，剔除 \(ranking.excluded.count) 家"
              + (because.isEmpty ? "。" : "（\(because)）。") + "十家先走访，三十家要了解，其余备查。"
              + (behind > 0
                ? "本册列前 \(entries.count) 家，另 \(behind) 家在后，用 bulian explain 可查任何一家。" : ""),
            "\(ranking.considered) firms and \(ranking.pairings) pairings considered → \(kept) kept, \(ranking.excluded.count) excluded"
              + (because.isEmpty ? ". " : " (\(because)). ")
              + "Ten to act on, thirty to know, the rest behind."
              + (behind > 0
                ? " These are the first \(entries.count); bulian explain gives any of the \(behind) others."
                : "")))
      ]),
      .heading(1, say("前十名", "The first ten")), topTen(Array(ten), model),
    ]
    let ranges = entries.prefix(10).map { (context.shortName($0.pairing.firm), $0) }
    if ranges.contains(where: { $0.1.rankLow != nil }) {
      blocks.append(
        Block(
          .figure(
            Illustration(
              drawing: RankChart(ranges, language).drawing,
              caption: say(
                "名次（方块）与九成区间（横条）：区间重叠的先后不能当真",
                "Rank (square) and 90 % range (bar): overlapping ranges have no certain order"),
              sources: [model])), clearance: .office))
    }
    blocks.append(.heading(1, say("变化", "What changed")))
    blocks.append(
      changes.isEmpty
        ? .paragraph([
          .wording(
            say("没有上一期可比，或无实质变化。", "No earlier list to compare with, or no material change."))
        ])
        : Block(.list(changes.map { [office($0)] })))
    blocks.append(.heading(1, say("盲区", "Blind spots")))
    blocks += blindSpots(model)
    blocks.append(.heading(1, say("权重与批准", "Weights and approval")))
    let count = context.publication.evidence
    blocks.append(
      .paragraph([
        office(
          say(
            "模型卡 \(context.publication.model)：系数 \(count.measured) 项实测、\(count.published) 项公开发表、\(count.assumed) 项假设；取值、区间和来源见“参数”表。",
            "Model card \(context.publication.model): \(count.measured) coefficients measured, \(count.published) published, \(count.assumed) assumed; values, ranges and sources are in the parameter sheet."
          )),
        approval.map { office($0) }
          ?? .question(
            Question(
              say("权重由谁、以哪份文件批准？", "Who approved the weights, by which document?"),
              clearance: .office)),
      ]))
    if !context.publication.likelihoodIsCalibrated {
      blocks.append(
        .paragraph([
          office(
            say(
              "签约可能以高、中、低表示，来自先验（基准签约率 5%，假设 2–10%），走访结果满 30 次后改为百分数。",
              "Likelihood reads high, medium, low from the prior (base rate 5 %, assumed 2-10 %); percentages follow once 30 visit outcomes are recorded."
            ))
        ]))
    }
    // Its questions stand under the blind spots already: no second list of them.
    blocks += [.heading(1, say("来源", "Sources")), Block(.sources)]
    return Document(
      title: say(
        "\(context.chain(ranking.chain))产业链招商目标清单",
        "\(context.chain(ranking.chain)) chain: ranked shortlist"),
      subtitle: "\(context.snapshot.district.name) · \(context.publication.asOf.iso) · "
        + say("数据截至 \(context.snapshot.asOf.iso)", "data as of \(context.snapshot.asOf.iso)"),
      language: language, classification: .office, isSample: context.snapshot.district.isSample,
      subject: nil, blocks: blocks, sources: cite.bibliography.sources, colophon: colophon
    ).edition(.office)
  }

  private func topTen(_ ten: [Entry], _ model: SourceReference) -> Block {
    .table(
      Table(
        title: say("按期望值排列", "By expected value"),
        columns: [
          Column(say("名次", "Rank"), alignment: .centre, weight: 0.8),
          Column(say("企业", "Firm"), weight: 2), Column(say("环节", "Segment"), weight: 1.2),
          Column(say("结论", "Verdict"), weight: 0.9),
          .number(say("期望值", "Expected value"), unit: say("万元", "10k yuan"), weight: 0.9),
          Column(say("为何在此", "Why here"), weight: 4),
        ],
        rows: ten.map { entry in
          Row([
            .text("\(entry.rank)" + (rankRange(entry).map { " (\($0))" } ?? "")),
            .text(context.firm(entry.pairing.firm)),
            .text("\(context.segment(entry.pairing.segment)) \(entry.remedy.label[language])"),
            .text(entry.verdict.label[language]),
            entry.expectedValue.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
            .text(entry.why[language]),
          ])
        }, sources: [model]))
  }

  /// What the list mostly reflects, and what nobody knows yet.
  private func blindSpots(_ model: SourceReference) -> [Block] {
    var lines: [[Sentence]] = []
    func tau(_ value: Double?, _ name: Phrase) {
      guard let value else {
        lines.append([
          .question(
            Question(
              say(
                "名单与\(name.zh)单独排序的一致程度未能算出",
                "agreement with \(name.en) alone could not be computed"),
              clearance: .office))
        ])
        return
      }
      var text = say(
        "与只按\(name.zh)排序的一致程度（肯德尔 τ）\(Numerals.fixed(value, places: 2))",
        "agreement with \(name.en) alone (Kendall's tau) \(Numerals.fixed(value, places: 2))")
      if value > 0.8 { text += say("：本名单主要反映\(name.zh)", ": this list mostly reflects \(name.en)") }
      lines.append([
        .claim(Statement([.text(text + say("。", "."))], source: model, clearance: .office))
      ])
    }
    tau(ranking.tauSize, Phrase(zh: "规模", en: "size"))
    tau(ranking.tauPlace, Phrase(zh: "地区", en: "place"))
    var counts: [(Phrase, Int)] = []
    for unknown in entries.flatMap(\.unknowns) {
      if let index = counts.firstIndex(where: { $0.0 == unknown }) {
        counts[index].1 += 1
      } else {
        counts.append((unknown, 1))
      }
    }
    for (unknown, count) in counts.enumerated()
      .sorted(by: {
        $0.element.1 != $1.element.1 ? $0.element.1 > $1.element.1 : $0.offset < $1.offset
      })
      .prefix(5).map(\.element)
    {
      lines.append([
        .question(
          Question(
            say(
              "\(unknown.zh)（\(entries.count) 家中 \(count) 家）",
              "\(unknown.en) (\(count) of \(entries.count) firms)"),
            clearance: .office))
      ])
    }
    return [Block(.list(lines))]
  }
}
