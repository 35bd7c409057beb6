public import Atlas
import Foundation
public import Matching

/// Pairwise judgements of criteria, for the cross-check by the analytic hierarchy process. 两两比较
public struct Judgements: Sendable, Equatable {
  private let values: [Criterion: [Criterion: Double]]

  /// Reads a table whose first column and header name the criteria, by id or Chinese name.
  ///
  /// The mirror of a judgement may be left empty; it is then the inverse.
  /// - Throws: `CardError.malformed` for an unknown criterion or a cell that is no positive number.
  public init(_ text: String, card: String) throws(CardError) {
    let table = try Table(text, card: card)
    func criterion(_ name: String, line: Int) throws(CardError) -> Criterion {
      guard
        let found = Criterion.allCases.first(where: {
          $0.rawValue == name || $0.label.zh == name || $0.label.en == name
        })
      else {
        let known = Criterion.allCases.map { "\($0.rawValue)（\($0.label.zh)）" }
          .joined(separator: "、")
        throw .malformed(
          card: card, line: line,
          because: Phrase(
            zh: "没有指标“\(name)”，可用 \(known)。", en: "no criterion \(name); there are \(known)."))
      }
      return found
    }
    var columns: [Criterion] = []
    for name in table.header.dropFirst() { columns.append(try criterion(name, line: 1)) }
    var values: [Criterion: [Criterion: Double]] = [:]
    for row in table.rows {
      let own = try criterion(row.cells[0], line: row.line)
      for (column, cell) in zip(columns, row.cells.dropFirst()) where !cell.isEmpty {
        guard let value = Judgements.number(cell), value > 0, value.isFinite else {
          throw .malformed(
            card: card, line: row.line,
            because: Phrase(
              zh: "“\(cell)”不是大于 0 的数或 1/3 这样的分数。",
              en: "\(cell) is no number above 0, nor a fraction such as 1/3."))
        }
        values[own, default: [:]][column] = value
      }
    }
    self.values = values
  }

  /// How many times one criterion counts for another; 1 where nothing was said of the pair.
  public func callAsFunction(_ row: Criterion, _ column: Criterion) -> Double {
    if row == column { return 1 }
    // The upper triangle decides, so that a rounded mirror cannot contradict it.
    let order = Criterion.allCases
    guard let first = order.firstIndex(of: row), let second = order.firstIndex(of: column)
    else { return 1 }
    let (upper, lower) = first < second ? (row, column) : (column, row)
    let value =
      values[upper]?[lower] ?? values[lower]?[upper].map { 1 / $0 } ?? 1
    return first < second ? value : 1 / value
  }

  private static func number(_ text: String) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return Double(text) }
    guard let above = Double(parts[0]), let below = Double(parts[1]), below != 0 else { return nil }
    return above / below
  }

  /// The judgements of a library folder.
  public static func load(folder: URL) throws(LibraryError) -> Judgements {
    let path = "Choice/judgements.csv"
    guard let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    else { throw .unreadable(path: path) }
    do { return try Judgements(text, card: path) } catch { throw .card(error) }
  }
}
