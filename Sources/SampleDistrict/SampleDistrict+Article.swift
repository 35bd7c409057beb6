extension SampleDistrict {
  /// The factory in Guangzhou that the district visited on 19 November 2020.
  static let plants = """
    企业,地点,产品,来源
    广东和鑫达电子股份有限公司,440100,多层精密线路板,重庆日报2021

    """

  /// 3.2 亿元 planned investment; nearly ten million pairs a year, taken as 9.8 million.
  static let projects = """
    企业,类型,总投资（万元）,年产量,来源
    广东和鑫达电子股份有限公司,新建,32000,,重庆日报2021
    福建省中伟体育用品有限公司,搬迁,,9800000,重庆日报2021
    惠州示例铜箔科技有限公司,搬迁,60000,,示例

    """

  /// Two managers from the district, found and contacted.
  static let ties = """
    企业,类别,数量,状态,本人同意,来源
    福建省中伟体育用品有限公司,同乡管理人员,2,已联系,是,重庆日报2021

    """
}
