@testable import Linking

/// Takes names apart as the rule reads, text by text: what the reader on arrays must agree with.
struct PlainFirmNameReader: Sendable {
  private let normaliser = Normaliser()
  /// Place names without suffix, by first unit, longest first.
  private var places: [UInt16: [[UInt16]]] = [:]

  /// - Parameter places: names of provinces, cities and counties, with or without suffix.
  init(places names: [String]) {
    var seen: Set<[UInt16]> = []
    for name in names + Self.provinces {
      let units = Self.bare(normaliser.units(of: name))
      guard units.count >= 2, seen.insert(units).inserted, let first = units.first else { continue }
      places[first, default: []].append(units)
    }
    for key in places.keys {
      places[key]?.sort {
        $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
      }
    }
  }

  /// Reads a name. Complexity: O(length).
  func read(_ raw: String) -> FirmName {
    let folded = normaliser.units(of: raw)
    var units: [UInt16] = []
    var found: [String] = []
    var inside: [UInt16] = []
    var depth = 0
    // A place in brackets is a place word; other bracketed words belong to the name.
    for unit in folded {
      switch unit {
      case Glyph.open: depth += 1
      case Glyph.close:
        if depth > 0 { depth -= 1 }
        if depth == 0 {
          if let place = placePrefix(of: inside[...]), place.used == inside.count {
            found.append(place.name)
          } else {
            units += inside
          }
          inside = []
        }
      case Glyph.space, Glyph.hyphen: break
      default: if depth > 0 { inside.append(unit) } else { units.append(unit) }
      }
    }
    units += inside
    let whole = String(
      decoding: folded.filter {
        $0 != Glyph.open && $0 != Glyph.close
          && $0 != Glyph.space && $0 != Glyph.hyphen
      }, as: UTF16.self)
    var core = units[...]
    var form = ""
    let branch = Self.branches.contains { whole.hasSuffix($0) }
    for (ending, kind) in Self.forms {
      let suffix = Array(ending.utf16)
      if core.count > suffix.count, core.suffix(suffix.count).elementsEqual(suffix) {
        core.removeLast(suffix.count)
        form = kind
        break
      }
    }
    while let place = placePrefix(of: core), core.count - place.used >= 2 {
      found.append(place.name)
      core.removeFirst(place.used)
    }
    let text = core.isEmpty ? whole : String(decoding: core, as: UTF16.self)
    return FirmName(whole: whole, core: text, places: found.sorted(), form: form, isBranch: branch)
  }

  /// A place word at the front and how many units it uses with its suffix.
  private func placePrefix(of units: ArraySlice<UInt16>) -> (name: String, used: Int)? {
    guard let first = units.first, let candidates = places[first] else { return nil }
    for place in candidates where units.starts(with: place) {
      var used = place.count
      let rest = units.dropFirst(used)
      for suffix in Self.suffixes where rest.starts(with: suffix.utf16) {
        used += suffix.utf16.count
        break
      }
      return (String(decoding: place, as: UTF16.self), used)
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
  private static let provinces = [
    "中国", "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏",
    "新疆", "香港", "澳门", "台湾",
  ]
  private static let branches = ["分公司", "办事处", "代表处", "营业部", "分厂", "门市部", "经营部分部", "分店"]
  /// Endings, longest first, and the form that they stand for.
  private static let forms: [(String, String)] = [
    ("集团股份有限公司", "集团股份有限公司"), ("股份有限责任公司", "股份有限公司"), ("集团有限责任公司", "集团有限公司"), ("集团有限公司", "集团有限公司"),
    ("股份有限公司", "股份有限公司"), ("有限责任公司", "有限公司"), ("普通合伙企业", "合伙"), ("有限合伙企业", "合伙"), ("个人独资企业", "独资"),
    ("有限合伙", "合伙"), ("普通合伙", "合伙"), ("股份公司", "股份有限公司"), ("有限公司", "有限公司"), ("集团公司", "集团有限公司"),
    ("总公司", "公司"), ("分公司", "分公司"), ("合作社", "合作社"), ("公司", "公司"), ("集团", "集团有限公司"), ("总厂", "厂"),
    ("厂", "厂"),
  ]
}
