import Atlas

/// A fact of law or of the firm that keeps a pairing off the list of visits. 筛除
///
/// The firm stays in the publication with the reason beside it.
public enum Screen: Sendable, Hashable {
  /// 注销
  case cancelled
  /// 吊销
  case revoked
  /// 失信被执行人
  case dishonest
  /// 谢绝联系
  case askedNotToBeContacted
  /// The registered seat lies in the district. 已在本地（注册地）
  case seatIsHere
  /// A known plant lies in the district. 已在本地（工厂）
  case plantIsHere
  /// The site lacks environmental capacity that the segment must have. 环境容量不具备
  case environmentalCapacity(lacking: [String])

  /// Why, as printed beside the firm.
  public var reason: Phrase {
    switch self {
    case .cancelled: Phrase(zh: "登记状态：注销", en: "registration cancelled")
    case .revoked: Phrase(zh: "登记状态：吊销", en: "licence revoked")
    case .dishonest: Phrase(zh: "列入失信被执行人名单", en: "on the list of dishonest debtors")
    case .askedNotToBeContacted: Phrase(zh: "企业谢绝联系", en: "asked not to be contacted")
    case .seatIsHere: Phrase(zh: "注册地已在本区", en: "already registered in the district")
    case .plantIsHere: Phrase(zh: "工厂已在本区", en: "already has a plant in the district")
    case .environmentalCapacity(let lacking):
      Phrase(
        zh: "载体不具备环境容量：\(lacking.joined(separator: "、"))",
        en: "the site lacks environmental capacity: \(lacking.joined(separator: ", "))")
    }
  }

  /// A short key under which exclusions are counted.
  public var key: String {
    switch self {
    case .cancelled: "cancelled"
    case .revoked: "revoked"
    case .dishonest: "dishonest"
    case .askedNotToBeContacted: "askedNotToBeContacted"
    case .seatIsHere: "seatIsHere"
    case .plantIsHere: "plantIsHere"
    case .environmentalCapacity: "environmentalCapacity"
    }
  }
}

/// Something for a person to weigh; never a reason to leave a firm out. 提醒
public enum Caution: Sendable, Hashable {
  /// Another district says that it is talking to the firm. 已被认领
  case claimed(by: String, since: Day?)
  /// Local firms already make the segment; rows of `Firms`, the first three by id. 与本地企业重复
  case duplicatesLocal(firms: [Int], count: Int)
  /// Nobody has said what the site may host. 环境容量待核
  case environmentalCapacityUnknown(needed: [String])
  /// Foreign-invested: questions for the competent office, never a verdict. 外资
  case foreignInvested

  /// A short key under which cautions are filtered.
  public var key: String {
    switch self {
    case .claimed: "claimed"
    case .duplicatesLocal: "duplicatesLocal"
    case .environmentalCapacityUnknown: "environmentalCapacityUnknown"
    case .foreignInvested: "foreignInvested"
    }
  }

  public func text(_ firms: Firms) -> Phrase {
    switch self {
    case .claimed(let district, let since):
      Phrase(
        zh: "\(district)已认领" + (since.map { "（\($0.iso)）" } ?? ""),
        en: "claimed by \(district)" + (since.map { " since \($0.iso)" } ?? ""))
    case .duplicatesLocal(let rows, let count):
      Phrase(
        zh: "与本地 \(count) 家企业同环节：" + rows.map { firms.name[$0] }.joined(separator: "、")
          + (count > rows.count ? "等" : ""),
        en: "same segment as \(count) local firm\(count == 1 ? "" : "s"): "
          + rows.map { firms.name[$0] }.joined(separator: ", ")
          + (count > rows.count ? " and others" : ""))
    case .environmentalCapacityUnknown(let needed):
      Phrase(
        zh: "需核实载体是否允许：\(needed.joined(separator: "、"))",
        en: "to verify whether the site may host: \(needed.joined(separator: ", "))")
    case .foreignInvested:
      Phrase(
        zh:
          "外资企业，请主管部门按当日有效文本答复（本系统不作结论）：①该产品是否列入《外商投资准入特别管理措施（负面清单）（2024年版）》（国家发展改革委、商务部令2024年第23号，2024-11-01 施行；《外商投资法》第二十八条）？②是否属于《外商投资安全审查办法》第四条（2021-01-18 施行）应申报的投资？③设备和工艺转移是否涉及《中国禁止出口限制出口技术目录》（商务部、科技部公告2023年第57号，2023-12-21）或来源地的出口管制？",
        en:
          "foreign-invested; the competent office answers by the text in force that day, this program gives no verdict: (1) is the product on the negative list for foreign investment, 2024 edition (order 23 of 2024, in force 2024-11-01; Foreign Investment Law, article 28)? (2) must the investment be declared under article 4 of the Measures for Security Review of Foreign Investment (in force 2021-01-18)? (3) does the transfer of equipment or process touch the catalogue of technologies prohibited or restricted from export (announcement 57 of 2023, 2023-12-21) or export controls at its origin?"
      )
    }
  }
}

