public import Atlas
import Foundation

/// Rewrites an imported file without the columns that hold natural persons. 脱敏副本
///
/// The copy is UTF-8 CSV with the same rows; telephone, identity and mail patterns in the other
/// cells are blacked out; a cell that a spreadsheet would take for a formula gets an apostrophe.
public enum RedactedCopy {
  /// - Parameters:
  ///   - headerRow: number of the header's row, as the import found it.
  ///   - workers: look at the original together.
  /// - Returns: the digest of the original, and the headers that were left out.
  public static func write(
    _ path: String, to target: String, headerRow: Int, sheet: String? = nil,
    workers: Workers = .one
  ) throws(LedgerError) -> (originalDigest: String, dropped: [String]) {
    let file = try TableFile(path: path, workers: workers)
    let reader = try file.rows(sheet: sheet)
    guard
      FileManager.default.createFile(
        atPath: target, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: target)
    else { throw .cannotWrite(target, errorText()) }
    defer { try? handle.close() }
    var personal: Set<Int> = []
    var dropped: [String] = []
    var row = RawRow()
    var number = 0
    var output: [UInt8] = [0xEF, 0xBB, 0xBF]
    do {
      while try reader.next(&row) {
        number += 1
        // Title rows above the header are not needed and may name anyone.
        if number < headerRow { continue }
        if number == headerRow {
          for cell in 0..<row.count where PersonalColumns.contains(row.text(cell)) {
            personal.insert(cell)
            dropped.append(row.text(cell))
          }
        }
        var isFirst = true
        for cell in 0..<row.count where !personal.contains(cell) {
          if !isFirst { output.append(0x2C) }
          isFirst = false
          row.bytes.withUnsafeBufferPointer {
            append(CellBytes(rebasing: $0[row.range(cell)]), to: &output)
          }
        }
        output.append(0x0A)
        if output.count > 1 << 18 {
          try handle.write(contentsOf: output)
          output.removeAll(keepingCapacity: true)
        }
      }
      try handle.write(contentsOf: output)
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .cannotWrite(target, error.localizedDescription)
    }
    return (file.digest, dropped)
  }

  private static func append(_ cell: CellBytes, to output: inout [UInt8]) {
    let start = output.count
    output.append(contentsOf: cell)
    if PersonalColumns.mayHoldPerson(cell) {
      _ = PersonalColumns.redact(&output, from: start)
    }
    let isFormula = start < output.count && beginsFormula(output[start])
    guard isFormula || cell.contains(where: isQuoted) else { return }
    let bytes = Array(output[start...])
    output.removeSubrange(start...)
    output.append(0x22)
    if isFormula { output.append(0x27) }
    for byte in bytes {
      if byte == 0x22 { output.append(0x22) }
      output.append(byte)
    }
    output.append(0x22)
  }

  private static func beginsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x3D, 0x2B, 0x40, 0x09, 0x0D: true
    default: false
    }
  }

  private static func isQuoted(_ byte: UInt8) -> Bool {
    byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D
  }
}
