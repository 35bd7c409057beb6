import Atlas

extension ImportKind {
  /// Every kind that the generic importer reads, contract.md section 4.
  public static let all: [ImportKind] = [
    places, sites, firms, firmSegments, plants, projects, firmLanes, labour, vacancies, ties,
    signals, outcomes, claims, factors, assets, chainTargets, atlas, leaders, hosts, offers, wages,
    industryEmployment,
  ]

  private static let firmColumn = ImportColumn(
    "firm", "firmId", "企业", ["企业名称", "公司名称", "公司", "firm_id", "firm_name", "统一社会信用代码", "证券代码"],
    .firm, required: true, example: "示例电路有限公司")
  private static let placeColumn = ImportColumn(
    "place", "placeCode", "地点", ["地区", "所在地", "place_code", "区划代码", "行政区划代码", "place_name"],
    .place, required: true, example: "重庆市荣昌区")
  private static let source = ImportColumn("source", "source", "来源", ["资料来源", "出处"])

  static let places = ImportKind(
    id: "places", title: Phrase(zh: "地点", en: "places"), table: "placeFact",
    columns: [
      ImportColumn(
        "code", "code", "代码", ["区划代码", "行政区划代码", "adcode", "地点代码"], required: true,
        example: "500153"),
      ImportColumn("name", "name", "名称", ["地点", "地名", "区县"], required: true, example: "荣昌区"),
      ImportColumn(
        "longitude", "longitude", "经度", ["lon", "lng"], .signed(.degrees), required: true,
        example: "105.594"),
      ImportColumn(
        "latitude", "latitude", "纬度", ["lat"], .signed(.degrees), required: true, example: "29.405"),
      ImportColumn("parent", "parent", "上级代码", ["上级", "parent_code"]),
      ImportColumn(
        "level", "level", "层级", [],
        .choice([
          ("province", ["省", "省级", "直辖市"]), ("prefecture", ["市", "地级", "地级市", "city"]),
          ("county", ["县", "区", "县级", "区县", "district"]),
          ("zone", ["开发区", "园区", "高新区", "经开区"]),
        ])),
      ImportColumn("population", "population", "常住人口", ["人口"], .measure(.persons), unit: "人"),
      ImportColumn(
        "wage", "wageYuanPerYear", "年平均工资", ["平均工资", "工资"], .measure(.yuan), unit: "元"),
      ImportColumn(
        "landPrice", "landPriceWanYuanPerMu", "工业地价", ["地价", "land_price"],
        .measure(.wanYuanPerMu), unit: "万元/亩"),
      ImportColumn(
        "energyPrice", "energyPriceYuanPerMWh", "工业电价", ["电价", "energy_price"],
        .measure(.yuanPerMegawattHour), unit: "元/兆瓦时"),
      ImportColumn("area", "areaKm2", "面积", [], .measure(.squareKilometres), unit: "平方公里"),
      ImportColumn("terminals", "terminals", "港站", ["枢纽"], .list),
    ], key: ["code"], disclosure: .public)

  static let sites = ImportKind(
    id: "sites", title: Phrase(zh: "载体", en: "sites"), table: "siteFact",
    columns: [
      ImportColumn("id", "siteId", "编号", ["载体编号", "site_id"], required: true, example: "rc-board"),
      ImportColumn("name", "name", "名称", ["载体", "园区", "载体名称"], required: true, example: "电子电路产业园"),
      placeColumn,
      ImportColumn(
        "landAvailable", "landMu", "可供土地", ["土地", "land", "land_mu"], .measure(.mu), unit: "亩"),
      ImportColumn(
        "power", "powerMegawatt", "电力", ["供电能力", "power_mw"], .measure(.megawatt), unit: "兆瓦"),
      ImportColumn(
        "factorySpace", "factorySquareMetres", "标准厂房", ["厂房", "厂房面积", "factory_m2"],
        .measure(.squareMetres), unit: "平方米"),
      ImportColumn(
        "environmentalCapacity", "environmentalCapacity", "环保容量",
        ["环境容量", "准入类别", "environment"], .list, example: "电镀"),
      ImportColumn("tags", "tags", "标签", ["特点"], .list),
    ], key: ["siteId"], disclosure: .office)

