import Testing

/// One small table of every kind, in an order in which each finds what it refers to.
struct SmallTable: Sendable, CustomTestStringConvertible {
  let kind: String
  let header: String
  let row: String

  var text: String { header + "\n" + row + "\n" }
  var testDescription: String { kind }

  /// The table with further columns, each with one value.
  func adding(_ columns: [(name: String, value: String)]) -> String {
    header + columns.map { "," + $0.name }.joined() + "\n"
      + row + columns.map { "," + $0.value }.joined() + "\n"
  }

  static let all: [SmallTable] = [
    SmallTable(
      kind: "places", header: "代码,名称,经度,纬度,上级代码,层级,常住人口（人）,年平均工资（元）",
      row: "500153,荣昌区,105.594,29.405,500000,county,669000,74000"),
    SmallTable(
      kind: "sites", header: "编号,名称,地点,可供土地（亩）,电力（兆瓦）,环保容量,标签",
      row: "t-park,测试园区,500153,300,40,电镀、含铜废水,电子电路"),
    SmallTable(
      kind: "firms", header: "企业名称,统一社会信用代码,所在地,员工人数（人）,营业收入（万元）,登记状态,主营产品",
      row: "测试铜箔有限公司,91440300MA5EXAMP1F,440300,320,25000,存续,电子电路铜箔"),
    SmallTable(
      kind: "firm-segments", header: "企业,环节,收入占比,富余产能（万元）,质量等级,来源",
      row: "测试铜箔有限公司,pcb.copperfoil,0.9,1200,2,测试"),
    SmallTable(kind: "plants", header: "企业,地点,产品,来源", row: "测试铜箔有限公司,441300,电子铜箔,测试"),
    SmallTable(
      kind: "projects", header: "企业,类型,总投资（万元）,用工人数（人）,来源",
      row: "测试铜箔有限公司,搬迁,12000,150,测试"),
    SmallTable(
      kind: "firm-lanes", header: "企业,方向,对方地点,年吨数（吨）,货值（元）,来源",
      row: "测试铜箔有限公司,进,441900,900,90000,测试"),
    SmallTable(
      kind: "labour", header: "地点,工种,从业人数（人）,求职人数（人）,月工资（元）,年份",
      row: "500153,operator,12600,945,4930,2020"),
    SmallTable(
      kind: "vacancies", header: "地点,工种,招聘人数（人）,用人单位,月工资（元）",
      row: "500153,operator,40,测试铜箔有限公司,5200"),
    SmallTable(
      kind: "ties", header: "企业,类别,数量,状态,本人同意,来源",
      row: "测试铜箔有限公司,同乡管理人员,2,已联系,是,测试"),
    SmallTable(
      kind: "signals", header: "企业,类别,日期,强度,来源", row: "测试铜箔有限公司,租约到期,2020-09-15,0.8,测试"),
    SmallTable(
      kind: "outcomes", header: "企业,载体,结果,日期,责任单位,原因",
      row: "测试铜箔有限公司,t-park,拒绝,2020-06-10,招商一科,两年内不再布局"),
    SmallTable(
      kind: "claims", header: "企业,区县,起始日期,状态", row: "测试铜箔有限公司,永川测试区,2020-08-01,洽谈中"),
    SmallTable(
      kind: "factors", header: "企业,载体,要素,需求或供给,数量,单位,责任单位,期限,状态,提供方",
      row: ",t-park,土地,具备,620,亩,规资局,2021-03-31,已有,政府"),
    SmallTable(
      kind: "assets", header: "地点,类别,名称,服务环节,能力", row: "500153,检测,测试检测中心,pcb.testing,测试"),
    SmallTable(
      kind: "chain-targets", header: "地点,产业链,规划产值（万元）,年份,文件", row: "500153,pcb,1500000,2025,测试规划"),
    SmallTable(kind: "atlas", header: "区县,产业链,角色,现状", row: "永川测试区,pcb,配套,测试"),
    SmallTable(
      kind: "leaders", header: "职务,可用日期,产业链", row: "常务副区长,2020-11-18、2020-11-19,pcb"),
    SmallTable(kind: "hosts", header: "企业,职务,本人同意", row: "测试铜箔有限公司,总工程师,否"),
    SmallTable(
      kind: "offers", header: "事项,法律依据,适用范围,文件", row: "共享集货仓,公平竞争审查条例,全部企业,测试"),
    SmallTable(
      kind: "wages", header: "地点,年份,年平均工资（元）", row: "500153,2020,74000"),
    SmallTable(
      kind: "industry-employment", header: "地点,行业,从业人数（人）,年份", row: "500153,C3982,5200,2020"),
  ]
}
