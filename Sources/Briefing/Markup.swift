/// Text made safe to stand inside markup. 转义
enum Markup {
  /// Escapes the five characters that mean something in XML and HTML, and drops the control
  /// characters that XML 1.0 forbids, so that a firm named `<script>` stays a name.
  static func escape(_ text: String) -> String {
    var safe = ""
    safe.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      case "'": safe += "&#39;"
      case "\t", "\n": safe.unicodeScalars.append(scalar)
      default:
        let isForbidden =
          scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFFFE
          || scalar.value == 0xFFFF
        // Direction overrides could make a name read as another one.
        let isOverride =
          (0x202A...0x202E).contains(scalar.value)
          || (0x2066...0x2069).contains(scalar.value)
        if !isForbidden, !isOverride { safe.unicodeScalars.append(scalar) }
      }
    }
    return safe
  }

  /// A coordinate with at most two decimals, the same on every machine.
  static func coordinate(_ value: Double) -> String {
    precondition(value.isFinite, "a coordinate is finite")
    let hundredths = Int((value * 100).rounded())
    let magnitude = abs(hundredths)
    let whole = magnitude / 100
    let rest = magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

/// A name that is safe as a file name on every system. 文件名
public func fileName(from text: String) -> String {
  var name = ""
  for scalar in text.unicodeScalars {
    let isPlain =
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
      || scalar == "_"
    name.unicodeScalars.append(isPlain ? scalar : "-")
  }
  while name.contains("--") { name = String(name.replacing("--", with: "-")) }
  while name.hasPrefix("-") { name.removeFirst() }
  while name.hasSuffix("-") { name.removeLast() }
  // 255 bytes is the limit of common file systems; 60 Han characters are 180 bytes.
  let short = String(name.prefix(60))
  return short.isEmpty ? "unnamed" : short
}
