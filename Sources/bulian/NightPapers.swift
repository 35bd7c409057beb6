import Atlas
import Briefing
import Foundation
import Ledger
import Matching
import Nightly
import Press

/// What changed since the earlier run, with the causes computed from the ledger as it was then. 变化
struct NightChanges {
  let chains: [ChangePaper.Chain]
  let earlier: (run: String, asOf: Day)?

  /// - Parameter earlier: the run to compare with; nil for a first publication.
  init(
    workspace: Workspace, publication: Publication, snapshot: Snapshot, models: MatchingModels,
    run: RunRecord, earlier: RunRecord?
  ) throws {
    guard let earlier, earlier.id != run.id else {
      chains = []
      self.earlier = nil
      return
    }
    self.earlier = (earlier.id, earlier.asOf)
    let batch = try workspace.ledger.lastBatch(before: earlier.id)
    let isRemodelled =
      earlier.modelDigests.first != models.choice.behaviourDigest
      || earlier.codeVersion != Bulian.version
    let isLater = earlier.asOf != publication.asOf
    let old = try workspace.freeze(asOf: earlier.asOf, through: batch)
    let oldGaps = findGaps(old.snapshot, models: models)
    let remodelled =
      isRemodelled ? match(old.snapshot, models: models, seed: publication.seed) : nil
    var aged: Publication?
    var agedSnapshot: Snapshot?
    if isLater {
      let made = try workspace.freeze(asOf: publication.asOf, through: batch)
      agedSnapshot = made.snapshot
      aged = match(made.snapshot, models: models, seed: publication.seed)
    }
    var own: [Int64: ChangeCause] = [:]
    for item in try workspace.ledger.listNews(after: batch) {
      let cause: ChangeCause =
        item.kind == "outcomes" ? .outcome : item.isCorrection ? .correctedData : .newData
      // An outcome says more than a correction, a correction more than an addition.
      let order: [ChangeCause] = [.newData, .correctedData, .outcome]
      let known = own[item.firm].flatMap { order.firstIndex(of: $0) } ?? -1
      if order.firstIndex(of: cause) ?? 0 > known { own[item.firm] = cause }
    }
    chains = try publication.rankings.map { ranking in
      let id = snapshot.chains[ranking.chain].id
      let stored = try workspace.ledger.findPublication(run: earlier.id, chain: id)
      func values(_ other: Publication?, _ snapshot: Snapshot?) -> ListedValues? {
        guard let other, let snapshot,
          let list = other.rankings.first(where: { snapshot.chains[$0.chain].id == id })
        else { return nil }
        return ListedValues(NightChanges.standings(list, snapshot))
      }
      let moves = findMoves(
        before: try stored.map { try NightChanges.standings($0.payload) } ?? [],
        after: NightChanges.standings(ranking, snapshot),
        remodelled: values(remodelled, old.snapshot), aged: values(aged, agedSnapshot), own: own)
      let now = publication.gaps.first { $0.chain == ranking.chain }?.rows ?? []
      let then = oldGaps.first { old.snapshot.chains[$0.chain].id == id }
      let gaps = now.compactMap { row -> (segment: Int, before: GapClass, after: GapClass)? in
        guard let was = then?.row(of: row.segment)?.gapClass, was != row.gapClass,
          was.isOpen != row.gapClass.isOpen
        else { return nil }
        return (row.segment, was, row.gapClass)
      }
      return ChangePaper.Chain(chain: ranking.chain, moves: moves, gaps: gaps)
    }
  }

  private static func standings(_ ranking: Ranking, _ snapshot: Snapshot) -> [ListedStanding] {
    ranking.entries.map {
      ListedStanding(
        firm: snapshot.firms.id[$0.pairing.firm], rank: $0.rank, rankLow: $0.rankLow,
        rankHigh: $0.rankHigh, expectedValue: $0.expectedValue)
    }
  }

  /// The standings of a stored publication.
  private static func standings(_ payload: Data) throws -> [ListedStanding] {
    struct Stored: Decodable {
      struct Entry: Decodable {
        struct Firm: Decodable { let id: String }
        let rank: Int
        let rankLow: Int?
        let rankHigh: Int?
        let expectedValue: Double?
        let firm: Firm
      }
      let entries: [Entry]
    }
    return try JSONDecoder().decode(Stored.self, from: payload).entries.map {
      ListedStanding(
        firm: Int64($0.firm.id) ?? 0, rank: $0.rank, rankLow: $0.rankLow, rankHigh: $0.rankHigh,
        expectedValue: $0.expectedValue)
    }
  }
}

/// Every paper of one publication in one folder: lists, panoramas, the briefs of the first five, what changed, and the
/// binder that leads to all of them. 成套材料
struct NightPapers {
  let workspace: Workspace
  let publication: Publication
  let snapshot: Snapshot
  let models: MatchingModels
  let run: String
  let changes: NightChanges
  let problems: [Phrase]

  /// Briefs a chain.
  static let briefs = 5

  /// A paper that other programs print at the end, all of them at once.
  private struct Pending {
    let job: PrintJob
    let kind: String
    let subject: String
    let isFirm: Bool
    let group: String
    let title: String
  }

