import Atlas
import Briefing
import CXlsxWriter
import Foundation

extension Press {
  /// The sheets as one XLSX file: title line, frozen header, filters, number formats, widths, print area,
  /// header and footer.
  ///
  /// Every text is written as a text, whatever it begins with; estimates wear 估 through their
  /// number format, so that the cell stays a number.
  public func xlsx(_ workbook: Briefing.Workbook, to path: String) throws(PressError) {
    let folder = try ScratchFolder()
    let file = folder.path + "/out.xlsx"
    guard let book = workbook_new(file) else {
      throw .cannotWrite(path: path, because: "libxlsxwriter: workbook_new")
    }
    setProperties(book, workbook)
    var formats = Formats(book)
    for sheet in workbook.sheets {
      guard let page = workbook_add_worksheet(book, sheetName(sheet.name)) else {
        _ = workbook_close(book)
        throw .cannotWrite(path: path, because: "libxlsxwriter: sheet \(sheet.name)")
      }
      write(sheet, of: workbook, on: page, &formats)
    }
    let code = workbook_close(book)
    guard code == LXW_NO_ERROR else {
      throw .cannotWrite(path: path, because: String(cString: lxw_strerror(code)))
    }
    try place(file, to: path)
  }

  /// Rows above the data: title line and header.
  private static let headRows: UInt32 = 2

  private func write(
    _ sheet: Briefing.Workbook.Sheet, of workbook: Briefing.Workbook,
    on page: UnsafeMutablePointer<lxw_worksheet>, _ formats: inout Formats
  ) {
    let flat = sheet.table.flat(workbook.language)
    let language = workbook.language
    var words = [workbook.title, sheet.name, workbook.classification.label[language]]
    if workbook.isSample { words.append(Phrase(zh: "示例数据", en: "Sample data")[language]) }
    if let disclaimer = workbook.colophon.disclaimer { words.append(disclaimer) }
    _ = worksheet_write_string(page, 0, 0, words.joined(separator: "｜"), formats.title)
    _ = worksheet_set_row(page, 0, 22, nil)
    _ = worksheet_set_row(page, 1, 34, nil)
    for (column, heading) in flat.headings.enumerated() {
      _ = worksheet_write_string(
        page, Press.headRows - 1, UInt16(column), heading.title, formats.header)
      let longest = flat.rows.prefix(400).map { width($0[column]) }.max() ?? 0
      let measured = min(46, max(Double(longest) + 2, headingWidth(heading.title)))
      _ = worksheet_set_column(page, UInt16(column), UInt16(column), measured, nil)
    }
    for (index, row) in flat.rows.enumerated() {
      let line = Press.headRows + UInt32(index)
      let isTotal = flat.kinds[index] != .body
      for (column, value) in row.enumerated() {
        switch value {
        case .text(let text):
          _ = worksheet_write_string(
            page, line, UInt16(column), String(text.prefix(32_000)),
            isTotal ? formats.boldText : formats.text)
        case .number(let number, let grade):
          _ = worksheet_write_number(
            page, line, UInt16(column), number,
            formats.number(
              places: flat.headings[column].places, isEstimate: grade == .estimated,
              isTotal: isTotal, language: language))
        case .unknown:
          _ = worksheet_write_string(
            page, line, UInt16(column), Grade.unknown.label[language], formats.unknown)
        case .blank: _ = worksheet_write_blank(page, line, UInt16(column), formats.text)
        }
      }
    }
    let lastRow = Press.headRows + UInt32(max(1, flat.rows.count)) - 1
    let lastColumn = UInt16(max(1, flat.headings.count) - 1)
    worksheet_freeze_panes(page, Press.headRows, UInt16(sheet.frozenColumns))
    _ = worksheet_autofilter(page, Press.headRows - 1, 0, lastRow, lastColumn)
    _ = worksheet_print_area(page, 0, 0, lastRow, lastColumn)
    _ = worksheet_repeat_rows(page, 0, Press.headRows - 1)
    worksheet_set_landscape(page)
    worksheet_set_paper(page, 8)  // A3
    worksheet_fit_to_pages(page, 1, 0)
    let head =
      "&L" + plain(workbook.title) + "&R" + workbook.classification.label[language]
      + (workbook.isSample ? " " + Phrase(zh: "示例数据", en: "Sample data")[language] : "")
    _ = worksheet_set_header(page, String(head.prefix(200)))
    let foot = plain(workbook.colophon.lines(language).last ?? "")
    _ = worksheet_set_footer(page, "&L" + String(foot.prefix(170)) + "&R&P / &N")
  }

