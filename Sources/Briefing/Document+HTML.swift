import Atlas

extension Document {
  /// The marks that every page bears.
  private var marks: String {
    classification.label[language]
      + (isSample ? "　" + Phrase(zh: "示例数据", en: "Sample data")[language] : "")
  }

  /// The paper as one self-contained page: A4 in print, readable at 390 px, no scripts. 网页文书
  public func html() -> String {
    let e = Markup.escape
    var out = "<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">\n<head>\n"
    out += "<meta charset=\"utf-8\"/>\n"
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    out +=
      "<title>\(e(title))</title>\n<style>\n\(Stylesheet.paper)\(Stylesheet.margins(marks))</style>\n</head>\n<body>\n"
    out += "<div class=\"running\"><span class=\"class\">"
    out += e(classification.label[language]) + "</span>"
    if isSample {
      out += "<span class=\"sample\">"
      out += e(Phrase(zh: "示例数据", en: "Sample data")[language]) + "</span>"
    }
    out += "</div>\n<main>\n<header><h1>\(e(title))</h1>"
    if !subtitle.isEmpty { out += "<p class=\"subtitle\">\(e(subtitle))</p>" }
    out += "</header>\n"
    for block in blocks { out += block.content.html(language) }
    out += "<footer>"
    for line in colophon.lines(language) { out += "<p>\(e(line))</p>" }
    return out + "</footer>\n</main>\n</body>\n</html>\n"
  }
}

extension Block.Content {
  func html(_ language: Language) -> String {
    let e = Markup.escape
    func runs(_ sentences: [Sentence]) -> String {
      sentences.flatMap { $0.runs(language) }.map(\.html).joined()
    }
    switch self {
    case .heading(let level, let text):
      let tag = "h\(min(4, max(2, level + 1)))"
      return "<\(tag)>\(e(text))</\(tag)>\n"
    case .paragraph(let sentences): return "<p>\(runs(sentences))</p>\n"
    case .list(let items):
      return "<ul>\n" + items.map { "<li>\(runs($0))</li>\n" }.joined() + "</ul>\n"
    case .note(let title, let sentences):
      return "<aside><strong>\(e(title))</strong> \(runs(sentences))</aside>\n"
    case .table(let table): return table.html(language)
    case .figure(let figure):
      let isSheet = figure.drawing.width > 1000
      let caption =
        figure.caption.isEmpty && figure.sources.isEmpty
        ? ""
        : "<figcaption>\(e(figure.caption))"
          + (figure.sources.isEmpty
            ? "" : Run.references(figure.sources.map(\.number).sorted()).html)
          + "</figcaption>"
      return "<figure class=\"\(isSheet ? "sheet" : "chart")\"><div class=\"scroll\">\n"
        + figure.drawing.svg(sized: false) + "</div>\(caption)</figure>\n"
    case .keyNumbers(let numbers):
      return "<div class=\"keys\">\n"
        + numbers.map { number in
          "<div class=\"key\"><p class=\"label\">\(e(number.label))</p><p class=\"value\">"
            + Run.number(number.value.text, mark: number.value.mark(language)).html
            + (number.sources.isEmpty
              ? "" : Run.references(number.sources.map(\.number).sorted()).html)
            + "</p>" + (number.range.isEmpty ? "" : "<p class=\"range\">\(e(number.range))</p>")
            + "<p class=\"why\">\(e(number.note))</p></div>\n"
        }.joined() + "</div>\n"
    case .checklist(let items):
      return "<ul class=\"check\">\n"
        + items.map { item in
          let tail = [item.owner, item.due].filter { !$0.isEmpty }.joined(separator: " · ")
          return "<li>\(e(item.text))" + (tail.isEmpty ? "" : " <em>\(e(tail))</em>") + "</li>\n"
        }.joined() + "</ul>\n"
    case .pageBreak: return "<div class=\"break\"></div>\n"
    case .sources, .questions: return ""
    }
  }
}

extension Table {
  func html(_ language: Language) -> String {
    let e = Markup.escape
    // A phone scrolls a wide table sideways rather than breaking every heading.
    var out = "<div class=\"scroll\"><table style=\"min-width:\(columns.count * 64)px\">"
    if !title.isEmpty || !sources.isEmpty {
      out += "<caption>\(e(title))"
      if !sources.isEmpty { out += Run.references(sources.map(\.number).sorted()).html }
      out += "</caption>"
    }
    let sum = columns.reduce(0) { $0 + $1.weight }
    out += "<colgroup>"
    for column in columns {
      out += "<col style=\"width:\(Markup.coordinate(column.weight / sum * 100))%\"/>"
    }
    out += "</colgroup>\n<thead><tr>"
    for column in columns {
      out += "<th class=\"\(column.alignment.rawValue)\">\(e(column.title))"
      if !column.unit.isEmpty { out += "<small>\(e(column.unit))</small>" }
      out += "</th>"
    }
    out += "</tr></thead>\n<tbody>\n"
    for row in rows {
      out += row.kind == .body ? "<tr>" : "<tr class=\"\(row.kind.rawValue)\">"
      for (cell, column) in zip(row.cells, columns) {
        out += "<td class=\"\(column.alignment.rawValue)\">"
        out += cell.runs(column, language).map(\.html).joined() + "</td>"
      }
      out += "</tr>\n"
    }
    out += "</tbody></table></div>\n"
    if let note { out += "<p class=\"note\">\(e(note))</p>\n" }
    return out
  }
}

extension Run {
  var html: String {
    let e = Markup.escape
    switch self {
    case .text(let text): return e(text)
    case .strong(let text): return "<strong>\(e(text))</strong>"
    case .number(let text, let mark):
      return "<span class=\"number\">\(e(text))</span>"
        + (mark.map { "<sup class=\"mark\">\(e($0))</sup>" } ?? "")
    case .blank(let unit): return "<span class=\"blank\">＿＿＿＿</span>\(e(unit))"
    case .flag(let text): return "<span class=\"flag\">\(e(text))</span> "
    case .references(let numbers):
      guard !numbers.isEmpty else { return "" }
      return "<sup class=\"ref\">[\(numbers.map(String.init).joined(separator: ","))]</sup>"
    }
  }
}
