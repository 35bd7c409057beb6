/// A firm's name taken apart: what tells it from others, its place words, its legal form. 企业名称
///
/// Not an identity: two firms of one core in two places are two firms.
public struct FirmName: Sendable, Hashable {
  /// The whole name, folded, without brackets and blanks.
  public let whole: String
  /// The name without place words, legal form and branch words; the whole name when nothing is left.
  public let core: String
  /// Place words found at the front or in brackets, without 省, 市, 县, 区. 地名
  public let places: [String]
  /// The legal form, 有限公司 and 有限责任公司 being one. 组织形式
  public let form: String
  /// True for 分公司, 办事处 and the like: a branch is not its firm. 分支机构
  public let isBranch: Bool
}

/// Takes firm names apart with a list of places. 企业名称解析
public struct FirmNameReader: Sendable {
  private let normaliser = Normaliser()
  /// Units of all place names without suffix; a place is a range of `placeOffset`.
  private var placeUnits: [UInt16] = []
  private var placeOffset = [0]
  /// Places by first unit, longest first.
  private var placesByFirst: [UInt16: Range<Int>] = [:]

  /// - Parameter places: names of provinces, cities and counties, with or without suffix.
  public init(places names: [String]) {
    var seen: Set<[UInt16]> = []
    var byFirst: [UInt16: [[UInt16]]] = [:]
    for name in names + Self.provinces {
      let units = Self.bare(normaliser.units(of: name))
      guard units.count >= 2, seen.insert(units).inserted, let first = units.first else { continue }
      byFirst[first, default: []].append(units)
    }
    for (first, places) in byFirst {
      let start = placeOffset.count - 1
      let ordered = places.sorted {
        $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
      }
      for place in ordered {
        placeUnits += place
        placeOffset.append(placeUnits.count)
      }
      placesByFirst[first] = start..<(placeOffset.count - 1)
    }
  }

  /// Reads a name. Complexity: O(length).
  public func read(_ raw: String) -> FirmName {
    var parts = FirmNameParts()
    take(raw, apart: &parts)
    let whole = String(decoding: parts.whole, as: UTF16.self)
    return FirmName(
      whole: whole,
      core: parts.core.isEmpty ? whole : String(decoding: parts.core, as: UTF16.self),
      places: parts.places.map {
        String(decoding: placeUnits[placeOffset[$0]..<placeOffset[$0 + 1]], as: UTF16.self)
      }.sorted(),
      form: parts.form.map { Self.forms[$0].kind } ?? "",
      isBranch: Self.branches.contains { whole.hasSuffix($0) })
  }

  /// Folds a name; the answer is in `parts.whole`.
  func fold(_ raw: String, into parts: inout FirmNameParts) {
    parts.folded.removeAll(keepingCapacity: true)
    parts.whole.removeAll(keepingCapacity: true)
    normaliser.append(raw, to: &parts.folded)
    for unit in parts.folded where !Glyph.isSilentInNames(unit) && !Glyph.isBracket(unit) {
      parts.whole.append(unit)
    }
  }

  /// Takes a name apart in memory that is kept.
  func take(_ raw: String, apart parts: inout FirmNameParts) {
    fold(raw, into: &parts)
    parts.begin()
    if parts.whole.count == parts.folded.count {
      parts.units.append(contentsOf: parts.whole)
    } else {
      unwrap(&parts)
    }
    var end = parts.units.count
    if let last = parts.units.last, let forms = Self.formsByLast[last] {
      for form in forms {
        let suffix = Self.forms[form].units
        if end > suffix.count, parts.units[(end - suffix.count)...].elementsEqual(suffix) {
          end -= suffix.count
          parts.form = form
          break
        }
      }
    }
    var start = 0
    while let place = placePrefix(of: parts.units, start..<end), end - start - place.used >= 2 {
      parts.places.append(place.row)
      start += place.used
    }
    parts.coreRange = start..<end
  }

