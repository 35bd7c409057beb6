import ArgumentParser
import Atlas
import Briefing
import Foundation
import Matching
import Press

/// The negotiation brief of one firm. 谈判方案
struct BriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief",
    abstract: say(
      "谈判方案 1+1+4 页：内部版，或放到桌上给企业的版本；--new 给上门的企业当场出，--set 按会谈中口述重算。",
      "The negotiation brief, 1+1+4 pages, for the office or for the table; --new for a walk-in, --set reckons with what is said."
    ),
    discussion: example(
      "bulian brief 广东和鑫达电子股份有限公司 -w 荣昌 -o 材料 --for firm\n    bulian brief --new 某电路公司 --place 广东省惠州市 --product 多层板 --heads 600 -w 荣昌 -o 材料\n    bulian brief 广东和鑫达 --set 年进料=3200吨 --set 用工=900 -w 荣昌 -o 材料"
    ))

  @OptionGroup var options: WorkspaceOptions
  @Argument(
    help: .say("企业编号、统一社会信用代码或名称，可写多家", "firm ids, credit codes or names, one or more"))
  var firms: [String] = []
  @Option(help: .say("每条链名单的前几家各出一份", "one for each of the first firms of every list"))
  var top: Int?
  @Option(help: .say("--top 只取这条链", "with --top: this chain alone")) var chain: String?
  @Option(
    name: .customLong("new"),
    help: .say("上门企业的名称：不写入台账", "name of a walk-in firm; the ledger is not touched")) var newName:
    String?
  @Option(help: .say("上门企业现在的地点", "where the walk-in firm is today")) var place: String?
  @Option(help: .say("上门企业的产品", "what it makes")) var product: String?
  @Option(help: .say("拟用工人数", "heads of the project")) var heads: String?
  @Option(help: .say("年营业收入，万元", "revenue, 10k yuan a year")) var revenue: String?
  @Option(name: .customLong("tonnes-in"), help: .say("年进料，吨", "tonnes in a year")) var tonnesIn:
    String?
  @Option(name: .customLong("tonnes-out"), help: .say("年发货，吨", "tonnes out a year")) var tonnesOut:
    String?
  @Option(
    name: .customLong("set"),
    help: .say(
      "会谈中口述的事实，可多次：年产值、总投资、年进料、年发货、用工、用地、用电负荷、年产量",
      "a fact said at the table, repeatable: output, investment, tonnes-in, tonnes-out, heads, land, power, units"
    ))
  var facts: [String] = []
  @Option(help: .say("载体编号", "site id")) var site: String?
  @Option(
    name: .customLong("for"),
    help: .say("office 内部版，firm 给企业；默认两版都出", "office or firm; default: both")) var reader: String?
  @Option(help: .say("visit 上门拜访，reception 来访接待", "visit or reception")) var purpose: String =
    "visit"
  @Option(help: .say("zh-Hans 或 en", "zh-Hans or en")) var language: String?
  @Option(name: .shortAndLong, help: .say("输出文件夹", "output folder")) var output: String
  @Option(help: .say("格式，逗号分开：html,pdf,docx,json", "formats with commas: html,pdf,docx,json"))
  var formats: String?

  func run() throws {
    let workspace = try options.open()
    guard [!firms.isEmpty, newName != nil, top != nil].count(where: { $0 }) == 1 else {
      throw Failure(
        "BL0530", exit: 64,
        Phrase(
          zh: "请写台账里的企业，或用 --top 取名单前几家，或用 --new 写上门企业的名称，三者只取一种。",
          en:
            "name firms of the ledger, or take the first of the lists with --top, or a walk-in with --new: one of the three."
        ))
    }
    guard facts.isEmpty || firms.count == 1 else {
      throw Failure(
        "BL0537", exit: 64,
        Phrase(zh: "--set 一次只用于一家企业。", en: "--set is for one firm at a time."))
    }
    guard let purpose = BriefRequest.Purpose(rawValue: purpose) else {
      throw Failure(
        "BL0122", exit: 64,
        Phrase(zh: "--purpose 只能是 visit 或 reception。", en: "--purpose is visit or reception."))
    }
    let editions = try editions()
    let language = try readLanguage()
    guard newName != nil || !facts.isEmpty else {
      let (run, snapshot, models, publication) = try lastPublication(
        workspace, detailing: firms, top: top ?? 0)
      let wanted =
        try top.map { top in
          let only = try workspace.chain(chain, in: snapshot)
          return try publication.rankings.filter { only == nil || $0.chain == only }.flatMap {
            try workspace.shown($0, in: snapshot).entries.prefix(top)
          }
        } ?? firms.map { try find($0, workspace, snapshot, publication) }
      // A firm on two lists gets one paper, of the list where it comes first.
      var seen: Set<Int> = []
      return try compose(
        wanted.filter { seen.insert($0.pairing.firm).inserted }, workspace, run.id, snapshot,
        models, publication, purpose, editions, language,
        spoken: [], exports: workspace)
    }
    // What is said at the table is reckoned with in a copy; the run's day and seed hold if there is one.
    let copy = try TalkCopy(of: workspace)
    let spoken = try newName == nil ? addFacts(to: copy) : addWalkIn(to: copy)
    let run = try? workspace.ledger.requireRun(nil)
    let (snapshot, models) = try copy.workspace.freeze(asOf: Clock.today)
    let name = newName ?? firms[0]
    let row = try copy.workspace.firm(name, in: snapshot)
    let publication = match(
      snapshot, models: models, seed: run?.seed ?? 20_260_101, detailed: [row], workers: .machine)
    try compose(
      [find(name, copy.workspace, snapshot, publication)], copy.workspace,
      (run?.id ?? "-") + "+" + TalkCopy.note, snapshot, models, publication, purpose, editions,
      language, spoken: spoken, exports: workspace)
  }

  /// The walk-in's answers as facts of the copy; what was said, in words.
  private func addWalkIn(to copy: TalkCopy) throws -> [String] {
    guard let newName, let place, let product, let heads else {
      throw Failure(
        "BL0533", exit: 64,
        Phrase(
          zh: "--new 还要 --place 地点、--product 产品、--heads 人数。",
          en: "--new also needs --place, --product and --heads."))
    }
    for number in [heads, revenue, tonnesIn, tonnesOut].compactMap(\.self) {
      try requireNumber(number)
    }
    if let known = try copy.workspace.ledger.findFirms(newName).first(where: { $0.name == newName })
    {
      throw Failure(
        "BL0534", exit: 64,
        Phrase(
          zh: "台账里已有“\(newName)”（编号 \(known.id)）：请直接 bulian brief \(known.id)，口述的事实用 --set。",
          en:
            "the ledger has \"\(newName)\" (id \(known.id)): use bulian brief \(known.id), with --set for what was said."
        ))
    }
    try copy.add(
      "firms",
      [
        ("企业名称", newName), ("所在地", place), ("主营产品", product), ("营业收入（万元）", revenue ?? ""),
      ], disclosure: .confidential)
    try copy.add(
      "plants", [("企业", newName), ("地点", place), ("产品", product)], disclosure: .confidential)
    try copy.add(
      "projects",
      [
        ("企业", newName), ("类型", "新建"), ("用工人数（人）", heads), ("年进料（吨）", tonnesIn ?? ""),
        ("年发货（吨）", tonnesOut ?? ""),
      ], disclosure: .confidential)
    try copy.place(firm: newName, product: product)
    return [
      "产品：\(product)", "现址：\(place)", "用工：\(heads) 人", revenue.map { "营业收入：\($0) 万元" },
      tonnesIn.map { "年进料：\($0) 吨" }, tonnesOut.map { "年发货：\($0) 吨" },
    ].compactMap { $0 }
  }

  /// Columns of a project that can be said at the table, each with its other names.
  private static let keys: [(header: String, names: [String])] = [
    ("年产值（万元）", ["年产值", "产值", "output"]), ("总投资（万元）", ["总投资", "投资", "investment"]),
    ("年进料（吨）", ["年进料", "进料", "tonnes-in", "tonnesIn"]),
    ("年发货（吨）", ["年发货", "发货", "tonnes-out", "tonnesOut"]),
    ("用工人数（人）", ["用工", "用工人数", "heads"]), ("用地（亩）", ["用地", "土地", "land"]),
    ("用电负荷（兆瓦）", ["用电负荷", "用电", "power"]), ("年产量（按产品计量单位）", ["年产量", "units"]),
  ]

  private func addFacts(to copy: TalkCopy) throws -> [String] {
    let found = try copy.workspace.oneFirm(firms[0])
    let stated = try copy.workspace.freeze(asOf: Clock.today).snapshot
    let row = try copy.workspace.firm("\(found.id)", in: stated)
    let kind: String
    switch stated.projects[row].last?.kind {
    case .relocation: kind = "搬迁"
    case .branch: kind = "分厂"
    default: kind = "新建"
    }
    var cells: [(header: String, value: String)] = [("企业", found.name), ("类型", kind)]
    for fact in facts {
      let parts = fact.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, !parts[1].isEmpty,
        let key = Self.keys.first(where: { $0.names.contains(parts[0]) })
      else {
        throw Failure(
          "BL0535", exit: 64,
          Phrase(
            zh:
              "--set \(fact) 看不懂：请写成 用工=900；可用 \(Self.keys.map { $0.names[0] }.joined(separator: "、"))。",
            en:
              "--set \(fact): write heads=900; there are \(Self.keys.map { $0.names.last ?? "" }.joined(separator: ", "))."
          ))
      }
      try requireNumber(parts[1])
      cells.append((key.header, parts[1]))
    }
    try copy.add("projects", cells, disclosure: .confidential)
    return facts.map { $0.replacing("=", with: "：") }
  }

  /// In a file `-` or `nan` is a cell left empty; at the table it is no answer.
  private func requireNumber(_ text: String) throws {
    guard text.contains(where: \.isNumber) else {
      throw Failure(
        "BL0536", exit: 64,
        Phrase(
          zh: "“\(text)”不是数：请写数字，可带单位。",
          en: "\"\(text)\" is no number: write one, with a unit if you like."))
    }
  }

  /// The firm's best entry, at the site that was asked for.
  private func find(
    _ name: String, _ workspace: Workspace, _ snapshot: Snapshot, _ publication: Publication
  ) throws -> Entry {
    let row = try workspace.firm(name, in: snapshot)
    if let site { try snapshot.requireSite(site) }
    let found = publication.rankings.flatMap(\.entries).first {
      $0.pairing.firm == row && (site == nil || snapshot.sites[$0.pairing.site].id == site)
    }
    if let found { return found }
    let exclusion = publication.rankings.flatMap(\.excluded).first { $0.firm == row }
    throw Failure(
      "BL0121", exit: 66,
      Phrase(
        zh:
          "\(snapshot.firms.name[row])不在候选之列（\(exclusion?.because.zh ?? "没有挂到任何缺口环节")），未出方案：用 bulian explain 查看原因。",
        en:
          "\(snapshot.firms.name[row]) is no candidate (\(exclusion?.because.en ?? "on no open segment")): see bulian explain."
      ))
  }

  private func compose(
    _ entries: [Entry], _ workspace: Workspace, _ run: String, _ snapshot: Snapshot,
    _ models: MatchingModels, _ publication: Publication, _ purpose: BriefRequest.Purpose,
    _ editions: [Edition], _ language: Language?, spoken: [String], exports: Workspace
  ) throws {
    let papers = try Papers(
      workspace: workspace, run: run, snapshot: snapshot, models: models,
      publication: publication, language: language)
    let kinds =
      formats?.split(separator: ",").map(String.init) ?? exports.configuration.formats
    var made: [(firm: String, paths: [String])] = []
    var prints: [(firm: Int, print: PrintJob)] = []
    for (count, entry) in entries.enumerated() {
      if entries.count > 1 {
        progress(say("出方案", "composing") + " \(count + 1)/\(entries.count)")
      }
      made.append((snapshot.firms.name[entry.pairing.firm], []))
      for edition in editions {
        let paper = try papers.brief(
          entry, edition: edition, purpose: purpose, formats: kinds, folder: output,
          spoken: spoken)
        made[count].paths += paper.written
        prints += paper.prints.map { (count, $0) }
      }
    }
    if entries.count > 1, !prints.isEmpty {
      progress(say("印制", "printing") + " \(prints.count)")
    }
    let printed = try papers.printAll(prints.map(\.print))
    endProgress()
    for (item, isPrinted) in zip(prints, printed) where isPrinted {
      made[item.firm].paths.append(item.print.path)
    }
    for item in made {
      // A walk-in's paper is made from a copy: nothing of it enters the ledger.
      if workspace.folder == exports.folder {
        try papers.recordExport("brief", subject: item.firm, item.paths)
      }
      for path in item.paths { print(say("已写", "wrote") + " \(path)") }
    }
    for failure in papers.failures { failure.print(in: exports.language) }
    if !papers.failures.isEmpty { throw ExitCode(69) }
  }

  private func editions() throws -> [Edition] {
    switch reader {
    case nil: return [.office, .firm]
    case "office": return [.office]
    case "firm": return [.firm]
    default:
      throw Failure(
        "BL0123", exit: 64, Phrase(zh: "--for 只能是 office 或 firm。", en: "--for is office or firm."))
    }
  }

  private func readLanguage() throws -> Language? {
    guard let language else { return nil }
    guard let known = Language(rawValue: language) else {
      throw Failure(
        "BL0124", exit: 64,
        Phrase(zh: "--language 只能是 zh-Hans 或 en。", en: "--language is zh-Hans or en."))
    }
    return known
  }
}