  private func setProperties(
    _ book: UnsafeMutablePointer<lxw_workbook>, _ workbook: Briefing.Workbook
  ) {
    workbook.title.withCString { title in
      var properties = lxw_doc_properties()
      properties.title = UnsafeMutablePointer(mutating: title)
      // A fixed moment: the same sheets give the same file.
      properties.created = 1_577_836_800
      _ = workbook_set_properties(book, &properties)
    }
  }

  /// Excel refuses these characters and more than 31 of any.
  private func sheetName(_ name: String) -> String {
    String(name.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
  }

  /// An ampersand begins a command in headers and footers.
  private func plain(_ text: String) -> String { text.replacing("&", with: "&&") }

  private func headingWidth(_ title: String) -> Double {
    let units = columnUnits(title)
    // Headings wrap on two lines.
    return max(6, Double(units) * 0.62 + 3)
  }

  private func width(_ value: FlatTable.Value) -> Int {
    switch value {
    case .text(let text): columnUnits(text)
    case .number(let number, let grade):
      Numerals.fixed(number, places: 1).count + (grade == .estimated ? 3 : 0)
    case .unknown: 5
    case .blank: 0
    }
  }

  /// Width in digits: a Han character takes two.
  private func columnUnits(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
  }
}

/// The cell formats of one workbook, made once each. 单元格格式
private struct Formats {
  private let book: UnsafeMutablePointer<lxw_workbook>
  let title: UnsafeMutablePointer<lxw_format>?
  let header: UnsafeMutablePointer<lxw_format>?
  let text: UnsafeMutablePointer<lxw_format>?
  let boldText: UnsafeMutablePointer<lxw_format>?
  let unknown: UnsafeMutablePointer<lxw_format>?
  private var numbers: [String: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    self.book = book
    title = workbook_add_format(book)
    format_set_bold(title)
    format_set_font_size(title, 13)
    header = workbook_add_format(book)
    format_set_bold(header)
    format_set_text_wrap(header)
    format_set_bg_color(header, 0xE8ECF2)
    format_set_bottom(header, 1)
    format_set_align(header, 10)  // LXW_ALIGN_VERTICAL_CENTER
    text = workbook_add_format(book)
    format_set_text_wrap(text)
    format_set_align(text, 8)  // LXW_ALIGN_VERTICAL_TOP
    boldText = workbook_add_format(book)
    format_set_bold(boldText)
    format_set_top(boldText, 1)
    unknown = workbook_add_format(book)
    format_set_font_color(unknown, 0x8A5A00)
    format_set_align(unknown, 8)
    format_set_align(unknown, 3)  // LXW_ALIGN_RIGHT
  }

  /// The format of a number: decimals, 估 on an estimate, bold on a total.
  mutating func number(places: Int, isEstimate: Bool, isTotal: Bool, language: Language)
    -> UnsafeMutablePointer<lxw_format>?
  {
    var pattern = "#,##0"
    if places > 0 { pattern += "." + String(repeating: "0", count: places) }
    if isEstimate { pattern += "\" " + Grade.estimated.label[language] + "\"" }
    let key = pattern + (isTotal ? "|total" : "")
    if let made = numbers[key] { return made }
    let format = workbook_add_format(book)
    format_set_num_format(format, pattern)
    format_set_align(format, 8)
    if isTotal {
      format_set_bold(format)
      format_set_top(format, 1)
    }
    numbers[key] = format
    return format
  }
}
