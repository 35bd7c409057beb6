import Atlas
import Matching

/// The ranked shortlist of one chain: five sheets, a two-page cover, CSV and JSON. 招商目标清单
public struct ShortlistPaper: Sendable {
  let context: PaperContext
  let ranking: Ranking
  let entries: [Entry]
  /// Who approved the card and by which document; nil is said.
  let approval: String?
  /// The parameters behind the numbers, for the sheet 参数.
  let parameters: [(name: String, parameter: Parameter)]
  /// The same list by plain scoring methods; nil leaves the sheet out.
  let crossCheck: CrossCheck?

  /// - Parameter top: entries on the list; the others are counted.
  public init(
    _ context: PaperContext, ranking: Ranking, top: Int,
    approval: String? = nil, parameters: [(name: String, parameter: Parameter)] = [],
    crossCheck: CrossCheck? = nil
  ) {
    self.crossCheck = crossCheck
    self.context = context
    self.ranking = ranking
    entries = ranking.shortened(to: top)
    self.approval = approval
    self.parameters = parameters
  }

  var language: Language { context.language }
  func say(_ zh: String, _ en: String) -> String { context.say(zh, en) }

  var colophon: Colophon {
    context.colophon(
      unknowns: entries.reduce(0) { $0 + $1.unknowns.count }, exclusions: ranking.excluded.count,
      disclaimer: context.listDisclaimer)
  }

  /// The sheets 名单, 依据, 剔除及原因, 参数, 数据缺口, and 方法对照 where plain methods were run.
  public func workbook() -> Workbook {
    Workbook(
      title: say(
        "\(context.chain(ranking.chain))招商目标清单", "\(context.chain(ranking.chain)): ranked shortlist"
      ),
      language: language, classification: .office, isSample: context.snapshot.district.isSample,
      colophon: colophon,
      sheets: [
        Workbook.Sheet(name: say("名单", "List"), table: list(), frozenColumns: 4),
        Workbook.Sheet(name: say("依据", "Evidence"), table: evidence(), frozenColumns: 2),
        Workbook.Sheet(name: say("剔除及原因", "Excluded"), table: excluded()),
        Workbook.Sheet(name: say("参数", "Parameters"), table: parameterTable()),
        Workbook.Sheet(name: say("数据缺口", "Data gaps"), table: dataGaps()),
      ]
        + (crossCheck.map {
          [Workbook.Sheet(name: say("方法对照", "Cross-check"), table: crossCheckTable($0))]
        } ?? []))
  }

  /// The list alone, as CSV.
  public func csv() -> String { list().csv(language) }

