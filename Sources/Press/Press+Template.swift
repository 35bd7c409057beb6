import Briefing
import CXlsxWriter
import Foundation

/// A blank sheet for people to fill in: headers with units, drop-downs, one example row. 表样
public struct SheetTemplate: Sendable {
  public struct Column: Sendable {
    public let header: String
    public let isRequired: Bool
    /// Words that a drop-down offers; empty for free text.
    public let choices: [String]
    public let example: String

    public init(header: String, isRequired: Bool, choices: [String], example: String) {
      self.header = header
      self.isRequired = isRequired
      self.choices = choices
      self.example = example
    }
  }

  public let name: String
  public let columns: [Column]
  /// Lines of the notes sheet.
  public let notes: [String]

  public init(name: String, columns: [Column], notes: [String]) {
    self.name = name
    self.columns = columns
    self.notes = notes
  }
}

extension Press {
  /// Writes a template: the header in row 1, an example in row 2, drop-downs below, notes beside.
  ///
  /// Codes and dates stay text, so that leading zeros survive.
  public static func template(_ template: SheetTemplate, to path: String) throws(PressError) {
    guard let book = workbook_new(path) else {
      throw .cannotWrite(path: path, because: "libxlsxwriter: workbook_new")
    }
    guard let page = workbook_add_worksheet(book, template.name),
      let notes = workbook_add_worksheet(book, "说明"), let head = workbook_add_format(book),
      let must = workbook_add_format(book), let sample = workbook_add_format(book)
    else {
      _ = workbook_close(book)
      throw .cannotWrite(path: path, because: "libxlsxwriter: worksheet")
    }
    for format in [head, must] {
      format_set_bold(format)
      format_set_bg_color(format, 0xDCE6F1)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    }
    format_set_font_color(must, 0xA61C1C)
    format_set_italic(sample)
    format_set_font_color(sample, 0x7F7F7F)
    for (index, column) in template.columns.enumerated() {
      let at = UInt16(index)
      _ = worksheet_write_string(page, 0, at, column.header, column.isRequired ? must : head)
      if !column.example.isEmpty { _ = worksheet_write_string(page, 1, at, column.example, sample) }
      let width = max(
        10, Double(column.header.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }) + 4)
      _ = worksheet_set_column(page, at, at, width, nil)
      addDropDown(column.choices, to: page, column: at)
    }
    worksheet_freeze_panes(page, 1, 0)
    _ = worksheet_set_column(notes, 0, 0, 100, nil)
    for (row, line) in template.notes.enumerated() {
      _ = worksheet_write_string(notes, UInt32(row), 0, line, nil)
    }
    let code = workbook_close(book)
    guard code == LXW_NO_ERROR else {
      throw .cannotWrite(path: path, because: String(cString: lxw_strerror(code)))
    }
  }

  /// A list of allowed words for the rows below the header; the library takes at most 255 bytes.
  private static func addDropDown(
    _ choices: [String], to page: UnsafeMutablePointer<lxw_worksheet>, column: UInt16
  ) {
    guard !choices.isEmpty, choices.joined(separator: ",").utf8.count < 255 else { return }
    var words: [UnsafeMutablePointer<CChar>?] = choices.map { strdup($0) }
    defer { for word in words { free(word) } }
    words.append(nil)
    var rule = lxw_data_validation()
    rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
    words.withUnsafeMutableBufferPointer { list in
      rule.value_list = list.baseAddress
      _ = worksheet_data_validation_range(page, 1, column, 1000, column, &rule)
    }
  }
}
