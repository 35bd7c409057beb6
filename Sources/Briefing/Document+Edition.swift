import Atlas

extension Document {
  /// The paper as one reader may see it: everything else is gone from the value, not hidden in it.
  ///
  /// Sentences, key numbers, checklist items, columns and rows are left out whole; a cell is
  /// emptied. A table that lost a row loses its totals, for they would no longer add up and would
  /// give the row away. Lists of sources and questions are filled in from what is left.
  public func edition(_ edition: Edition) -> Document {
    let reader = Reader(edition: edition, firm: subject, language: language)
    var visible: [Block] = []
    for block in blocks where reader.mayRead(block.clearance) {
      if let kept = block.content.readable(by: reader, language) {
        visible.append(Block(kept, clearance: block.clearance))
      }
    }
    var paper = self
    paper.blocks = Document.withoutEmptySections(visible)
    paper.sources = sources.map { source in
      reader.mayRead(source.clearance)
        ? source
        : Source(
          title: Phrase(zh: "内部资料", en: "internal material")[language], date: "",
          confidence: "", clearance: .open)
    }
    paper.classification = edition == .office ? .office : paper.firmClassification
    let questions = paper.openQuestions
    let cited = paper.citedNumbers
    paper.blocks = paper.blocks.flatMap { block -> [Block] in
      switch block.content {
      case .sources: [paper.sourceTable(cited)]
      case .questions: paper.questionTable(questions).map { [$0] } ?? []
      default: [block]
      }
    }
    return paper
  }

  /// Every question of the paper in order, without repetition.
  public var openQuestions: [Question] {
    var found: [Question] = []
    for sentence in blocks.flatMap(\.content.sentences) {
      if case .question(let question) = sentence, !found.contains(question) {
        found.append(question)
      }
    }
    return found
  }

  /// Numbers of the sources that something in the paper refers to, ascending.
  public var citedNumbers: [Int] {
    Set(blocks.flatMap(\.content.references).map(\.number)).sorted()
  }

  private var firmClassification: Classification {
    let clearances = blocks.flatMap { [$0.clearance] + $0.content.clearances }
    return clearances.contains { $0.disclosure == .confidential } ? .confidential : .open
  }

  /// A heading with nothing under it says that something was taken out; it goes as well.
  private static func withoutEmptySections(_ blocks: [Block]) -> [Block] {
    var kept: [Block] = []
    for block in blocks.reversed() {
      if case .heading(let level, _) = block.content {
        switch kept.last?.content {
        case nil, .pageBreak: continue
        case .heading(let below, _) where below <= level: continue
        default: break
        }
      }
      if case .pageBreak = block.content {
        switch kept.last?.content {
        case nil, .pageBreak: continue
        default: break
        }
      }
      kept.append(block)
    }
    return kept.reversed()
  }

  private func sourceTable(_ cited: [Int]) -> Block {
    .table(
      Table(
        title: "",
        columns: [
          Column(Phrase(zh: "号", en: "No.")[language], alignment: .centre, weight: 0.5),
          Column(Phrase(zh: "来源", en: "Source")[language], weight: 5),
          Column(Phrase(zh: "日期", en: "Date")[language], weight: 1.4),
          Column(Phrase(zh: "可信程度", en: "Confidence")[language], weight: 2),
        ],
        rows: cited.map { number in
          let source = sources[number - 1]
          return Row([
            .text("[\(number)]"), .text(source.title), .text(source.date),
            .text(source.confidence),
          ])
        }))
  }

  private func questionTable(_ questions: [Question]) -> Block? {
    guard !questions.isEmpty else { return nil }
    return Block(
      .list(questions.map { [Sentence.question($0)] }))
  }
}

extension Block.Content {
  /// What a reader may see of the content; nil when nothing is left.
  func readable(by reader: Reader, _ language: Language) -> Block.Content? {
    func kept(_ sentences: [Sentence]) -> [Sentence] {
      sentences.filter { reader.mayRead($0.clearance) }
    }
    switch self {
    case .paragraph(let sentences):
      let left = kept(sentences)
      return left.isEmpty ? nil : .paragraph(left)
    case .note(let title, let sentences):
      let left = kept(sentences)
      return left.isEmpty ? nil : .note(title: title, left)
    case .list(let items):
      let left = items.map(kept).filter { !$0.isEmpty }
      return left.isEmpty ? nil : .list(left)
    case .table(let table):
      return table.readable(by: reader).map { .table($0) }
    case .keyNumbers(let numbers):
      let left = numbers.filter { reader.mayRead($0.clearance) }
      return left.isEmpty ? nil : .keyNumbers(left)
    case .checklist(let items):
      let left = items.filter { reader.mayRead($0.clearance) }
      return left.isEmpty ? nil : .checklist(left)
    case .heading, .figure, .pageBreak, .sources, .questions: return self
    }
  }

  /// Every sentence in the content.
  var sentences: [Sentence] {
    switch self {
    case .paragraph(let sentences), .note(_, let sentences): sentences
    case .list(let items): items.flatMap(\.self)
    default: []
    }
  }

  var references: [SourceReference] {
    let spoken = sentences.flatMap { sentence -> [SourceReference] in
      if case .claim(let statement) = sentence { statement.sources } else { [] }
    }
    switch self {
    case .table(let table):
      return table.sources + table.rows.flatMap { $0.cells.flatMap(\.sources) }
    case .figure(let figure): return figure.sources
    case .keyNumbers(let numbers): return numbers.flatMap(\.sources)
    default: return spoken
    }
  }

  var clearances: [Clearance] {
    switch self {
    case .table(let table):
      table.columns.map(\.clearance)
        + table.rows.flatMap { [$0.clearance] + $0.cells.map(\.clearance) }
    case .keyNumbers(let numbers): numbers.map(\.clearance)
    case .checklist(let items): items.map(\.clearance)
    default: sentences.map(\.clearance)
    }
  }
}

extension Table {
  /// The table as a reader may see it; nil when no row or column is left.
  public func readable(by reader: Reader) -> Table? {
    let keptColumns = columns.indices.filter { reader.mayRead(columns[$0].clearance) }
    var keptRows = rows.filter { reader.mayRead($0.clearance) }
    let losesAddends =
      keptRows.count < rows.count
      || keptRows.contains { row in
        row.kind == .body && keptColumns.contains { !reader.mayRead(row.cells[$0].clearance) }
      }
    if losesAddends { keptRows.removeAll { $0.kind == .total } }
    guard !keptColumns.isEmpty, !keptRows.isEmpty else { return nil }
    var table = self
    table.columns = keptColumns.map { columns[$0] }
    table.rows = keptRows.map { row in
      Row(
        keptColumns.map { reader.mayRead(row.cells[$0].clearance) ? row.cells[$0] : .blank },
        kind: row.kind, clearance: row.clearance)
    }
    return table
  }
}
