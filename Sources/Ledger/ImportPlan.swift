import Atlas

/// Which cells of a file feed which fields of a kind. 列对应
struct ImportPlan {
  /// One field and where it comes from; held by reference, for it is handed on with every cell.
  final class Feed {
    let column: ImportColumn
    /// Place in the kind's column list; also the slot of its value.
    let slot: Int
    var cells: [Int] = []
    var isJoined = false
    var constant: [UInt8]?
    var header = ""
    /// Unit word of the header or profile; a unit in the cell wins over it.
    var unit: String?
    var scale = 1.0
    var mapping: ImportProfile.Mapping?

    /// What one number of the column is in the kept unit, when the cell names no unit itself.
    var unitFactor = 1.0

    init(column: ImportColumn, slot: Int) {
      self.column = column
      self.slot = slot
    }

    /// Looks the header's unit up once for all rows.
    func settleUnit() {
      guard let unit else { return }
      switch column.reading {
      case .measure(let measure), .signed(let measure): unitFactor = measure.factor(of: unit) ?? 1
      default: break
      }
    }
  }

  var feeds: [Feed] = []
  /// Unpivoted rows: the constant, the cell that feeds `into`, and its scale.
  var each: [(value: [UInt8], cell: Int, scale: Double, header: String)] = []
  var eachName: Int?
  var eachInto: Int?
  var knownOnCell: Int?
  var dropped: [String] = []
  var missing: [String] = []
  var mappedCount = 0

  /// Fits a header row to a kind, by a profile's names or by the kind's own names and aliases.
  init(kind: ImportKind, profile: ImportProfile?, header: [String]) {
    let usable = header.map { name in
      kind.id != "hosts" && PersonalColumns.contains(name) ? "" : name
    }
    dropped = zip(header, usable).filter { $0.0 != $0.1 }.map(\.0)
    let plain = usable.map(ImportPlan.plain)
    let bare = usable.map { ImportPlan.splitUnit($0) }
    let bareplain = bare.map { ImportPlan.plain($0.name) }
    func cell(named name: String) -> Int? {
      let wanted = ImportPlan.plain(name)
      if wanted.isEmpty { return nil }
      return plain.firstIndex(of: wanted) ?? bareplain.firstIndex(of: wanted)
    }
    var used: Set<Int> = []
    for (slot, column) in kind.columns.enumerated() {
      let feed = Feed(column: column, slot: slot)
      if let profile {
        guard let mapping = profile.columns[column.name] else { continue }
        feed.mapping = mapping
        feed.scale = mapping.scale
        feed.unit = mapping.unit
        if let value = mapping.value {
          feed.constant = Array(value.utf8)
        } else if !mapping.join.isEmpty {
          feed.cells = mapping.join.compactMap(cell(named:))
          feed.isJoined = true
        } else if let found = mapping.from.compactMap(cell(named:)).first {
          feed.cells = [found]
        }
      } else {
        for name in [column.name, column.title.zh] + column.aliases {
          if let found = cell(named: name), !used.contains(found) {
            feed.cells = [found]
            used.insert(found)
            break
          }
        }
      }
      if let first = feed.cells.first {
        feed.header = feed.cells.map { header[$0] }.joined(separator: "+")
        if feed.unit == nil, plain[first] != ImportPlan.plain(column.title.zh) {
          feed.unit = bare[first].unit
        }
        mappedCount += feed.cells.count
      }
      feed.settleUnit()
      if !feed.cells.isEmpty || feed.constant != nil { feeds.append(feed) }
    }
    if let unpivot = profile?.each {
      eachName = kind.columns.firstIndex { $0.name == unpivot.name }
      eachInto = kind.columns.firstIndex { $0.name == unpivot.into }
      for row in unpivot.rows {
        if let found = cell(named: row.from) {
          each.append((Array(row.value.utf8), found, unpivot.scale * row.scale, header[found]))
          mappedCount += 1
        }
      }
    }
    if case .column(let name) = profile?.knownOn { knownOnCell = cell(named: name) }
    missing = kind.columns.enumerated().filter { slot, column in
      column.isRequired && !feeds.contains { $0.slot == slot }
        && !(eachName == slot && !each.isEmpty) && !(eachInto == slot && !each.isEmpty)
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
