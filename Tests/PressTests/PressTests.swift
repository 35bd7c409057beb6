import Atlas
import Briefing
import Foundation
import Testing

@testable import Press

/// Programs of the press are looked for as the product looks for them; a test that needs a missing one says so.
private let tools: Tools = {
  let environment = ProcessInfo.processInfo.environment
  let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  return Tools(
    folders: environment["BULIAN_TOOLS"].map { [$0] } ?? [], path: environment["PATH"] ?? "",
    templates: environment["BULIAN_TEST_TEMPLATES"] ?? here + "/Models/Press")
}()

private func has(_ programs: String...) -> Bool { programs.allSatisfy { tools.find($0) != nil } }

@Suite("Press", .serialized)
struct PressTests {
  @Test(
    "every figure of a workbook is read back by a second reader; texts stay texts",
    .enabled(if: has("xlsx2csv"), "xlsx2csv is not installed"))
  func workbookReadsBack() throws {
    let path = folder() + "/list.xlsx"
    try Press(tools: tools).xlsx(workbook(), to: path)
    let said = try tools.run(
      try #require(tools.find("xlsx2csv")), ["-i", "-n", "名单", path], in: nil)
    let lines = said.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].contains("示例数据") && lines[0].contains("内部"))
    #expect(lines[1].hasPrefix("企业,节省（万元/年） 低"))
    #expect(lines[2].contains("=cmd|' /C calc'!A0"))
    #expect(lines[2].contains("-198.9") || lines[2].contains("-199"))
    #expect(lines[3].contains("<script>"))
    // Parts of the file: text is a shared string, never a formula; the header is frozen and filtered.
    let sheet = try unzipped(path, "xl/worksheets/sheet1.xml")
    #expect(!sheet.contains("<f>"))
    #expect(sheet.contains("<v>-198.9</v>"))
    #expect(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"))
    #expect(sheet.contains("paperSize=\"8\"") && sheet.contains("&amp;P / &amp;N"))
    #expect(try unzipped(path, "xl/styles.xml").contains("估"))
  }

  @Test("the same workbook gives the same parts")
  func workbookIsStable() throws {
    let first = folder() + "/a.xlsx"
    let second = folder() + "/b.xlsx"
    try Press(tools: tools).xlsx(workbook(), to: first)
    try Press(tools: tools).xlsx(workbook(), to: second)
    for part in [
      "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml", "xl/styles.xml",
    ] {
      #expect(try unzipped(first, part) == unzipped(second, part))
    }
  }

  @Test(
    "figures, classes and hostile names are read back from the PDF; withheld facts are not in it",
    .enabled(if: has("typst", "pdftotext"), "typst or pdftotext is not installed"))
  func pdfReadsBack() throws {
    let path = folder() + "/paper.pdf"
    try Press(tools: tools).pdf(paper().edition(.firm), to: path)
    let said = try tools.run(
      try #require(tools.find("pdftotext")), ["-layout", path, "-"], in: nil)
    for word in [
      "示例数据", "企业保密", "1,234", "CANARY-OWN", "#import \"x\"; $1$ <script>", "choice-2026a", "柱图",
    ] {
      #expect(said.contains(word), "\(word) is not in the PDF")
    }
    for word in ["CANARY-OFFICE", "CANARY-OTHER"] { #expect(!said.contains(word)) }
    #expect(said.contains("1/1") || said.contains("1 / 1"))
  }

  @Test(
    "the DOCX has the official form and the figures; withheld facts are not in it",
    .enabled(if: has("pandoc"), "pandoc is not installed"))
  func docxReadsBack() throws {
    let path = folder() + "/paper.docx"
    try Press(tools: tools).docx(paper().edition(.firm), to: path)
    let body = try unzipped(path, "word/document.xml")
    for word in ["1,234", "CANARY-OWN", "&lt;script&gt;"] { #expect(body.contains(word)) }
    for word in ["CANARY-OFFICE", "CANARY-OTHER"] { #expect(!body.contains(word)) }
    #expect(body.contains("w:pgMar"))
    if has("typst") {
      let parts = try tools.run(try #require(tools.find("unzip")), ["-l", path], in: nil)
      #expect(parts.contains(".png"), "the picture is not in the DOCX")
    }
    let styles = try unzipped(path, "word/styles.xml")
    #expect(styles.contains("仿宋_GB2312") && styles.contains("黑体"))
    let header = try unzipped(path, "word/header1.xml")
    #expect(header.contains("示例数据") && header.contains("企业保密"))
    #expect(try unzipped(path, "word/footer1.xml").contains("NUMPAGES"))
  }

  @Test(
    "a picture is printed as one PDF page of its own size and as a PNG",
    .enabled(if: has("typst", "pdfinfo"), "typst or pdfinfo is not installed"))
  func pictures() throws {
    let drawing = Drawing(
      width: 1190.55, height: 841.89, description: "全景",
      shapes: [.text(Drawing.Label("全景", at: Point(40, 60), size: 30, room: 400))])
    let pdf = folder() + "/sheet.pdf"
    try Press(tools: tools).picture(drawing, to: pdf)
    let said = try tools.run(try #require(tools.find("pdfinfo")), [pdf], in: nil)
    #expect(said.contains("Pages:           1"))
    #expect(said.contains("1190.55 x 841.89"))
    let png = folder() + "/sheet.png"
    try Press(tools: tools).picture(drawing, to: png)
    let bytes = try #require(FileManager.default.contents(atPath: png))
    #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
  }

  @Test("a missing program is a sentence with its package; a missing template names the file")
  func missing() throws {
    let nothing = Press(tools: Tools(folders: [], path: "", templates: "/nowhere"))
    let wanted = PressError.missingProgram(name: "typst", package: "typst", format: "PDF")
    #expect(throws: wanted) { try nothing.pdf(paper(), to: folder() + "/x.pdf") }
    #expect(wanted.message.zh == "没有找到程序 typst，未印制 PDF，其他格式已写出：请安装 typst，或用 --tools 指明所在文件夹。")
    #expect(throws: PressError.self) { try nothing.docx(paper(), to: folder() + "/x.docx") }
    #expect(throws: PressError.self) {
      try Press(tools: tools).xlsx(workbook(), to: "/proc/nowhere/x.xlsx")
    }
  }

  @Test(
    "a stored archive is a ZIP that unzip accepts",
    .enabled(if: has("unzip"), "unzip is not installed"))
  func archive() throws {
    let path = folder() + "/reference.docx"
    try Data(ReferenceDocument(for: paper()).archive()).write(to: URL(fileURLWithPath: path))
    let said = try tools.run(try #require(tools.find("unzip")), ["-t", path], in: nil)
    #expect(said.contains("No errors detected"))
    // CRC-32 of the check string of the standard.
    #expect(StoredZip.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
  }

  private func unzipped(_ path: String, _ part: String) throws -> String {
    try tools.run(try #require(tools.find("unzip")), ["-p", path, part], in: nil)
  }

  private func folder() -> String {
    let path = NSTemporaryDirectory() + "/bulian-press-tests-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func workbook() -> Workbook {
    Workbook(
      title: "招商目标清单 & 名单", language: .zhHans, classification: .office, isSample: true,
      colophon: colophon,
      sheets: [
        Workbook.Sheet(
          name: "名单",
          table: Table(
            title: "名单",
            columns: [Column("企业"), .number("节省", unit: "万元/年"), .number("人数", unit: "人")],
            rows: [
              Row([
                .text("=cmd|' /C calc'!A0"),
                Cell(.span(Span(low: -198.9, base: -108.9, high: 11.1), .estimated)),
                Cell(.number(1234, .measured)),
              ]),
              Row([.text("<script>&"), Cell(.unknown("x")), Cell(.number(5, .stated))]),
            ]), frozenColumns: 1),
        Workbook.Sheet(name: "参[数]:*?", table: Table(title: "", columns: [Column("空")], rows: [])),
      ])
  }

  private var colophon: Colophon {
    Colophon(
      sourcesAndLicence: "s", cutOff: "2026-11-01", run: "r1", model: "choice-2026a", unknowns: 3,
      exclusions: 4, disclaimer: nil)
  }

  /// Hostile words, one canary a class, a table, a picture.
  private func paper() -> Document {
    var bibliography = Bibliography()
    let source = bibliography.cite(
      Source(title: "来源一", date: "2026-11-01", confidence: "记录", clearance: .open))
    var blocks: [Block] = [.heading(1, "#import \"x\"; $1$ <script>")]
    for (word, clearance) in [
      ("CANARY-OFFICE", Clearance.office), ("CANARY-OWN", .confidential(of: 7)),
      ("CANARY-OTHER", .confidential(of: 8)),
    ] {
      blocks.append(
        .paragraph([.claim(Statement([.text(word)], source: source, clearance: clearance))]))
    }
    blocks += [
      .table(
        Table(
          title: "表", columns: [Column("甲"), .number("乙", unit: "吨")],
          rows: [Row([.text("*x* _y_ `z`"), Cell(.number(1234.4, .estimated))])], sources: [source])
      ),
      Block(
        .figure(
          Illustration(
            drawing: Drawing(
              width: 200, height: 40, description: "图",
              shapes: [
                .rectangle(
                  Frame(x: 0, y: 0, width: 80, height: 40), radius: 2,
                  fill: .hatch(.dots, ink: .ink, paper: .white), stroke: nil),
                .text(Drawing.Label("柱图", at: Point(90, 24), size: 10, room: 100)),
              ]), caption: "说明"))),
      .heading(1, "来源"), Block(.sources),
    ]
    return Document(
      title: "洽谈方案", subtitle: "副题", language: .zhHans, classification: .office, isSample: true,
      subject: 7, blocks: blocks, sources: bibliography.sources, colophon: colophon)
  }
}
