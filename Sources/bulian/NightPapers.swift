import Atlas
import Briefing
import Foundation
import Ledger
import Matching
import Nightly
import Press

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
