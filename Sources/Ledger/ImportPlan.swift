import Atlas

/// Which cells of a file feed which fields of a kind. 列对应
struct ImportPlan: Sendable {
  /// One field and where it comes from; held by reference, for it is handed on with every cell.
  final class Feed: Sendable {
    let column: ImportColumn
    /// Place in the kind's column list; also the slot of its value.
    let slot: Int
    let cells: [Int]
    let isJoined: Bool
    let constant: [UInt8]?
    let header: String
    /// Unit word of the header or profile; a unit in the cell wins over it.
    let unit: String?
    let scale: Double
    /// What has to be done with the text of a cell before it is read; nil for nothing.
    let mapping: ImportProfile.Mapping?
    /// What one number of the column is in the kept unit, when the cell names no unit itself.
    let unitFactor: Double

    init(
      column: ImportColumn, slot: Int, cells: [Int] = [], isJoined: Bool = false,
      constant: [UInt8]? = nil, header: String = "", unit: String? = nil, scale: Double = 1,
      mapping: ImportProfile.Mapping? = nil
    ) {
      self.column = column
      self.slot = slot
      self.cells = cells
      self.isJoined = isJoined
      self.constant = constant
      self.header = header
      self.unit = unit
      self.scale = scale
      self.mapping = mapping.flatMap { $0.changesText ? $0 : nil }
      switch (unit, column.reading) {
      case (let unit?, .measure(let measure)), (let unit?, .signed(let measure)):
        unitFactor = measure.factor(of: unit) ?? 1
      default: unitFactor = 1
      }
    }
  }

  /// One fact of an unpivoted row: the constant that tells it from the others, and its number.
  struct Part: Sendable {
    let name: Feed
    let number: Feed
  }

  var feeds: [Feed] = []
  /// The facts that one row of the file becomes; empty for a fact a row.
  var parts: [Part] = []
  var knownOnCell: Int?
  var dropped: [String] = []
  var missing: [String] = []
  var mappedCount = 0

  /// Slots that a row of the file can fill; a capital names its currency, an address its place.
  var filled: Set<Int> = []

  /// A row that may be the header, prepared for being asked by every profile.
  struct Header {
    let names: [String]
    let dropped: [String]
    fileprivate let plain: [String]
    fileprivate let bare: [(name: String, unit: String?)]
    fileprivate let barePlain: [String]

    init(_ names: [String], of kind: ImportKind) {
      self.names = names
      let usable = names.map { name in
        kind.id != "hosts" && PersonalColumns.contains(name) ? "" : name
      }
      dropped = zip(names, usable).filter { $0.0 != $0.1 }.map(\.0)
      plain = usable.map(ImportPlan.plain)
      bare = usable.map { ImportPlan.splitUnit($0) }
      barePlain = bare.map { ImportPlan.plain($0.name) }
    }

    fileprivate func cell(named name: String) -> Int? {
      let wanted = ImportPlan.plain(name)
      if wanted.isEmpty { return nil }
      return plain.firstIndex(of: wanted) ?? barePlain.firstIndex(of: wanted)
    }
  }

  /// Fits a header row to a kind, by a profile's names or by the kind's own names and aliases.
  init(kind: ImportKind, profile: ImportProfile?, header: Header) {
    dropped = header.dropped
    let cell = header.cell(named:)
    var used: Set<Int> = []
    for (slot, column) in kind.columns.enumerated() {
      var cells: [Int] = []
      let mapping = profile?.columns[column.name]
      if profile != nil {
        guard let mapping else { continue }
        if mapping.value == nil {
          cells =
            mapping.join.isEmpty
            ? Array(mapping.from.compactMap(cell).prefix(1))
            : mapping.join.compactMap(cell)
        }
      } else {
        for name in [column.name, column.title.zh] + column.aliases {
          if let found = cell(name), !used.contains(found) {
            cells = [found]
            used.insert(found)
            break
          }
        }
      }
      var unit = mapping?.unit
      if let first = cells.first, unit == nil,
        header.plain[first] != ImportPlan.plain(column.title.zh)
      {
        unit = header.bare[first].unit
      }
      mappedCount += cells.count
      if cells.isEmpty, mapping?.value == nil { continue }
      feeds.append(
        Feed(
          column: column, slot: slot, cells: cells, isJoined: mapping?.join.isEmpty == false,
          constant: mapping?.value.map { Array($0.utf8) },
          header: cells.map { header.names[$0] }.joined(separator: "+"), unit: unit,
          scale: mapping?.scale ?? 1, mapping: mapping))
    }
    let each = profile?.each
    let eachName = each.flatMap { each in kind.columns.firstIndex { $0.name == each.name } }
    let eachInto = each.flatMap { each in kind.columns.firstIndex { $0.name == each.into } }
    for row in each?.rows ?? [] {
      guard let found = cell(row.from) else { continue }
      mappedCount += 1
      guard let eachName, let eachInto, let each else { continue }
      parts.append(
        Part(
          name: Feed(
            column: kind.columns[eachName], slot: eachName, constant: Array(row.value.utf8)),
          number: Feed(
            column: kind.columns[eachInto], slot: eachInto, cells: [found],
            header: header.names[found],
            scale: each.scale * row.scale)))
    }
    filled = Set(feeds.map(\.slot) + parts.flatMap { [$0.name.slot, $0.number.slot] })
    for (slot, column) in kind.columns.enumerated() {
      let isDerived = column.name == "currency" || (kind.id == "firms" && column.name == "place")
      if isDerived { filled.insert(slot) }
    }
    if case .column(let name) = profile?.knownOn { knownOnCell = cell(name) }
    missing = kind.columns.enumerated().filter { slot, column in
      column.isRequired && !feeds.contains { $0.slot == slot }
        && !parts.contains { $0.name.slot == slot || $0.number.slot == slot }
    }.map { profile?.columns[$0.element.name]?.from.first ?? $0.element.title.zh }
  }

  /// A header without blanks, case, underscores and the asterisk of required columns.
  static func plain(_ header: String) -> String {
    String(
      header.lowercased().filter {
        !$0.isWhitespace && !"_-*＊\u{FEFF}".contains($0)
      }.map { $0 == "（" ? "(" : $0 == "）" ? ")" : $0 })
  }

  /// `营业收入（万元）` as 营业收入 and 万元.
  static func splitUnit(_ header: String) -> (name: String, unit: String?) {
    let text = header.map { $0 == "（" || $0 == "[" ? "(" : $0 == "）" || $0 == "]" ? ")" : $0 }
    guard text.last == ")", let open = text.lastIndex(of: "("), open > 0 else {
      return (header, nil)
    }
    return (String(text[..<open]), String(text[(open + 1)..<(text.count - 1)]))
  }
}
