import Atlas

/// The sample workspace as data: 荣昌示例, with planted truths and planted dirt. 示例区
///
/// Of the two firms of the founding article only what the article says is a fact; everything else
/// is illustrative, estimated, and says so. Every other firm is fictional and has 示例 in its name;
/// exclusions, refusals and 暂缓 fall on these alone. No natural person's name appears anywhere.
/// Source: Chongqing Daily, 2021, 链长制调查, for the two firms; the rest is invented.
public enum SampleDistrict {
  /// One file to import.
  public struct SampleTable: Sendable {
    public let kind: String
    public let file: String
    public let text: String
    public let disclosure: Disclosure
    public let note: String
  }

  /// From when the sample's facts could be known.
  public static let knownOn = Day(year: 2020, month: 11, day: 1)

  /// The text of `bulian.yaml`.
  public static let configuration = """
    name: "荣昌示例"
    home: ["500153"]
    rivals: ["510900", "360700", "420200", "500100-XYW"]
    language: zh-Hans
    sample: true
    formats: ["html", "pdf", "docx", "json"]
    leads:
      - {chain: "pcb", chief: "常务副区长（电子信息产业链链长）"}
      - {chain: "shoes", chief: "区委常委（服饰产业链链长）"}
    zones:
      - {code: "500100-XYW", name: "西永微电园", parent: "500106", longitude: 106.365, latitude: 29.575}

    """

  /// The tables in the order in which they are imported.
  public static let tables: [SampleTable] = [
    table("places", "示例-地点.csv", places, .public, "示例：地价、电价、工资均为示意"),
    table("sites", "示例-载体.csv", sites, .office, "示例"),
    table("firms", "示例-企业.csv", firms, .public, "示例；仅两家文章企业为真实名称"),
    table("firms", "示例-脏数据.csv", dirtyFirms, .office, "示例：有意放入的脏数据"),
    table("firm-segments", "示例-企业环节.csv", firmSegments, .office, "示例"),
    table("plants", "重庆日报2021-工厂.csv", plants, .public, "重庆日报 2021 年链长制调查"),
    table("projects", "重庆日报2021-项目.csv", projects, .public, "重庆日报 2021 年链长制调查"),
    table("ties", "重庆日报2021-人脉.csv", ties, .office, "重庆日报 2021 年链长制调查"),
    table("firm-lanes", "示例-线路.csv", lanes, .office, "示例"),
    table("chain-targets", "示例-链条目标.csv", targets, .office, "示例"),
    table("labour", "示例-用工.csv", labour, .public, "示例：示意数"),
    table("industry-employment", "示例-行业就业.csv", employment, .public, "示例：示意数"),
    table("signals", "示例-信号.csv", signals, .office, "示例"),
    table("claims", "示例-认领.csv", claims, .office, "示例"),
    table("outcomes", "示例-结果.csv", outcomes, .office, "示例"),
    table("factors", "示例-要素.csv", factors, .office, "示例"),
    table("assets", "示例-平台院校.csv", assets, .public, "示例"),
    table("atlas", "示例-全市图谱.csv", atlas, .office, "示例"),
    table("offers", "示例-可提供事项.csv", offers, .office, "示例"),
    table("leaders", "示例-领导日程.csv", leaders, .office, "示例"),
  ]

  private static func table(
    _ kind: String, _ file: String, _ text: String, _ disclosure: Disclosure, _ note: String
  ) -> SampleTable {
    SampleTable(kind: kind, file: file, text: text, disclosure: disclosure, note: note)
  }
}
