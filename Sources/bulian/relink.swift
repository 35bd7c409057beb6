import Atlas
import Briefing
import Ledger
import Linking

/// Links every firm of the ledger anew; people's decisions are kept apart and win. 挂链
///
/// - Returns: how many links the machine found, rejected ones not counted.
@discardableResult
func relink(_ workspace: Workspace) throws -> Int {
  let linker = Linker(chains: workspace.library.chains)
  let ids = linker.segments.map(\.id)
  var scratch = LinkScratch()
  var links: [MachineLink] = []
  var count = 0
  try workspace.ledger.forEachFirmText { firm in
    count += 1
    if count % 5000 == 0 { progress("挂链 \(count) 家") }
    let text = Linking.FirmText(
      name: firm.name, products: firm.products ?? "", mainBusiness: firm.mainBusiness ?? "",
      businessScope: firm.scope ?? "",
      industries: [firm.industry, firm.industryCode].compactMap { $0 })
    for link in linker.links(of: text, using: &scratch) where link.verdict != .rejected {
      links.append(
        MachineLink(
          firm: firm.id, segment: ids[link.segment], score: (link.score * 1e6).rounded() / 1e6,
          linkClass: link.verdict == .confirmed ? .confirmed : .uncertain,
          evidence: evidence(link)))
    }
  }
  endProgress()
  return try workspace.ledger.replaceMachineLinks { add in
    for link in links { try add(link) }
  }
}

/// The evidence of a link as JSON text.
private func evidence(_ link: Link) -> String {
  JSONValue.array(
    link.evidence.map { item in
      .object([
        ("field", .string(item.field.label.zh)), ("words", .string(item.words)),
        ("kind", .string(item.kind.label.zh)), ("role", .string(item.role.label.zh)),
        ("weight", .number((item.weight * 1000).rounded() / 1000)),
        ("say", .string(item.phrase.zh)),
      ])
    }
  ).text
}
