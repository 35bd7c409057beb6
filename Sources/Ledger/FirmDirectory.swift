import Atlas
import GRDB

/// What a row says of which firm it speaks of; the texts lie in the block of the row. 企业标识
struct FirmSigns {
  let credit: CellBytes?
  /// `KeyFilter.key` of the code.
  let creditKey: UInt64
  let stock: CellBytes?
  let nameKey: Int64
  let place: CellBytes?
}

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

  private let database: Database
  private let byId: Lookup
  private let byCredit: Lookup
  private let byStock: Lookup
  private let byNameWithoutCode: Lookup
  private let byName: Lookup
  private let insertion: GroupInsert<(id: Int64, signs: FirmSigns)>
  private let adoption: Lookup
  private let firstNewId: Int64
  private var nextId: Int64
  private let gazetteer: Gazetteer
  private var prefectures: [String: String] = [:]
  /// Who bears which code and name; nil where the table is asked every time.
  private var known: Known?
  /// The texts of the indices that are gone until the file has been read.
  private var laidAside: [String] = []

  /// Firms that are looked at when a name is found.
  private static let namesakes = 50
  /// So many new firms are worth an index made anew.
  private static let fewFirms = 1000

  /// The firms of the ledger and of the file so far, by code and by name.
  private final class Known {
    var credit: KeyFilter
    /// Firms that had no code when they came in; later they may have one.
    var nameWithoutCode = KeyFilter(capacity: 0)
    var nameWithCode: KeyFilter
    /// What was seen on the way, so that no look is left out.
    var met: UInt32 = 0

    init(capacity: Int) {
      credit = KeyFilter(capacity: capacity)
      nameWithCode = KeyFilter(capacity: capacity)
    }

    func insert(_ id: Int64, credit: UInt64?, name: UInt64) {
      let firm = UInt32(truncatingIfNeeded: id)
      guard let credit else { return nameWithoutCode.insert(name, firm: firm) }
      self.credit.insert(credit, firm: firm)
      nameWithCode.insert(name, firm: firm, most: namesakes)
    }
  }

  init(_ database: Database, gazetteer: Gazetteer) throws {
    self.database = database
    self.gazetteer = gazetteer
    byId = try Lookup(
      database, sql: "SELECT id, placeCode, stockCode, creditCode FROM firm WHERE id = ?")
    byCredit = try Lookup(database, sql: "SELECT id FROM firm WHERE creditCode = ?")
    byStock = try Lookup(database, sql: "SELECT id, creditCode FROM firm WHERE stockCode = ?")
    byNameWithoutCode = try Lookup(
      database,
      sql: """
        SELECT id, placeCode, stockCode FROM firm
        WHERE nameKey = ? AND creditCode IS NULL ORDER BY id LIMIT \(FirmDirectory.namesakes)
        """)
    byName = try Lookup(
      database,
      sql: """
        SELECT id, placeCode, stockCode FROM firm
        WHERE nameKey = ? ORDER BY id LIMIT \(FirmDirectory.namesakes)
        """)
    insertion = try GroupInsert(
      database, into: "firm", ["id", "creditCode", "stockCode", "nameKey", "placeCode"]
    ) { firm, binder in
      binder.bind(1, firm.id)
      if let credit = firm.signs.credit { binder.bind(2, credit) }
      if let stock = firm.signs.stock { binder.bind(3, stock) }
      binder.bind(4, firm.signs.nameKey)
      if let place = firm.signs.place { binder.bind(5, place) }
    }
    adoption = try Lookup(
      database,
      sql: """
        UPDATE firm SET creditCode = coalesce(creditCode, ?2), stockCode = coalesce(stockCode, ?3),
          placeCode = coalesce(placeCode, ?4)
        WHERE id = ?1 AND ((creditCode IS NULL AND ?2 IS NOT NULL)
          OR (stockCode IS NULL AND ?3 IS NOT NULL) OR (placeCode IS NULL AND ?4 IS NOT NULL))
        """)
    firstNewId = (try Int64.fetchOne(database, sql: "SELECT max(id) FROM firm") ?? 0) + 1
    nextId = firstNewId
  }

  /// Prepares for a file of about so many firms: who is known is then answered from memory. Not worth
  /// reading all firms for a small file.
  func expect(_ rows: Int) throws {
    let count = Int(firstNewId - 1)
    guard rows > FirmDirectory.fewFirms, rows >= count / 20, count + rows < Int(UInt32.max) / 2
    else { return }
    let known = Known(capacity: count + rows)
    try FactRow.forEach(database, sql: "SELECT id, nameKey, creditCode FROM firm ORDER BY id") {
      let credit = $0.withText(2) { $0.map { KeyFilter.key($0) } }
      known.insert($0.integer(0), credit: credit, name: UInt64(bitPattern: $0.integer(1)))
    }
    self.known = known
  }

  /// Brings what is known of the firms of a block near: the memory behind a key is far away, and one
  /// look need not wait for another when all are made at once.
  func approach(_ facts: [RowBlock.Fact]) {
    guard let known else { return }
    for fact in facts {
      guard case .firm(_, let creditKey, _, let nameKey, _) = fact.subject else { continue }
      known.met &+= known.credit.approach(creditKey)
      known.met &+= known.nameWithCode.approach(UInt64(bitPattern: nameKey))
    }
  }

  /// The firm that a row of a firm file speaks of.
  func match(_ signs: FirmSigns) throws -> Match {
    let (credit, stock, place) = (signs.credit, signs.stock, signs.place)
    var found: Int64?
    if let credit { found = try find(credit: credit, key: signs.creditKey) }
    if let stock {
      try flush()
      byStock.bind(1, stock)
      if try byStock.step() {
        defer { byStock.reset() }
        let id = byStock.integer(0)
        if let found, found != id { return .conflict }
        if let credit, !byStock.isNull(1), !byStock.isText(1, credit) { return .conflict }
        found = id
      }
    }
    if let found {
      try adopt(found, signs)
      return .found(found)
    }
    var candidates: [(id: Int64, isExact: Bool)] = []
    let placeText = place.map(CellReading.text)
    try forEachNamesake(signs.nameKey, withoutCode: credit != nil) { firm in
      let knownPlace = firm.text(1)
      if let stock, !firm.isNull(2), !firm.isText(2, stock) { return }
      guard fits(placeText, knownPlace) else { return }
      candidates.append((firm.integer(0), placeText != nil && placeText == knownPlace))
    }
    if candidates.isEmpty { return .new }
    let exact = candidates.filter(\.isExact)
    if candidates.count == 1 || exact.count == 1 {
      let id = exact.count == 1 ? exact[0].id : candidates[0].id
      try adopt(id, signs)
      return .found(id)
    }
    return .ambiguous(candidates.map(\.id))
  }

  private func find(credit: CellBytes, key: UInt64) throws -> Int64? {
    guard let known else {
      try flush()
      byCredit.bind(1, credit)
      guard try byCredit.step() else { return nil }
      defer { byCredit.reset() }
      return byCredit.integer(0)
    }
    for id in known.credit.firms(of: key) {
      try flush()
      byId.bind(1, id)
      guard try byId.step() else { continue }
      defer { byId.reset() }
      if byId.isText(3, credit) { return id }
    }
    return nil
  }

  /// Hands over the firms of a name in the order of their ids, but no more than `namesakes`.
  private func forEachNamesake(
    _ nameKey: Int64, withoutCode: Bool, _ body: (Lookup) throws -> Void
  ) throws {
    guard let known else {
      try flush()
      let lookup = withoutCode ? byNameWithoutCode : byName
      lookup.bind(1, nameKey)
      while try lookup.step() { try body(lookup) }
      return
    }
    let key = UInt64(bitPattern: nameKey)
    var ids = known.nameWithoutCode.firms(of: key)
    if !withoutCode { ids = (ids + known.nameWithCode.firms(of: key)).sorted() }
    var handed = 0
    for id in ids where handed < FirmDirectory.namesakes {
      try flush()
      byId.bind(1, id)
      guard try byId.step() else { continue }
      defer { byId.reset() }
      if withoutCode, !byId.isNull(3) { continue }
      try body(byId)
      handed += 1
    }
  }

  func insert(_ signs: FirmSigns) throws -> Int64 {
    let id = nextId
    nextId += 1
    try insertion.insert((id, signs))
    if let known {
      known.insert(
        id, credit: signs.credit == nil ? nil : signs.creditKey,
        name: UInt64(bitPattern: signs.nameKey))
      let new = nextId - firstNewId
      if laidAside.isEmpty, new >= FirmDirectory.fewFirms, new * 4 >= firstNewId {
        try layIndicesAside()
      }
    }
    return id
  }

  /// Puts the firms in that wait, before somebody looks for them and before the bytes of their block
  /// go.
  func flush() throws { try insertion.flush() }

  /// Takes away the indices that would have to be changed in a place of their own for every new firm.
  ///
  /// It is done once the new firms are a quarter of those known: changing the indices has then cost
  /// about as much as making them anew will, so that whatever else the file holds, the work is at most
  /// twice the least.
  private func layIndicesAside() throws {
    try flush()
    let names = ["firmByCreditCode", "firmByName"]
    laidAside = try names.compactMap { name in
      try String.fetchOne(
        database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?",
        arguments: [name])
    }
    for name in names { try database.execute(sql: "DROP INDEX \(name)") }
  }

  /// Makes the indices again that were taken away.
  ///
  /// Runs of two megabytes are sorted in the processor's own cache, by other cores where there are
  /// some, and wait in files that have no name; one run of all firms in memory takes twice the time.
  func restoreIndices(workers: Workers) throws {
    guard !laidAside.isEmpty else { return }
    let settings = ["cache_size", "threads"]
    let usual = try settings.map { try Int.fetchOne(database, sql: "PRAGMA \($0)") ?? 0 }
    func set(_ values: [Int]) throws {
      for (name, value) in zip(settings, values) {
        try database.execute(sql: "PRAGMA \(name) = \(value)")
      }
    }
    defer { try? set(usual) }
    try set([-2048, workers.count - 1])
    for text in laidAside { try database.execute(sql: text) }
    laidAside = []
  }

  private func adopt(_ id: Int64, _ signs: FirmSigns) throws {
    if signs.credit == nil, signs.stock == nil, signs.place == nil { return }
    adoption.bind(1, id)
    adoption.bind(2, signs.credit)
    adoption.bind(3, signs.stock)
    adoption.bind(4, signs.place)
    _ = try adoption.step()
    guard signs.credit != nil, database.changesCount > 0 else { return }
    known?.credit.insert(signs.creditKey, firm: UInt32(truncatingIfNeeded: id))
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

  /// Names and codes of firms, for a message.
  func describe(_ ids: [Int64]) throws -> [String] {
    try ids.prefix(5).map { id in
      let name = try String.fetchOne(
        database, sql: "SELECT name FROM firmFact WHERE firmId = ? ORDER BY knownOn DESC, id DESC",
        arguments: [id])
      let code = try String.fetchOne(
        database, sql: "SELECT coalesce(creditCode, stockCode, placeCode) FROM firm WHERE id = ?",
        arguments: [id])
      return [name, code].compactMap { $0 }.joined(separator: " ")
    }
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
