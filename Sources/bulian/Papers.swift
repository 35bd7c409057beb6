import Atlas
import Briefing
import Cards
import Foundation
import Ledger
import Matching
import Press
import Synchronization

/// Composes papers from a publication and prints them in the formats that were asked for. 出材料
///
/// A missing program leaves its format out; the others are written and the sentence is kept in
/// `failures`. Papers of one publication may be composed on several cores at once.
final class Papers: Sendable {
  let workspace: Workspace
  let context: PaperContext
  let press: Press
  let models: MatchingModels
  private let noted = Mutex<[Failure]>([])
  var failures: [Failure] { noted.withLock { $0 } }

  init(
    workspace: Workspace, run: String, snapshot: Snapshot, models: MatchingModels,
    publication: Publication, language: Language? = nil
  ) throws {
    self.workspace = workspace
    self.models = models
    let card = try ModelLibrary.loadOffers(folder: workspace.modelsFolder)
    context = PaperContext(
      snapshot: snapshot, publication: publication, run: run,
      language: language ?? workspace.language, labour: models.labour,
      hiring: try HiringRates(workspace.library.labour),
      permitted: PermittedOffers(
        offers: card.offers.map {
          PermittedOffer(id: $0.id, offer: $0.offer, words: $0.words, basis: $0.basis)
        },
        forbidden: card.forbidden.map {
          PermittedOffers.Forbidden(words: $0.words, because: $0.because)
        }), likelihoodLevels: LikelihoodLevels(models.choice))
    let environment = ProcessInfo.processInfo.environment
    var folders: [String] = []
    if let tools = environment["BULIAN_TOOLS"] { folders.append(tools) }
    folders.append(workspace.folder.appending(path: "tools").path)
    for up in ["tools", "../../tools", "../../../tools"] {
      folders.append(Workspace.programFolder.appending(path: up).standardizedFileURL.path)
    }
    press = Press(
      tools: Tools(
        folders: folders, path: environment["PATH"] ?? "",
        templates: workspace.templatesFolder.path,
        fonts: environment["TYPST_FONT_PATHS"] ?? ""))
  }

  /// The shortlist of one chain, in the format of the file's ending.
  func shortlist(_ ranking: Ranking, to path: String, changes: [String] = []) throws {
    if let job = try shortlistJob(ranking, to: path, changes: changes) {
      try press.print(job)
    }
  }

  /// Writes the shortlist, or returns what another program has to print.
  func shortlistJob(
    _ ranking: Ranking, to path: String, changes: [String] = []
  ) throws -> PrintJob? {
    let ending = URL(fileURLWithPath: path).pathExtension
    let paper = ShortlistPaper(
      context, ranking: ranking, top: ranking.listed, approval: try approval(),
      parameters: models.choice.parameters.entries.map { ($0.name, $0.parameter) },
      // Only the workbook has a sheet for it.
      crossCheck: ending == "xlsx"
        ? try bulian.crossCheck(
          ranking, snapshot: context.snapshot, folder: workspace.modelsFolder, file: nil) : nil)
    switch ending {
    case "xlsx": try press.xlsx(paper.workbook(), to: prepared(path))
    case "csv": try write(Data(paper.csv().utf8), to: path)
    case "json":
      let answer = answer(
        context.publication, ranking, run: context.run, snapshot: context.snapshot,
        limit: ranking.listed)
      try write(Data(answer.prettyBytes), to: path)
    case "html": try write(Data(paper.cover(changes: changes).html().utf8), to: path)
    case "pdf": return PrintJob(.pdf(paper.cover(changes: changes)), to: try prepared(path))
    case "docx": return PrintJob(.docx(paper.cover(changes: changes)), to: try prepared(path))
    default:
      throw Failure.badEnding(path, [".xlsx", ".csv", ".json", ".html", ".pdf", ".docx"])
    }
    return nil
  }

  /// Who approved the choice card in use, and by which document.
  private func approval() throws -> String? {
    try workspace.ledger.findApproval(digest: models.choice.behaviourDigest).map { found in
      context.language == .zhHans
        ? "\(found.by) 以 \(found.document) 批准（\(found.at.prefix(10))）。"
        : "Approved by \(found.by), document \(found.document) (\(found.at.prefix(10)))."
    }
  }

