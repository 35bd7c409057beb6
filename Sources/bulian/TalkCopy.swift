import Atlas
import Briefing
import Foundation
import Ledger
import Linking

/// A copy of a workspace that lives as long as one command: what is said at the table is reckoned with there, the
/// ledger itself is not touched. 会谈副本
final class TalkCopy {
  let workspace: Workspace
  private let folder: URL

  /// The note under which facts of a talk are printed.
  static let note = "会谈中口述"

  init(of original: Workspace) throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "bulian-talk-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure.cannotWrite(folder.path, "") }
    try original.ledger.backUp(to: folder.appending(path: "bulian.sqlite").path)
    try write(
      Data(original.configuration.yaml.utf8), to: folder.appending(path: "bulian.yaml").path)
    var options = WorkspaceOptions.parseOrExit([])
    options.workspace = folder.path
    options.models = original.modelsFolder.path
    workspace = try Workspace(options)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Imports one row under Chinese headers.
  /// - Throws: `BL0532` with the issue's own sentence when a value cannot be read.
  func add(_ kind: String, _ row: [(header: String, value: String)], disclosure: Disclosure) throws
  {
    let text =
      row.map { CSV.field($0.header) }.joined(separator: ",") + "\n"
      + row.map { CSV.field($0.value) }.joined(separator: ",") + "\n"
    let path = folder.appending(path: "\(TalkCopy.note)-\(kind).csv").path
    try write(Data(text.utf8), to: path)
    let result = try workspace.ledger.importFile(
      path, kind: kind,
      options: ImportOptions(
        knownOn: Clock.today, disclosure: disclosure, note: TalkCopy.note),
      context: try workspace.importContext())
    if let issue = result.issues.first {
      throw Failure(
        "BL0532", exit: 64,
        Phrase(
          zh: "\(issue.column ?? "")：\(issue.message.zh)",
          en: "\(issue.column ?? ""): \(issue.message.en)")
      )
    }
  }

  /// Puts a firm of which only a product is known on its most likely segment, as a decision of the person at the table.
  /// - Throws: `BL0531` when the product names no segment of a chain that the district leads.
  func place(firm name: String, product: String) throws {
    let found = try workspace.oneFirm(name)
    let linker = Linker(chains: workspace.library.chains)
    let led = Set(workspace.configuration.leads.map(\.chain))
    let chainOf = Dictionary(
      workspace.library.chains.flatMap { chain in chain.segments.map { ($0.id, chain.id) } }
    ) { first, _ in first }
    var scratch = LinkScratch()
    let links = linker.links(
      of: Linking.FirmText(
        name: name, products: product, mainBusiness: "", businessScope: "", industries: []),
      using: &scratch
    ).filter {
      $0.verdict != .rejected && led.contains(chainOf[linker.segments[$0.segment].id] ?? "")
    }
    guard let best = links.max(by: { $0.score < $1.score }) else {
      let known = workspace.library.chains.filter { led.contains($0.id) }
        .flatMap { $0.segments.map(\.name.zh) }.prefix(24).joined(separator: "、")
      throw Failure(
        "BL0531", exit: 66,
        Phrase(
          zh: "“\(product)”看不出属于本区牵头链条的哪个环节：请用更具体的产品名，例如 \(known)。",
          en:
            "\"\(product)\" names no segment of a chain that the district leads: use a product's own name, such as \(known)."
        ))
    }
    try workspace.ledger.decideLinks([
      PersonLink(
        firm: found.id, segment: linker.segments[best.segment].id, isAccepted: true, share: 1,
        decidedBy: "-", decidedAt: Clock.now, because: TalkCopy.note)
    ])
  }
}