  static let firms = ImportKind(
    id: "firms", title: Phrase(zh: "企业", en: "firms"), table: "firmFact",
    columns: [
      ImportColumn(
        "name", "name", "企业名称", ["公司名称", "企业", "名称", "full_name", "Name", "系统匹配企业名称", "com_name"],
        required: true, example: "示例电路有限公司"),
      ImportColumn("shortName", "shortName", "简称", ["证券简称", "short_name", "企业简称"]),
      ImportColumn(
        "creditCode", "creditCode", "统一社会信用代码",
        ["信用代码", "credit_code", "CreditCode", "com_id", "社会信用代码"],
        .creditCode, example: "91500000MA00000008"),
      ImportColumn(
        "stockCode", "stockCode", "证券代码", ["股票代码", "stock_code", "ts_code"], .stockCode),
      ImportColumn(
        "place", "placeCode", "所在地", ["地区", "区划代码", "place_code", "AreaCode", "行政区划"], .place,
        example: "广东省深圳市"),
      ImportColumn("province", nil, "省份", ["所属省份", "所在省份", "省", "Province"], .placePart),
      ImportColumn("city", nil, "城市", ["所属城市", "所在城市", "市", "City"], .placePart),
      ImportColumn("county", nil, "区县", ["所属区县", "所在区县", "区", "县"], .placePart),
      ImportColumn(
        "address", "address", "地址", ["注册地址", "企业地址", "通信地址", "Address", "office", "住所"]),
      ImportColumn(
        "employees", "employees", "员工人数",
        ["参保人数", "从业人数", "职工人数", "员工数", "人数", "headcount"], .measure(.persons), unit: "人",
        example: "320"),
      ImportColumn(
        "revenue", "revenueWanYuan", "营业收入",
        ["收入", "年营业收入", "营收", "revenue_wan_yuan", "产值", "年产值"],
        .measure(.wanYuan), unit: "万元", example: "25000"),
      ImportColumn(
        "registeredCapital", "registeredCapitalWan", "注册资本",
        ["注册资金", "RegistCapi", "reg_capital", "registered_capital"], .capital, unit: "万元"),
      ImportColumn("currency", "registeredCapitalCurrency", "注册资本币种", ["币种"]),
      ImportColumn(
        "established", "establishedOn", "成立日期", ["注册日期", "成立时间", "StartDate", "setup_date"], .date),
      ImportColumn(
        "status", "status", "登记状态", ["经营状态", "企业状态", "状态", "Status", "ShortStatus"], .status,
        example: "存续"),
      ImportColumn("industryCode", "industryCode", "行业代码", ["国民经济行业代码", "industry_code"]),
      ImportColumn("industry", "industry", "行业", ["国标行业中类", "国标行业大类", "所属行业", "行业门类"]),
      ImportColumn("listed", "isListed", "上市", ["是否上市"], .flag),
      ImportColumn("dishonest", "isDishonest", "失信被执行人", ["失信", "失信被执行"], .flag),
      ImportColumn(
        "doNotContact", "isDoNotContact", "谢绝联系", ["不联系", "请勿联系", "do_not_contact"], .flag),
      ImportColumn("foreign", "isForeign", "外资", ["外商投资", "是否外资"], .flag),
      ImportColumn("formerName", "formerName", "曾用名", [], .list),
      ImportColumn("firmType", "firmType", "企业类型", ["企业(机构)类型", "企业（机构）类型", "机构类型"]),
      ImportColumn(
        "products", "products", "主营产品", ["产品", "product_type", "主要产品", "产品名称"], .list,
        example: "多层板、HDI板"),
      ImportColumn("mainBusiness", "mainBusiness", "主营业务", ["main_business"]),
      ImportColumn("businessScope", "businessScope", "经营范围", ["business_scope"]),
    ], key: [], disclosure: .public)

  static let firmSegments = ImportKind(
    id: "firm-segments", title: Phrase(zh: "企业环节", en: "firm segments"), table: "firmSegmentFact",
    columns: [
      firmColumn,
      ImportColumn(
        "segment", "segmentId", "环节", ["产业环节", "segment_id"], .segment, required: true,
        example: "多层板"),
      ImportColumn("share", "share", "收入占比", ["占比", "份额"], .share, example: "60%"),
      ImportColumn(
        "capacity", "capacityWanYuanPerYear", "富余产能", ["产能", "capacity"], .measure(.wanYuan),
        unit: "万元"),
      ImportColumn("quality", "quality", "质量等级", ["等级", "资质等级"], .measure(.count)),
      source,
    ], key: ["firmId", "segmentId"], disclosure: .office)