  /// Notes in the audit that papers left the workspace: what, of whom, which bytes, by whom.
  func recordExport(_ kind: String, subject: String?, _ paths: [String]) throws {
    let by = try initials(nil)
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      try workspace.ledger.recordExport(
        kind: kind, subject: subject, run: context.run, path: path,
        digest: Ledger.digest(of: data), by: by, at: Clock.now)
    }
  }

  /// The panorama of one chain, in the format of the file's ending.
  func panorama(chain: Int, firm: Int?, edition: Edition, to path: String) throws {
    if let job = try panoramaJob(chain: chain, firm: firm, edition: edition, to: path) {
      try press.print(job)
    }
  }

  /// Writes the panorama, or returns what another program has to print.
  func panoramaJob(
    chain: Int, firm: Int?, edition: Edition, to path: String
  ) throws -> PrintJob? {
    let drawing = Panorama(context.panorama(chain: chain, firm: firm, edition: edition)).drawing
    switch URL(fileURLWithPath: path).pathExtension {
    case "svg": try write(Data(drawing.svg().utf8), to: path)
    case "html": try write(Data(page(drawing).utf8), to: path)
    case "pdf", "png": return PrintJob(.picture(drawing), to: try prepared(path))
    default: throw Failure.badEnding(path, [".svg", ".html", ".pdf", ".png"])
    }
    return nil
  }

  /// Prints files on all cores.
  /// - Returns: which were printed; one whose program is missing is noted in `failures`.
  func printAll(_ jobs: [PrintJob]) throws -> [Bool] {
    for job in jobs { _ = try prepared(job.path) }
    return try press.print(jobs).map { error in try attempt { if let error { throw error } } }
  }

  /// The brief of one entry in every format asked for; returns the files that were written, and what other programs have
  /// to print.
  func brief(
    _ entry: Entry, edition: Edition, purpose: BriefRequest.Purpose, formats: [String],
    folder: String, spoken: [String] = []
  ) throws -> (written: [String], prints: [PrintJob]) {
    var paper = BriefPaper(
      context, BriefRequest(entry: entry, purpose: purpose, edition: edition, spoken: spoken))
    let document = paper.compose()
    let firm = fileName(from: context.snapshot.firms.name[entry.pairing.firm]).prefix(60)
    let words =
      context.language == .zhHans
      ? ["洽谈方案", edition == .office ? "内部" : "给企业"]
      : ["brief", edition == .office ? "office" : "firm"]
    let stem = "\(folder)/\(firm)-\(words[0])-\(words[1])"
    var written: [String] = []
    var prints: [PrintJob] = []
    for format in formats {
      let path = "\(stem).\(format)"
      switch format {
      case "html": try write(Data(document.html().utf8), to: path)
      case "json":
        try write(Data(document.json { "figure\($0).svg" }.prettyBytes), to: path)
      case "pdf":
        prints.append(PrintJob(.pdf(document), to: path))
        continue
      case "docx":
        prints.append(PrintJob(.docx(document), to: path))
        continue
      default: throw Failure.badEnding(path, ["html", "pdf", "docx", "json"])
      }
      written.append(path)
    }
    return (written, prints)
  }

  /// Prints a document as PDF; false when its program is missing.
  func pdf(_ document: Document, to path: String) throws -> Bool {
    try attempt { try press.pdf(document, to: prepared(path)) }
  }

  /// Prints a document for word processors; false when its program is missing.
  func docx(_ document: Document, to path: String) throws -> Bool {
    try attempt { try press.docx(document, to: prepared(path)) }
  }

  /// Prints a workbook.
  func xlsx(_ workbook: Workbook, to path: String) throws {
    try press.xlsx(workbook, to: prepared(path))
  }

  /// Runs a step that may lack its program; true when it went through.
  private func attempt(_ step: () throws -> Void) throws -> Bool {
    do {
      try step()
      return true
    } catch let error as PressError {
      let failure = Failure(error)
      guard failure.exitCode == 69 else { throw failure }
      noted.withLock { known in
        if !known.contains(where: { $0.message == failure.message }) { known.append(failure) }
      }
      return false
    }
  }

  /// Makes the folder of a path that another program will write.
  private func prepared(_ path: String) throws -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(path, "")
    }
    return path
  }

  private func page(_ drawing: Drawing) -> String {
    """
    <!DOCTYPE html>
    <html lang="\(context.language.rawValue)"><head><meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(context.language == .zhHans ? "产业链全景图" : "chain panorama")</title>
    <style>body{margin:0;background:#fff}svg{width:100%;height:auto;min-width:960px}
    @page{size:A3 landscape;margin:6mm}</style></head>
    <body>
    \(drawing.svg(sized: false))
    </body></html>

    """
  }
}
