import Atlas
import Briefing
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
  let linker = Linker(chains: workspace.library.chains, trained: try LearnedCard.load(workspace))
  let ids = linker.segments.map(\.id)
  let normaliser = Normaliser()
  var scratch = LinkScratch()
  var count = 0
  defer { endProgress() }
  return try workspace.ledger.linkEveryFirm(linker: linkerMark(workspace)) { firm in
    count += 1
    if count % 5000 == 0 { progress(say("挂链 \(count) 家", "linking \(count) firms")) }
    let text = Linking.FirmText(firm)
    var links: [MachineLink] = []
    for link in linker.links(of: text, using: &scratch) where link.verdict != .rejected {
      links.append(
        MachineLink(
          firm: firm.id, segment: ids[link.segment], score: (link.score * 1e6).rounded() / 1e6,
          linkClass: link.verdict == .confirmed ? .confirmed : .uncertain,
          likelyShare: likelyShare(link, text, normaliser), evidence: evidence(link)))
    }
    return links
  }.links
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

/// The evidence of a link as JSON text.
private func evidence(_ link: Link) -> String {
  JSONValue.array(
    link.evidence.map { item in
      .object([
        ("field", .string(item.field.label.zh)), ("words", .string(item.words)),
        ("kind", .string(item.kind.label.zh)), ("role", .string(item.role.label.zh)),
        ("context", .string(item.context.label.zh)),
        ("weight", .number((item.weight * 1000).rounded() / 1000)),
        ("say", .string(item.phrase.zh)),
      ])
    }
  ).text
}

/// A link's evidence as it was kept, strongest first. 依据
struct KeptEvidence {
  let items: [[String: String]]

  init(_ json: String) {
    let read = json.data(using: .utf8).flatMap {
      try? JSONSerialization.jsonObject(with: $0) as? [[String: Any]]
    }
    items = (read ?? []).map { $0.compactMapValues { $0 as? String } }
  }

  var says: [String] { items.compactMap { $0["say"] } }
  /// The words of the strongest evidence.
  var words: String { items.first?["words"] ?? "" }

  /// What the link rests on, whatever the words are: field, kind of word, what the firm does with it.
  var ground: String {
    guard let first = items.first else { return "" }
    var text = "\(first["field"] ?? "")里的\(first["kind"] ?? "")"
    let role = first["role"] ?? ""
    if role.contains(FirmRole.makes.label.zh) {
      text += "，写明\(FirmRole.makes.label.zh)"
    } else {
      text += role.isEmpty ? "，未写明经营方式" : "，仅\(role)"
    }
    if let context = first["context"], context != MentionContext.head.label.zh {
      text += "，\(context)"
    }
    let against = EvidenceKind.negative.label.zh
    if items.contains(where: { $0["kind"] == against }) { text += "，另有\(against)" }
    return text
  }
}

/// The part of a firm's own list of products that a link's words stand in: one of ten products is
/// taken as a tenth of the firm. Nil where the firm lists no products.
func likelyShare(
  _ link: Link, _ firm: Linking.FirmText, _ normaliser: Normaliser
) -> Double? {
  let text = firm.products.isEmpty ? firm.mainBusiness : firm.products
  let items = text.split { "、,，;；/\n".contains($0) }.map { normaliser.text(of: String($0)) }
    .filter { !$0.isEmpty }
  guard items.count > 1 else { return nil }
  let words = link.evidence.filter { $0.kind == .alias || $0.kind == .keyword }.map(\.words)
  let named = items.count { item in words.contains { item.contains($0) } }
  return max(Double(named), 0.5) / Double(items.count)
}
