import Atlas
import Foundation

/// The values of one row, read cell by cell, in memory that is used again for the next row. 读格
struct CellReader {
  enum Value {
    case null
    case integer(Int64)
    case real(Double)
    /// A range of `scratch`.
    case text(Int, Int)
  }

  private(set) var values: [Value]
  private(set) var scratch: [UInt8] = []
  let missing: [[UInt8]]
  private let kind: ImportKind
  private var resolver: ReferenceResolver
  /// The firms of the ledger, for kinds whose rows name firms.
  private let firms: FirmDirectory?
  private var cleaned: [UInt8] = []
  /// For firms: why the seat could not be resolved.
  var unresolvedPlace: Fault?
  private var partPath: [UInt8] = []
  /// What was made of words that files repeat many times, by the hash of the word.
  private var capitalUnits: [UInt64: (factor: Double, currency: String)] = [:]
  private var statuses: [UInt64: String] = [:]
  private let placeSlot: Int?
  private let currencySlot: Int?
  private let occupationSlot: Int?
  /// For places: the slots of codes.
  private let administrativeSlots: [Int]

  static let textLimit = 16_000
  /// Kinds whose place may be the prefecture of a county that is not listed: a seat is still true
  /// there, a count of people would be taken for the prefecture's own.
  private static let coarseKinds: Set<String> = ["firms", "plants", "firm-lanes"]

  init(
    kind: ImportKind, resolver: ReferenceResolver, firms: FirmDirectory?, missing: [String]
  ) {
    self.kind = kind
    self.resolver = resolver
    self.firms = firms
    self.missing = missing.map { Array($0.utf8) }
    values = Array(repeating: .null, count: kind.columns.count)
    placeSlot = kind.id == "firms" ? kind.columns.firstIndex { $0.name == "place" } : nil
    currencySlot = kind.columns.firstIndex { $0.name == "currency" }
    occupationSlot = kind.columns.firstIndex { $0.name == "occupation" }
    administrativeSlots =
      kind.id == "places"
      ? kind.columns.indices.filter { ["code", "parent"].contains(kind.columns[$0].name) } : []
  }

  mutating func begin() {
    for index in values.indices { values[index] = .null }
    scratch.removeAll(keepingCapacity: true)
    partPath.removeAll(keepingCapacity: true)
    unresolvedPlace = nil
  }

  func isNull(_ slot: Int) -> Bool {
    if case .null = values[slot] { return true }
    return false
  }

  func text(_ slot: Int) -> String? {
    guard case .text(let start, let end) = values[slot] else { return nil }
    return String(decoding: scratch[start..<end], as: UTF8.self)
  }

  func real(_ slot: Int) -> Double? {
    guard case .real(let value) = values[slot] else { return nil }
    return value
  }

  func integer(_ slot: Int) -> Int64? {
    guard case .integer(let value) = values[slot] else { return nil }
    return value
  }

  mutating func setReal(_ slot: Int, _ value: Double) { values[slot] = .real(value) }
  mutating func setNull(_ slot: Int) { values[slot] = .null }
  mutating func setText(_ slot: Int, _ text: String) { keep(text.utf8, in: slot) }

  private mutating func keep(_ bytes: some Collection<UInt8>, in slot: Int) {
    let start = scratch.count
    scratch.append(contentsOf: bytes)
    values[slot] = .text(start, scratch.count)
  }

  /// Reads one cell into its slot.
  /// - Returns: what is wrong with it; the slot then stays null.
  mutating func read(_ raw: CellBytes, for feed: ImportPlan.Feed) throws -> Fault? {
    let cell = CellReading.trimmed(raw)
    guard let mapping = feed.mapping else { return try readPlain(cell, for: feed) }
    return try CellReader.apply(mapping, to: cell).withUnsafeBufferPointer { bytes in
      try readPlain(CellReading.trimmed(bytes), for: feed)
    }
  }