  /// The list with its columns in the order of outputs.md, section 3.
  func list() -> Table {
    let wan = say("万元/年", "10k yuan/yr")
    var columns: [Column] = [
      .number(say("名次", "Rank"), unit: "", weight: 0.5),
      Column(say("名次区间(90%)", "Rank range (90%)"), alignment: .centre, weight: 0.8),
      Column(say("结论", "Verdict"), weight: 0.8), Column(say("企业", "Firm"), weight: 2),
      Column(say("统一社会信用代码", "Credit code"), weight: 1.5), Column(say("所在地", "Place"), weight: 1),
      Column(say("产品与环节", "Product and segment"), weight: 1.4),
      Column(say("补/强/延", "Gap class"), weight: 0.6),
      .number(say("缺口", "Open gap"), unit: wan),
      .number(say("期望值", "Expected value"), unit: say("万元", "10k yuan")),
    ]
    columns.append(
      context.publication.likelihoodIsCalibrated
        ? .number(say("签约可能", "Likelihood"), unit: "%", places: 1)
        : Column(say("签约可能(先验)", "Likelihood (prior)"), alignment: .centre, weight: 0.7))
    columns += [
      .number(say("链值", "Worth"), unit: wan),
      .number(say("进料物流节省", "Inbound saving"), unit: wan),
      .number(say("出货物流节省", "Outbound saving"), unit: wan),
      Column(say("关键工种", "Binding occupation")),
      .number(say("用工需要", "Needed"), unit: say("人", "people")),
      .number(say("预计可招", "Available"), unit: say("人", "people")),
      Column(say("配套(有/需)", "Suppliers"), alignment: .centre),
      Column(say("最新信号", "Latest signal"), weight: 1.2),
      Column(say("风险提示", "Risk flags"), weight: 1.4),
      Column(say("人脉", "Ties")), .number(say("环节内规模名次", "Size rank"), unit: ""),
      .number(say("占环节全国", "Share of segment"), unit: "%", places: 1),
      .number(say("带动（同地上下游）", "Pull"), unit: say("家", "firms")),
      Column(say("与本地重复", "Duplicates local"), weight: 1.4),
      Column(say("他区认领", "Claimed by"), weight: 1.2),
      Column(say("最近联系与下一步", "Last contact"), weight: 1.4),
      Column(say("为何在此", "Why here"), weight: 3),
      Column(say("何以改变", "What would move it"), weight: 2.4),
      Column(say("待采集", "To collect"), weight: 2), .number(say("依据数", "Facts"), unit: ""),
      Column(say("最早依据日期", "Oldest fact"), weight: 0.9),
      Column(say("人工调整", "Override"), weight: 1.2),
      .number(say("不计挤出的名次", "Rank without displacement"), unit: ""),
    ]
    return Table(
      title: say("名单", "List"), columns: columns, rows: entries.map { Row(cells($0)) })
  }

  private func cells(_ entry: Entry) -> [Cell] {
    let snapshot = context.snapshot
    let firm = entry.pairing.firm
    let comma = say("、", ", ")
    let gap = context.gaps(ofChain: ranking.chain)?.row(of: entry.pairing.segment)
    let signal = snapshot.signals[firm].max { $0.date < $1.date }
    let outcome = snapshot.outcomes[firm].max { $0.date < $1.date }
    let claims = snapshot.claims[firm]
    let ties = TieSummary(snapshot.ties[firm])
    let duplicates = entry.warnings.filter { $0.kind.lowercased().contains("duplicate") }
    let risks = entry.warnings.filter {
      !$0.kind.lowercased().contains("duplicate") && !$0.kind.lowercased().contains("claim")
    }
    let sources = provenances(entry)
    func fact(_ value: Double?) -> Cell {
      value.map { Cell(.number($0, .measured)) } ?? Cell(.unknown(""))
    }
    func text(_ value: String?, unknown: String) -> Cell { .text(value ?? unknown) }
    let none = say("未知", "unknown")
    return [
      Cell(.number(Double(entry.rank), .measured)),
      .text(rankRange(entry) ?? none), .text(entry.verdict.label[language]),
      .text(context.firm(firm)),
      text(snapshot.firms.creditCode[firm], unknown: none),
      text(snapshot.firms.seat[firm].map { context.place(Int($0)) }, unknown: none),
      .text(context.segment(entry.pairing.segment)), .text(entry.remedy.label[language]),
      gap.map { .base($0.openGap, language) } ?? Cell(.unknown("")),
      entry.expectedValue.map { Cell(.number($0, .estimated)) } ?? Cell(.unknown("")),
      likelihood(entry), .base(entry.worth, language),
      saving(entry.freight.inbound.saving), saving(entry.freight.outbound.saving),
      text(entry.labour.occupation.map { context.occupation($0) }, unknown: none),
      .base(entry.labour.needed, language), .base(entry.labour.available, language),
      entry.localSourcing.needed > 0
        ? .text("\(entry.localSourcing.matched)/\(entry.localSourcing.needed)")
        : Cell(.unknown("")),
      text(signal.map { "\($0.kind) \($0.date.iso)" }, unknown: none),
      .text(
        risks.isEmpty
          ? say("未发现（不等于没有）", "none found (not proof of none)")
          : risks.map { $0.text[language] }.joined(separator: "；")),
      text(
        ties.map { summary in
          summary.lines.map { line in
            "\(line.kind?.name[language] ?? say("其他", "other")) \(Numerals.plain(line.count))"
          }.joined(separator: comma)
        }, unknown: none),
      fact(entry.headRank.map(Double.init)), fact(entry.headShare.map { $0 * 100 }),
      fact(entry.pull.map(Double.init)),
      .text(duplicates.map { $0.text[language] }.joined(separator: "；")),
      .text(
        claims.map { $0.district + ($0.since.map { " \($0.iso)" } ?? "") }.joined(separator: comma)),
      .text(
        outcome.map { outcome in
          [
            outcome.date.iso, outcome.kind, outcome.owner ?? "", outcome.promise ?? "",
            outcome.due?.iso ?? "",
          ]
          .filter { !$0.isEmpty }.joined(separator: " ")
        } ?? say("未联系", "not yet")),
      .text(entry.why[language]), .text(entry.levers.map { $0[language] }.joined(separator: "；")),
      .text(entry.unknowns.map { $0[language] }.joined(separator: "；")),
      Cell(.number(Double(sources.count), .measured)),
      text(oldest(sources)?.iso, unknown: none),
      .text(decision(entry)), fact(entry.rankWithoutDisplacement.map(Double.init)),
    ]
  }

