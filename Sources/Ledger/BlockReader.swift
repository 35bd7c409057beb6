import Atlas

/// Reads the rows of a file in blocks, as far as that needs no look into the ledger. 行块读取
///
/// Which rows make a block depends on the file alone.
struct BlockReader {
  /// What the reading starts from; may go to another thread.
  struct Source: Sendable {
    let file: TableFile
    let kind: ImportKind
    let layout: TableLayout
    let sheet: String?
    let context: ImportContext
    let gazetteer: Gazetteer
    /// For rows without a date of their own.
    let knownOn: Day
    /// Lines that stayed out when this very file was imported before; nil for a first import.
    let retry: Set<Int>?

    /// True when rows name firms, which only the ledger can find.
    var namesFirms: Bool {
      kind.columns.contains { column in
        if case .firm = column.reading { true } else { false }
      }
    }
  }

  private let source: Source
  private let plan: ImportPlan
  private let isFirms: Bool
  private let rows: any RowReader
  private var cells: CellReader
  private let rules: RowRules
  /// Slots that are kept, in the order of their positions in canonical bytes.
  private let slots: [Int]
  private let keySlots: [Int]
  private let dropWords: [(feed: ImportPlan.Feed, words: [String])]
  private var block = RowBlock()
  private var isAtEnd = false
  private var failure: (any Error)?

  /// Columns of firms.
  private enum Slot {
    static let name = 0
    static let creditCode = 2
    static let stockCode = 3
    static let place = 4
    static let address = 8
  }

  /// - Parameter firms: for a source that names firms.
  init(_ source: Source, firms: FirmDirectory?) throws {
    let (kind, layout) = (source.kind, source.layout)
    self.source = source
    plan = layout.plan
    isFirms = kind.id == "firms"
    cells = CellReader(
      kind: kind,
      resolver: ReferenceResolver(gazetteer: source.gazetteer, context: source.context),
      firms: firms, missing: layout.profile?.missing ?? [])
    rules = try RowRules(source)
    slots = kind.columns.indices.filter { kind.columns[$0].field != nil }
    keySlots = kind.key.compactMap { field in kind.columns.firstIndex { $0.field == field } }
    let drop = layout.profile?.drop ?? [:]
    dropWords = plan.feeds.compactMap { feed in drop[feed.column.name].map { (feed, $0) } }
    rows = try source.file.rows(sheet: source.sheet)
    var row = RawRow()
    for _ in 0..<layout.headerRows { _ = try rows.next(&row) }
  }

  /// The next block; nil behind the last.
  /// - Throws: what is wrong with the file, behind the rows before it.
  mutating func next() throws -> RowBlock? {
    if let failure { throw failure }
    block = RowBlock()
    block.bytes.reserveCapacity(RowBlock.rowLimit * 512)
    var row = RawRow()
    do {
      while !block.isFull, !isAtEnd {
        guard try rows.next(&row) else {
          isAtEnd = true
          break
        }
        if row.isBlank { continue }
        block.rows += 1
        if let retry = source.retry, !retry.contains(row.line) { continue }
        try take(row)
        block.steps.append(.end)
      }
    } catch {
      failure = error
    }
    if block.rows > 0 { return block }
    if let failure { throw failure }
    return nil
  }

  private mutating func take(_ row: RawRow) throws {
    try row.bytes.withUnsafeBufferPointer { bytes in
      func cell(_ index: Int) -> CellBytes {
        guard index < row.ends.count else { return CellBytes(rebasing: bytes[0..<0]) }
        return CellBytes(rebasing: bytes[row.range(index)])
      }
      cells.begin()
      var isRejected = false
      for feed in plan.feeds {
        let fault: Fault?
        if let constant = feed.constant {
          fault = try constant.withUnsafeBufferPointer { try cells.read($0, for: feed) }
        } else if feed.isJoined {
          var joined: [UInt8] = []
          for index in feed.cells { joined += CellReading.trimmed(cell(index)) }
          fault = try joined.withUnsafeBufferPointer { try cells.read($0, for: feed) }
        } else {
          fault = try cells.read(cell(feed.cells[0]), for: feed)
        }
        if let fault {
          let out = fault.rejects(feed.column)
          if out { isRejected = true }
          report(
            fault, line: row.line, header: feed.header.isEmpty ? feed.column.title.zh : feed.header,
            excerpt: feed.cells.first.map(cell), rejects: out)
        }
      }
      for (feed, words) in dropWords {
        guard let text = cells.text(feed.slot), words.contains(text) else { continue }
        report(
          .notAPlace, line: row.line, header: feed.header, excerpt: feed.cells.first.map(cell),
          rejects: true)
        isRejected = true
      }
      if isRejected { return }
      if plan.parts.isEmpty { return finish(row: row, bytes: bytes) }
      for part in plan.parts {
        let number = CellReading.trimmed(cell(part.number.cells[0]))
        if CellReading.isMissing(number, extra: cells.missing) { continue }
        if let fault = try cells.read(number, for: part.number) {
          report(
            fault, line: row.line, header: part.number.header, excerpt: number, rejects: false)
          continue
        }
        _ = try (part.name.constant ?? []).withUnsafeBufferPointer {
          try cells.read($0, for: part.name)
        }
        finish(row: row, bytes: bytes)
      }
      report(
        .missingValue, line: row.line, header: plan.parts[0].number.header, excerpt: nil,
        rejects: true, as: .issueOfBareRow)
    }
  }