  private static func apply(_ mapping: ImportProfile.Mapping, to cell: CellBytes) -> [UInt8] {
    var text = CellReading.text(cell)
    if let split = mapping.split {
      let parts = text.components(separatedBy: split)
      text = mapping.part <= parts.count ? parts[mapping.part - 1] : parts.last ?? ""
    }
    if let first = mapping.first { text = String(text.prefix(first)) }
    if let word = mapping.words.first(where: { $0.0 == text }) { text = word.1 }
    return Array(text.utf8)
  }

  private mutating func readPlain(_ cell: CellBytes, for feed: ImportPlan.Feed) throws -> Fault? {
    let slot = feed.slot
    if CellReading.isMissing(cell, extra: missing) {
      values[slot] = .null
      guard feed.column.isRequired else { return nil }
      return kind.id == "places" && (slot == 2 || slot == 3) ? .noCoordinates : .missingValue
    }
    switch feed.column.reading {
    case .text:
      return keepText(cell, in: slot)
    case .list:
      return keepList(cell, in: slot)
    case .measure(let measure):
      return readNumber(cell, feed, measure, allowsNegative: false)
    case .signed(let measure):
      return readNumber(cell, feed, measure, allowsNegative: true)
    case .share:
      return readShare(cell, feed)
    case .date:
      if CellReading.isPlainDay(cell) {
        keep(cell, in: slot)
        return nil
      }
      guard let day = CellReading.day(cell) else { return .notADate }
      setText(slot, day.iso)
    case .year:
      guard let (value, rest) = CellReading.number(cell),
        ["", "年", "年度"].contains(CellReading.text(rest)),
        value == value.rounded(), (1900...2200).contains(value)
      else { return .outOfRange("1900–2200") }
      values[slot] = .integer(Int64(value))
    case .flag:
      switch CellReading.text(cell).lowercased() {
      case "是", "1", "true", "yes", "y", "有", "√", "同意", "已同意": values[slot] = .integer(1)
      case "否", "0", "false", "no", "n", "无", "×", "不同意": values[slot] = .integer(0)
      default: return .unknownChoice(["是", "否"])
      }
    case .choice(let words):
      let text = CellReading.text(cell).lowercased()
      guard
        let word = words.first(where: { word in
          word.kept.lowercased() == text || word.aliases.contains { $0.lowercased() == text }
        })
      else { return .unknownChoice(words.map { $0.aliases.first ?? $0.kept }) }
      if let number = Int64(word.kept) {
        values[slot] = .integer(number)
      } else {
        setText(slot, word.kept)
      }
    case .creditCode:
      guard CreditCode.isValid(cell) else {
        // Fifteen digits are the older registration number: not a credit code, not an error.
        if cell.count == 15, cell.allSatisfy({ (0x30...0x39).contains($0) }) { return nil }
        return .creditCode
      }
      keep(cell.lazy.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, in: slot)
    case .stockCode:
      guard let code = FirmName.stockCode(CellReading.text(cell)) else {
        return .unknownChoice(["600000", "000001.SZ"])
      }
      setText(slot, code)
    case .place:
      return readPlace(cell, slot)
    case .placePart:
      partPath += cell
    case .firm:
      guard let firms else {
        preconditionFailure("rows that name firms are read beside the ledger")
      }
      switch try firms.find(CellReading.text(cell)) {
      case .found(let id): values[slot] = .integer(id)
      case .new, .conflict:
        return CreditCode.looksLikeOne(cell) && !CreditCode.isValid(cell)
          ? .creditCode : .unknownFirm
      case .ambiguous(let ids): return .ambiguousFirm(try firms.describe(ids))
      }
    case .chain:
      guard let id = resolver.chain(CellReading.text(cell)) else { return .unknownChain }
      setText(slot, id)
    case .segment:
      guard let id = resolver.segment(CellReading.text(cell)) else { return .unknownSegment }
      setText(slot, id)
    case .segments:
      var ids: [String] = []
      for part in CellReading.text(cell).split(whereSeparator: { "、,，;；|".contains($0) }) {
        guard let id = resolver.segment(part.trimmingBlanks) else { return .unknownSegment }
        ids.append(id)
      }
      setText(slot, ids.joined(separator: "、"))
    case .capital:
      return readCapital(cell, feed)
    case .status:
      let word = KeyFilter.key(cell)
      let status = statuses[word] ?? CellReader.status(CellReading.text(cell))
      if statuses.count < 10_000 { statuses[word] = status }
      setText(slot, status)
    }
    return nil
  }