  static let plants = ImportKind(
    id: "plants", title: Phrase(zh: "工厂", en: "plants"), table: "plantFact",
    columns: [
      firmColumn, placeColumn,
      ImportColumn("product", "product", "产品", ["主要产品"]),
      ImportColumn("share", "share", "产出占比", ["占比", "产量占比"], .share),
      ImportColumn("heads", "heads", "用工人数", ["人数", "员工人数"], .measure(.persons), unit: "人"),
      ImportColumn(
        "tenure", "tenure", "用地性质", ["权属"],
        .choice([("owned", ["自有"]), ("leased", ["租赁", "租用"]), ("other", ["其他"])])),
      ImportColumn("leaseEnd", "leaseEndOn", "租约到期", ["到期日", "lease_end"], .date),
      source,
    ], key: ["firmId", "placeCode", "product"], disclosure: .office)

  static let projects = ImportKind(
    id: "projects", title: Phrase(zh: "拟投项目", en: "projects"), table: "projectFact",
    columns: [
      firmColumn,
      ImportColumn(
        "kind", "kind", "类型", ["项目类型"],
        .choice([
          ("relocation", ["搬迁", "转移", "迁建"]),
          ("newCapacity", ["扩产", "新建", "new capacity", "new-capacity"]),
          ("branch", ["分厂", "分支"]),
        ]), required: true, example: "搬迁"),
      ImportColumn(
        "output", "outputWanYuanPerYear", "年产值", ["产值"], .measure(.wanYuan), unit: "万元",
        example: "30000"),
      ImportColumn(
        "investment", "investmentWanYuan", "总投资", ["投资", "投资额"], .measure(.wanYuan), unit: "万元"),
      ImportColumn(
        "tonnesIn", "tonnesInPerYear", "年进料", ["进料", "tonnes_in"], .measure(.tonnes), unit: "吨"),
      ImportColumn(
        "tonnesOut", "tonnesOutPerYear", "年发货", ["发货", "tonnes_out"], .measure(.tonnes), unit: "吨"),
      ImportColumn("heads", "heads", "用工人数", ["用工", "人数"], .measure(.persons), unit: "人"),
      ImportColumn("land", "landMu", "用地", ["土地", "land_mu"], .measure(.mu), unit: "亩"),
      ImportColumn(
        "power", "powerMegawatt", "用电负荷", ["电力", "power_mw"], .measure(.megawatt), unit: "兆瓦"),
      ImportColumn("wantedBy", "wantedByOn", "期望投产", ["投产时间", "wanted_by"], .date),
      ImportColumn(
        "units", "unitsPerYear", "年产量", ["产量", "units"], .measure(.plain), unit: "按产品计量单位"),
      source,
    ], key: ["firmId", "kind"], disclosure: .confidential)

  static let firmLanes = ImportKind(
    id: "firm-lanes", title: Phrase(zh: "企业线路", en: "firm lanes"), table: "laneFact",
    columns: [
      firmColumn,
      ImportColumn(
        "direction", "direction", "方向", ["进出"],
        .choice([("inbound", ["进", "进料", "in"]), ("outbound", ["出", "发货", "out"])]), required: true,
        example: "进料"),
      ImportColumn(
        "otherPlace", "placeCode", "对方地点", ["地点", "place", "other_place", "other place"], .place,
        required: true, example: "广东省惠州市"),
      ImportColumn(
        "tonnes", "tonnesPerYear", "年吨数", ["吨数", "吨"], .measure(.tonnes), unit: "吨", required: true,
        example: "1200"),
      ImportColumn(
        "valuePerTonne", "valueYuanPerTonne", "货值", ["吨价", "value_per_tonne"], .measure(.yuan),
        unit: "元"),
      ImportColumn("segment", "segmentId", "环节", ["货物环节"], .segment),
      ImportColumn(
        "mode", "mode", "运输方式", ["方式"],
        .choice([
          ("road", ["公路", "汽运"]), ("rail", ["铁路"]), ("water", ["水运", "水路"]), ("air", ["航空", "空运"]),
        ])),
      source,
    ], key: ["firmId", "direction", "placeCode", "segmentId"], disclosure: .confidential)

