import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching

/// The ranked shortlist of the last publication. 名单
struct ShortlistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortlist",
    abstract: say(
      "最近一次发布的招商目标清单；文件后缀决定格式。",
      "The ranked shortlist of the last publication; the file's ending chooses the format."),
    discussion: example("bulian shortlist -w 荣昌 --chain pcb -o 名单.xlsx"))

  @OptionGroup var options: WorkspaceOptions
  @Option(help: .say("链条编号或名称", "chain id or name")) var chain: String?
  @Option(help: .say("只看一个缺口环节", "one gap segment only")) var gap: String?
  @Option(help: .say("只看一个载体", "one site only")) var site: String?
  @Option(help: .say("前几名", "how many")) var top: Int?
  @Flag(name: .customLong("all-pairings"), help: .say("列出全部配对", "list all pairings"))
  var allPairings = false
  @Flag(help: .say("龙头带配套：一家头部企业和最多四家会跟来的", "an anchor with up to four firms that would follow it"))
  var bundle = false
  @Flag(
    help: .say(
      "前几名（默认 10）同时落地时，本地配套够不够分", "local supply if the first (default 10) all came at once"))
  var portfolio = false
  @Flag(
    name: .customLong("cross-check"),
    help: .say(
      "与常用打分法（等权、熵权、AHP、TOPSIS）对照", "beside plain methods: equal weights, entropy, AHP, TOPSIS"))
  var crossCheck = false
  @Option(
    help: .say(
      "AHP 的两两比较表（.csv，默认用卡片里的）", "pairwise judgements for AHP (.csv; default: the card's)"))
  var judgements: String?
  @Option(
    name: .shortAndLong,
    help: .say(
      "输出文件：.xlsx .csv .json .html .pdf .docx", "output file: .xlsx .csv .json .html .pdf .docx"))
  var output: String?

  func run() throws {
    let workspace = try options.open()
    let (run, snapshot, models, publication) = try lastPublication(workspace)
    let wanted = try workspace.chain(chain, in: snapshot)
    if let gap, !snapshot.segments.all.contains(where: { $0.id == gap || $0.name.zh == gap }) {
      throw Failure(
        "BL0125", exit: 66,
        Phrase(
          zh: "没有环节“\(gap)”：用 bulian gaps 查看环节名称。",
          en: "no segment \"\(gap)\": see bulian gaps for the names."))
    }
    if let site { try snapshot.requireSite(site) }
    let rankings = try publication.rankings.filter { wanted == nil || $0.chain == wanted }
      .map {
        try workspace.shown($0, in: snapshot).narrowed(
          segment: gap, site: site, top: top, in: snapshot)
      }
    if bundle { return try showBundles(rankings, publication, snapshot, models) }
    if portfolio {
      let pages = rankings.map {
        PortfolioPage(
          chain: $0.chain,
          portfolio: findPortfolio($0, snapshot: snapshot, models: models, top: top ?? 10),
          snapshot: snapshot)
      }
      guard options.format == .json else { return pages.forEach { $0.printTable() } }
      print(
        JSONValue.object([("run", .string(run.id)), ("lists", .array(pages.map(\.json)))]).pretty,
        terminator: "")
      return
    }
    if crossCheck || judgements != nil {
      return try showCrossCheck(rankings, run.id, snapshot, workspace)
    }
    if let output {
      guard let ranking = rankings.first, rankings.count == 1 else {
        throw Failure.badChoice(
          "--chain", chain ?? "", rankings.map { snapshot.chains[$0.chain].id })
      }
      let papers = try Papers(
        workspace: workspace, run: run.id, snapshot: snapshot, models: models,
        publication: publication)
      try papers.shortlist(ranking, to: output)
      try papers.recordExport("shortlist", subject: snapshot.chains[ranking.chain].id, [output])
      print(say("已写", "wrote") + " \(output)")
      return
    }
    if options.format == .json {
      let answers = rankings.map {
        answer(publication, $0, run: run.id, snapshot: snapshot, limit: .max)
      }
      guard answers.count != 1 else {
        print(answers[0].pretty, terminator: "")
        return
      }
      print(
        JSONValue.object([
          ("run", .string(run.id)), ("asOf", .string(publication.asOf.iso)),
          ("model", .string(publication.model)),
          ("entries", .array(rankings.flatMap { $0.entries.map { answer($0, snapshot) } })),
        ]).pretty, terminator: "")
      return
    }
    let header = [
      say("名次", "rank"), say("区间", "range"), say("结论", "verdict"), say("企业", "firm"),
      say("所在地", "place"), say("环节", "segment"), say("补/强/延", "gap"), say("期望值", "value"),
      say("可能性", "likelihood"), say("链值", "worth"), say("进料节省", "inbound saving"),
      say("出货节省", "outbound saving"), say("招满", "filled"), say("配套", "suppliers"),
    ]
    for ranking in rankings {
      let rows = ranking.entries.map { row($0, snapshot, publication, models) }
      if options.format == .csv {
        for row in [header] + rows { print(CSV.line(row)) }
        continue
      }
      print(
        snapshot.chains[ranking.chain].name[Clock.language]
          + say(
            "｜批次 \(run.id)｜截至 \(publication.asOf.iso)",
            " | run \(run.id) | as of \(publication.asOf.iso)")
          + (snapshot.district.isSample ? say("｜示例数据", " | sample data") : ""))
      printTable(header, rows, rightAligned: [0, 7, 9, 10, 11, 12, 13])
      for entry in ranking.entries {
        let name = snapshot.firms.name[entry.pairing.firm]
        if let decision = entry.override { print("  \(name)：\(decision.text(Clock.language))") }
        for warning in entry.warnings where warning.kind == "recusal" {
          print("  \(name)：\(warning.text[Clock.language])")
        }
      }
      if allPairings { printOthers(ranking, snapshot) }
      let limit = models.choice.value("estimateTau")
      if let tau = ranking.tauSize, tau > limit {
        print(
          say(
            "本名单主要反映规模（与营收排序的肯德尔 τ = ",
            "This list mostly reflects size (Kendall's tau with revenue ")
            + String(format: "%.2f", tau) + say("）。", ")."))
      }
      if let tau = ranking.tauPlace, tau > limit {
        print(
          say("本名单主要反映地区（肯德尔 τ = ", "This list mostly reflects place (Kendall's tau ")
            + String(format: "%.2f", tau) + say("）。", ")."))
      }
      let behind = ranking.standings.count - ranking.entries.count
      if behind > 0 {
        print(
          say(
            "另有 \(behind) 家在后或不在所选范围：用 bulian explain 企业 查看任何一家的名次和依据。",
            "\(behind) more stand behind or outside the choice: bulian explain FIRM gives any one's rank and reasons."
          ))
      }
      print(
        say(
          "考虑 \(ranking.considered) 家，剔除 \(ranking.excluded.count) 家。本名单仅用于安排走访，不作为奖补、资格认定或准入依据\n",
          "\(ranking.considered) considered, \(ranking.excluded.count) excluded. This list only serves to arrange visits; it is no basis for grants, qualification or admission.\n"
        ))
    }
  }

  private func showBundles(
    _ rankings: [Ranking], _ publication: Publication, _ snapshot: Snapshot,
    _ models: MatchingModels
  ) throws {
    var answers: [JSONValue] = []
    for ranking in rankings {
      guard let gaps = publication.gaps.first(where: { $0.chain == ranking.chain }) else {
        continue
      }
      let bundles = findBundles(ranking, gaps: gaps, snapshot: snapshot, models: models)
      if options.format == .json {
        answers += bundles.map { bundle in
          .object([
            ("chain", .string(snapshot.chains[ranking.chain].id)),
            ("anchor", answer(bundle.anchor, snapshot)),
            ("followers", .array(bundle.followers.map { answer($0, snapshot) })),
            ("worth", .number(bundle.worth)), ("expectedValue", .number(bundle.expectedValue)),
          ])
        }
        continue
      }
      print(
        snapshot.chains[ranking.chain].name[Clock.language]
          + say("：龙头带配套（链值只计一次）", ": anchors and followers (worth counted once)"))
      for bundle in bundles {
        print(
          say(
            "  \(snapshot.firms.name[bundle.anchor.pairing.firm])：链值 \(whole(bundle.worth)) 万元/年，期望值 \(whole(bundle.expectedValue)) 万元",
            "  \(snapshot.firms.name[bundle.anchor.pairing.firm]): worth \(whole(bundle.worth)), expected value \(whole(bundle.expectedValue)) (10k yuan)"
          ))
        for follower in bundle.followers {
          print(
            "    + \(snapshot.firms.name[follower.pairing.firm])（\(snapshot.segments[follower.pairing.segment].name[Clock.language])）"
          )
        }
      }
      if bundles.isEmpty {
        print(say("  没有同地的上下游企业可成组。", "  no firms of one place that supply each other."))
      }
    }
    if options.format == .json {
      print(JSONValue.object([("bundles", .array(answers))]).pretty, terminator: "")
    }
  }

  private func showCrossCheck(
    _ rankings: [Ranking], _ run: String, _ snapshot: Snapshot, _ workspace: Workspace
  ) throws {
    var pages: [CrossCheckPage] = []
    for ranking in rankings {
      let check = try bulian.crossCheck(
        ranking, snapshot: snapshot, folder: workspace.modelsFolder, file: judgements)
      pages.append(CrossCheckPage(ranking: ranking, check: check, snapshot: snapshot))
    }
    guard options.format == .json else { return pages.forEach { $0.printTable() } }
    print(
      JSONValue.object([("run", .string(run)), ("lists", .array(pages.map(\.json)))]).pretty,
      terminator: "")
  }

  private func printOthers(_ ranking: Ranking, _ snapshot: Snapshot) {
    for entry in ranking.entries {
      let firm = snapshot.firms.name[entry.pairing.firm]
      for other in entry.alsoAt {
        let segment = snapshot.segments[other.pairing.segment].name.zh
        let site = snapshot.sites[other.pairing.site].name
        print(
          say(
            "  亦可配 \(firm)：\(segment) @ \(site)，期望值 \(whole(other.expectedValue)) 万元",
            "  also \(firm): \(segment) @ \(site), expected value \(whole(other.expectedValue))"))
      }
    }
  }

  private func row(
    _ entry: Entry, _ snapshot: Snapshot, _ publication: Publication, _ models: MatchingModels
  ) -> [String] {
    let firm = entry.pairing.firm
    return [
      "\(entry.rank)" + (entry.machineRank.map { say("（机器 \($0)）", " (machine \($0))") } ?? ""),
      entry.rankLow.flatMap { low in entry.rankHigh.map { "\(low)–\($0)" } } ?? "",
      entry.verdict.label[Clock.language], snapshot.firms.name[firm],
      snapshot.firms.seat[firm].map { snapshot.places.name[Int($0)] } ?? say("未知", "unknown"),
      snapshot.segments[entry.pairing.segment].name[Clock.language],
      entry.remedy.label[Clock.language],
      money(entry.expectedValue),
      likelihoodWord(entry.likelihood?.base, publication, models.choice),
      money(entry.worth.base), saving(entry.freight.inbound.saving),
      saving(entry.freight.outbound.saving),
      entry.labour.fillProbability.map { whole($0 * 100) + "%" } ?? say("未知", "unknown"),
      "\(entry.localSourcing.matched)/\(entry.localSourcing.needed)",
    ]
  }

  private func saving(_ figure: Figure) -> String {
    guard let base = figure.base else { return say("未知", "unknown") }
    return (base < 0 ? say("增加 ", "more ") + whole(-base) : whole(base)) + say("估", " est.")
  }
}

