import ArgumentParser
import Atlas
import Briefing
import Foundation
import Ledger
import Matching

/// The gap table of the district's chains, and what hangs on its links. 缺口
struct GapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: say(
      "缺口表：每个环节是补链、强链、延链、稳链还是无关，为什么；--disrupt 看断供，--for 看互通有无。",
      "The gap table: missing, weak, extendable, adequate or out of scope, and why; --disrupt and --for look at one link or firm."
    ),
    discussion: example(
      "bulian gaps -w 荣昌 --chain pcb\n    bulian gaps -w 荣昌 --disrupt 覆铜板\n    bulian gaps -w 荣昌 --for 荣昌示例电路板有限公司"
    ))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("链条编号或名称", "chain id or name")) var chain: String?
  @Option(
    help: .say(
      "这个环节停供：本地哪些企业几天内停产（内部）",
      "this segment stops: which local firms stand still in how many days (office only)"))
  var disrupt: String?
  @Option(
    name: .customLong("for"),
    help: .say("这家本地企业可以向谁买、卖给谁", "from whom here a local firm could buy, to whom sell"))
  var firm: String?
  @Option(name: .customLong("as-of"), help: .say("按哪一天已知的事实", "facts known on this day")) var asOf:
    String?

  func run() throws {
    let workspace = try options.open()
    let (snapshot, models) = try workspace.freeze(asOf: try readDay(asOf))
    if let disrupt { return try showDisruption(disrupt, snapshot, models) }
    if let firm { return try showTrade(try workspace.firm(firm, in: snapshot), snapshot) }
    let wanted = try workspace.chain(chain, in: snapshot)
    let tables = findGaps(snapshot, models: models).filter { wanted == nil || $0.chain == wanted }
    if options.format == .json {
      let answers = tables.map { answer($0, snapshot) }
      print((answers.count == 1 ? answers[0] : .array(answers)).pretty, terminator: "")
      return
    }
    let header = [
      say("环节", "segment"), say("类别", "class"), say("稳健", "robust"), say("需求", "demand"),
      say("供给", "supply"), say("覆盖", "coverage"), say("本地家数", "firms"), say("优先度", "priority"),
      say("原因", "because"),
    ]
    let language = Clock.language
    for table in tables {
      let rows = table.rows.sorted {
        ($0.priority ?? -1, $1.segment) > ($1.priority ?? -1, $0.segment)
      }.map { row in
        [
          snapshot.segments[row.segment].name[language], row.gapClass.label[language],
          row.gapClass == .unknown
            ? "" : row.robust ? say("稳健", "robust") : say("临界", "borderline"),
          money(row.demand.base),
          money(row.supply.base), row.coverage.map { whole($0 * 100) + "%" } ?? "",
          "\(row.capableFirms)", row.priority.map { String(format: "%.3f", $0) } ?? "",
          row.because[language],
        ]
      }
      if options.format == .csv {
        for row in [header] + rows { print(CSV.line(row)) }
      } else {
        print(snapshot.chains[table.chain].name[language] + say("（万元/年）", " (10k yuan/yr)"))
        printTable(header, rows, rightAligned: [3, 4, 5, 6, 7])
        print(snapshot.closureNote[language])
        let missing = Set(table.rows.flatMap(\.missing).map { $0[language] }).sorted()
        if !missing.isEmpty {
          print(
            say("补上这些表可更有把握：", "These tables would make it surer: ")
              + missing.joined(separator: say("；", "; ")))
        }
        print("")
      }
    }
  }

  private func showDisruption(_ text: String, _ snapshot: Snapshot, _ models: MatchingModels) throws
  {
    guard
      let segment = snapshot.segments.all.firstIndex(where: {
        $0.id == text || $0.name.zh == text || $0.name.en.lowercased() == text.lowercased()
      })
    else {
      throw Failure(
        "BL0125", exit: 66,
        Phrase(
          zh: "没有环节“\(text)”：用 bulian gaps 查看环节名称。",
          en: "no segment \"\(text)\": see bulian gaps for the names."))
    }
    let language = Clock.language
    let found = findDisruption(of: segment, snapshot: snapshot, model: models.choice)
    func name(_ segment: Int) -> String { snapshot.segments[segment].name[language] }
    if options.format == .json {
      print(
        JSONValue.object([
          ("classification", .string("内部")),
          (
            "segment",
            .object([
              ("id", .string(snapshot.segments[segment].id)), ("name", .string(name(segment))),
            ])
          ),
          ("isSingleSource", .bool(found.isSingleSource)),
          ("suppliers", .array(found.suppliers.map { firmAnswer($0, snapshot) })),
          (
            "stops",
            .array(
              found.stops.map { stop in
                .object([
                  ("firm", firmAnswer(stop.firm, snapshot)),
                  ("segment", .string(snapshot.segments[stop.segment].id)),
                  ("days", span(stop.days)),
                  ("way", .array(stop.way.map { .string(snapshot.segments[$0].id) })),
                  ("dependence", .number(stop.dependence)), ("output", .optional(stop.output)),
                ])
              })
          ),
        ]).pretty, terminator: "")
      return
    }
    let header = [
      say("企业", "firm"), say("环节", "segment"), say("几天停产", "days"), say("低–高", "low–high"),
      say("经由", "by way of"), say("投入占产值", "input share"), say("年产值（万元）", "output"),
    ]
    let rows = found.stops.map { stop in
      [
        snapshot.firms.name[stop.firm], name(stop.segment), whole(stop.days.base),
        "\(whole(stop.days.low))–\(whole(stop.days.high))",
        stop.way.map(name).joined(separator: " → "),
        String(format: "%.1f%%", stop.dependence * 100),
        money(stop.output),
      ]
    }
    if options.format == .csv {
      for row in [header] + rows { print(CSV.line(row)) }
      return
    }
    print(
      say(
        "内部｜假定“\(name(segment))”停供且没有替代来源；天数按链条模型的库存天数估算",
        "office only | \(name(segment)) stops and nobody steps in; days are estimated from the chain model's stocks"
      ))
    if found.suppliers.isEmpty {
      print(
        say("本地没有企业做这个环节：停供指外地来源。", "No firm here makes it: the stop is one of sources elsewhere."))
    } else if found.isSingleSource {
      print(say("本地只靠一家供应：弱环。", "It rests on a single local supplier: a weak link."))
    }
    printTable(header, rows, rightAligned: [2, 5, 6])
    if rows.isEmpty { print(say("没有本地企业受影响。", "No local firm is affected.")) }
  }

  private func showTrade(_ firm: Int, _ snapshot: Snapshot) throws {
    let language = Clock.language
    let found = findLocalTrade(of: firm, snapshot: snapshot)
    func word(_ direction: LocalTrade.Direction) -> String {
      direction == .buy ? say("可向其采购", "could supply it") : say("可销售给它", "could buy from it")
    }
    if options.format == .json {
      print(
        JSONValue.object([
          ("firm", firmAnswer(firm, snapshot)),
          (
            "partners",
            .array(
              found.map { item in
                .object([
                  ("direction", .string(item.direction == .buy ? "buy" : "sell")),
                  ("firm", firmAnswer(item.other, snapshot)),
                  ("segment", .string(snapshot.segments[item.segment].id)),
                  ("value", .optional(item.value)), ("distanceKm", .optional(item.distanceKm)),
                ])
              })
          ),
        ]).pretty, terminator: "")
      return
    }
    let header = [
      say("企业", "firm"), say("关系", "relation"), say("产品环节", "segment"),
      say("年值估（万元）", "value est. (10k yuan)"), say("公里", "km"),
    ]
    let rows = found.map { item in
      [
        snapshot.firms.name[item.other], word(item.direction),
        snapshot.segments[item.segment].name[language], money(item.value),
        item.distanceKm.map { whole($0) } ?? "",
      ]
    }
    if options.format == .csv {
      for row in [header] + rows { print(CSV.line(row)) }
      return
    }
    print(snapshot.firms.name[firm])
    printTable(header, rows, rightAligned: [3, 4])
    if rows.isEmpty {
      print(say("本地没有已挂链的上下游企业。", "no linked firm upstream or downstream of it here."))
    }
  }
}

