/// A unit of measure; its symbol is printed with the number. 单位
public enum Unit: String, Sendable, Codable, CaseIterable {
  case wanYuanPerYear, wanYuan, yuan, yuanPerTonne, yuanPerTonneKm, yuanPerMonth
  case tonnes, tonnesPerYear, persons, kilometres, minutes, days, hours, months
  case share, percent, probability, utils, count, ratio
  case mu, megawatt, megawattHoursPerYear, squareMetresPerYear, pairsPerYear, percentOfOutput
  case yuanPerMegawattHour, yuanPerSquareMetreMonth, wanYuanPerMu

  /// The symbol as printed.
  public var symbol: Phrase {
    switch self {
    case .wanYuanPerYear: Phrase(zh: "万元/年", en: "10k yuan/yr")
    case .wanYuan: Phrase(zh: "万元", en: "10k yuan")
    case .yuan: Phrase(zh: "元", en: "yuan")
    case .yuanPerTonne: Phrase(zh: "元/吨", en: "yuan/t")
    case .yuanPerTonneKm: Phrase(zh: "元/吨公里", en: "yuan/t·km")
    case .yuanPerMonth: Phrase(zh: "元/月", en: "yuan/month")
    case .tonnes: Phrase(zh: "吨", en: "t")
    case .tonnesPerYear: Phrase(zh: "吨/年", en: "t/yr")
    case .persons: Phrase(zh: "人", en: "people")
    case .kilometres: Phrase(zh: "公里", en: "km")
    case .minutes: Phrase(zh: "分钟", en: "min")
    case .days: Phrase(zh: "天", en: "days")
    case .hours: Phrase(zh: "小时", en: "h")
    case .months: Phrase(zh: "个月", en: "months")
    case .share, .probability, .ratio: Phrase(same: "")
    case .percent: Phrase(same: "%")
    case .utils: Phrase(zh: "效用", en: "utils")
    case .count: Phrase(zh: "家", en: "")
    case .mu: Phrase(zh: "亩", en: "mu")
    case .megawatt: Phrase(same: "MW")
    case .megawattHoursPerYear: Phrase(zh: "兆瓦时/年", en: "MWh/yr")
    case .squareMetresPerYear: Phrase(zh: "平方米/年", en: "m²/yr")
    case .pairsPerYear: Phrase(zh: "双/年", en: "pairs/yr")
    case .percentOfOutput: Phrase(zh: "% 产值", en: "% of output")
    case .yuanPerMegawattHour: Phrase(zh: "元/兆瓦时", en: "yuan/MWh")
    case .yuanPerSquareMetreMonth: Phrase(zh: "元/平方米·月", en: "yuan/m²·month")
    case .wanYuanPerMu: Phrase(zh: "万元/亩", en: "10k yuan/mu")
    }
  }
}
