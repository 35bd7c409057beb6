extension SampleDistrict {
  /// Illustrative targets of the two chains.
  static let targets = """
    地点,产业链,规划产值（万元）,年份,文件
    500153,pcb,1500000,2025,示例规划
    500153,shoes,400000,2025,示例规划

    """

  /// What the two sites offer.
  static let factors = """
    企业,载体,要素,需求或供给,数量,单位,责任单位,期限,状态,提供方
    ,rc-pcb,能源,具备,80,兆瓦,经信委,2021-03-31,已有,市场
    ,rc-pcb,土地,具备,620,亩,规资局,2021-03-31,已有,政府
    ,rc-apparel,土地,具备,400,亩,规资局,2021-03-31,已有,政府
    ,rc-apparel,用工,具备,1200,人,人社局,2021-03-31,已报名,政府

    """

  /// A laboratory and a college.
  static let assets = """
    地点,类别,名称,服务环节,能力
    500153,检测,示例电子电路检测中心,pcb.testing、pcb.multilayer,示例
    500153,院校,示例职业学院,pcb.multilayer、shoes.athletic,每年示例毕业生

    """

  /// The city's own atlas.
  static let atlas = """
    区县,产业链,角色,现状
    永川示例区,pcb,配套,示例
    荣昌示例,pcb,主导,示例
    荣昌示例,shoes,主导,示例

    """

  /// Offers open to every firm on equal terms.
  static let offers = """
    事项,法律依据,适用范围,文件
    共享集货仓（对所有企业同等开放）,公平竞争审查条例（国务院令第783号）,全部企业,示例
    定向技能培训班次,就业促进法,全部企业,示例

    """

  /// Roles, never names.
  static let leaders = """
    职务,可用日期,产业链
    常务副区长（电子信息产业链链长）,2020-11-18、2020-11-19、2020-11-20,pcb

    """
}
