import Atlas

/// What one row says about the identity of a firm. 企业身份
public struct FirmIdentity: Sendable, Equatable {
  /// Ledger id or row number; ties are broken by it.
  public let id: Int64
  public let name: String
  /// As typed; counted only when it checks.
  public let creditCode: String?
  public let stockCode: String?
  /// Row of `Places`, or any number that is equal for equal places.
  public let place: Int32?

  public init(id: Int64, name: String, creditCode: String?, stockCode: String?, place: Int32?) {
    self.id = id
    self.name = name
    self.creditCode = creditCode
    self.stockCode = stockCode
    self.place = place
  }
}

/// Two rows that are one firm, and why; reversible because nothing is overwritten. 合并
public struct FirmMerge: Sendable, Equatable {
  /// The row that stays: the smaller id.
  public let kept: Int64
  public let merged: Int64
  public let reason: MergeReason
}

/// Why two rows are one firm. 合并理由
public enum MergeReason: String, Sendable, Codable, CaseIterable {
  case sameCreditCode
  case sameStockCode
  /// Same whole name, and nothing contradicts it.
  case sameNameAndPlace
  /// Same core, legal form and place; brackets, place words or spelling of the form differ.
  case sameCoreAndPlace

  /// The reason's words.
  public var label: Phrase {
    switch self {
    case .sameCreditCode: Phrase(zh: "统一社会信用代码相同", en: "same credit code")
    case .sameStockCode: Phrase(zh: "股票代码相同", en: "same stock code")
    case .sameNameAndPlace: Phrase(zh: "名称与所在地相同", en: "same name and place")
    case .sameCoreAndPlace: Phrase(zh: "字号、行业与所在地相同", en: "same core name and place")
    }
  }
}

/// Rows that look alike and that a person should look at. 疑似同一企业
public struct FirmDoubt: Sendable, Equatable {
  public let first: Int64
  public let second: Int64
  public let because: Phrase
}

/// Which rows are one firm. 同一企业识别
///
/// Rule: a valid credit code decides, then a stock code, then the name with the place. Two valid
/// and different credit codes are never one firm, nor is a branch its firm, nor are two places one
/// firm without a code, nor 某某厂 and 某某有限公司: those are doubts for a person. Names that lead with
/// different place words are different firms, even at one seat. Complexity: O(n log n); a row is compared
/// with at most eight of its block.
public func findSameFirms(
  _ firms: [FirmIdentity], reader: FirmNameReader
) -> (merges: [FirmMerge], doubts: [FirmDoubt]) {
  let order = firms.indices.sorted { firms[$0].id < firms[$1].id }
  let read = firms.map { reader.read($0.name) }
  // A name with letters masked is nobody's name.
  let masked = firms.map { $0.name.unicodeScalars.contains { "*＊×●".unicodeScalars.contains($0) } }
  let credit = firms.map { $0.creditCode.flatMap { CreditCode($0)?.text } }
  let stock = firms.map { $0.stockCode.flatMap { StockCode($0)?.text } }
  var sets = FirmSets(credit: credit)
  var merges: [FirmMerge] = []
  var doubts: [FirmDoubt] = []

  /// 江阴某某 is not 无锡某某; a name without place words may be either.
  let placeWords = read.map { Set($0.places) }
  func agree(_ left: Int, _ right: Int) -> Bool {
    placeWords[left].isEmpty || placeWords[right].isEmpty || placeWords[left] == placeWords[right]
  }

  func join(
    _ key: (Int) -> String?, _ reason: MergeReason, when fits: (Int, Int) -> Bool = { _, _ in true }
  ) {
    var first: [String: [Int]] = [:]
    for row in order {
      guard let key = key(row) else { continue }
      var merged = false
      for other in first[key]?.prefix(8) ?? [] where fits(other, row) {
        switch sets.join(other, row) {
        case .joined:
          merges.append(
            FirmMerge(
              kept: min(firms[other].id, firms[row].id),
              merged: max(firms[other].id, firms[row].id),
              reason: reason))
          merged = true
        case .already: merged = true
        case .contradicted:
          // Two valid codes are two firms, whatever their names; two firms with one stock are not.
          if reason == .sameStockCode {
            doubts.append(
              FirmDoubt(
                first: firms[other].id, second: firms[row].id,
                because: Phrase(
                  zh: "股票代码相同，但统一社会信用代码不同：请核对。",
                  en: "same stock code, but different credit codes: please check.")))
          }
        }
        if merged { break }
      }
      if !merged { first[key, default: []].append(row) }
    }
  }
  /// One doubt per row, against the first row of its block, unless they are joined or contradicted.
  func doubt(_ key: (Int) -> String?, _ because: Phrase, unless certain: (Int, Int) -> Bool) {
    var first: [String: Int] = [:]
    for row in order {
      guard let key = key(row) else { continue }
      guard let other = first[key] else {
        first[key] = row
        continue
      }
      if !certain(other, row), sets.mayJoin(other, row) {
        doubts.append(FirmDoubt(first: firms[other].id, second: firms[row].id, because: because))
      }
    }
  }
  join({ credit[$0] }, .sameCreditCode)
  join({ stock[$0] }, .sameStockCode)
  join(
    { row in
      guard !masked[row], !read[row].whole.isEmpty else { return nil }
      return firms[row].place.map { "\(read[row].whole)|\($0)" }
    }, .sameNameAndPlace)
  join(
    { row in
      guard !masked[row], !read[row].isBranch, read[row].core.utf16.count >= 4 else { return nil }
      return firms[row].place.map { "\(read[row].core)|\(read[row].form)|\($0)" }
    }, .sameCoreAndPlace, when: agree)
  doubt(
    { row in
      guard !masked[row], !read[row].isBranch, read[row].core.utf16.count >= 4 else { return nil }
      return firms[row].place.map { "\(read[row].core)|\($0)" }
    },
    Phrase(
      zh: "字号与所在地相同，组织形式不同：请核对是否改制或关联企业。",
      en: "same core name and place, different legal form: please check."),
    unless: { !agree($0, $1) || read[$0].form == read[$1].form })
  doubt(
    { masked[$0] || read[$0].whole.isEmpty ? nil : read[$0].whole },
    Phrase(
      zh: "名称相同，其中一条缺所在地：请补所在地或统一社会信用代码。",
      en: "same name, one without a place: add the place or the credit code."),
    unless: { firms[$0].place != nil && firms[$1].place != nil })
  return (merges, doubts)
}

/// Rows joined so far; a set holds at most one credit code.
private struct FirmSets {
  enum Outcome { case joined, already, contradicted }
  private var parent: [Int]
  private var credit: [String?]

  init(credit: [String?]) {
    parent = Array(credit.indices)
    self.credit = credit
  }

  private mutating func root(of row: Int) -> Int {
    var row = row
    while parent[row] != row {
      parent[row] = parent[parent[row]]
      row = parent[row]
    }
    return row
  }

  /// True for two sets that nothing contradicts.
  mutating func mayJoin(_ left: Int, _ right: Int) -> Bool {
    let left = root(of: left)
    let right = root(of: right)
    guard left != right else { return false }
    guard let one = credit[left], let other = credit[right] else { return true }
    return one == other
  }

  mutating func join(_ left: Int, _ right: Int) -> Outcome {
    let left = root(of: left)
    let right = root(of: right)
    if left == right { return .already }
    if let one = credit[left], let other = credit[right], one != other { return .contradicted }
    parent[max(left, right)] = min(left, right)
    credit[min(left, right)] = credit[left] ?? credit[right]
    return .joined
  }
}