/// Which chains a place can lead. 产业定位
struct PositionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "position",
    abstract: say(
      "产业定位：模型库里每条链在本地能不能牵头，三条理由赞成、三条反对、谁已牵头、何时该停。",
      "Which chain to lead: three reasons for, three against, who leads it already, and when to stop."
    ),
    discussion: example("bulian position -w 荣昌\n    bulian position -w 荣昌 --place 500110"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("看另一个地点：区划代码或名称", "another place: code or name")) var place: String?
  @Option(name: .customLong("as-of"), help: .say("按哪一天已知的事实", "facts known on this day")) var asOf:
    String?

  func run() throws {
    let workspace = try options.open()
    var (snapshot, models) = try workspace.freeze(asOf: try readDay(asOf))
    var name = snapshot.district.name
    if let place {
      let gazetteer = Gazetteer(workspace.library.places + workspace.configuration.zoneEntries)
      guard case .one(let code) = gazetteer.find(place, isCoarse: false),
        let row = snapshot.places.find(code: code)
      else { throw Failure.noPlace(place) }
      snapshot.district.home = [row]
      name = snapshot.places.name[row]
    }
    let positions = findPositions(snapshot, models: models)
    let language = Clock.language
    if options.format == .json {
      print(
        JSONValue.object([
          ("place", .string(name)), ("asOf", .string(snapshot.asOf.iso)),
          (
            "chains",
            .array(
              positions.map { item in
                .object([
                  ("chain", .string(snapshot.chains[item.chain].id)),
                  ("name", .string(snapshot.chains[item.chain].name[language])),
                  ("role", .string(item.role.rawValue)), ("firms", .int(item.firms)),
                  ("present", .int(item.present)), ("segments", .int(item.segments)),
                  ("quotient", .optional(item.quotient)), ("density", .optional(item.density)),
                  ("coverage", .optional(item.coverage)),
                  ("leaders", .array(item.leaders.map { .string($0) })),
                  ("for", .array(item.reasonsFor.map { .string($0[language]) })),
                  ("against", .array(item.reasonsAgainst.map { .string($0[language]) })),
                  ("stop", .string(item.stop[language])),
                ])
              })
          ),
        ]).pretty, terminator: "")
      return
    }
    if options.format == .csv {
      print("chain,role,firms,present,segments,quotient,coverage,leaders")
      for item in positions {
        print(
          [
            snapshot.chains[item.chain].id, item.role.rawValue, "\(item.firms)", "\(item.present)",
            "\(item.segments)", item.quotient.map { String(format: "%.3f", $0) } ?? "",
            item.coverage.map { String(format: "%.3f", $0) } ?? "",
            item.leaders.joined(separator: "、"),
          ].map(CSV.field).joined(separator: ","))
      }
      return
    }
    print(
      say(
        "\(name) 产业定位｜截至 \(snapshot.asOf.iso)",
        "\(name): which chain to lead | as of \(snapshot.asOf.iso)"))
    for item in positions where item.role != .leave && item.role != .unknown {
      print("\n\(snapshot.chains[item.chain].name[language])：\(item.role.label[language])")
      for reason in item.reasonsFor { print("  ＋ \(reason[language])") }
      for reason in item.reasonsAgainst { print("  － \(reason[language])") }
      print("  " + say("停止条件：", "stop: ") + item.stop[language])
    }
    let left = positions.filter { $0.role == .leave }
    if !left.isEmpty {
      print(
        "\n" + say("不宜（没有一家已挂链的本地企业）：", "better not (no local firm is linked): ")
          + left.map { snapshot.chains[$0.chain].name[language] }.joined(separator: say("、", ", ")))
    }
    let unknown = positions.filter { $0.role == .unknown }
    if !unknown.isEmpty {
      print(
        say("未知（先导入企业或规划）：", "unknown (import firms or a plan first): ")
          + unknown.map { snapshot.chains[$0.chain].name[language] }.joined(
            separator: say("、", ", ")))
    }
    if !positions.contains(where: { $0.role == .lead }) {
      print(
        say(
          "结论：按现有资料，没有一条链适合由本地牵头。",
          "In sum: on what is known, there is no chain that this place should lead."))
    }
  }
}
