import Atlas
import Foundation
import Testing

@testable import Linking

@Suite("share of the list of products")
struct ProductShareTests {
  /// The rule in plain words: members by character, words by text.
  private func plain(_ link: Link, _ firm: FirmText) -> Double? {
    let normaliser = Normaliser()
    let text = firm.products.isEmpty ? firm.mainBusiness : firm.products
    let items = text.split { "、,，;；/\n".contains($0) }.map { normaliser.text(of: String($0)) }
      .filter { !$0.isEmpty }
    guard items.count > 1 else { return nil }
    let words = link.evidence.filter { $0.kind == .alias || $0.kind == .keyword }.map(\.words)
    let named = items.count { item in words.contains { item.contains($0) } }
    return max(Double(named), 0.5) / Double(items.count)
  }

  @Test("lists of any characters give the share that the plain rule gives")
  func random() {
    let pieces =
      ["、", ",", "，", ";", "；", "/", " ", "板", "铜", "铜板", "覆铜板", "HDI", "か", "PCB 板"]
      + RandomTexts.awkward
    // No word with a mark of its own: Foundation, which the rule uses here, misses か゛ behind か.
    let words = ["板", "铜板", "hdi", "pcb板", "か", ";", "e", "有"]
    var random = RandomTexts(seed: 2)
    var share = ProductShare()
    var named = 0
    for round in 0..<6000 {
      let text = random.text(of: pieces, upTo: round % 3 == 0 ? 30 : 9)
      let firm =
        round % 5 == 0
        ? FirmText(name: "甲", mainBusiness: text)
        : FirmText(name: "甲", products: text, mainBusiness: "板、铜")
      let evidence = (0..<3).map { _ in
        LinkEvidence(
          kind: EvidenceKind.allCases.randomElement(using: &random.generator) ?? .alias,
          field: .products, words: words.randomElement(using: &random.generator) ?? "", role: [],
          context: .head, weight: 1)
      }
      let link = Link(segment: 0, score: 1, verdict: .confirmed, evidence: evidence)
      share.read(firm)
      let found = share.share(of: link)
      #expect(found == plain(link, firm), "\(text.debugDescription) \(evidence.map(\.words))")
      if found ?? 0 > 0.5 { named += 1 }
    }
    #expect(named > 100)
  }

  @Test("one of two products is half a firm; a single product says nothing")
  func examples() {
    let link = Link(
      segment: 0, score: 1, verdict: .confirmed,
      evidence: [
        LinkEvidence(
          kind: .alias, field: .products, words: "覆铜板", role: [], context: .head, weight: 1)
      ])
    var share = ProductShare()
    share.read(FirmText(name: "甲", products: "高频覆铜板、多层板"))
    #expect(share.share(of: link) == 0.5)
    share.read(FirmText(name: "甲", products: "覆铜板、", mainBusiness: "a、b"))
    #expect(share.share(of: link) == nil)
    share.read(FirmText(name: "甲", products: "多层板/单面板"))
    #expect(share.share(of: link) == 0.25)
  }
}