  private mutating func keepText(_ cell: CellBytes, in slot: Int) -> Fault? {
    let start = scratch.count
    var fault: Fault?
    if CellReading.isPlain(cell), cell.count <= CellReader.textLimit {
      scratch.append(contentsOf: cell)
    } else {
      let isDirty = CellReading.cleaned(cell, into: &cleaned)
      if isDirty { scratch += cleaned } else { scratch.append(contentsOf: cell) }
      if scratch.count == start { return kind.columns[slot].isRequired ? .missingValue : nil }
      if scratch.count - start > CellReader.textLimit {
        var end = start + CellReader.textLimit
        while scratch[end] & 0xC0 == 0x80 { end -= 1 }
        scratch.removeLast(scratch.count - end)
        fault = .implausible("> \(CellReader.textLimit) bytes")
      }
      let black = scratch[start...].withUnsafeBufferPointer { PersonalColumns.redacted($0) }
      if let black, kind.id != "hosts" {
        scratch.removeLast(scratch.count - start)
        scratch += black
      }
    }
    if administrativeSlots.contains(slot) {
      // Twelve digits are the six of the county and six for streets and villages.
      if scratch.count - start == 12, scratch[start...].allSatisfy({ (0x30...0x39).contains($0) }) {
        scratch.removeLast(6)
      }
    }
    values[slot] = .text(start, scratch.count)
    if slot == occupationSlot, let id = resolver.occupation(text(slot) ?? "") {
      setText(slot, id)
    }
    return fault
  }

  private mutating func keepList(_ cell: CellBytes, in slot: Int) -> Fault? {
    // ， and ； begin with EF BC; everything else that separates is ASCII.
    let separates = cell.contains { byte in
      switch byte {
      case 0..<0x20, 0x2C, 0x3B, 0x7C, 0xEF: true
      default: false
      }
    }
    if !separates { return keepText(cell, in: slot) }
    let parts = CellReading.text(cell)
      .split(whereSeparator: { "、,，;；|\n\t".contains($0) }).map(\.trimmingBlanks)
    let joined = Array(parts.filter { !$0.isEmpty }.joined(separator: "、").utf8)
    return joined.withUnsafeBufferPointer { keepText($0, in: slot) }
  }

  private mutating func readNumber(
    _ cell: CellBytes, _ feed: ImportPlan.Feed, _ measure: Measure, allowsNegative: Bool
  ) -> Fault? {
    guard let (number, rest) = CellReading.number(cell) else { return .notANumber }
    var factor = feed.unitFactor
    if !rest.isEmpty {
      // An unknown word in a header is a remark; in a cell it is part of the value.
      let unit = CellReading.text(rest)
      guard let known = measure.factor(of: unit) else { return .unknownUnit(unit) }
      factor = known
    }
    let value = number * factor * feed.scale
    if value < 0, !allowsNegative {
      // Sums of money can turn negative in accounts; heads and tonnes cannot.
      let isMoney = measure == .wanYuan || measure == .yuan
      return isMoney && !feed.column.isRequired ? .implausible(CellReading.text(cell)) : .negative
    }
    guard value.isFinite, abs(value) < 1e15 else { return .outOfRange("< 10^15") }
    values[feed.slot] = .real(value)
    return nil
  }

  private mutating func readShare(_ cell: CellBytes, _ feed: ImportPlan.Feed) -> Fault? {
    guard let (number, rest) = CellReading.number(cell) else { return .notANumber }
    let isPercent = ["%", "％"].contains(rest.isEmpty ? feed.unit ?? "" : CellReading.text(rest))
    let value = (isPercent ? number / 100 : number) * feed.scale
    if value < 0 { return .negative }
    guard value <= 1 else { return .outOfRange("0–1, 0%–100%") }
    values[feed.slot] = .real(value)
    return nil
  }