  /// A place in brackets is a place word; other bracketed words belong to the name.
  private func unwrap(_ parts: inout FirmNameParts) {
    var depth = 0
    for unit in parts.folded {
      switch unit {
      case Glyph.open: depth += 1
      case Glyph.close:
        if depth > 0 { depth -= 1 }
        if depth == 0 {
          let all = 0..<parts.inside.count
          if let place = placePrefix(of: parts.inside, all), place.used == all.count {
            parts.places.append(place.row)
          } else {
            parts.units.append(contentsOf: parts.inside)
          }
          parts.inside.removeAll(keepingCapacity: true)
        }
      case _ where Glyph.isSilentInNames(unit): break
      default: if depth > 0 { parts.inside.append(unit) } else { parts.units.append(unit) }
      }
    }
    parts.units.append(contentsOf: parts.inside)
    parts.inside.removeAll(keepingCapacity: true)
  }

  /// A place word at the front and how many units it uses with its suffix.
  private func placePrefix(of units: [UInt16], _ range: Range<Int>) -> (row: Int, used: Int)? {
    guard !range.isEmpty, let candidates = placesByFirst[units[range.lowerBound]] else {
      return nil
    }
    for row in candidates {
      let place = placeUnits[placeOffset[row]..<placeOffset[row + 1]]
      guard units[range].starts(with: place) else { continue }
      let rest = units[range].dropFirst(place.count)
      if let first = rest.first, let suffixes = Self.suffixesByFirst[first] {
        for suffix in suffixes where rest.starts(with: suffix) {
          return (row, place.count + suffix.count)
        }
      }
      return (row, place.count)
    }
    return nil
  }

  private static func bare(_ units: [UInt16]) -> [UInt16] {
    for suffix in suffixes {
      let tail = Array(suffix.utf16)
      if units.count >= tail.count + 2, units.suffix(tail.count).elementsEqual(tail) {
        return Array(units.dropLast(tail.count))
      }
    }
    return units
  }

  private static let suffixes = [
    "维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "地区", "新区", "省", "市", "县", "区", "盟",
  ]
  /// The suffixes by first unit, in the same order.
  private static let suffixesByFirst = Dictionary(
    grouping: suffixes.map { Array($0.utf16) }, by: { $0.first ?? 0 })
  private static let provinces = [
    "中国", "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏",
    "新疆", "香港", "澳门", "台湾",
  ]
  private static let branches = ["分公司", "办事处", "代表处", "营业部", "分厂", "门市部", "经营部分部", "分店"]
  /// Rows of `forms` by last unit, longest first.
  private static let formsByLast = Dictionary(
    grouping: forms.indices, by: { forms[$0].units.last ?? 0 })
  /// Endings, longest first, and the form that they stand for.
  private static let forms: [(units: [UInt16], kind: String)] = endings.map {
    (Array($0.utf16), $1)
  }
  private static let endings: [(String, String)] = [
    ("集团股份有限公司", "集团股份有限公司"), ("股份有限责任公司", "股份有限公司"), ("集团有限责任公司", "集团有限公司"), ("集团有限公司", "集团有限公司"),
    ("股份有限公司", "股份有限公司"), ("有限责任公司", "有限公司"), ("普通合伙企业", "合伙"), ("有限合伙企业", "合伙"), ("个人独资企业", "独资"),
    ("有限合伙", "合伙"), ("普通合伙", "合伙"), ("股份公司", "股份有限公司"), ("有限公司", "有限公司"), ("集团公司", "集团有限公司"),
    ("总公司", "公司"), ("分公司", "分公司"), ("合作社", "合作社"), ("公司", "公司"), ("集团", "集团有限公司"), ("总厂", "厂"),
    ("厂", "厂"),
  ]
}

/// Memory in which names are taken apart, kept from name to name.
struct FirmNameParts: Sendable {
  fileprivate(set) var folded: [UInt16] = []
  /// As `FirmName.whole`.
  fileprivate(set) var whole: [UInt16] = []
  /// The name without brackets and the places in them.
  fileprivate(set) var units: [UInt16] = []
  fileprivate var inside: [UInt16] = []
  fileprivate var coreRange = 0..<0
  /// Rows of the reader's places.
  fileprivate(set) var places: [Int] = []
  /// Row of the reader's forms.
  fileprivate(set) var form: Int?

  /// As `FirmName.core`, but empty when nothing is left.
  var core: ArraySlice<UInt16> { units[coreRange] }

  fileprivate mutating func begin() {
    units.removeAll(keepingCapacity: true)
    inside.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    form = nil
  }
}