  /// - Parameter step: called after every paper, for tests that interrupt here.
  func compose(into delivery: inout Delivery, step: () -> Void) throws -> (
    changeLines: [String], missing: [Failure]
  ) {
    let papers = try Papers(
      workspace: workspace, run: run, snapshot: snapshot, models: models, publication: publication)
    let language = papers.context.language
    let formats = workspace.configuration.formats
    var items: [Binder.Item] = []
    // What other programs print is printed at the end, all at once.
    var prints: [Pending] = []
    func add(
      _ kind: String, _ subject: String, isFirm: Bool, group: String, title: String, _ path: String
    ) {
      let root = delivery.folder.path + "/"
      let relative = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
      let paper = Delivery.Paper(
        kind: kind, subject: subject, isFirm: isFirm, title: title, language: language.rawValue,
        path: relative)
      delivery.add(paper)
      items.append(Binder.Item(group: group, title: title, path: relative, format: paper.format))
      step()
    }
    /// Adds a paper that is written, or keeps what another program has to print of it.
    func take(
      _ job: PrintJob?, _ kind: String, _ chain: String, group: String, title: String,
      _ path: String
    ) {
      guard let job else {
        return add(kind, chain, isFirm: false, group: group, title: title, path)
      }
      prints.append(
        Pending(
          job: job, kind: kind, subject: chain, isFirm: false, group: group, title: title))
    }
    let change = ChangePaper(
      papers.context, chains: changes.chains, earlier: changes.earlier, problems: problems)
    let changeTitle = Phrase(zh: "夜间变化", en: "Overnight changes")[language]
    let root = delivery.folder.path
    try write(Data(change.document().html().utf8), to: root + "/\(changeTitle).html")
    add(
      "changes", "", isFirm: false, group: changeTitle, title: changeTitle,
      root + "/\(changeTitle).html")
    if formats.contains("pdf") {
      let path = root + "/\(changeTitle).pdf"
      take(
        PrintJob(.pdf(change.document()), to: path), "changes", "", group: changeTitle,
        title: changeTitle, path)
    }
    try papers.xlsx(change.workbook(), to: root + "/\(changeTitle).xlsx")
    add(
      "changes", "", isFirm: false, group: changeTitle, title: changeTitle,
      root + "/\(changeTitle).xlsx")
    for machine in publication.rankings {
      let ranking = try workspace.shown(machine, in: snapshot)
      let chain = snapshot.chains[ranking.chain]
      let group = chain.name[language]
      let folder = root + "/" + String(fileName(from: group).prefix(40))
      let list = Phrase(zh: "招商目标清单", en: "Shortlist")[language]
      for ending in ["xlsx", "csv", "json"] + ["html", "pdf", "docx"].filter(formats.contains) {
        let path = "\(folder)/\(list).\(ending)"
        let job = try papers.shortlistJob(
          ranking, to: path, changes: change.lines(ofChain: ranking.chain))
        take(job, "shortlist", chain.id, group: group, title: list, path)
      }
      let picture = Phrase(zh: "全景图", en: "Panorama")[language]
      for ending in ["html", "svg"] + ["pdf"].filter(formats.contains) {
        let path = "\(folder)/\(picture).\(ending)"
        let job = try papers.panoramaJob(
          chain: ranking.chain, firm: nil, edition: .office, to: path)
        take(job, "panorama", chain.id, group: group, title: picture, path)
      }
      for (position, entry) in ranking.entries.prefix(NightPapers.briefs).enumerated() {
        let firm = snapshot.firms.name[entry.pairing.firm]
        progress(say("出材料：\(firm)", "printing: \(firm)"))
        for edition in [Edition.office, .firm] {
          let reader =
            edition == .office
            ? Phrase(zh: "内部", en: "office")[language]
            : Phrase(zh: "给企业", en: "for the firm")[language]
          let title = "\(position + 1). \(firm)（\(reader)）"
          let made = try papers.brief(
            entry, edition: edition, purpose: .visit, formats: formats, folder: folder + "/briefs")
          for path in made.written {
            add("brief", firm, isFirm: true, group: group, title: title, path)
          }
          prints += made.prints.map {
            Pending(
              job: $0, kind: "brief", subject: firm, isFirm: true, group: group, title: title)
          }
        }
      }
    }
    progress(say("印制 \(prints.count) 份材料", "printing \(prints.count) papers"))
    let printed = try papers.printAll(prints.map(\.job))
    for (item, isThere) in zip(prints, printed) where isThere {
      add(
        item.kind, item.subject, isFirm: item.isFirm, group: item.group, title: item.title,
        item.job.path)
    }
    endProgress()
    var lines = [
      Phrase(
        zh: "批次 \(run)，数据截至 \(snapshot.asOf.iso)。",
        en: "Run \(run), data as of \(snapshot.asOf.iso).")[
          language]
    ]
    let changed = publication.rankings.flatMap { change.lines(ofChain: $0.chain) }
    lines += changed.prefix(6)
    if changed.isEmpty, changes.earlier != nil {
      lines.append(Phrase(zh: "没有实质变化。", en: "No material change.")[language])
    }
    let binder = Binder(
      title: "\(snapshot.district.name) \(snapshot.asOf.iso)", lines: lines, items: items,
      language: language, isSample: snapshot.district.isSample)
    try write(Data(binder.html().utf8), to: root + "/index.html")
    delivery.add(
      Delivery.Paper(
        kind: "binder", subject: "", isFirm: false, title: "index", language: language.rawValue,
        path: "index.html"))
    return (changed, papers.failures)
  }
}
