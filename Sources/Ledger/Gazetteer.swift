public import Atlas

/// Finds a place by its code, its name or its path (province, city, county). 地名索引
public struct Gazetteer: Sendable {
  /// What a text names.
  public enum Finding: Sendable, Equatable {
    /// One place; its code.
    case one(String)
    /// Several places answer to the text; their codes in ascending order.
    case several([String])
    case none
  }

  private var entries: [Places.Entry] = []
  private var rowOfCode: [String: Int] = [:]
  /// Rows by full name and by name without 省, 市, 区, 县.
  private var byName: [String: [Int]] = [:]
  private var byShortName: [String: [Int]] = [:]

  /// - Parameter entries: of two with one code the later wins where it says something.
  public init(_ entries: [Places.Entry]) {
    let codes = Set(entries.map(\.code))
    for entry in entries {
      if let row = rowOfCode[entry.code] {
        self.entries[row] = entry.over(self.entries[row], isListed: codes.contains)
      } else {
        rowOfCode[entry.code] = self.entries.count
        self.entries.append(entry)
      }
    }
    for (row, entry) in self.entries.enumerated() {
      byName[entry.name, default: []].append(row)
      let short = Gazetteer.short(entry.name)
      if short != entry.name { byShortName[short, default: []].append(row) }
    }
  }

  public var count: Int { entries.count }
  var listed: [Places.Entry] { entries }

  public func entry(code: String) -> Places.Entry? { rowOfCode[code].map { entries[$0] } }

  func path(of code: String) -> String {
    var names: [String] = []
    var current = rowOfCode[code]
    var steps = 0
    while let row = current, steps < 6 {
      names.insert(entries[row].name, at: 0)
      current = entries[row].parent.flatMap { $0 == entries[row].code ? nil : rowOfCode[$0] }
      steps += 1
    }
    return names.joined()
  }

  /// The prefecture (or municipality) that a code lies in, for comparing seats.
  func prefecture(of code: String) -> String {
    var current = code
    var steps = 0
    while let row = rowOfCode[current], entries[row].level != .prefecture,
      let parent = entries[row].parent, parent != current, rowOfCode[parent] != nil, steps < 6
    {
      current = parent
      steps += 1
    }
    return current
  }

  /// The place that `text` names: a code, a name, or a path such as 广东省深圳市南山区.
  ///
  /// A short name finds the highest level that bears it alone.
  /// - Parameter isCoarse: a county code that is not listed (codes change) finds its prefecture.
  public func find(_ text: String, isCoarse: Bool = true) -> Finding {
    let name = text.filter { !$0.isWhitespace && !",，/|-—>·".contains($0) }
    if name.isEmpty { return .none }
    if let finding = findCode(text.filter { !$0.isWhitespace }, isCoarse) { return finding }
    if let rows = byName[name] { return choose(rows) }
    if let rows = byShortName[name] { return choose(rows) }
    return findPath(name, allowRest: false)
  }

  /// The place that an address begins with; the rest of the address may be anything.
  public func find(inAddress text: String) -> Finding {
    findPath(text.filter { !$0.isWhitespace }, allowRest: true)
  }

  private func findCode(_ text: String, _ isCoarse: Bool) -> Finding? {
    if rowOfCode[text] != nil { return .one(text) }
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let digits = String(text.prefix(6))
    guard [2, 4, 6, 9, 12].contains(text.count) else { return Finding.none }
    for length in [6, 4, 2] where digits.count >= length {
      let code = digits.prefix(length) + String(repeating: "0", count: 6 - length)
      if rowOfCode[String(code)] != nil { return .one(String(code)) }
      if !isCoarse { break }
    }
    return Finding.none
  }

  /// One row: itself. Several: the only one of the highest level.
  private func choose(_ rows: [Int]) -> Finding {
    if rows.count == 1 { return .one(entries[rows[0]].code) }
    let top = rows.map { entries[$0].level.rawValue }.min() ?? 0
    let best = rows.filter { entries[$0].level.rawValue == top }
    // A prefecture or province bears its name alone; counties of one name are told apart by path.
    if best.count == 1, top <= PlaceLevel.prefecture.rawValue { return .one(entries[best[0]].code) }
    // 重庆市 the province-level city and its 市辖区 rows of the same name are one place.
    if best.count == 1 { return .one(entries[best[0]].code) }
    return .several(best.map { entries[$0].code }.sorted())
  }

  private func findPath(_ name: String, allowRest: Bool) -> Finding {
    var rest = Substring(name)
    var current: [Int]?
    while !rest.isEmpty {
      guard let (rows, length) = longestPrefix(of: rest, within: current) else { break }
      current = rows
      rest = rest.dropFirst(length)
    }
    guard let current else { return .none }
    if !rest.isEmpty, !allowRest {
      // 市辖区 and the like say nothing more than what stands before them.
      guard ["市辖区", "县", "直辖"].contains(where: { rest == $0 }) else { return .none }
    }
    return choose(current)
  }

  /// The longest name at the start of `text` that lies within one of `parents`.
  private func longestPrefix(of text: Substring, within parents: [Int]?) -> ([Int], Int)? {
    for length in stride(from: min(15, text.count), through: 2, by: -1) {
      let candidate = String(text.prefix(length))
      for rows in [byName[candidate], byShortName[candidate]] {
        guard let rows else { continue }
        let fitting = parents.map { parents in
          rows.filter { row in parents.contains { lies(row, in: $0) } }
        }
        let found = fitting ?? rows
        if !found.isEmpty { return (found, length) }
        // 重庆市重庆市荣昌区: the same name twice.
        if let parents, rows.contains(where: { parents.contains($0) }) { return (parents, length) }
      }
    }
    return nil
  }

  private func lies(_ row: Int, in ancestor: Int) -> Bool {
    var current = row
    for _ in 0..<6 {
      guard let parent = entries[current].parent.flatMap({ rowOfCode[$0] }), parent != current
      else { return false }
      if parent == ancestor { return true }
      current = parent
    }
    return false
  }

  /// A name without the word for its level: 广东省 → 广东, 荣昌区 → 荣昌.
  static func short(_ name: String) -> String {
    for suffix in [
      "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "自治州", "地区", "省", "市", "新区", "区", "县", "盟",
    ] where name.hasSuffix(suffix) && name.count > suffix.count + 1 {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}
