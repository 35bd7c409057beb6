import Atlas

/// A small circuit-board chain, just enough words to try the linker on. 样例链
enum SampleChain {
  static let chain = ChainModel(
    id: "pcb", name: Phrase(zh: "电子电路", en: "Electronic circuits"), version: "test",
    tiers: [Phrase(zh: "材料", en: "Materials"), Phrase(zh: "制板", en: "Boards")],
    segments: segments, source: "invented for the tests", inherited: true)

  static let segments: [Segment] = [
    segment(
      "pcb.glassfabric", "电子玻纤布",
      "玻纤布 电子布 玻璃纤维布 电子级玻璃纤维布 电子级玻纤布 7628布",
      keywords: "玻璃纤维", not: "玻纤网格布 窗纱 滤纸 土工布 玻璃纤维复合材料"),
    segment(
      "pcb.glassyarn", "电子玻纤纱", "电子纱 电子级玻璃纤维纱 电子级玻纤纱 电子级玻璃纤维",
      keywords: "玻纤 玻璃纤维", not: "玻纤滤纸 微纤维玻璃棉"),
    segment(
      "pcb.copperfoil", "电子铜箔",
      "铜箔 电解铜箔 电子电路铜箔 标准铜箔 印制电路板用电解铜箔 PCB铜箔 PCB用电解铜箔 压延铜箔 高精度电子铜箔",
      keywords: "箔材", not: "锂电铜箔 锂电池铜箔 锂离子电池用电解铜箔 锂电池用电解铜箔 铜箔胶带 铜箔软连接 涂树脂铜箔"),
    segment(
      "pcb.resin", "电子树脂", "电子级环氧树脂 覆铜板用树脂 电子级树脂 溴化环氧树脂",
      keywords: "环氧树脂 酚醛树脂 苯氧树脂", not: "环氧树脂胶 工艺品"),
    segment(
      "pcb.laminate", "覆铜板",
      "覆铜箔板 覆铜层压板 覆铜箔层压板 CCL 高频覆铜板 超薄及特种覆铜板 覆铜板材料 电子行业基础材料覆铜板",
      keywords: "层压板 电子基材", not: "陶瓷覆铜板"),
    segment(
      "pcb.prepreg", "半固化片", "粘结片 粘接片 PP半固化片", keywords: "", not: "碳纤维半固化片"),
    segment(
      "pcb.chemicals", "PCB专用化学品",
      "PCB化学品 电路板化学品 印制电路板用化学品 沉铜药水 电镀药水 PCB蚀刻液 棕化液 PCB专用电子化学品",
      keywords: "电子化学品 蚀刻液", not: "显示用 半导体用电子化学品"),
    segment(
      "pcb.ink", "感光阻焊油墨", "PCB油墨 阻焊油墨 PCB感光油墨 感光线路油墨 PCB电子油墨 线路板油墨",
      keywords: "电子油墨 感光油墨", not: "包装油墨 胶印油墨 印刷油墨"),
    segment("pcb.dryfilm", "感光干膜", "干膜光刻胶 PCB干膜 干膜抗蚀剂", keywords: "干膜", not: "干膜润滑剂"),
    segment(
      "pcb.drill", "PCB钻针", "微钻 PCB微钻 微型钻头 PCB用微型钻针 钻针", keywords: "", not: "石油钻头 牙钻"),
    segment(
      "pcb.equipment", "PCB专用设备",
      "印制电路板专用设备 PCB设备 线路板设备 PCB钻孔机 PCB电镀专用设备 PCB电镀配套设备 PCB直接成像设备 电路板钻孔机 PCB曝光机",
      keywords: "钻孔机 曝光机", not: ""),
    segment(
      "pcb.testing", "PCB检测", "电路板检测 PCB检测 PCB检测设备 线路板测试 PCB检测服务", keywords: "飞针测试",
      not: ""),
    segment("pcb.singledouble", "单双面板", "单面板 双面板 单双面电路板 单/双面板 双层印制电路板", keywords: "", not: "铝塑板"),
    segment(
      "pcb.multilayer", "多层板",
      "印制电路板 印刷电路板 印制线路板 印刷线路板 电路板 线路板 PCB 高多层板 多层电路板 多层线路板 PCB板 刚性电路板 PCB硬板",
      keywords: "", not: "木质多层板 胶合板 实木多层板"),
    segment(
      "pcb.hdi", "HDI板", "HDI 高密度互联板 高密度互连板 高密度互联HDI板 任意层互连板", keywords: "", not: ""),
    segment(
      "pcb.fpc", "挠性板",
      "FPC 柔性电路板 柔性印制电路板 挠性电路板 软板 柔性线路板 挠性印制电路板 FPC线路板 柔性板 FPC产品", keywords: "",
      not: "软板床"),
    segment("pcb.rigidflex", "刚挠结合板", "软硬结合板 刚柔结合板 刚挠板", keywords: "", not: ""),
    segment(
      "pcb.substrate", "封装载板", "IC载板 封装基板 IC封装基板 集成电路封装基板 芯片载板", keywords: "", not: "LED封装基板"),
    segment("pcb.metalbase", "金属基板", "铝基板 铜基板 金属基电路板 金属基覆铜板", keywords: "", not: "铝基板幕墙"),
    segment(
      "pcb.smt", "SMT贴装", "SMT PCBA SMT贴片 表面贴装 电路板组装 SMT加工 电子制造服务 EMS", keywords: "贴片", not: "SMT设备"
    ),
    segment(
      "pcb.treatment", "电路板表面处理", "PCB电镀加工 电路板电镀 沉金加工 化学镀镍金", keywords: "电镀加工 电镀",
      not: "电镀设备 电镀金刚线 电镀轮"),
    segment(
      "pcb.waste", "蚀刻液回收", "蚀刻废液回收 含铜废液处理 废线路板回收 含铜蚀刻废液 废旧线路板回收", keywords: "危险废物",
      not: ""),
  ]

  private static func segment(
    _ id: String, _ name: String, _ aliases: String, keywords: String, not negative: String
  ) -> Segment {
    func list(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    return segment(
      id, name, [name] + list(aliases), keywords: list(keywords), not: list(negative))
  }

  /// A segment of nothing but words.
  static func segment(
    _ id: String, _ name: String, _ aliases: [String], keywords: [String], not negative: [String],
    industries: [String] = []
  ) -> Segment {
    let number = Parameter(
      value: 1, low: 1, high: 1, unit: "", source: "invented for the tests", evidence: .assumed)
    return Segment(
      id: id, name: Phrase(zh: name, en: id), tier: 0, aliases: aliases, keywords: keywords,
      negativeKeywords: negative, industries: industries,
      inputs: [], valuePerTonne: number, cargo: .general, outputPerWorker: number, occupations: [],
      investmentPerOutput: number, landPerOutput: number, powerPerOutput: number,
      nationalOutput: number, inventoryDays: number, product: nil, environment: [], assets: [])
  }
}
