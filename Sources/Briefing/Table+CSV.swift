import Atlas

extension Table {
  /// The table as CSV with a byte order mark, so that spreadsheet programs read Han correctly.
  ///
  /// Numbers are plain numbers with a full stop; a range takes three columns; unknown is an empty
  /// field. Text that a spreadsheet would run as a formula gets an apostrophe before it.
  public func csv(_ language: Language) -> String {
    let flat = flat(language)
    var out = "\u{FEFF}"
    out += flat.headings.map { CSV.field($0.title) }.joined(separator: ",") + "\r\n"
    for row in flat.rows {
      out +=
        row.map { value in
          switch value {
          case .text(let text): CSV.field(text)
          case .number(let number, _): JSONValue.number((number * 1e4).rounded() / 1e4).text
          case .unknown, .blank: ""
          }
        }.joined(separator: ",") + "\r\n"
    }
    return out
  }
}

/// Fields of comma-separated values (RFC 4180). CSV
public enum CSV {
  /// Quoted where needed; a leading `=`, `+`, `-`, `@`, tab or carriage return is disarmed, but a
  /// plain number such as −3 stays a number.
  public static func field(_ text: String) -> String {
    var safe = text
    if let first = safe.first, "=+-@\t\r＝＋－＠".contains(first), !isNumber(text) {
      safe = "'" + safe
    }
    // A carriage return and line feed are one Character: look at scalars.
    let needsQuotes = safe.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }

  /// One line of fields, without its end.
  public static func line(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",")
  }

  /// True for an optional minus, digits and one full stop, and nothing else.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.first == "-" ? text.dropFirst() : text[...]
    return !digits.isEmpty && digits.first != "." && digits.count { $0 == "." } <= 1
      && digits.allSatisfy { ($0.isASCII && $0.isNumber) || $0 == "." }
  }
}