/// Screens and warnings over one snapshot; built once, then asked per firm. 筛查
public struct Screens: Sendable {
  private let snapshot: Snapshot
  /// By row of `Places`.
  private let isHome: [Bool]
  /// Rows of `Firms` that are here, by global segment row.
  private let localFirms: [[Int]]

  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let places = snapshot.places
    let isHome = (0..<places.count).map { place in
      snapshot.district.home.contains { places.lies(place, in: $0) }
    }
    self.isHome = isHome
    localFirms = (0..<snapshot.segments.count).map { segment in
      guard segment + 1 < snapshot.postings.offset.count else { return [] }
      return snapshot.postings.rows(of: segment).map { Int(snapshot.postings.firm[$0]) }
        .filter { Screens.isHere($0, snapshot, isHome) && Screens.exists($0, snapshot) }
    }
  }

  /// Every screen that holds for the firm itself, gravest first; empty for most firms.
  public func screens(firm: Int) -> [Screen] {
    var found: [Screen] = []
    switch snapshot.firms.status[firm] {
    case .cancelled: found.append(.cancelled)
    case .revoked: found.append(.revoked)
    case .active, .suspended, .unknown: break
    }
    let flags = snapshot.firms.flags[firm]
    if flags.contains(.dishonest) { found.append(.dishonest) }
    if flags.contains(.doNotContact) { found.append(.askedNotToBeContacted) }
    if let seat = snapshot.firms.seat[firm], isHome[Int(seat)] { found.append(.seatIsHere) }
    if snapshot.plants[firm].contains(where: { isHome[$0.place] }) { found.append(.plantIsHere) }
    return found
  }

  /// The screen that a segment meets at a site.
  ///
  /// Unknown: a site about which no capacity is recorded screens nobody; see `warnings`.
  public func screen(segment: Int, site: Int) -> Screen? {
    let allowed = snapshot.sites[site].environmentalCapacity
    if allowed.isEmpty { return nil }
    let lacking = snapshot.segments[segment].environment.filter { !allowed.contains($0) }
    return lacking.isEmpty ? nil : .environmentalCapacity(lacking: lacking)
  }

  /// What a person should weigh about a firm, a segment and a site.
  public func warnings(firm: Int, segment: Int, site: Int) -> [Caution] {
    var found: [Caution] = []
    for claim in snapshot.claims[firm] where claim.district != snapshot.district.name {
      found.append(.claimed(by: claim.district, since: claim.since))
    }
    let others = localFirms[segment].filter { $0 != firm }
    if !others.isEmpty {
      found.append(.duplicatesLocal(firms: Array(others.prefix(3)), count: others.count))
    }
    let needed = snapshot.segments[segment].environment
    if !needed.isEmpty, snapshot.sites[site].environmentalCapacity.isEmpty {
      found.append(.environmentalCapacityUnknown(needed: needed))
    }
    if snapshot.firms.flags[firm].contains(.foreign) { found.append(.foreignInvested) }
    return found
  }

  private static func isHere(_ firm: Int, _ snapshot: Snapshot, _ isHome: [Bool]) -> Bool {
    if let seat = snapshot.firms.seat[firm], isHome[Int(seat)] { return true }
    return snapshot.plants[firm].contains { isHome[$0.place] }
  }

  private static func exists(_ firm: Int, _ snapshot: Snapshot) -> Bool {
    let status = snapshot.firms.status[firm]
    return status != .cancelled && status != .revoked
  }
}