  static let labour = ImportKind(
    id: "labour", title: Phrase(zh: "劳动力", en: "labour"), table: "labourFact",
    columns: [
      placeColumn,
      ImportColumn("occupation", "occupation", "工种", ["职业", "岗位"], required: true, example: "普工"),
      ImportColumn(
        "persons", "employed", "从业人数", ["人数", "employed", "就业人数"], .measure(.persons), unit: "人",
        required: true, example: "2400"),
      ImportColumn(
        "unemployed", "unemployed", "求职人数", ["失业人数", "登记失业"], .measure(.persons), unit: "人"),
      ImportColumn("graduates", "graduates", "年毕业生", ["毕业生"], .measure(.persons), unit: "人"),
      ImportColumn(
        "outMigrants", "outMigrants", "外出务工", ["外出人数", "out_migrants"], .measure(.persons),
        unit: "人"),
      ImportColumn("wage", "wageYuanPerMonth", "月工资", ["工资"], .measure(.yuan), unit: "元"),
      ImportColumn("year", "year", "年份", ["年度"], .year),
      ImportColumn(
        "grade", "grade", "数据等级", [],
        .choice([("measured", ["实测"]), ("stated", ["自述"]), ("estimated", ["估算", "估"])])),
      source,
    ], key: ["placeCode", "occupation", "year"], disclosure: .public)

  static let vacancies = ImportKind(
    id: "vacancies", title: Phrase(zh: "招聘岗位", en: "vacancies"), table: "vacancyFact",
    columns: [
      placeColumn,
      ImportColumn("occupation", "occupation", "工种", ["职业", "岗位"], required: true, example: "普工"),
      ImportColumn(
        "persons", "persons", "招聘人数", ["人数"], .measure(.persons), unit: "人", required: true,
        example: "120"),
      ImportColumn("employer", "employer", "用人单位", ["企业"]),
      ImportColumn("wage", "wageYuanPerMonth", "月工资", ["工资"], .measure(.yuan), unit: "元"),
    ], key: ["placeCode", "occupation", "employer"], disclosure: .office)

  static let ties = ImportKind(
    id: "ties", title: Phrase(zh: "人脉", en: "ties"), table: "tieFact",
    columns: [
      firmColumn,
      ImportColumn("kind", "kind", "类别", ["关系类别", "类型"], required: true, example: "同乡管理人员"),
      ImportColumn(
        "count", "tieCount", "数量", ["人数"], .measure(.count), required: true, example: "2"),
      ImportColumn(
        "status", "status", "状态", [],
        .choice([
          ("found", ["已找到", "已查明"]), ("contacted", ["已联系"]), ("willing", ["愿意", "愿意协助"]),
        ])),
      ImportColumn("consent", "hasConsent", "本人同意", ["同意"], .flag),
      source,
    ], key: ["firmId", "kind"], disclosure: .office)

  static let signals = ImportKind(
    id: "signals", title: Phrase(zh: "信号", en: "signals"), table: "signalFact",
    columns: [
      firmColumn,
      ImportColumn("kind", "kind", "类别", ["信号类别", "类型"], required: true, example: "租约到期"),
      ImportColumn(
        "date", "happenedOn", "日期", ["时间"], .date, required: true, example: "2026-03-01"),
      ImportColumn("strength", "strength", "强度", [], .share),
      source,
      ImportColumn("link", "link", "链接", ["网址", "url"]),
    ], key: ["firmId", "kind", "happenedOn"], disclosure: .office)

