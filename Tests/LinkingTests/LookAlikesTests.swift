import Atlas
import Testing

@testable import Linking

/// Invented firms whose words look like a segment's; they run everywhere.
@Suite struct LookAlikesTests {
  let linker = Linker(chains: [SampleChain.chain])

  private func verdict(_ segment: String, _ firm: FirmText) -> LinkVerdict {
    linker.links(of: firm).first { linker.segments[$0.segment].id == segment }?.verdict ?? .rejected
  }

  @Test(
    "makers are confirmed",
    arguments: [
      ("multilayer", "印制电路板的研发、生产和销售"), ("multilayer", "从事各类線路板的製造"),
      ("multilayer", "生产、销售：印刷线路板，电子元件"), ("multilayer", "ＰＣＢ研发生产及销售"),
      ("multilayer", "主要从事印制电路板（PCB）的研发、生产与销售及相关售后服务"),
      ("laminate", "覆铜板、半固化片的研发、生产和销售"), ("prepreg", "覆铜板、半固化片的研发、生产和销售"),
      ("laminate", "生产和销售覆铜板材料，导热材料"), ("copperfoil", "高精度电子铜箔的研发、制造和销售"),
      ("copperfoil", "锂电铜箔、标准铜箔的生产和销售"), ("fpc", "柔性印制电路板研发、设计、制造和销售"),
      ("fpc", "从事ＦＰＣ、连接器的制造"), ("rigidflex", "软硬结合板的生产"), ("hdi", "HDI 板、任意层互连板的制造"),
      ("substrate", "IC封装基板的研发、生产、销售"), ("metalbase", "铝基板生产"),
      ("glassfabric", "电子级玻璃纤维布的研发、生产和销售"), ("glassyarn", "电子级玻璃纤维纱的制造"),
      ("ink", "PCB感光油墨、特种油墨的研发、生产和销售"), ("drill", "PCB用微型钻针的制造与销售"),
      ("equipment", "PCB专用设备的研发、生产和销售"), ("equipment", "电路板钻孔机制造"),
      ("testing", "电路板检测服务"), ("smt", "SMT贴片加工服务"), ("smt", "为客户提供PCBA制造服务"),
      ("waste", "含铜蚀刻废液回收处理服务"), ("chemicals", "PCB化学品的生产、销售"), ("dryfilm", "感光干膜的生产和销售"),
      ("treatment", "PCB电镀加工"), ("singledouble", "单面板、双面板的生产"),
      ("prepreg", "覆铜板和粘结片等电子材料的设计、研发、生产"),
    ])
  func makers(segment: String, text: String) {
    #expect(verdict("pcb.\(segment)", FirmText(name: "某某公司", mainBusiness: text)) == .confirmed)
  }

  @Test(
    "look-alikes are not confirmed",
    arguments: [
      ("multilayer", "印制电路板的批发、零售和进出口"), ("multilayer", "电路板钻孔机、电路板检测设备的生产"),
      ("multilayer", "印制电路板用化学品的生产"), ("multilayer", "PCB铜箔的制造"),
      ("multilayer", "PCB检测设备的研发、生产和销售"), ("multilayer", "实木多层板、胶合板的生产和销售"),
      ("multilayer", "废旧线路板回收"), ("multilayer", "电路板设计服务"), ("multilayer", "电子元件制造（不含印制电路板）"),
      ("multilayer", "电子元件制造（印制电路板、芯片除外）"), ("multilayer", "产品广泛应用于印制电路板、显示面板等领域"),
      ("multilayer", "面向PCB行业客户提供软件开发服务"), ("multilayer", "线路板清洗剂的生产"), ("multilayer", "PCBA组装生产"),
      ("multilayer", "自动化生产线（PCB系列）的制造"), ("multilayer", "柔性电路板的生产"),
      ("copperfoil", "锂电池铜箔的研发、生产和销售"), ("copperfoil", "铜箔胶带的生产"), ("copperfoil", "覆铜箔板的生产"),
      ("copperfoil", "涂树脂铜箔的生产"), ("laminate", "陶瓷覆铜板的生产"), ("laminate", "覆铜板专用设备制造"),
      ("fpc", "软板床、沙发的生产"), ("fpc", "柔性电路板测试仪的生产"), ("substrate", "集成电路封装测试"),
      ("substrate", "LED封装基板的生产"), ("ink", "包装油墨、胶印油墨的生产和销售"), ("glassfabric", "玻纤网格布、窗纱的生产"),
      ("drill", "石油钻头的生产"), ("smt", "SMT设备的销售"), ("treatment", "电镀设备的研发、生产"),
      ("treatment", "电镀金刚线的生产"), ("chemicals", "半导体用电子化学品的生产"), ("resin", "环氧树脂胶的生产"),
      ("hdi", "从事脂肪族异氰酸酯的生产"), ("dryfilm", "干膜润滑剂的生产"),
      ("multilayer", "印制电路板及先进封装用电镀液的生产"), ("substrate", "封装基板用电镀液的生产"),
    ])
  func lookAlikes(segment: String, text: String) {
    #expect(verdict("pcb.\(segment)", FirmText(name: "某某公司", mainBusiness: text)) != .confirmed)
  }

  @Test("the boilerplate of a business scope links nothing")
  func boilerplate() {
    let scope =
      "一般项目：货物进出口；技术进出口；国内贸易代理（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）许可项目：检验检测服务"
    #expect(linker.links(of: FirmText(name: "某某公司", businessScope: scope)).isEmpty)
  }

  @Test("a scope alone asks a person; a scope with products confirms")
  func scope() {
    let scope = "一般项目：电子元器件制造；印制电路板制造；电子产品销售；货物进出口。"
    #expect(
      verdict("pcb.multilayer", FirmText(name: "某某公司", businessScope: scope)) == .uncertain)
    #expect(
      verdict("pcb.multilayer", FirmText(name: "某某线路板公司", businessScope: scope)) == .confirmed)
  }

  @Test("in a scope each clause has its own verb")
  func clauses() {
    let firm = FirmText(name: "某某公司", businessScope: "覆铜板制造；印制电路板销售；半固化片销售。")
    let links = linker.links(of: firm)
    func score(_ id: String) -> Double {
      links.first { linker.segments[$0.segment].id == id }?.score ?? 0
    }
    #expect(score("pcb.laminate") > 2 * score("pcb.multilayer"))
    #expect(score("pcb.prepreg") > 0)
  }

  @Test("every reason is said in both languages, and no score leaves its range")
  func reasons() {
    for firm in ["印制电路板、覆铜板的批发", "PCB检测设备", "除覆铜板外的电子材料生产"] {
      for link in linker.links(of: FirmText(name: "甲", products: firm)) {
        #expect((0...1).contains(link.score))
        for evidence in link.evidence {
          #expect(!evidence.phrase.zh.isEmpty)
          #expect(!evidence.phrase.en.isEmpty)
        }
      }
    }
  }
}