/// 高/中/低 until enough visits have been recorded, then a percentage. 可能性
func likelihoodWord(
  _ value: Double?, _ publication: Publication, _ model: MatchModel
) -> String {
  guard let value else { return say("未知", "unknown") }
  if publication.likelihoodIsCalibrated { return whole(value * 100) + "%" }
  return LikelihoodLevels(model).word(value)[Clock.language]
}

extension LikelihoodLevels {
  init(_ model: MatchModel) {
    self.init(high: model.value("likelihoodHigh"), medium: model.value("likelihoodMedium"))
  }
}

extension Snapshot {
  /// Refuses the id of a site that the district does not have.
  func requireSite(_ id: String) throws {
    guard sites.contains(where: { $0.id == id }) else {
      throw Failure.noSite(id, sites.map(\.id))
    }
  }
}

extension Ranking {
  /// The entries of one segment or site, and only the first of them; ranks stay what they are.
  func narrowed(segment: String?, site: String?, top: Int?, in snapshot: Snapshot) -> Ranking {
    let kept = entries.filter { entry in
      (segment == nil || snapshot.segments[entry.pairing.segment].id == segment
        || snapshot.segments[entry.pairing.segment].name.zh == segment)
        && (site == nil || snapshot.sites[entry.pairing.site].id == site)
    }
    var narrow = self
    narrow.entries = kept
    // Without a filter the list is what follows without a gap; a filter shows all that was read.
    let all = segment == nil && site == nil ? listed : kept.count
    narrow.entries = narrow.shortened(to: min(top ?? all, all))
    return narrow
  }
}