  /// `100万元人民币`, `50万美元`, `3万港元`: the amount in 万 of its currency, and the currency.
  private mutating func readCapital(_ cell: CellBytes, _ feed: ImportPlan.Feed) -> Fault? {
    guard let (number, rest) = CellReading.number(cell) else { return .notANumber }
    let (factor, currency) = capitalUnit(rest, feed)
    let value = number * factor
    if value < 0 { return .negative }
    // The largest registered capital in the country is below 2 × 10^8 万元.
    guard value <= 1e9 else { return .implausible(CellReading.text(cell)) }
    values[feed.slot] = .real(value)
    if let currencySlot { setText(currencySlot, currency) }
    return nil
  }

  /// What a capital's unit means; files repeat few of them many times.
  private mutating func capitalUnit(
    _ rest: CellBytes, _ feed: ImportPlan.Feed
  ) -> (factor: Double, currency: String) {
    let key = KeyFilter.key(rest)
    if let known = capitalUnits[key] { return known }
    let words = rest.isEmpty ? feed.unit ?? "万元" : CellReading.text(rest)
    let factor =
      words.hasPrefix("亿") ? 1e4 : words.hasPrefix("百万") ? 100 : words.hasPrefix("万") ? 1 : 1e-4
    let unit = (factor, CellReader.currencies.first { words.contains($0.0) }?.1 ?? "CNY")
    if capitalUnits.count < 10_000 { capitalUnits[key] = unit }
    return unit
  }

  private static let currencies = [
    ("美元", "USD"), ("USD", "USD"), ("港", "HKD"), ("HKD", "HKD"), ("欧元", "EUR"), ("EUR", "EUR"),
    ("日元", "JPY"), ("日圆", "JPY"), ("英镑", "GBP"), ("新台币", "TWD"), ("台币", "TWD"), ("韩元", "KRW"),
    ("澳元", "AUD"), ("澳大利亚", "AUD"), ("加元", "CAD"), ("加拿大", "CAD"), ("新加坡", "SGD"),
    ("瑞士法郎", "CHF"), ("澳门", "MOP"),
  ]

  /// The register's words as one of the five states of `FirmStatus`.
  static func status(_ text: String) -> String {
    if text.contains("吊销") { return "revoked" }
    if text.contains("注销") { return "cancelled" }
    if text.contains("迁出") || text.contains("停业") || text.contains("歇业") || text.contains("清算") {
      return "suspended"
    }
    for word in ["存续", "在业", "开业", "在营", "正常", "登记成立", "迁入", "active"] where text.contains(word) {
      return "active"
    }
    return "unknown"
  }

  private mutating func readPlace(_ cell: CellBytes, _ slot: Int) -> Fault? {
    var part = cell
    // city4|county6 or city4 TAB county6: the last part is the narrowest.
    if let bar = cell.lastIndex(where: { $0 == 0x7C || $0 == 0x09 }), bar + 1 < cell.count {
      part = CellBytes(rebasing: cell[(bar + 1)...])
    }
    switch resolver.place(part, isCoarse: CellReader.coarseKinds.contains(kind.id)) {
    case .one(let code):
      setText(slot, code)
      return nil
    case .several(let codes):
      if slot == placeSlot {
        unresolvedPlace = .ambiguousPlace(codes)
        return nil
      }
      return .ambiguousPlace(codes)
    case .none:
      if slot == placeSlot {
        unresolvedPlace = .unknownPlace
        return nil
      }
      return .unknownPlace
    }
  }

  /// Seats of firms: the place column, else province + city + county, else the address.
  mutating func resolveSeat(address: Int) {
    guard let placeSlot else { return }
    if !isNull(placeSlot) {
      unresolvedPlace = nil
      return
    }
    if !partPath.isEmpty {
      let finding = partPath.withUnsafeBufferPointer { resolver.place($0, isCoarse: true) }
      switch finding {
      case .one(let code):
        setText(placeSlot, code)
        unresolvedPlace = nil
        return
      case .several(let codes): unresolvedPlace = .ambiguousPlace(codes)
      case .none: unresolvedPlace = .unknownPlace
      }
    }
    guard let address = text(address) else { return }
    if case .one(let code) = resolver.place(inAddress: address) {
      setText(placeSlot, code)
      unresolvedPlace = nil
    }
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
