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

  /// A paper as it is told in the binder, and the file or files of it. 一种材料
  private struct Made: Sendable {
    var kind: String
    var subject: String
    var isFirm = false
    var group: String
    var title: String
    var written: [String] = []
    /// Printed by other programs at the end, all of them at once.
    var prints: [PrintJob] = []

    /// The same with a file that is written, or with what another program has to print of it.
    func with(_ job: PrintJob?, _ path: String) -> Made {
      var made = self
      if let job { made.prints.append(job) } else { made.written.append(path) }
      return made
    }
  }

  /// - Parameter step: called after every paper, for tests that interrupt here.
  func compose(into delivery: inout Delivery, step: () -> Void) throws -> (
    changeLines: [String], missing: [Failure]
  ) {
    let papers = try Papers(
      workspace: workspace, run: run, snapshot: snapshot, models: models, publication: publication)
    let language = papers.context.language
    var items: [Binder.Item] = []
    func add(_ made: Made, _ path: String) {
      let root = delivery.folder.path + "/"
      let relative = path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
      let paper = Delivery.Paper(
        kind: made.kind, subject: made.subject, isFirm: made.isFirm, title: made.title,
        language: language.rawValue, path: relative)
      delivery.add(paper)
      items.append(
        Binder.Item(group: made.group, title: made.title, path: relative, format: paper.format))
      step()
    }
    let change = ChangePaper(
      papers.context, chains: changes.chains, earlier: changes.earlier, problems: problems)
    let root = delivery.folder.path
    let steps = try list(papers, change, in: root)
    progress(say("出材料：\(steps.count) 种", "composing \(steps.count) papers"))
    let made = try Workers.machine.map(steps.count) { number in Result { try steps[number]() } }
      .map { try $0.get() }
    for paper in made { for path in paper.written { add(paper, path) } }
    let prints = made.flatMap { paper in paper.prints.map { (paper, $0) } }
    progress(say("印制 \(prints.count) 份材料", "printing \(prints.count) papers"))
    let printed = try papers.printAll(prints.map(\.1))
    for ((paper, job), isThere) in zip(prints, printed) where isThere { add(paper, job.path) }
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

  /// What there is to compose, in the order of the binder; the steps do not depend on one another.
  private func list(
    _ papers: Papers, _ change: ChangePaper, in root: String
  ) throws -> [@Sendable () throws -> Made] {
    let language = papers.context.language
    let formats = workspace.configuration.formats
    var steps: [@Sendable () throws -> Made] = []
    let changeTitle = Phrase(zh: "夜间变化", en: "Overnight changes")[language]
    steps.append {
      var made = Made(kind: "changes", subject: "", group: changeTitle, title: changeTitle)
      let document = change.document()
      let path = "\(root)/\(changeTitle)"
      try write(Data(document.html().utf8), to: path + ".html")
      try papers.xlsx(change.workbook(), to: path + ".xlsx")
      made.written = [path + ".html", path + ".xlsx"]
      if formats.contains("pdf") { made.prints = [PrintJob(.pdf(document), to: path + ".pdf")] }
      return made
    }
    for machine in publication.rankings {
      let ranking = try workspace.shown(machine, in: snapshot)
      let chain = snapshot.chains[ranking.chain]
      let group = chain.name[language]
      let folder = root + "/" + String(fileName(from: group).prefix(40))
      let lines = change.lines(ofChain: ranking.chain)
      let list = Phrase(zh: "招商目标清单", en: "Shortlist")[language]
      for ending in ["xlsx", "csv", "json"] + ["html", "pdf", "docx"].filter(formats.contains) {
        steps.append {
          let path = "\(folder)/\(list).\(ending)"
          return Made(kind: "shortlist", subject: chain.id, group: group, title: list)
            .with(try papers.shortlistJob(ranking, to: path, changes: lines), path)
        }
      }
      let picture = Phrase(zh: "全景图", en: "Panorama")[language]
      for ending in ["html", "svg"] + ["pdf"].filter(formats.contains) {
        steps.append {
          let path = "\(folder)/\(picture).\(ending)"
          let job = try papers.panoramaJob(
            chain: ranking.chain, firm: nil, edition: .office, to: path)
          return Made(kind: "panorama", subject: chain.id, group: group, title: picture)
            .with(job, path)
        }
      }
      for (position, entry) in ranking.entries.prefix(NightPapers.briefs).enumerated() {
        let firm = snapshot.firms.name[entry.pairing.firm]
        for edition in [Edition.office, .firm] {
          let reader =
            edition == .office
            ? Phrase(zh: "内部", en: "office")[language]
            : Phrase(zh: "给企业", en: "for the firm")[language]
          let title = "\(position + 1). \(firm)（\(reader)）"
          steps.append {
            let brief = try papers.brief(
              entry, edition: edition, purpose: .visit, formats: formats,
              folder: folder + "/briefs")
            return Made(
              kind: "brief", subject: firm, isFirm: true, group: group, title: title,
              written: brief.written, prints: brief.prints)
          }
        }
      }
    }
    return steps
  }
}
