import Atlas

/// The first page of a delivery: links to every paper, opens from a USB stick or a phone. 文书夹
public struct Binder: Sendable {
  /// One file of the delivery. 文件
  public struct Item: Sendable, Hashable {
    /// Group heading, such as a firm or a chain.
    public let group: String
    public let title: String
    /// Relative to the index, forward slashes.
    public let path: String
    public let format: String

    public init(group: String, title: String, path: String, format: String) {
      self.group = group
      self.title = title
      self.path = path
      self.format = format
    }
  }
  let title: String
  let lines: [String]
  let items: [Item]
  let language: Language
  let isSample: Bool

  /// - Parameter lines: sentences on top, such as the status of the night.
  public init(
    title: String, lines: [String], items: [Item], language: Language, isSample: Bool
  ) {
    self.title = title
    self.lines = lines
    self.items = items
    self.language = language
    self.isSample = isSample
  }

  /// Groups in the order of first mention; formats of one paper side by side.
  public func html() -> String {
    let e = Markup.escape
    var out =
      "<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">\n<head>\n<meta charset=\"utf-8\"/>\n"
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    out += "<title>\(e(title))</title>\n<style>\n\(Stylesheet.paper)</style>\n</head>\n<body>\n"
    out +=
      "<div class=\"running\"><span class=\"class\">\(e(Classification.office.label[language]))</span>"
    if isSample {
      out += "<span class=\"sample\">\(e(Phrase(zh: "示例数据", en: "Sample data")[language]))</span>"
    }
    out += "</div>\n<main>\n<header><h1>\(e(title))</h1></header>\n"
    for line in lines { out += "<p>\(e(line))</p>\n" }
    var groups: [String] = []
    for item in items where !groups.contains(item.group) { groups.append(item.group) }
    for group in groups {
      out += "<h2>\(e(group))</h2>\n<ul>\n"
      var titles: [String] = []
      let members = items.filter { $0.group == group }
      for item in members where !titles.contains(item.title) { titles.append(item.title) }
      for title in titles {
        let links = members.filter { $0.title == title }.map { item in
          "<a href=\"\(e(Binder.link(item.path)))\">\(e(item.format.uppercased()))</a>"
        }
        out += "<li>\(e(title)) " + links.joined(separator: " · ") + "</li>\n"
      }
      out += "</ul>\n"
    }
    return out + "</main>\n</body>\n</html>\n"
  }

  /// A relative path as a link: everything but plain characters is percent-encoded, so that a file name
  /// can neither leave the folder by a scheme nor end the attribute.
  static func link(_ path: String) -> String {
    var out = "./"
    for byte in path.utf8 {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
      if isPlain {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        out += "%" + (hex.count < 2 ? "0" : "") + hex
      }
    }
    return out
  }
}