  /// Checks the row as a whole and puts its fact down.
  private mutating func finish(row: RawRow, bytes: CellBytes) {
    var day = source.knownOn
    if let index = plan.knownOnCell, index < row.ends.count {
      day =
        Importer.dayInside(CellReading.text(CellBytes(rebasing: bytes[row.range(index)])))
        ?? source.knownOn
      block.earliest = min(block.earliest ?? day, day)
    }
    if isFirms { cells.resolveSeat(address: Slot.address) }
    if let (fault, header) = rules.check(&cells) {
      let out = fault.rejectsRow || source.kind.id == "places"
      report(fault, line: row.line, header: header, excerpt: nil, rejects: out)
      if out { return }
    }
    put(line: row.line, knownOn: day)
  }

  /// Puts the canonical bytes of the row down, and what the fact is about.
  private mutating func put(line: Int, knownOn day: Day) {
    let start = block.bytes.count
    var credit: RowBlock.Span?
    var creditKey: UInt64 = 0
    var stock: RowBlock.Span?
    var place: RowBlock.Span?
    var nameKey: Int64 = 0
    cells.scratch.withUnsafeBufferPointer { scratch in
      for (position, slot) in slots.enumerated() {
        switch cells.values[slot] {
        case .null: continue
        case .integer(let value): Canonical.append(integer: value, at: position, to: &block.bytes)
        case .real(let value): Canonical.append(real: value, at: position, to: &block.bytes)
        case .text(let from, let to):
          let text = CellBytes(rebasing: scratch[from..<to])
          Canonical.append(text: text, at: position, to: &block.bytes)
          guard isFirms else { continue }
          let span = RowBlock.Span(of: block.bytes, from: block.bytes.count - text.count)
          switch slot {
          case Slot.name: nameKey = FirmName.key(text)
          case Slot.creditCode:
            credit = span
            creditKey = KeyFilter.key(text)
          case Slot.stockCode: stock = span
          case Slot.place: place = span
          default: break
          }
        }
      }
    }
    let content = RowBlock.Span(of: block.bytes, from: start)
    let digest = block.bytes.withUnsafeBufferPointer {
      Canonical.hash(CellBytes(rebasing: $0[start...]))
    }
    let subject: RowBlock.Subject =
      isFirms
      ? .firm(
        credit: credit, creditKey: creditKey, stock: stock, nameKey: nameKey, place: place)
      : .key(putKey())
    block.facts.append(
      RowBlock.Fact(
        line: line, knownOn: day, digest: digest, content: content, subject: subject))
    block.steps.append(.fact)
  }

  /// Puts the key of a fact down that is no firm: its fields, one behind the other.
  private mutating func putKey() -> RowBlock.Span {
    let start = block.bytes.count
    for slot in keySlots {
      if block.bytes.count > start { block.bytes.append(0x1F) }
      switch cells.values[slot] {
      case .null: block.bytes.append(0x2D)
      case .integer(let value): block.bytes += Array(String(value).utf8)
      case .real(let value): block.bytes += Array(String(value).utf8)
      case .text(let from, let to): block.bytes += cells.scratch[from..<to]
      }
    }
    return RowBlock.Span(of: block.bytes, from: start)
  }

  private mutating func report(
    _ fault: Fault, line: Int, header: String?, excerpt: CellBytes?, rejects: Bool,
    as step: RowBlock.Step = .issue
  ) {
    var shown: String?
    if let excerpt, header.map(PersonalColumns.contains) != true {
      let cell = CellReading.trimmed(excerpt)
      let bytes = PersonalColumns.redacted(cell) ?? Array(cell)
      let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }
      shown = text.isEmpty ? nil : String(text.prefix(40))
    }
    block.issues.append(
      RowBlock.Issue(fault: fault, line: line, header: header, excerpt: shown, rejects: rejects))
    block.steps.append(step)
  }
}