  /// The person's decision and the machine's rank; empty where nobody moved anything.
  private func decision(_ entry: Entry) -> String {
    let machine = entry.machineRank.map { say("机器第 \($0) 名", "machine: rank \($0)") }
    return [entry.override?.text(language), machine].compactMap { $0 }.joined(separator: "；")
  }

  private func saving(_ figure: Figure) -> Cell {
    guard let span = figure.span?.ordered else { return Cell(.unknown(figure.because[language])) }
    return Cell(.span(span, figure.grade))
  }

  func rankRange(_ entry: Entry) -> String? {
    guard let low = entry.rankLow, let high = entry.rankHigh else { return nil }
    return low == high ? "\(low)" : "\(low)–\(high)"
  }

  /// 高, 中, 低 until the workspace holds enough outcomes.
  private func likelihood(_ entry: Entry) -> Cell {
    guard let span = entry.likelihood else { return Cell(.unknown("")) }
    if context.publication.likelihoodIsCalibrated {
      return Cell(.number(span.base * 100, .estimated))
    }
    return .text(context.level(span.base)[language])
  }

  /// Lines of files that the entry rests on, without repetition.
  func provenances(_ entry: Entry) -> [Provenance] {
    let snapshot = context.snapshot
    let firm = entry.pairing.firm
    var all = [snapshot.firms.provenance[firm]]
    all += snapshot.plants[firm].map(\.provenance) + snapshot.projects[firm].map(\.provenance)
    all += snapshot.lanes[firm].map(\.provenance) + snapshot.signals[firm].map(\.provenance)
    all += snapshot.ties[firm].map(\.provenance) + snapshot.claims[firm].map(\.provenance)
    let postings = snapshot.postings
    all += postings.rows(of: entry.pairing.segment)
      .filter { Int(postings.firm[$0]) == firm }.compactMap { postings.provenance[$0] }
    return Set(all).sorted()
  }

  private func oldest(_ provenances: [Provenance]) -> Day? {
    provenances.compactMap { line in
      context.snapshot.sources.indices.contains(Int(line.source))
        ? context.snapshot.sources[Int(line.source)].knownOn : nil
    }.min()
  }

