public import Atlas

/// The text of a choice card that reads back as the same parameters. 卡片文本
///
/// Strings are quoted, so whatever a source says stays a string; numbers are written so that they
/// read back exactly.
public func choiceCardText(
  name: Phrase, version: String, note: String, parameters: [(name: String, parameter: Parameter)]
) -> String {
  func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      case "\n", "\r", "\t": out += " "
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F { continue }
        out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
  var text = """
    name: {zh: \(quoted(name.zh)), en: \(quoted(name.en))}
    version: \(quoted(version))
    note: \(quoted(note))
    parameters:

    """
  for item in parameters.sorted(by: { $0.name < $1.name }) {
    let p = item.parameter
    text += """
        \(item.name):
          {value: \(p.value), low: \(p.low), high: \(p.high), unit: \(quoted(p.unit)), evidence: \(p.evidence.rawValue),
            source: \(quoted(p.source))}

      """
  }
  return text
}
