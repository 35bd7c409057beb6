import GRDB
import GRDBSQLite

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

  private let byCredit: Statement
  private let byStock: Statement
  private let byNameWithoutCode: Statement
  private let byName: Statement
  private let insertion: Statement
  private let adoption: Statement
  private var nextId: Int64
  private let gazetteer: Gazetteer
  private var prefectures: [String: String] = [:]

  init(_ database: Database, gazetteer: Gazetteer) throws {
    self.gazetteer = gazetteer
    byCredit = try database.makeStatement(sql: "SELECT id FROM firm WHERE creditCode = ?")
    byStock = try database.makeStatement(sql: "SELECT id, creditCode FROM firm WHERE stockCode = ?")
    byNameWithoutCode = try database.makeStatement(
      sql: """
        SELECT id, placeCode, stockCode FROM firm
        WHERE nameKey = ? AND creditCode IS NULL ORDER BY id LIMIT 50
        """)
    byName = try database.makeStatement(
      sql: "SELECT id, placeCode, stockCode FROM firm WHERE nameKey = ? ORDER BY id LIMIT 50")
    insertion = try database.makeStatement(
      sql: "INSERT INTO firm (id, creditCode, stockCode, nameKey, placeCode) VALUES (?, ?, ?, ?, ?)")
    adoption = try database.makeStatement(
      sql: """
        UPDATE firm SET creditCode = coalesce(creditCode, ?2), stockCode = coalesce(stockCode, ?3),
          placeCode = coalesce(placeCode, ?4) WHERE id = ?1
        """)
    nextId = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM firm") ?? 0) + 1
  }

  /// The firm that a row of a firm file speaks of.
  func match(credit: String?, stock: String?, nameKey: Int64, place: String?) throws -> Match {
    var found: Int64?
    if let credit {
      found = try Int64.fetchOne(byCredit, arguments: [credit])
    }
    if let stock, let row = try Row.fetchOne(byStock, arguments: [stock]) {
      let id: Int64 = row[0]
      let knownCredit: String? = row[1]
      if let found, found != id { return .conflict }
      if let credit, let knownCredit, credit != knownCredit { return .conflict }
      found = id
    }
    if let found {
      try adopt(found, credit: credit, stock: stock, place: place)
      return .found(found)
    }
    let statement = credit == nil ? byName : byNameWithoutCode
    var candidates: [(id: Int64, isExact: Bool)] = []
    let rows = try Row.fetchCursor(statement, arguments: [nameKey])
    while let row = try rows.next() {
      let knownPlace: String? = row[1]
      let knownStock: String? = row[2]
      if let stock, let knownStock, stock != knownStock { continue }
      guard fits(place, knownPlace) else { continue }
      candidates.append((row[0], place != nil && place == knownPlace))
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
    try insertion.execute(arguments: [id, credit, stock, nameKey, place])
    return id
  }

  private func adopt(_ id: Int64, credit: String?, stock: String?, place: String?) throws {
    if credit == nil, stock == nil, place == nil { return }
    try adoption.execute(arguments: [id, credit, stock, place])
  }

  /// The firm that a cell names: by code, stock code or name.
  func find(_ text: String) throws -> Match {
    if let code = CreditCode(text) {
      guard let id = try Int64.fetchOne(byCredit, arguments: [code.text]) else { return .new }
      return .found(id)
    }
    if let stock = FirmName.stockCode(text), stock.utf8.contains(where: { (0x30...0x39).contains($0) }),
      let row = try Row.fetchOne(byStock, arguments: [stock])
    {
      return .found(row[0])
    }
    let ids = try Row.fetchAll(byName, arguments: [FirmName.key(text)]).map { $0[0] as Int64 }
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
