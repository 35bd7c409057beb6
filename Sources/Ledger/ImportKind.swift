public import Atlas

/// What a number in a column measures, and the unit it is kept in. 计量
public enum Measure: String, Sendable, CaseIterable {
  /// 万元
  case wanYuan
  /// 元
  case yuan
  /// 人
  case persons
  case count
  /// 吨
  case tonnes
  /// 亩
  case mu
  /// 兆瓦
  case megawatt
  /// 平方米
  case squareMetres
  /// 平方公里
  case squareKilometres
  case kilometres
  /// 元/兆瓦时
  case yuanPerMegawattHour
  /// 万元/亩
  case wanYuanPerMu
  case degrees
  case plain

  /// Unit words and what one of them is in the kept unit.
  var units: [(word: String, factor: Double)] {
    switch self {
    case .wanYuan:
      [
        ("亿元人民币", 1e4), ("万元人民币", 1), ("万人民币", 1), ("百万元", 100), ("千元", 0.1),
        ("亿元", 1e4), ("万元", 1), ("亿", 1e4), ("万", 1), ("人民币元", 1e-4), ("元", 1e-4),
        ("yuan", 1e-4),
      ]
    case .yuan: [("万元", 1e4), ("千元", 1e3), ("亿元", 1e8), ("元", 1), ("yuan", 1)]
    case .persons: [("万人", 1e4), ("千人", 1e3), ("人", 1), ("名", 1), ("万", 1e4)]
    case .count: [("家", 1), ("个", 1), ("项", 1), ("人", 1)]
    case .tonnes: [("万吨", 1e4), ("吨", 1), ("千克", 1e-3), ("公斤", 1e-3), ("kg", 1e-3), ("t", 1)]
    case .mu: [("平方公里", 1500), ("平方米", 0.0015), ("公顷", 15), ("亩", 1)]
    case .megawatt:
      [
        ("万千瓦", 10), ("兆瓦", 1), ("千瓦", 1e-3), ("MW", 1), ("kW", 1e-3), ("万千伏安", 10),
        ("兆伏安", 1), ("千伏安", 1e-3), ("kVA", 1e-3),
      ]
    case .squareMetres: [("万平方米", 1e4), ("平方米", 1), ("㎡", 1), ("平米", 1), ("m²", 1)]
    case .squareKilometres: [("平方公里", 1), ("公顷", 0.01), ("km²", 1)]
    case .kilometres: [("公里", 1), ("千米", 1), ("km", 1)]
    case .yuanPerMegawattHour:
      [("元/千瓦时", 1e3), ("元/度", 1e3), ("元/kWh", 1e3), ("元/兆瓦时", 1), ("元/MWh", 1)]
    case .wanYuanPerMu: [("万元/亩", 1), ("元/亩", 1e-4), ("元/平方米", 0.0666667)]
    case .degrees: [("°", 1)]
    case .plain: []
    }
  }

  /// What one `word` is in the kept unit; nil for a unit that does not belong here.
  func factor(of word: String) -> Double? {
    if word.isEmpty { return 1 }
    return units.first { $0.word == word || $0.word.lowercased() == word.lowercased() }?.factor
  }
}

/// How the cells of a column are read. 列类型
public enum ColumnReading: Sendable {
  case text
  /// Several values in one cell, kept joined by 、.
  case list
  /// A number that is not negative.
  case measure(Measure)
  /// Any finite number.
  case signed(Measure)
  /// Part of a whole: 0 to 1, or with % behind it.
  case share
  case date
  case year
  case flag
  /// One of some words, each with its aliases; the first is kept.
  case choice([(kept: String, aliases: [String])])
  case creditCode
  case stockCode
  /// A place by code, name or path; its code is kept.
  case place
  /// A part of a place's path, joined before it is looked up; not kept.
  case placePart
  case firm
  case chain
  /// A segment by id or name; its id is kept.
  case segment
  case segments
  case capital
  case status
}

/// One column of an import kind. 导入列
public struct ImportColumn: Sendable {
  /// Own header and name of the field.
  public let name: String
  /// Column of the table; nil for a column that only helps to read another.
  let field: String?
  /// Header in templates, without unit.
  public let title: Phrase
  /// Unit word printed behind the title in templates.
  public let unit: String?
  /// Other headers that mean the same.
  public let aliases: [String]
  public let reading: ColumnReading
  public let isRequired: Bool
  public let example: String

  init(
    _ name: String, _ field: String?, _ zh: String, _ aliases: [String] = [],
    _ reading: ColumnReading = .text, unit: String? = nil, required: Bool = false,
    example: String = ""
  ) {
    self.name = name
    self.field = field
    title = Phrase(zh: zh, en: name)
    self.unit = unit
    self.aliases = aliases
    self.reading = reading
    isRequired = required
    self.example = example
  }

  /// Words that a drop-down offers; empty when any value will do.
  public var choices: [String] {
    switch reading {
    case .choice(let words): words.map { $0.aliases.first ?? $0.kept }
    case .flag: ["是", "否"]
    default: []
    }
  }

  /// The header of a template: title and unit.
  public var header: String { unit.map { "\(title.zh)（\($0)）" } ?? title.zh }
}

/// What can be imported: a table of the ledger and the columns of its files. 导入类型
public struct ImportKind: Sendable {
  /// As typed on the command line.
  public let id: String
  public let title: Phrase
  let table: String
  public let columns: [ImportColumn]
  /// Fields that tell one fact from another; empty for firms, which have an identity of their own.
  let key: [String]
  /// Who may read facts of this kind when nothing else is said.
  public let disclosure: Disclosure

  var fields: [ImportColumn] { columns.filter { $0.field != nil } }

  /// The kind called `id`.
  public static func require(_ id: String) throws(LedgerError) -> ImportKind {
    guard let kind = all.first(where: { $0.id == id }) else {
      throw .unknownKind(id, known: all.map(\.id))
    }
    return kind
  }
}