  static let outcomes = ImportKind(
    id: "outcomes", title: Phrase(zh: "结果", en: "outcomes"), table: "outcomeFact",
    columns: [
      firmColumn,
      ImportColumn("site", "siteId", "载体", ["载体编号"], required: true, example: "rc-board"),
      ImportColumn(
        "kind", "kind", "结果", ["类型", "进展"],
        .choice([
          ("contact", ["联系"]), ("visit", ["走访", "拜访", "visited"]), ("intention", ["意向"]),
          ("signed", ["签约"]), ("landed", ["落地", "投产"]), ("refused", ["拒绝", "谢绝"]),
        ]), required: true, example: "走访"),
      ImportColumn(
        "date", "happenedOn", "日期", ["时间"], .date, required: true, example: "2026-11-20"),
      ImportColumn("owner", "owner", "责任单位", ["责任岗位"]),
      ImportColumn("reason", "reason", "原因", []),
      ImportColumn("promise", "promise", "承诺事项", ["承诺"]),
      ImportColumn("due", "dueOn", "期限", ["办结期限"], .date),
    ], key: ["firmId", "siteId", "kind", "happenedOn"], disclosure: .office)

  static let claims = ImportKind(
    id: "claims", title: Phrase(zh: "认领", en: "claims"), table: "claimFact",
    columns: [
      firmColumn,
      ImportColumn("district", "district", "区县", ["认领区县"], required: true, example: "重庆市永川区"),
      ImportColumn(
        "since", "sinceOn", "起始日期", ["认领日期", "日期"], .date, required: true, example: "2026-01-15"),
      ImportColumn("chain", "chainId", "产业链", ["链条"], .chain),
      ImportColumn("status", "status", "状态"),
    ], key: ["firmId", "district"], disclosure: .office)

  static let factors = ImportKind(
    id: "factors", title: Phrase(zh: "要素", en: "factors"), table: "factorFact",
    columns: [
      ImportColumn("firm", "firmId", "企业", ["企业名称", "公司名称"], .firm),
      ImportColumn("site", "siteId", "载体", ["载体编号"], example: "rc-board"),
      ImportColumn(
        "factor", "factor", "要素", ["要素名称"],
        .choice([
          ("资金", ["capital"]), ("能源", ["energy", "电力", "水电气"]), ("土地", ["land", "用地", "厂房"]),
          ("用工", ["labour", "劳动力"]), ("技术", ["technology"]), ("运输", ["transport", "物流"]),
          ("原料", ["material", "原材料"]),
        ]), required: true, example: "能源"),
      ImportColumn(
        "need", "isNeed", "需求或供给", ["需要或具备", "need_or_have", "need or have", "方向"],
        .choice([("1", ["需要", "需求", "need"]), ("0", ["具备", "供给", "可供", "have"])]), required: true,
        example: "具备"),
      ImportColumn(
        "quantity", "quantity", "数量", [], .measure(.plain), required: true, example: "40"),
      ImportColumn("unit", "unit", "单位", [], required: true, example: "兆瓦"),
      ImportColumn("owner", "owner", "责任单位", ["责任岗位"]),
      ImportColumn("due", "dueOn", "期限", [], .date),
      ImportColumn("status", "status", "状态"),
      ImportColumn(
        "providedBy", "providedBy", "提供方", ["provided_by"],
        .choice([("政府", ["government"]), ("市场", ["market"])])),
    ], key: ["firmId", "siteId", "factor", "isNeed", "unit"], disclosure: .office)

  static let assets = ImportKind(
    id: "assets", title: Phrase(zh: "平台与院校", en: "assets"), table: "assetFact",
    columns: [
      placeColumn,
      ImportColumn("kind", "kind", "类别", ["类型"], required: true, example: "院校"),
      ImportColumn("name", "name", "名称", [], required: true, example: "示例职业学院"),
      ImportColumn("segments", "segmentIds", "服务环节", ["环节"], .segments),
      ImportColumn("capacity", "capacity", "能力", ["规模"]),
    ], key: ["placeCode", "kind", "name"], disclosure: .public)

  static let chainTargets = ImportKind(
    id: "chain-targets", title: Phrase(zh: "链条目标", en: "chain targets"), table: "chainTargetFact",
    columns: [
      placeColumn,
      ImportColumn("chain", "chainId", "产业链", ["链条"], .chain, required: true, example: "电子电路"),
      ImportColumn("segment", "segmentId", "环节", [], .segment),
      ImportColumn(
        "plannedOutput", "plannedOutputWanYuan", "规划产值",
        ["目标产值", "产值目标", "planned_output", "planned output"],
        .measure(.wanYuan), unit: "万元", required: true, example: "1000000"),
      ImportColumn("year", "year", "年份", ["目标年份"], .year, example: "2030"),
      ImportColumn("document", "document", "文件", ["依据文件"]),
    ], key: ["placeCode", "chainId", "segmentId", "year"], disclosure: .office)

