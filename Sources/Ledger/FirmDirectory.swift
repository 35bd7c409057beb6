import GRDB

/// Tells firms apart while a file is being imported. 企业识别
///
/// Order: 统一社会信用代码, stock code, normalised name within one prefecture. A name in two
/// prefectures stays two firms. Codes learnt later are added to the firm they belong to.
final class FirmDirectory {
  enum Match: Equatable {
    case found(Int64)
    case new
    /// Codes point at different firms.
    case conflict
    case ambiguous([Int64])
  }

  private let byCredit: Lookup
  private let byStock: Lookup
  private let byNameWithoutCode: Lookup
  private let byName: Lookup
  private let insertion: Lookup
  private let adoption: Lookup
  private var nextId: Int64
  private let gazetteer: Gazetteer
  private var prefectures: [String: String] = [:]
  /// Which codes and names may be known; nil where the table is asked every time.
  private var known: (credit: KeyFilter, nameWithoutCode: KeyFilter, name: KeyFilter)?

  init(_ database: Database, gazetteer: Gazetteer) throws {
    self.gazetteer = gazetteer
    byCredit = try Lookup(database, sql: "SELECT id FROM firm WHERE creditCode = ?")
    byStock = try Lookup(database, sql: "SELECT id, creditCode FROM firm WHERE stockCode = ?")
    byNameWithoutCode = try Lookup(
      database,
      sql: """
        SELECT id, placeCode, stockCode FROM firm
        WHERE nameKey = ? AND creditCode IS NULL ORDER BY id LIMIT 50
        """)
    byName = try Lookup(
      database,
      sql: "SELECT id, placeCode, stockCode FROM firm WHERE nameKey = ? ORDER BY id LIMIT 50")
    insertion = try Lookup(
      database,
      sql: "INSERT INTO firm (id, creditCode, stockCode, nameKey, placeCode) VALUES (?, ?, ?, ?, ?)"
    )
    adoption = try Lookup(
      database,
      sql: """
        UPDATE firm SET creditCode = coalesce(creditCode, ?2), stockCode = coalesce(stockCode, ?3),
          placeCode = coalesce(placeCode, ?4)
        WHERE id = ?1 AND ((creditCode IS NULL AND ?2 IS NOT NULL)
          OR (stockCode IS NULL AND ?3 IS NOT NULL) OR (placeCode IS NULL AND ?4 IS NOT NULL))
        """)
    nextId = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM firm") ?? 0) + 1
  }

  /// Prepares for a file of about so many firms: most rows of a registry are then new without a
  /// question to the table. Not worth reading all firms for a small file.
  func expect(_ rows: Int, in database: Database) throws {
    let count = Int(nextId - 1)
    guard rows > 1000, rows >= count / 20 else { return }
    var credit = KeyFilter(capacity: count + rows)
    var nameWithoutCode = KeyFilter(capacity: count + rows)
    var name = nameWithoutCode
    try FactRow.forEach(database, sql: "SELECT creditCode, nameKey FROM firm") { row in
      let key = UInt64(bitPattern: row.integer(1))
      let code = row.withText(0) { $0.map { KeyFilter.key($0) } }
      name.insert(key)
      if let code { credit.insert(code) } else { nameWithoutCode.insert(key) }
    }
    known = (credit, nameWithoutCode, name)
  }

  /// The firm that a row of a firm file speaks of.
  func match(credit: String?, stock: String?, nameKey: Int64, place: String?) throws -> Match {
    var found: Int64?
    if let credit, known?.credit.mayContain(KeyFilter.key(credit.utf8)) ?? true {
      byCredit.bind(1, credit)
      if try byCredit.step() {
        found = byCredit.integer(0)
        byCredit.reset()
      }
    }
    if let stock {
      byStock.bind(1, stock)
      if try byStock.step() {
        let id = byStock.integer(0)
        let knownCredit = byStock.text(1)
        byStock.reset()
        if let found, found != id { return .conflict }
        if let credit, let knownCredit, credit != knownCredit { return .conflict }
        found = id
      }
    }
    if let found {
      try adopt(found, credit: credit, stock: stock, place: place)
      return .found(found)
    }
    if let known {
      let names = credit == nil ? known.name : known.nameWithoutCode
      guard names.mayContain(UInt64(bitPattern: nameKey)) else { return .new }
    }
    let lookup = credit == nil ? byName : byNameWithoutCode
    lookup.bind(1, nameKey)
    var candidates: [(id: Int64, isExact: Bool)] = []
    while try lookup.step() {
      let knownPlace = lookup.text(1)
      if let stock, let knownStock = lookup.text(2), stock != knownStock { continue }
      guard fits(place, knownPlace) else { continue }
      candidates.append((lookup.integer(0), place != nil && place == knownPlace))
    }
    if candidates.isEmpty { return .new }
    let exact = candidates.filter(\.isExact)
    if candidates.count == 1 || exact.count == 1 {
      let id = exact.count == 1 ? exact[0].id : candidates[0].id
      try adopt(id, credit: credit, stock: stock, place: place)
      return .found(id)
    }
    return .ambiguous(candidates.map(\.id))
  }

  func insert(credit: String?, stock: String?, nameKey: Int64, place: String?) throws -> Int64 {
    let id = nextId
    nextId += 1
    insertion.bind(1, id)
    insertion.bind(2, credit)
    insertion.bind(3, stock)
    insertion.bind(4, nameKey)
    insertion.bind(5, place)
    _ = try insertion.step()
    if known != nil {
      let key = UInt64(bitPattern: nameKey)
      known?.name.insert(key)
      if let credit {
        known?.credit.insert(KeyFilter.key(credit.utf8))
      } else {
        known?.nameWithoutCode.insert(key)
      }
    }
    return id
  }

  private func adopt(_ id: Int64, credit: String?, stock: String?, place: String?) throws {
    if credit == nil, stock == nil, place == nil { return }
    if let credit { known?.credit.insert(KeyFilter.key(credit.utf8)) }
    adoption.bind(1, id)
    adoption.bind(2, credit)
    adoption.bind(3, stock)
    adoption.bind(4, place)
    _ = try adoption.step()
  }

  /// The firm that a cell names: by code, stock code or name.
  func find(_ text: String) throws -> Match {
    if let code = CreditCode(text) {
      byCredit.bind(1, code.text)
      guard try byCredit.step() else { return .new }
      defer { byCredit.reset() }
      return .found(byCredit.integer(0))
    }
    if let stock = FirmName.stockCode(text),
      stock.utf8.contains(where: { (0x30...0x39).contains($0) })
    {
      byStock.bind(1, stock)
      if try byStock.step() {
        defer { byStock.reset() }
        return .found(byStock.integer(0))
      }
    }
    byName.bind(1, FirmName.key(text))
    var ids: [Int64] = []
    while try byName.step() { ids.append(byName.integer(0)) }
    if ids.count > 1 { return .ambiguous(ids) }
    return ids.first.map { .found($0) } ?? .new
  }

  /// True unless both places are known and lie in different prefectures.
  private func fits(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other else { return true }
    return one == other || prefecture(one) == prefecture(other)
  }

  private func prefecture(_ code: String) -> String {
    if let known = prefectures[code] { return known }
    let found = gazetteer.prefecture(of: code)
    prefectures[code] = found
    return found
  }
}