  private func evidence() -> Table {
    var rows: [Row] = []
    for entry in entries {
      let name = Cell.text(context.firm(entry.pairing.firm))
      for reading in entry.readings {
        rows.append(
          Row([
            Cell(.number(Double(entry.rank), .measured)), name, .text(reading.label[language]),
            reading.utility.map { Cell(.span($0.ordered, .estimated)) } ?? Cell(.unknown("")),
            reading.value.span.map { Cell(.number($0.base, reading.value.grade)) }
              ?? Cell(.unknown("")),
            .text(reading.value.unit.symbol[language]), .text(reading.value.grade.label[language]),
            .text(reading.value.because[language]),
          ]))
      }
      for line in provenances(entry)
      where context.snapshot.sources.indices.contains(Int(line.source)) {
        let source = context.snapshot.sources[Int(line.source)]
        rows.append(
          Row([
            Cell(.number(Double(entry.rank), .measured)), name, .text(say("记录", "record")), .blank,
            .blank, .blank, .text(Grade.measured.label[language]),
            .text(
              say(
                "\(source.name) 第 \(line.line) 行（\(source.knownOn.iso)）",
                "\(source.name), line \(line.line) (\(source.knownOn.iso))")),
          ]))
      }
    }
    return Table(
      title: say("依据", "Evidence"),
      columns: [
        .number(say("名次", "Rank"), unit: ""), Column(say("企业", "Firm"), weight: 2),
        Column(say("项", "Item"), weight: 1.4), .number(say("效用", "Utility"), unit: "", places: 3),
        .number(say("读数", "Value"), unit: "", places: 3), Column(say("单位", "Unit")),
        Column(say("等级", "Grade")), Column(say("由来", "Because"), weight: 3),
      ], rows: rows)
  }

  private func excluded() -> Table {
    Table(
      title: say("剔除及原因", "Excluded"),
      columns: [
        Column(say("企业", "Firm"), weight: 2), Column(say("原因代码", "Reason")),
        Column(say("原因", "Because"), weight: 3),
      ],
      rows: ranking.excluded.map { exclusion in
        Row([
          .text(context.firm(exclusion.firm)), .text(exclusion.reason),
          .text(exclusion.because[language]),
        ])
      })
  }

  private func parameterTable() -> Table {
    Table(
      title: say("参数", "Parameters"),
      columns: [
        Column(say("参数", "Parameter"), weight: 2), .number(say("取值", "Value"), unit: "", places: 4),
        .number(say("低", "Low"), unit: "", places: 4),
        .number(say("高", "High"), unit: "", places: 4),
        Column(say("单位", "Unit")), Column(say("依据类别", "Evidence")),
        Column(say("来源", "Source"), weight: 3),
      ],
      rows: parameters.map { item in
        let evidence: Phrase =
          switch item.parameter.evidence {
          case .measured: Phrase(zh: "实测", en: "measured")
          case .published: Phrase(zh: "公开发表", en: "published")
          case .assumed: Phrase(zh: "假设", en: "assumed")
          }
        return Row([
          .text(item.name), Cell(.number(item.parameter.value, .measured)),
          Cell(.number(item.parameter.low, .measured)),
          Cell(.number(item.parameter.high, .measured)),
          .text(item.parameter.unit), .text(evidence[language]), .text(item.parameter.source),
        ])
      })
  }

  private func dataGaps() -> Table {
    var rows: [Row] = []
    for entry in entries {
      for unknown in entry.unknowns {
        rows.append(
          Row([
            .text(say("企业", "firm")), .text(context.firm(entry.pairing.firm)),
            .text(unknown[language]),
          ]))
      }
    }
    for gap in context.gaps(ofChain: ranking.chain)?.rows ?? [] {
      for missing in gap.missing {
        rows.append(
          Row([
            .text(say("环节", "segment")), .text(context.segment(gap.segment)),
            .text(missing[language]),
          ]))
      }
    }
    return Table(
      title: say("数据缺口", "Data gaps"),
      columns: [
        Column(say("对象", "Of what")), Column(say("名称", "Name"), weight: 2),
        Column(say("缺什么", "What is missing"), weight: 3),
      ], rows: rows)
  }
}
