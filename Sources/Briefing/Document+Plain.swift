import Atlas

extension Document {
  /// The pictures of the paper in order.
  public var drawings: [Drawing] {
    blocks.compactMap { block in
      if case .figure(let illustration) = block.content { illustration.drawing } else { nil }
    }
  }

  /// The paper as bare HTML without styles: what a converter to a word processor reads.
  ///
  /// Pictures are expected beside it as `figure1.png` and so on.
  public func plainHTML(withPictures: Bool) -> String {
    let e = Markup.escape
    var out = "<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\"><head><meta charset=\"utf-8\"/>"
    out += "<title>\(e(title))</title></head><body>\n"
    if !subtitle.isEmpty { out += "<p>\(e(subtitle))</p>\n" }
    var figure = 0
    for block in blocks {
      switch block.content {
      case .figure(let illustration):
        figure += 1
        if withPictures {
          out += "<p><img src=\"figure\(figure).png\" alt=\"\(e(illustration.caption))\" "
          out += "style=\"width:\(illustration.drawing.width > 1000 ? "16.5" : "15.5")cm\"/></p>\n"
        }
        out += "<p>\(e(illustration.caption))</p>\n"
      case .keyNumbers(let numbers):
        out += "<table><tbody>\n"
        for number in numbers {
          out += "<tr><td>\(e(number.label))</td><td><strong>"
          out += Run.number(number.value.text, mark: number.value.mark(language)).html
          out += "</strong> \(e(number.range))</td><td>\(e(number.note))</td></tr>\n"
        }
        out += "</tbody></table>\n"
      case .pageBreak: continue
      case .note(let title, let sentences):
        out += "<blockquote><p><strong>\(e(title))</strong> "
        out += sentences.flatMap { $0.runs(language) }.map(\.html).joined()
        out += "</p></blockquote>\n"
      case .heading(let level, let text):
        let tag = "h\(min(4, max(1, level)))"
        out += "<\(tag)>\(e(text))</\(tag)>\n"
      case .checklist(let items):
        out += "<ul>\n"
        for item in items {
          let tail = [item.owner, item.due].filter { !$0.isEmpty }.joined(separator: " · ")
          out += "<li>□ \(e(item.text)) \(e(tail))</li>\n"
        }
        out += "</ul>\n"
      case .paragraph, .list, .table: out += block.content.html(language)
      case .sources, .questions: continue
      }
    }
    for line in colophon.lines(language) { out += "<p>\(e(line))</p>\n" }
    return out + "</body></html>\n"
  }
}
