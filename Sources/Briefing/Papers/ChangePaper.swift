import Atlas
import Matching

/// What changed overnight: one page and a spreadsheet, one line an event, each with its cause. 夜间变化
///
/// A move within overlapping rank ranges is counted, not reported: it says nothing.
public struct ChangePaper: Sendable {
  /// The moves of one chain. 一条链的变动
  public struct Chain: Sendable {
    /// Row of `Snapshot.chains`.
    public let chain: Int
    public let moves: [RankMove]
    /// Segments whose gap opened or closed, with the class before and now.
    public let gaps: [(segment: Int, before: GapClass, after: GapClass)]

    public init(
      chain: Int, moves: [RankMove], gaps: [(segment: Int, before: GapClass, after: GapClass)]
    ) {
      self.chain = chain
      self.moves = moves
      self.gaps = gaps
    }
  }

  let context: PaperContext
  let chains: [Chain]
  /// Id and day of the earlier run; nil for the first publication.
  let earlier: (run: String, asOf: Day)?
  /// Rejected files, rows with issues, missing programs: what a person has to see to.
  let problems: [Phrase]

  public init(
    _ context: PaperContext, chains: [Chain], earlier: (run: String, asOf: Day)?,
    problems: [Phrase]
  ) {
    self.context = context
    self.chains = chains
    self.earlier = earlier
    self.problems = problems
  }

  private func say(_ zh: String, _ en: String) -> String { context.say(zh, en) }

  /// Sentences on one chain for the cover of its list; empty when nothing material changed.
  public func lines(ofChain chain: Int) -> [String] {
    guard let found = chains.first(where: { $0.chain == chain }) else { return [] }
    return events(found).map(\.text)
  }

  /// True when no list, gap or commitment has anything new to say.
  public var isQuiet: Bool { chains.allSatisfy { events($0).isEmpty } }

  private struct Event {
    let text: String
    let kind: String
    let firm: Int64?
    let move: RankMove?
  }

  private func name(_ firm: Int64) -> String {
    context.snapshot.firms.find(id: firm).map { context.firm($0) } ?? "#\(firm)"
  }

  private func causes(_ move: RankMove) -> String {
    move.parts.map { part in
      "\(part.cause.label[context.language]) \(part.places > 0 ? "+" : "−")\(abs(part.places))"
    }.joined(separator: say("，", ", "))
  }

  /// Entries into and out of the first ten, the ten largest moves among the first thirty, gaps.
  private func events(_ chain: Chain) -> [Event] {
    var events: [Event] = []
    for move in chain.moves {
      let was = move.before.map { $0.rank <= 10 } ?? false
      let now = move.after.map { $0.rank <= 10 } ?? false
      guard was != now, !move.isWithinRange else { continue }
      let place =
        move.after.map { "\($0.rank)" } ?? say("不在名单", "off the list")
      let before = move.before.map { "\($0.rank)" } ?? say("不在名单", "off the list")
      let why = causes(move)
      events.append(
        Event(
          text: say(
            "\(now ? "进入" : "退出")前十：\(name(move.firm))（\(before) → \(place)）",
            "\(now ? "entered" : "left") the first ten: \(name(move.firm)) (\(before) → \(place))")
            + (why.isEmpty ? "" : say("：", ": ") + why), kind: now ? "entered" : "left",
          firm: move.firm, move: move))
    }
    let moved = chain.moves.filter { move in
      guard let places = move.places, places != 0, !move.isWithinRange else { return false }
      let best = min(move.before?.rank ?? .max, move.after?.rank ?? .max)
      return best <= 30 && !events.contains { $0.firm == move.firm }
    }.sorted { (-abs($0.places ?? 0), $0.firm) < (-abs($1.places ?? 0), $1.firm) }
    for move in moved.prefix(10) {
      guard let before = move.before, let after = move.after, let places = move.places else {
        continue
      }
      events.append(
        Event(
          text: say(
            "\(places > 0 ? "上升" : "下降") \(abs(places)) 名：\(name(move.firm))（\(before.rank) → \(after.rank)）：\(causes(move))",
            "\(places > 0 ? "up" : "down") \(abs(places)): \(name(move.firm)) (\(before.rank) → \(after.rank)): \(causes(move))"
          ), kind: "moved", firm: move.firm, move: move))
    }
    for gap in chain.gaps {
      events.append(
        Event(
          text: say(
            "环节\(context.segment(gap.segment))：\(gap.before.label[.zhHans]) → \(gap.after.label[.zhHans])",
            "segment \(context.segment(gap.segment)): \(gap.before.label[.en]) → \(gap.after.label[.en])"
          ), kind: "gap", firm: nil, move: nil))
    }
    return events
  }

  /// Signals of the last seven days about firms that a list holds, newest first.
  private var freshSignals: [String] {
    let snapshot = context.snapshot
    var found: [(day: Day, text: String)] = []
    let listed = Set(context.publication.rankings.flatMap { $0.standings.firm.map { Int($0) } })
    for firm in listed.sorted() {
      for signal in snapshot.signals[firm]
      where signal.date <= snapshot.asOf && snapshot.asOf - signal.date <= 7 {
        found.append((signal.date, "\(signal.date.iso) \(context.firm(firm))：\(signal.kind)"))
      }
    }
    return found.sorted { ($1.day, $0.text) < ($0.day, $1.text) }.map(\.text)
  }

