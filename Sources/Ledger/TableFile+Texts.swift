extension TableFile {
  /// Every row as text, blank rows left out: for small sheets that people fill in. 全部行
  ///
  /// - Throws: `LedgerError` when the file ends early or is damaged.
  public func texts(sheet: String? = nil) throws(LedgerError) -> [[String]] {
    let reader = try rows(sheet: sheet)
    var row = RawRow()
    var result: [[String]] = []
    while try reader.next(&row) {
      if !row.isBlank { result.append(row.texts) }
    }
    return result
  }
}
