import Atlas
import Foundation
import GRDBSQLite

/// The values of one row, read cell by cell, in memory that is used again for the next row. 读格
final class CellReader {
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
  private let resolver: ReferenceResolver
  private var cleaned: [UInt8] = []
  /// For firms: why the seat could not be resolved.
  var unresolvedPlace: Fault?
  private var partPath: [UInt8] = []
  private var capitalUnits: [String: (factor: Double, currency: String)] = [:]
  private var statuses: [String: String] = [:]
  private let placeSlot: Int?
  private let currencySlot: Int?

  static let textLimit = 16_000
  /// Kinds whose place may be the prefecture of a county that is not listed: a seat is still true
  /// there, a count of people would be taken for the prefecture's own.
  private static let coarseKinds: Set<String> = ["firms", "plants", "firm-lanes"]

  init(kind: ImportKind, resolver: ReferenceResolver, missing: [String]) {
    self.kind = kind
    self.resolver = resolver
    self.missing = missing.map { Array($0.utf8) }
    values = Array(repeating: .null, count: kind.columns.count)
    placeSlot = kind.id == "firms" ? kind.columns.firstIndex { $0.name == "place" } : nil
    currencySlot = kind.columns.firstIndex { $0.name == "currency" }
  }

  func begin() {
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

  func bytes(_ slot: Int) -> ArraySlice<UInt8>? {
    guard case .text(let start, let end) = values[slot] else { return nil }
    return scratch[start..<end]
  }

  func real(_ slot: Int) -> Double? {
    guard case .real(let value) = values[slot] else { return nil }
    return value
  }

  func integer(_ slot: Int) -> Int64? {
    guard case .integer(let value) = values[slot] else { return nil }
    return value
  }

  func setReal(_ slot: Int, _ value: Double) { values[slot] = .real(value) }
  func setNull(_ slot: Int) { values[slot] = .null }
  func setText(_ slot: Int, _ text: String) { keep(text.utf8, in: slot) }

  private func keep(_ bytes: some Collection<UInt8>, in slot: Int) {
    let start = scratch.count
    scratch.append(contentsOf: bytes)
    values[slot] = .text(start, scratch.count)
  }

  /// Reads one cell into its slot.
  /// - Returns: what is wrong with it; the slot then stays null.
  func read(_ raw: CellBytes, for feed: ImportPlan.Feed) throws -> Fault? {
    var cell = CellReading.trimmed(raw)
    var held: [UInt8] = []
    if let mapping = feed.mapping,
      mapping.split != nil || mapping.first != nil || !mapping.words.isEmpty
    {
      held = CellReader.apply(mapping, to: cell)
      return try held.withUnsafeBufferPointer { bytes in
        cell = CellReading.trimmed(bytes)
        return try readPlain(cell, for: feed)
      }
    }
    return try readPlain(cell, for: feed)
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

  private func readPlain(_ cell: CellBytes, for feed: ImportPlan.Feed) throws -> Fault? {
    let slot = feed.slot
    let column = feed.column
    if CellReading.isMissing(cell, extra: missing) {
      values[slot] = .null
      guard column.isRequired else { return nil }
      return kind.id == "places" && (slot == 2 || slot == 3) ? .noCoordinates : .missingValue
    }
    switch column.reading {
    case .text:
      return keepText(cell, in: slot, column: column)
    case .list:
      return keepList(cell, in: slot)
    case .measure(let measure):
      return readNumber(cell, feed, measure, allowsNegative: false)
    case .signed(let measure):
      return readNumber(cell, feed, measure, allowsNegative: true)
    case .share:
      return readShare(cell, feed)
    case .date:
      guard let day = CellReading.day(cell) else { return .notADate }
      setText(slot, day.iso)
    case .year:
      guard let (value, unit) = CellReading.number(cell), ["", "年", "年度"].contains(unit),
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
      keep(cell.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 0x20 : $0 }, in: slot)
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
      switch try resolver.firms.find(CellReading.text(cell)) {
      case .found(let id): values[slot] = .integer(id)
      case .new, .conflict:
        return CreditCode.looksLikeOne(cell) && !CreditCode.isValid(cell)
          ? .creditCode : .unknownFirm
      case .ambiguous(let ids): return .ambiguousFirm(try resolver.describe(ids))
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
      let word = CellReading.text(cell)
      let status = statuses[word] ?? CellReader.status(word)
      if statuses.count < 10_000 { statuses[word] = status }
      setText(slot, status)
    }
    return nil
  }

  private func keepText(_ cell: CellBytes, in slot: Int, column: ImportColumn) -> Fault? {
    let isDirty = CellReading.cleaned(cell, into: &cleaned)
    let start = scratch.count
    if isDirty { scratch += cleaned } else { scratch.append(contentsOf: cell) }
    if scratch.count == start { return column.isRequired ? .missingValue : nil }
    var fault: Fault?
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
    if kind.id == "places", column.name == "code" || column.name == "parent" {
      // Twelve digits are the six of the county and six for streets and villages.
      if scratch.count - start == 12, scratch[start...].allSatisfy({ (0x30...0x39).contains($0) }) {
        scratch.removeLast(6)
      }
    }
    values[slot] = .text(start, scratch.count)
    if column.name == "occupation", let id = resolver.occupation(text(slot) ?? "") {
      setText(slot, id)
    }
    return fault
  }

  private func keepList(_ cell: CellBytes, in slot: Int) -> Fault? {
    // ， and ； begin with EF BC; everything else that separates is ASCII.
    let separates = cell.contains { byte in
      switch byte {
      case 0..<0x20, 0x2C, 0x3B, 0x7C, 0xEF: true
      default: false
      }
    }
    if !separates { return keepText(cell, in: slot, column: kind.columns[slot]) }
    let parts = CellReading.text(cell)
      .split(whereSeparator: { "、,，;；|\n\t".contains($0) }).map(\.trimmingBlanks)
    let joined = Array(parts.filter { !$0.isEmpty }.joined(separator: "、").utf8)
    return joined.withUnsafeBufferPointer {
      keepText($0, in: slot, column: kind.columns[slot])
    }
  }

  private func readNumber(
    _ cell: CellBytes, _ feed: ImportPlan.Feed, _ measure: Measure, allowsNegative: Bool
  ) -> Fault? {
    guard let (number, unit) = CellReading.number(cell) else { return .notANumber }
    // An unknown word in a header is a remark; in a cell it is part of the value.
    guard let factor = unit.isEmpty ? feed.unitFactor : measure.factor(of: unit) else {
      return .unknownUnit(unit)
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

  private func readShare(_ cell: CellBytes, _ feed: ImportPlan.Feed) -> Fault? {
    guard let (number, unit) = CellReading.number(cell) else { return .notANumber }
    let isPercent = ["%", "％"].contains(unit.isEmpty ? feed.unit ?? "" : unit)
    let value = (isPercent ? number / 100 : number) * feed.scale
    if value < 0 { return .negative }
    guard value <= 1 else { return .outOfRange("0–1, 0%–100%") }
    values[feed.slot] = .real(value)
    return nil
  }

  /// `100万元人民币`, `50万美元`, `3万港元`: the amount in 万 of its currency, and the currency.
  private func readCapital(_ cell: CellBytes, _ feed: ImportPlan.Feed) -> Fault? {
    guard let (number, rest) = CellReading.number(cell) else { return .notANumber }
    let words = rest.isEmpty ? feed.unit ?? "万元" : rest
    let (factor, currency) = capitalUnit(words)
    let value = number * factor
    if value < 0 { return .negative }
    // The largest registered capital in the country is below 2 × 10^8 万元.
    guard value <= 1e9 else { return .implausible(CellReading.text(cell)) }
    values[feed.slot] = .real(value)
    if let currencySlot { setText(currencySlot, currency) }
    return nil
  }

  /// What a capital's unit means; files repeat few of them many times.
  private func capitalUnit(_ words: String) -> (factor: Double, currency: String) {
    if let known = capitalUnits[words] { return known }
    let factor =
      words.hasPrefix("亿") ? 1e4 : words.hasPrefix("百万") ? 100 : words.hasPrefix("万") ? 1 : 1e-4
    let unit = (factor, CellReader.currencies.first { words.contains($0.0) }?.1 ?? "CNY")
    if capitalUnits.count < 10_000 { capitalUnits[words] = unit }
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

  private func readPlace(_ cell: CellBytes, _ slot: Int) -> Fault? {
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
  func resolveSeat(address: Int) {
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