  /// Promises that are due within seven days or overdue, most urgent first.
  private var commitments: [String] {
    let snapshot = context.snapshot
    var found: [(due: Day, text: String)] = []
    for firm in 0..<snapshot.firms.count {
      for outcome in snapshot.outcomes[firm] {
        guard let promise = outcome.promise, let due = outcome.due,
          !promise.hasPrefix("已办结"), due - snapshot.asOf <= 7
        else { continue }
        let late = snapshot.asOf - due
        let state =
          late > 0
          ? say("逾期 \(late) 天", "\(late) days overdue") : say("\(due.iso) 到期", "due \(due.iso)")
        found.append(
          (
            due,
            "\(state)：\(promise)（\(context.firm(firm))，\(outcome.owner ?? say("责任单位未定", "no office named"))）"
          ))
      }
    }
    return found.sorted { ($0.due, $0.text) < ($1.due, $1.text) }.map(\.text)
  }

  /// One page.
  public func document() -> Document {
    var cite = Citations(context)
    let model = cite.model(
      Phrase(
        zh: "选址模型 \(context.publication.model)", en: "choice model \(context.publication.model)"))
    func claim(_ text: String) -> [Sentence] {
      [.claim(Statement([.text(text)], source: model, clearance: .office))]
    }
    func list(_ texts: [String], else none: String) -> Block {
      texts.isEmpty
        ? .paragraph([.wording(none, .office)], clearance: .office)
        : Block(.list(texts.map(claim)), clearance: .office)
    }
    var blocks: [Block] = []
    if let earlier {
      blocks.append(
        .paragraph(
          claim(
            say(
              "批次 \(context.run)（\(context.publication.asOf.iso)），对比批次 \(earlier.run)（\(earlier.asOf.iso)）。"
                + (isQuiet ? "没有实质变化。" : ""),
              "Run \(context.run) (\(context.publication.asOf.iso)) against run \(earlier.run) (\(earlier.asOf.iso)). "
                + (isQuiet ? "No material change." : ""))), clearance: .office))
    } else {
      blocks.append(
        .paragraph(
          [
            .wording(
              say("这是第一期，没有上一期可比。", "The first publication: nothing to compare with."), .office)
          ],
          clearance: .office))
    }
    for chain in chains where earlier != nil {
      blocks.append(.heading(1, context.chain(chain.chain), clearance: .office))
      blocks.append(
        list(
          events(chain).map(\.text), else: say("没有实质变化。", "No material change.")))
      let silent = chain.moves.count { ($0.places ?? 0) != 0 && $0.isWithinRange }
      if silent > 0 {
        blocks.append(
          .paragraph(
            claim(
              say(
                "另有 \(silent) 家名次有变，但在名次区间之内，不算变化。",
                "\(silent) more firms changed rank within overlapping ranges, which is no change.")),
            clearance: .office))
      }
    }
    blocks.append(
      .heading(1, say("七天内要跟进的信号", "Signals of the last seven days"), clearance: .office))
    blocks.append(list(freshSignals, else: say("没有。", "None.")))
    blocks.append(.heading(1, say("到期和逾期的承诺", "Commitments due and overdue"), clearance: .office))
    blocks.append(list(commitments, else: say("没有。", "None.")))
    blocks.append(.heading(1, say("数据问题", "Data problems"), clearance: .office))
    blocks.append(
      list(problems.map { $0[context.language] }, else: say("没有。", "None.")))
    if !cite.bibliography.sources.isEmpty, earlier != nil {
      blocks += [
        .heading(1, say("来源", "Sources"), clearance: .office), Block(.sources, clearance: .office),
      ]
    }
    return Document(
      title: say("夜间变化", "Overnight changes"),
      subtitle: "\(context.snapshot.district.name) · \(context.publication.asOf.iso)",
      language: context.language, classification: .office,
      isSample: context.snapshot.district.isSample, subject: nil, blocks: blocks,
      sources: cite.bibliography.sources,
      colophon: context.colophon(
        unknowns: 0,
        exclusions: context.publication.rankings.reduce(0) { $0 + $1.excluded.count })
    ).edition(.office)
  }

  /// Every move, the silent ones too, with the part of each cause.
  public func workbook() -> Workbook {
    let columns: [Column] =
      [
        Column(say("产业链", "Chain")), Column(say("企业", "Firm"), weight: 2),
        .number(say("原名次", "Rank before"), unit: ""), .number(say("现名次", "Rank now"), unit: ""),
        .number(say("变动", "Move"), unit: ""),
      ] + ChangeCause.allCases.map { .number($0.label[context.language], unit: "") } + [
        Column(say("区间重叠", "Ranges overlap")),
        .number(say("原期望值", "Value before"), unit: say("万元", "10k yuan")),
        .number(say("现期望值", "Value now"), unit: say("万元", "10k yuan")),
      ]
    func number(_ value: Double?) -> Cell {
      value.map { Cell(.number($0, .measured)) } ?? .blank
    }
    var rows: [Row] = []
    for chain in chains {
      for move in chain.moves where move.places != 0 {
        var cells: [Cell] = [
          .text(context.chain(chain.chain)), .text(name(move.firm)),
          number(move.before.map { Double($0.rank) }), number(move.after.map { Double($0.rank) }),
          number(move.places.map(Double.init)),
        ]
        for cause in ChangeCause.allCases {
          cells.append(
            number(move.parts.first { $0.cause == cause }.map { Double($0.places) }))
        }
        cells += [
          .text(move.isWithinRange ? say("是", "yes") : ""),
          number(move.before?.expectedValue), number(move.after?.expectedValue),
        ]
        rows.append(Row(cells))
      }
    }
    return Workbook(
      title: say("夜间变化", "Overnight changes"), language: context.language,
      classification: .office, isSample: context.snapshot.district.isSample,
      colophon: context.colophon(unknowns: 0, exclusions: 0),
      sheets: [
        Workbook.Sheet(
          name: say("变动", "Moves"), table: Table(title: "", columns: columns, rows: rows),
          frozenColumns: 2)
      ])
  }
}
