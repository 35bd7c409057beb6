import Atlas
import Foundation
import Ledger
import Linking

/// Links the firms of the ledger; people's decisions are kept apart and win. 挂链
///
/// What was learned in this workspace counts as further evidence. With the same chains, the same learning and
/// the same program only firms with new facts are linked again. Memory does not grow with the ledger.
/// - Returns: how many links the machine has found, rejected ones not counted.
@discardableResult
func relink(_ workspace: Workspace) throws -> Int {
  let finder = LinkFinder(linker: try Linker(workspace))
  var count = 0
  defer { endProgress() }
  return try workspace.ledger.linkEveryFirm(linker: linkerMark(workspace)) { firms in
    count += firms.count
    progress(say("挂链 \(count) 家", "linking \(count) firms"))
    let links = Pending { finder.links(of: firms, workers: .machine) }
    return links.wait
  }.links
}

/// Why the linker found links: the evidence of each, strongest first, in the order of the links.
///
/// The ledger keeps what was found, not why: both are a function of the firm's text and of the linker,
/// so that the evidence is that of the link as long as the ledger was linked by today's linker.
/// - Complexity: the firms are linked again.
func findEvidence(of links: [MachineLink], _ workspace: Workspace) throws -> [[LinkEvidence]] {
  let linker = try Linker(workspace)
  var scratch = LinkScratch()
  var found: [Int64: [String: [LinkEvidence]]] = [:]
  try workspace.ledger.forEachFirmText(of: Set(links.map(\.firm))) { firm in
    for link in linker.links(of: Linking.FirmText(firm), using: &scratch, rejected: false) {
      found[firm.id, default: [:]][linker.segments[link.segment].id] = link.evidence
    }
  }
  return links.map { found[$0.firm]?[$0.segment] ?? [] }
}

extension Linker {
  /// The linker of a workspace: its chains, and what was learned in it.
  fileprivate init(_ workspace: Workspace) throws {
    self.init(chains: workspace.library.chains, trained: try LearnedCard.load(workspace))
  }
}

/// The links of firms as the ledger keeps them; a function of their texts.
private struct LinkFinder: Sendable {
  private let linker: Linker
  private let ids: [String]

  init(linker: Linker) {
    self.linker = linker
    ids = linker.segments.map(\.id)
  }

  /// The links of each firm, in the order of the firms.
  func links(of firms: [LedgerFirmText], workers: Workers) -> [[MachineLink]] {
    // A few parts for each worker, so that none waits long for the last; each has its own memory.
    let parts = max(1, min(workers.count * 4, firms.count / 64))
    return workers.map(parts) { part in
      links(of: firms[(firms.count * part / parts)..<(firms.count * (part + 1) / parts)])
    }.flatMap { $0 }
  }

  private func links(of firms: ArraySlice<LedgerFirmText>) -> [[MachineLink]] {
    var scratch = LinkScratch()
    var list = ProductShare()
    return firms.map { firm in
      let text = Linking.FirmText(firm)
      let found = linker.links(of: text, using: &scratch, rejected: false)
      if found.isEmpty { return [] }
      list.read(text)
      return found.map { link in
        MachineLink(
          firm: firm.id, segment: ids[link.segment], score: (link.score * 1e6).rounded() / 1e6,
          linkClass: link.verdict == .confirmed ? .confirmed : .uncertain,
          likelyShare: list.share(of: link))
      }
    }
  }
}

/// Changes with everything but a firm's own text that decides its links: chains, learning, program.
func linkerMark(_ workspace: Workspace) -> String {
  let learned = FileManager.default.contents(atPath: LearnedCard.files(workspace).bytes.path)
  let chains = workspace.library.cards.filter { $0.path.hasPrefix("Chains/") }
    .map(\.digest.behaviour).joined()
  return Ledger.digest(
    of: Data("\(Bulian.version) \(chains) \(Ledger.digest(of: learned ?? Data()))".utf8))
}

extension Linking.FirmText {
  /// What the ledger knows of a firm, as the linker reads it.
  init(_ firm: LedgerFirmText) {
    self.init(
      name: firm.name, products: firm.products ?? "", mainBusiness: firm.mainBusiness ?? "",
      businessScope: firm.scope ?? "",
      industries: [firm.industry, firm.industryCode].compactMap { $0 })
  }
}
