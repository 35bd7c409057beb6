import Atlas

/// Where the header of a file stands and how its columns feed a kind. 表格版式
struct TableLayout: Sendable {
  let plan: ImportPlan
  let profile: ImportProfile?
  /// Rows up to and including the header.
  let headerRows: Int
  let header: [String]

  static let searchedRows = 20

  /// Finds header and profile: the named one, else whichever of the own layout and the known
  /// profiles reads most columns of the file.
  static func choose(
    _ file: TableFile, kind: ImportKind, options: ImportOptions, context: ImportContext
  ) throws(LedgerError) -> TableLayout {
    let reader = try file.rows(sheet: options.sheet)
    var rows: [[String]] = []
    var row = RawRow()
    while rows.count < searchedRows, try reader.next(&row) { rows.append(row.texts) }
    guard rows.contains(where: { $0.contains { !$0.isEmpty } }) else { throw .emptyFile(file.path) }

    var candidates: [ImportProfile?] = []
    if let name = options.profile {
      guard let profile = context.profiles.first(where: { $0.name == name && $0.kind == kind.id })
      else {
        throw .unknownProfile(
          name, known: context.profiles.filter { $0.kind == kind.id }.map(\.name))
      }
      candidates = [profile]
    } else {
      candidates = [nil] + context.profiles.filter { $0.kind == kind.id }
    }
    let headers = rows.map { ImportPlan.Header($0, of: kind) }
    var best: TableLayout?
    var nearest: ImportPlan?
    var nearestHeader: [String] = []
    for profile in candidates {
      for (index, header) in headers.enumerated() {
        if let fixed = profile?.headerRow, fixed != index + 1 { continue }
        let plan = ImportPlan(kind: kind, profile: profile, header: header)
        if plan.missing.isEmpty {
          if plan.mappedCount > best?.plan.mappedCount ?? 0 {
            best = TableLayout(
              plan: plan, profile: profile, headerRows: index + 1, header: header.names)
          }
        } else if plan.mappedCount > nearest?.mappedCount ?? -1 {
          nearest = plan
          nearestHeader = header.names
        }
      }
    }
    if let best { return best }
    throw .missingColumn(
      file.path, kind: kind.title, missing: nearest?.missing ?? [],
      found: nearestHeader.filter { !$0.isEmpty && !PersonalColumns.contains($0) })
  }
}
