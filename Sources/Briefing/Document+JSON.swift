import Atlas

extension Document {
  /// The paper as data: what templates of other programs print. 文书数据
  ///
  /// - Parameter figure: the file name of the n-th picture, counted from 1.
  public func json(figure: (Int) -> String) -> JSONValue {
    var figures = 0
    let content = blocks.map { block -> JSONValue in
      if case .figure = block.content { figures += 1 }
      return block.content.json(language, figure: figure(figures), sources: sources)
    }
    return .object([
      ("title", .string(title)), ("subtitle", .string(subtitle)),
      ("language", .string(language.rawValue)),
      ("classification", .string(classification.label[language])),
      (
        "sample",
        isSample ? .string(Phrase(zh: "示例数据", en: "Sample data")[language]) : .null
      ),
      ("footer", .array(colophon.lines(language).map { .string($0) })),
      ("blocks", .array(content)),
    ])
  }
}

extension Block.Content {
  func json(_ language: Language, figure: String, sources: [Source]) -> JSONValue {
    func runs(_ sentences: [Sentence]) -> JSONValue {
      .array(sentences.flatMap { $0.runs(language) }.map(\.json))
    }
    func references(_ references: [SourceReference]) -> JSONValue {
      .array(references.map(\.number).sorted().map { .int($0) })
    }
    switch self {
    case .heading(let level, let text):
      return .object([
        ("type", .string("heading")), ("level", .int(level)), ("text", .string(text)),
      ])
    case .paragraph(let sentences):
      return .object([("type", .string("paragraph")), ("runs", runs(sentences))])
    case .list(let items):
      return .object([("type", .string("list")), ("items", .array(items.map(runs)))])
    case .note(let title, let sentences):
      return .object([
        ("type", .string("note")), ("title", .string(title)), ("runs", runs(sentences)),
      ])
    case .table(let table):
      return table.json(language)
    case .figure(let illustration):
      return .object([
        ("type", .string("figure")), ("file", .string(figure)),
        ("caption", .string(illustration.caption)),
        ("width", .number(illustration.drawing.width)),
        ("height", .number(illustration.drawing.height)),
        ("description", .string(illustration.drawing.description)),
        ("references", references(illustration.sources)),
      ])
    case .keyNumbers(let numbers):
      return .object([
        ("type", .string("keyNumbers")),
        (
          "items",
          .array(
            numbers.map { number in
              .object([
                ("label", .string(number.label)), ("value", .string(number.value.text)),
                ("mark", .optional(number.value.mark(language))),
                ("grade", .string(number.value.grade.rawValue)), ("range", .string(number.range)),
                ("note", .string(number.note)), ("references", references(number.sources)),
              ])
            })
        ),
      ])
    case .checklist(let items):
      return .object([
        ("type", .string("checklist")),
        (
          "items",
          .array(
            items.map { item in
              .object([
                ("text", .string(item.text)), ("owner", .string(item.owner)),
                ("due", .string(item.due)),
              ])
            })
        ),
      ])
    case .pageBreak: return .object([("type", .string("pageBreak"))])
    case .sources, .questions: return .object([("type", .string("none"))])
    }
  }
}

extension Table {
  /// Cells carry both what is printed and the number behind it.
  public func json(_ language: Language) -> JSONValue {
    .object([
      ("type", .string("table")), ("title", .string(title)), ("note", .optional(note)),
      ("references", .array(sources.map(\.number).sorted().map { .int($0) })),
      (
        "columns",
        .array(
          columns.map { column in
            .object([
              ("title", .string(column.title)), ("unit", .string(column.unit)),
              ("align", .string(column.alignment.rawValue)), ("weight", .number(column.weight)),
            ])
          })
      ),
      (
        "rows",
        .array(
          rows.map { row in
            .object([
              ("kind", .string(row.kind.rawValue)),
              (
                "cells",
                .array(
                  zip(row.cells, columns).map { cell, column in
                    .object(
                      [("runs", .array(cell.runs(column, language).map(\.json)))]
                        + cell.content.values)
                  })
              ),
            ])
          })
      ),
    ])
  }
}

extension Cell.Content {
  fileprivate var values: [(key: String, value: JSONValue)] {
    switch self {
    case .text, .blank: []
    case .number(let value, let grade):
      [("value", .number(value)), ("grade", .string(grade.rawValue))]
    case .span(let span, let grade):
      [
        ("low", .number(span.low)), ("base", .number(span.base)), ("high", .number(span.high)),
        ("grade", .string(grade.rawValue)),
      ]
    case .unknown(let missing):
      [("value", .null), ("grade", .string(Grade.unknown.rawValue)), ("missing", .string(missing))]
    }
  }
}

extension Run {
  var json: JSONValue {
    switch self {
    case .text(let text): .object([("t", .string("text")), ("s", .string(text))])
    case .strong(let text): .object([("t", .string("strong")), ("s", .string(text))])
    case .number(let text, let mark):
      .object([("t", .string("number")), ("s", .string(text)), ("mark", .optional(mark))])
    case .blank(let unit): .object([("t", .string("blank")), ("s", .string(unit))])
    case .flag(let text): .object([("t", .string("flag")), ("s", .string(text))])
    case .references(let numbers):
      .object([("t", .string("references")), ("n", .array(numbers.map { .int($0) }))])
    }
  }
}
