import Atlas
import Briefing

/// The form that a DOCX takes its styles, margins, header and footer from: A4 after GB/T 9704. 公文格式
///
/// Source: GB/T 9704-2012: margins 37 mm above and 28 mm left, type area 156 x 225 mm, body in
/// 仿宋 size 3 (16 pt) with a line pitch of 28.95 pt, headings in 黑体 and 楷体, title in
/// 小标宋 size 2 (22 pt). Fonts are named, never embedded.
public struct ReferenceDocument: Sendable {
  private let header: String
  private let footer: String

  public init(for document: Document) {
    let language = document.language
    var words = [document.classification.label[language]]
    if document.isSample {
      words.append(Phrase(zh: "示例数据", en: "Sample data")[language])
    }
    header = words.joined(separator: "　")
    footer = Phrase(zh: "批次 \(document.colophon.run)", en: "run \(document.colophon.run)")[language]
  }

  /// The DOCX as bytes; the same paper gives the same bytes.
  public func archive() -> [UInt8] {
    var zip = StoredZip()
    zip.add("[Content_Types].xml", contentTypes)
    zip.add("_rels/.rels", relationships)
    zip.add("word/_rels/document.xml.rels", documentRelationships)
    zip.add("word/document.xml", document)
    zip.add("word/styles.xml", styles)
    zip.add("word/header1.xml", headerPart)
    zip.add("word/footer1.xml", footerPart)
    return zip.finished()
  }

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let namespaces =
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
    + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  private var contentTypes: String {
    let type = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return Self.declaration
      + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Override PartName=\"/word/document.xml\" ContentType=\"\(type).document.main+xml\"/>"
      + "<Override PartName=\"/word/styles.xml\" ContentType=\"\(type).styles+xml\"/>"
      + "<Override PartName=\"/word/header1.xml\" ContentType=\"\(type).header+xml\"/>"
      + "<Override PartName=\"/word/footer1.xml\" ContentType=\"\(type).footer+xml\"/></Types>"
  }

  private var relationships: String {
    Self.declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + "<Relationship Id=\"rId1\" Type=\"\(Self.office)/officeDocument\" Target=\"word/document.xml\"/>"
      + "</Relationships>"
  }

  private var documentRelationships: String {
    Self.declaration
      + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + "<Relationship Id=\"rId1\" Type=\"\(Self.office)/styles\" Target=\"styles.xml\"/>"
      + "<Relationship Id=\"rId2\" Type=\"\(Self.office)/header\" Target=\"header1.xml\"/>"
      + "<Relationship Id=\"rId3\" Type=\"\(Self.office)/footer\" Target=\"footer1.xml\"/>"
      + "</Relationships>"
  }

  /// Millimetres in twentieths of a point.
  private static func twips(_ mm: Double) -> Int { Int((mm * 1440 / 25.4).rounded()) }

  private var document: String {
    let t = Self.twips
    return Self.declaration + "<w:document \(Self.namespaces)><w:body><w:p/><w:sectPr>"
      + "<w:headerReference w:type=\"default\" r:id=\"rId2\"/>"
      + "<w:footerReference w:type=\"default\" r:id=\"rId3\"/>"
      + "<w:pgSz w:w=\"\(t(210))\" w:h=\"\(t(297))\"/>"
      + "<w:pgMar w:top=\"\(t(37))\" w:right=\"\(t(26))\" w:bottom=\"\(t(35))\" w:left=\"\(t(28))\" "
      + "w:header=\"\(t(15))\" w:footer=\"\(t(28))\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
  }

  private var styles: String {
    func fonts(_ han: String, _ size: Int, bold: Bool = false) -> String {
      "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"\(han)\"/>"
        + (bold ? "<w:b/>" : "") + "<w:color w:val=\"000000\"/>"
        + "<w:sz w:val=\"\(size)\"/><w:szCs w:val=\"\(size)\"/></w:rPr>"
    }
    func style(_ id: String, _ name: String, _ paragraph: String, _ run: String) -> String {
      "<w:style w:type=\"paragraph\" w:styleId=\"\(id)\"\(id == "Normal" ? " w:default=\"1\"" : "")>"
        + "<w:name w:val=\"\(name)\"/>"
        + (id == "Normal" ? "" : "<w:basedOn w:val=\"Normal\"/>")
        + "<w:qFormat/><w:pPr>\(paragraph)</w:pPr>\(run)</w:style>"
    }
    let pitch = "<w:spacing w:line=\"579\" w:lineRule=\"exact\" w:before=\"0\" w:after=\"0\"/>"
    let indented = pitch + "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"
    let tight = "<w:spacing w:before=\"20\" w:after=\"20\"/>"
    return Self.declaration + "<w:styles \(Self.namespaces)>"
      + "<w:docDefaults><w:rPrDefault>\(fonts("仿宋_GB2312", 32))</w:rPrDefault></w:docDefaults>"
      + style("Normal", "Normal", "", fonts("仿宋_GB2312", 32))
      + style("BodyText", "Body Text", indented, fonts("仿宋_GB2312", 32))
      + style("FirstParagraph", "First Paragraph", indented, fonts("仿宋_GB2312", 32))
      + style("Compact", "Compact", tight, fonts("仿宋_GB2312", 21))
      + style(
        "Title", "Title", "<w:spacing w:before=\"240\" w:after=\"320\"/><w:jc w:val=\"center\"/>",
        fonts("方正小标宋简体", 44))
      + style("Heading1", "heading 1", "<w:keepNext/>" + indented, fonts("黑体", 32))
      + style("Heading2", "heading 2", "<w:keepNext/>" + indented, fonts("楷体_GB2312", 32))
      + style(
        "Heading3", "heading 3", "<w:keepNext/>" + indented, fonts("仿宋_GB2312", 32, bold: true))
      + style("Heading4", "heading 4", "<w:keepNext/>" + indented, fonts("仿宋_GB2312", 32))
      + style("BlockText", "Block Text", pitch, fonts("仿宋_GB2312", 28))
      + style("TableCaption", "Table Caption", tight, fonts("黑体", 24))
      + style("ImageCaption", "Image Caption", tight, fonts("仿宋_GB2312", 24))
      + "<w:style w:type=\"table\" w:styleId=\"Table\" w:default=\"1\"><w:name w:val=\"Table\"/><w:tblPr>"
      + "<w:tblBorders><w:top w:val=\"single\" w:sz=\"8\"/><w:bottom w:val=\"single\" w:sz=\"8\"/>"
      + "<w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/></w:tblBorders>"
      + "<w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar>"
      + "</w:tblPr></w:style></w:styles>"
  }

  private var headerPart: String {
    Self.declaration + "<w:hdr \(Self.namespaces)><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r>"
      + "<w:rPr><w:rFonts w:eastAsia=\"黑体\"/><w:sz w:val=\"21\"/></w:rPr><w:t>\(escaped(header))</w:t>"
      + "</w:r></w:p></w:hdr>"
  }

  private var footerPart: String {
    func field(_ name: String) -> String {
      "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>\(name)</w:instrText></w:r>"
        + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    }
    func words(_ text: String) -> String {
      "<w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t xml:space=\"preserve\">\(escaped(text))</w:t></w:r>"
    }
    return Self.declaration
      + "<w:ftr \(Self.namespaces)><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
      + words(footer + "　") + field("PAGE") + words(" / ") + field("NUMPAGES") + "</w:p></w:ftr>"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
