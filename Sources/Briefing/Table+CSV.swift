import Atlas

extension Table {
  /// The table as CSV with a byte order mark, so that spreadsheet programs read Han correctly.
  ///
  /// Numbers are plain numbers with a full stop; a range takes three columns. Text that a
  /// spreadsheet would run as a formula gets an apostrophe before it.
  public func csv(_ language: Language) -> String {
    let isRange = columns.indices.map { index in
      rows.contains { row in
        if case .span = row.cells[index].content { true } else { false }
      }
    }
    var out = "\u{FEFF}"
    var heads: [String] = []
    for (index, column) in columns.enumerated() {
      if isRange[index] {
        for end in [Phrase(zh: "低", en: "low"), Phrase(zh: "基准", en: "base"), Phrase(zh: "高", en: "high")] {
          heads.append(column.heading + " " + end[language])
        }
      } else {
        heads.append(column.heading)
      }
    }
    out += heads.map(CSV.field).joined(separator: ",") + "\r\n"
    for row in rows {
      var fields: [String] = []
      for (index, cell) in row.cells.enumerated() {
        switch cell.content {
        case .text(let text): fields.append(CSV.field(text))
        case .number(let value, _):
          if isRange[index] { fields += ["", CSV.number(value), ""] } else {
            fields.append(CSV.number(value))
          }
        case .span(let span, _):
          fields += [span.low, span.base, span.high].map(CSV.number)
        case .unknown, .blank: fields += isRange[index] ? ["", "", ""] : [""]
        }
        if isRange[index], case .text = cell.content { fields += ["", ""] }
      }
      out += fields.joined(separator: ",") + "\r\n"
    }
    return out
  }
}

/// Fields of comma-separated values (RFC 4180). CSV
enum CSV {
  /// Quoted where needed; a leading `=`, `+`, `-`, `@`, tab or carriage return is disarmed.
  static func field(_ text: String) -> String {
    var safe = text
    if let first = safe.first, "=+-@\t\r＝＋－＠".contains(first) { safe = "'" + safe }
    // A carriage return and line feed are one Character: look at scalars.
    let needsQuotes = safe.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }

  /// The shortest text that reads back the same, without thousands separators.
  static func number(_ value: Double) -> String { JSONValue.number(value).text }
}