  static let atlas = ImportKind(
    id: "atlas", title: Phrase(zh: "全市图谱", en: "atlas"), table: "atlasFact",
    columns: [
      ImportColumn("district", "district", "区县", [], required: true, example: "重庆市永川区"),
      ImportColumn("chain", "chain", "产业链", ["链条"], required: true, example: "电子电路"),
      ImportColumn("role", "role", "角色", ["定位"], required: true, example: "主导"),
      ImportColumn("presence", "presence", "现状", ["基础"]),
    ], key: ["district", "chain"], disclosure: .office)

  static let leaders = ImportKind(
    id: "leaders", title: Phrase(zh: "链长日程", en: "leaders"), table: "leaderFact",
    columns: [
      ImportColumn("role", "role", "职务", ["角色"], required: true, example: "区领导（链长）"),
      ImportColumn(
        "daysAvailable", "daysAvailable", "可用日期", ["可出访日期", "days_available", "days available"],
        .list,
        required: true, example: "2026-12-01、2026-12-02"),
      ImportColumn("chain", "chainId", "产业链", ["链条"], .chain),
    ], key: ["role", "chainId"], disclosure: .office)

  static let hosts = ImportKind(
    id: "hosts", title: Phrase(zh: "接洽人", en: "hosts"), table: "hostFact",
    columns: [
      firmColumn,
      ImportColumn("role", "role", "职务", ["角色"], required: true, example: "总经理"),
      ImportColumn("consent", "hasConsent", "本人同意", ["同意"], .flag),
      ImportColumn("name", "personName", "姓名", []),
      ImportColumn("phone", "personPhone", "电话", ["手机", "联系电话"]),
    ], key: ["firmId", "role"], disclosure: .office)

  static let offers = ImportKind(
    id: "offers", title: Phrase(zh: "可提供事项", en: "offers"), table: "offerFact",
    columns: [
      ImportColumn("offer", "offer", "事项", ["可提供事项"], required: true, example: "共享集货仓（对所有企业同等开放）"),
      ImportColumn(
        "legalBasis", "legalBasis", "法律依据", ["依据", "legal_basis", "legal basis"], required: true,
        example: "公平竞争审查条例（国务院令第783号）"),
      ImportColumn("scope", "scope", "适用范围", ["范围"]),
      ImportColumn("document", "document", "文件", ["文号"]),
    ], key: ["offer"], disclosure: .office)

  static let wages = ImportKind(
    id: "wages", title: Phrase(zh: "工资", en: "wages"), table: "wageFact",
    columns: [
      placeColumn,
      ImportColumn("year", "year", "年份", ["年度"], .year, required: true, example: "2024"),
      ImportColumn(
        "wage", "wageYuanPerYear", "年平均工资", ["平均工资", "average_wage"], .measure(.yuan), unit: "元",
        required: true, example: "78000"),
      ImportColumn(
        "wageBill", "wageBillWanYuan", "工资总额", ["wage_bill"], .measure(.wanYuan), unit: "万元"),
      ImportColumn("employees", "employees", "在岗职工", ["职工人数"], .measure(.persons), unit: "人"),
      ImportColumn("population", "population", "年末人口", ["人口"], .measure(.persons), unit: "人"),
    ], key: ["placeCode", "year"], disclosure: .public)

  static let industryEmployment = ImportKind(
    id: "industry-employment", title: Phrase(zh: "行业就业", en: "industry employment"),
    table: "industryEmploymentFact",
    columns: [
      placeColumn,
      ImportColumn("industry", "industry", "行业", ["行业门类"], required: true, example: "制造业"),
      ImportColumn(
        "persons", "persons", "从业人数", ["人数"], .measure(.persons), unit: "人", required: true,
        example: "56000"),
      ImportColumn("year", "year", "年份", ["年度"], .year, required: true, example: "2020"),
    ], key: ["placeCode", "industry", "year"], disclosure: .public)
}
