public import Atlas

/// What is wrong with a row or cell of an imported file; stored, counted and shown. 导入问题
public struct ImportIssue: Sendable, Equatable {
  /// Line of the file; the header is usually line 1.
  public let row: Int
  /// Header of the column; nil when the whole row is meant.
  public let column: String?
  /// Stable code such as `BL0301`.
  public let kind: String
  /// The offending text, shortened; never from a personal column.
  public let excerpt: String?
  public let message: Phrase
  /// True when the row stayed out because of it.
  public let isRejection: Bool

  public init(
    row: Int, column: String?, kind: String, excerpt: String?, message: Phrase, isRejection: Bool
  ) {
    self.row = row
    self.column = column
    self.kind = kind
    self.excerpt = excerpt
    self.message = message
    self.isRejection = isRejection
  }
}

/// The kinds of import issue: code, sentence, and whether the row stays out. 问题类别
enum Fault: Sendable, Equatable {
  case missingValue
  case notANumber
  case negative
  case unknownUnit(String)
  case notADate
  case creditCode
  case unknownChoice([String])
  case unknownPlace
  case ambiguousPlace([String])
  case unknownFirm
  case ambiguousFirm([String])
  case unknownSegment
  case unknownChain
  case duplicateCode
  case repeatedFirm
  case implausible(String)
  case noCoordinates
  case farFromNeighbours(km: Int, name: String)
  case notAPlace
  case needsFirmOrSite
  case noConsent
  case wageSlip(Double)
  case outOfRange(String)
  case firmConflict

  var code: String {
    switch self {
    case .missingValue: "BL0301"
    case .notANumber: "BL0302"
    case .negative: "BL0303"
    case .unknownUnit: "BL0304"
    case .notADate: "BL0305"
    case .creditCode: "BL0306"
    case .unknownChoice: "BL0307"
    case .unknownPlace: "BL0308"
    case .ambiguousPlace: "BL0309"
    case .unknownFirm: "BL0310"
    case .ambiguousFirm: "BL0311"
    case .unknownSegment: "BL0312"
    case .unknownChain: "BL0313"
    case .duplicateCode: "BL0314"
    case .repeatedFirm: "BL0315"
    case .implausible: "BL0316"
    case .noCoordinates: "BL0317"
    case .farFromNeighbours: "BL0318"
    case .notAPlace: "BL0319"
    case .needsFirmOrSite: "BL0320"
    case .noConsent: "BL0321"
    case .wageSlip: "BL0322"
    case .outOfRange: "BL0323"
    case .firmConflict: "BL0324"
    }
  }

  var message: Phrase {
    switch self {
    case .missingValue:
      Phrase(
        zh: "必填的值是空的：请补上后重新导入这一行。",
        en: "a required value is empty: fill it in and import the row again.")
    case .notANumber:
      Phrase(zh: "不是数：请改成数字（可带单位）。", en: "not a number: write a number, with a unit if you like.")
    case .negative:
      Phrase(
        zh: "不能是负数：请核对原表是否错列。", en: "cannot be negative: check whether the columns have slipped.")
    case .unknownUnit(let unit):
      Phrase(
        zh: "单位“\(unit)”不认识：请换成表头所写的单位。", en: "unknown unit “\(unit)”: use the one in the header.")
    case .notADate:
      Phrase(zh: "不是日期：请写成 2026-11-23 的样子。", en: "not a date: write it like 2026-11-23.")
    case .creditCode:
      Phrase(
        zh: "统一社会信用代码校验不通过（GB 32100-2015）：请核对 18 位代码。",
        en: "the credit code fails its check digit (GB 32100-2015): check its 18 characters.")
    case .unknownChoice(let words):
      Phrase(
        zh: "不在可选的值之内（\(words.joined(separator: "、"))）：请选其一。",
        en: "not one of \(words.joined(separator: ", ")): choose one of them.")
    case .unknownPlace:
      Phrase(zh: "找不到这个地点：请写区划代码或省市县全称。", en: "no such place: write its code or its full path.")
    case .ambiguousPlace(let codes):
      Phrase(
        zh: "同名地点不止一个（\(codes.prefix(5).joined(separator: "、"))）：请写区划代码或省市县全称。",
        en:
          "several places bear this name (\(codes.prefix(5).joined(separator: ", "))): write its code or full path."
      )
    case .unknownFirm:
      Phrase(
        zh: "台账中没有这家企业：请先导入企业，或改用统一社会信用代码。",
        en: "the ledger has no such firm: import firms first, or use the credit code.")
    case .ambiguousFirm(let names):
      Phrase(
        zh: "同名企业不止一家（\(names.prefix(5).joined(separator: "；"))）：请改用统一社会信用代码。",
        en:
          "several firms bear this name (\(names.prefix(5).joined(separator: "; "))): use the credit code."
      )
    case .unknownSegment:
      Phrase(
        zh: "没有这个环节：请用产业链模型中的环节编号或名称。", en: "no such segment: use an id or name of a chain model.")
    case .unknownChain:
      Phrase(
        zh: "没有这条产业链：请用产业链模型的编号或名称。", en: "no such chain: use the id or name of a chain model.")
    case .duplicateCode:
      Phrase(
        zh: "统一社会信用代码或证券代码与本文件前面另一家企业重复：该行未导入，请核对哪一行写错。",
        en:
          "the code repeats that of another firm earlier in this file: the row stays out; check which row is wrong."
      )
    case .repeatedFirm:
      Phrase(
        zh: "同一企业在本文件中出现多次：已合并，以后一行为准。",
        en: "the same firm occurs more than once in this file: merged, the later row holds.")
    case .implausible(let what):
      Phrase(
        zh: "数值不可信（\(what)）：该格按空处理。",
        en: "implausible value (\(what)): the cell is taken as unknown.")
    case .noCoordinates:
      Phrase(
        zh: "地点没有坐标：请补上经度和纬度。", en: "the place has no coordinates: add longitude and latitude.")
    case .farFromNeighbours(let km, let name):
      Phrase(
        zh: "坐标与其代码所属地区不符，偏离“\(name)”约 \(km) 公里：该行未导入，请核对坐标。",
        en:
          "the coordinates do not fit the code, about \(km) km away from \(name): the row stays out; check them."
      )
    case .notAPlace:
      Phrase(
        zh: "这一行不是单独的地点，按格式约定略过。",
        en: "the row is no place of its own and is left out by the profile.")
    case .needsFirmOrSite:
      Phrase(zh: "企业和载体须填其一。", en: "either a firm or a site must be given.")
    case .noConsent:
      Phrase(zh: "未注明本人同意：姓名和电话未保存。", en: "no consent noted: name and phone were not kept.")
    case .wageSlip(let ratio):
      Phrase(
        zh: "平均工资与工资总额÷职工人数相差 \(Self.times(ratio)) 倍，疑为单位错误：该行未导入。",
        en:
          "the average wage is \(Self.times(ratio)) times the wage bill per employee, probably a slip of units: the row stays out."
      )
    case .outOfRange(let range):
      Phrase(
        zh: "超出可能的范围（\(range)）：请核对单位。", en: "outside the possible range (\(range)): check the unit."
      )
    case .firmConflict:
      Phrase(
        zh: "统一社会信用代码与证券代码指向台账中两家不同的企业：该行未导入，请核对。",
        en:
          "credit code and stock code belong to two different firms of the ledger: the row stays out; check them."
      )
    }
  }

  private static func times(_ ratio: Double) -> String {
    let tenths = Int((ratio * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
