/// What a word does in a sentence about business. 词性
enum GrammarWord: UInt8, Sendable {
  case makes, trades, designs, serves, makesAndTrades, designsAndMakes
  /// After a product it names another product: 设备, 药水.
  case otherThing
  /// After a product it says that something else is meant for it: 晶圆制造用清洗液.
  case madeFor
  /// Closes a list with the name of its kind: 覆铜板等材料.
  case andOthers
  /// After a product it names its buyers: 行业, 领域.
  case sector
  /// Says nothing: 产品, 系列.
  case filler
  /// Opens a list of things done: 从事, 主营.
  case opens
  /// Opens a field of use: 应用于.
  case applies
  case waste
  /// 不含, 除
  case excludesNext, excludesUntilOuter
  /// 除外
  case excludesLast
  /// Legal boilerplate and words that only contain another word by accident: 除尘.
  case ignored

  /// The role that the word gives to what it governs.
  var role: FirmRole {
    switch self {
    case .makes: .makes
    case .trades: .trades
    case .designs: .designs
    case .serves: .serves
    case .makesAndTrades: [.makes, .trades]
    case .designsAndMakes: [.designs, .makes]
    default: []
    }
  }
}

/// The words that tell making from trading, a product from its machine, a claim from its denial.
///
/// Source: read off the wording of the 经营范围规范表述 (State Administration for Market Regulation)
/// and of annual reports; kept as plain lists so that a person can check them.
enum Grammar {
  static let words: [(GrammarWord, String)] = [
    (.makes, "制造业 加工业 制造商 生产商 生产 制造 加工 制作 组装 装配 冶炼 铸造 压延 生产制造 生产加工 加工制造 制造加工 深加工 代工 量产 智造"),
    (
      .trades,
      "批发业 零售业 批发零售业 贸易商 经销商 代理商 分销商 销售 贸易 批发 零售 经销 代理 分销 代销 购销 进出口 出口 进口 买卖 采购 供应链 商贸 经贸 批零 代购 互联网销售 网上销售 销售代理 进出口贸易 进出口业务"
    ),
    (.designs, "设计 研发 研究 开发 研究开发 技术开发 研发设计 设计开发 设计研发 技术研发 研究与开发"),
    (
      .serves,
      "服务业 服务商 服务 咨询 安装 维修 维护 保养 租赁 检测 测试 技术服务 技术咨询 技术转让 技术推广 技术交流 运营 培训 出租 运输 仓储 物流 售后服务 检修 调试 代理服务 物业管理 经营管理"
    ),
    (.makesAndTrades, "产销 生产销售 生产经营 制造销售 加工销售 生产和销售 生产与销售 生产及销售"),
    (.designsAndMakes, "研制 研发生产 开发生产 设计制造 研发制造"),
    (
      .otherThing,
      """
      设备 装备 机械 机床 机器 机器人 仪器 仪表 仪器仪表 仪 系统 软件 药水 化学品 化工 化学材料 添加剂 助剂 原料 原材料 辅料 辅材 \
      模具 治具 夹具 刀具 刃具 生产线 产线 自动化 自动化设备 专用设备 专用材料 配套 配套设备 工程 胶带 胶粘剂 胶 胶水 机 装置 \
      工具 清洗 清洗机 废料 配件 零件 零部件 包装 耗材 解决方案 平台 备件 涂料 油墨 光刻 光刻胶 钻头 传感器 芯片 阀 泵 炉 电源 \
      清洗剂 制剂 检测设备 测试设备 测试仪 检测仪 生产设备 加工设备 制造设备 软板材料 打样平台 商城 电商
      """
    ),
    (.madeFor, "用 专用"),
    (.andOthers, "等 等产品 等系列产品 等各类 等多种"),
    (.sector, "用户 行业 领域 产业 产业链 市场 客户 企业客户 厂商 厂家 产业园 园区 制造商客户 生产企业 制造企业 生产厂家 上下游"),
    (
      .filler,
      "产品 系列 系列产品 类 类产品 业务 板块 制品 及其制品 及制品 相关 相关产品 为主 各类 各种 收入 事业部 其他 大类 两大类 三大类 四大类 两类 三类 多种 系列化"
    ),
    (.opens, "从事 主要从事 专业从事 专注于 专注 致力于 主营 主要经营 经营 公司主营业务为 主营业务为 业务为 包括 主要"),
    (.applies, "用于 应用于 适用于 面向 服务于 针对 配套于 下游 应用 采用 利用 基于 供应于 主要应用于 广泛应用于"),
    (.waste, "废 废旧 废弃 报废 废物 回收 再生 废弃物 拆解"),
    (.excludesNext, "不含 不包括 不包含 不从事 不得从事 不得 禁止 不涉及 不再从事 未从事 不生产 不销售"),
    (.excludesUntilOuter, "除"),
    (.excludesLast, "除外 以外 之外"),
    (
      .ignored,
      """
      一般项目 许可项目 一般经营项目 许可经营项目 一般经营项目是 许可经营项目是 依法须经批准的项目 经相关部门批准后方可开展经营活动 \
      除依法须经批准的项目外 凭营业执照依法自主开展经营活动 具体经营项目以审批结果为准 具体经营项目以相关部门批准文件或许可证件为准 \
      法律行政法规 法律法规 国务院决定 国家法律 限制的项目除外 国家禁止 国家限定 需取得许可后方可经营 货物进出口 技术进出口 货物及技术进出口 \
      货物和技术进出口 货物与技术的进出口业务 国内贸易 自营和代理各类商品和技术的进出口 国家限定公司经营或禁止进出口的商品和技术除外 \
      法律行政法规国务院决定禁止的项目除外 法律、行政法规、国务院决定禁止的项目除外 法律、行政法规、国务院决定规定在登记前须经批准的项目除外 \
      除尘 除锈 除湿 去除 消除 清除 拆除 解除 免除 除草 除臭 除霜 脱除 除磷 除砂 除污 除菌 除甲醛 除雪 除冰 除杂 除铁 除油 除胶 \
      以外币 专用汽车 家用 商用 民用 军用 医用 农用 日用 食用 药用 使用 通用 车用 信用 费用 作用 公用 实用
      """
    ),
  ]
}
