import Atlas
import Testing

@testable import Linking

@Suite struct LinkerTests {
  let linker = Linker(chains: [SampleChain.chain])

  private func verdicts(_ firm: FirmText) -> [String: LinkVerdict] {
    var answer: [String: LinkVerdict] = [:]
    for link in linker.links(of: firm) { answer[linker.segments[link.segment].id] = link.verdict }
    return answer
  }

  @Test("a maker of flexible boards is not counted again as a maker of boards")
  func longestWins() {
    let found = verdicts(
      FirmText(name: "某某电子", products: "柔性电路板", mainBusiness: "柔性印制电路板的研发、生产和销售"))
    #expect(found["pcb.fpc"] == .confirmed)
    #expect(found["pcb.multilayer"] == nil)
  }

  @Test("one who only sells a product is not confirmed as its maker")
  func trade() {
    let maker = verdicts(FirmText(name: "甲", mainBusiness: "印制电路板的生产和销售"))
    let seller = verdicts(FirmText(name: "乙", mainBusiness: "印制电路板的批发和零售"))
    #expect(maker["pcb.multilayer"] == .confirmed)
    #expect(seller["pcb.multilayer"] == .uncertain)
  }

  @Test("a machine for boards is not a board")
  func machines() {
    let found = verdicts(FirmText(name: "丙", products: "电路板钻孔机、印制电路板用清洗设备"))
    #expect(found["pcb.equipment"] == .confirmed)
    #expect(found["pcb.multilayer"] == .rejected)
  }

  @Test("what the text excludes is not linked")
  func denial() {
    #expect(
      verdicts(FirmText(name: "丁", mainBusiness: "电子元件制造（不含印制电路板）"))["pcb.multilayer"] == .rejected)
    #expect(
      verdicts(FirmText(name: "丁", mainBusiness: "电子元件制造（印制电路板除外）"))["pcb.multilayer"] == .rejected)
    #expect(
      verdicts(FirmText(name: "丁", mainBusiness: "除印制电路板外的电子元件制造"))["pcb.multilayer"] == .rejected)
  }

  @Test("an answer does not depend on what was linked before")
  func scratch() {
    var scratch = LinkScratch()
    let firms = [
      FirmText(name: "甲", products: "覆铜板、半固化片"), FirmText(name: "乙"),
      FirmText(name: "丙线路板有限公司", businessScope: "一般项目：电路板销售；SMT贴片加工"),
    ]
    for firm in firms + firms.reversed() {
      #expect(linker.links(of: firm, using: &scratch) == linker.links(of: firm))
    }
  }
}
