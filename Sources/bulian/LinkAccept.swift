import Atlas
import Briefing
import Foundation
import Ledger
import Linking

/// What a review sheet that came back contained. 读回的复核表
struct AcceptedReview {
  var accepted = 0
  var rejected = 0
  var unchanged = 0
  var merged = 0
  var apart = 0
  /// Rows that name no firm, segment or group of this workspace, with the first one's words.
  var unknown = 0
  var unknownExample: String?
  /// Rows with a word that is neither yes nor no.
  var unreadable = 0
  var unreadableExample: String?
  let by: String

  var json: JSONValue {
    .object([
      ("accepted", .int(accepted)), ("rejected", .int(rejected)), ("unchanged", .int(unchanged)),
      ("merged", .int(merged)), ("apart", .int(apart)), ("unknown", .int(unknown)),
      ("unreadable", .int(unreadable)), ("by", .string(by)),
    ])
  }

  var sentence: String {
    var text = say(
      "记录人工决定（\(by)）：确认 \(accepted) 条，否决 \(rejected) 条",
      "decisions of \(by): \(accepted) links confirmed, \(rejected) refused")
    if unchanged > 0 { text += say("，与已有决定相同 \(unchanged) 条", ", \(unchanged) as decided before") }
    if merged + apart > 0 {
      text += say(
        "；同一企业 \(merged) 对，不是同一家 \(apart) 对", "; \(merged) pairs are one firm, \(apart) are two")
    }
    text += "。"
    if unknown > 0 {
      text += say(
        "有 \(unknown) 行的编号本工作区不认识，已跳过（如 \(unknownExample ?? "")）。",
        " \(unknown) rows have ids that this workspace lacks and were skipped (such as \(unknownExample ?? ""))."
      )
    }
    if unreadable > 0 {
      text += say(
        "有 \(unreadable) 行的决定不是 是/否，已跳过（如“\(unreadableExample ?? "")”）。",
        " \(unreadable) rows answer neither 是 nor 否 and were skipped (such as \"\(unreadableExample ?? "")\")."
      )
    }
    return text
  }
}

/// Takes a review sheet back: decisions about single links, whole groups, and namesakes.
func acceptReview(_ path: String, by: String, _ workspace: Workspace) throws -> AcceptedReview {
  let file = try TableFile(path: path)
  var sheets: [ReviewRows] = []
  if file.isSpreadsheet {
    for name in [ReviewColumn.groups, ReviewColumn.links, ReviewColumn.doubts] {
      if let rows = try? file.texts(sheet: name), let sheet = ReviewRows(rows) {
        sheets.append(sheet)
      }
    }
  }
  if sheets.isEmpty, let sheet = ReviewRows(try file.texts()) { sheets.append(sheet) }
  guard sheets.contains(where: { $0.isLinks || $0.isDoubts }) else {
    throw Failure(
      "BL0112", exit: 65,
      Phrase(
        zh: "\(path) 不是复核表：缺少“企业编号、环节、决定”列。请用 link --review 写出的表。",
        en: "\(path) is no review sheet: it lacks 企业编号, 环节, 决定; use the one link --review wrote.")
    )
  }
  var taker = DecisionTaker(workspace, by: by)
  for sheet in sheets where !sheet.isLinks && !sheet.isDoubts { taker.readGroups(sheet) }
  for sheet in sheets where sheet.isLinks { taker.readLinks(sheet) }
  for sheet in sheets where sheet.isDoubts { taker.readDoubts(sheet) }
  return try taker.record()
}

/// The rows of a sheet below its header, by column name.
private struct ReviewRows {
  let columns: [String: Int]
  let rows: [[String]]

  /// Nil when no row is a header with a decision column.
  init?(_ all: [[String]]) {
    guard
      let header = all.prefix(6).firstIndex(where: { row in
        row.contains(ReviewColumn.decision)
          && (row.contains(ReviewColumn.firm) || row.contains(ReviewColumn.group))
      })
    else { return nil }
    columns = Dictionary(
      all[header].enumerated().map { ($1.trimmingCharacters(in: .whitespaces), $0) },
      uniquingKeysWith: { first, _ in first })
    rows = Array(all[(header + 1)...])
  }

  var isDoubts: Bool { columns[ReviewColumn.second] != nil && columns[ReviewColumn.firm] != nil }
  var isLinks: Bool {
    !isDoubts && columns[ReviewColumn.firm] != nil && columns[ReviewColumn.segment] != nil
  }

  func cell(_ row: [String], _ name: String) -> String {
    guard let column = columns[name], column < row.count else { return "" }
    var text = row[column].trimmingCharacters(in: .whitespaces)
    if text.hasPrefix("'") { text.removeFirst() }
    return text
  }

  func id(_ row: [String], _ name: String) -> Int64? {
    let text = cell(row, name)
    return Int64(text) ?? Double(text).flatMap { Int64(exactly: $0) }
  }
}

private struct DecisionTaker {
  let workspace: Workspace
  var review: AcceptedReview
  private let segments: Set<String>
  private var groups: [String: (isAccepted: Bool, because: String)] = [:]
  private var links: [PersonLink] = []
  private var merges: [MergeRecord] = []

  init(_ workspace: Workspace, by: String) {
    self.workspace = workspace
    review = AcceptedReview(by: by)
    segments = Set(workspace.library.chains.flatMap(\.segments).map(\.id))
  }

  /// Yes, no, or nil for an empty cell or a word that is neither, which is counted.
  private mutating func answer(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "": return nil
    case "是", "确认", "同意", "对", "y", "yes", "1", "√", "true": return true
    case "否", "否决", "不是", "不", "错", "n", "no", "0", "×", "false": return false
    default:
      review.unreadable += 1
      if review.unreadableExample == nil { review.unreadableExample = word }
      return nil
    }
  }

  private mutating func countUnknown(_ text: String) {
    review.unknown += 1
    if review.unknownExample == nil { review.unknownExample = text }
  }

  mutating func readGroups(_ sheet: ReviewRows) {
    for row in sheet.rows {
      guard let isAccepted = answer(sheet.cell(row, ReviewColumn.decision)) else { continue }
      groups[sheet.cell(row, ReviewColumn.group)] = (
        isAccepted, sheet.cell(row, ReviewColumn.reason)
      )
    }
  }

  mutating func readLinks(_ sheet: ReviewRows) {
    var met: Set<String> = []
    for row in sheet.rows {
      let group = sheet.cell(row, ReviewColumn.group)
      met.insert(group)
      let own = answer(sheet.cell(row, ReviewColumn.decision))
      // A word that is no answer does not fall under the group's.
      let isSilent = sheet.cell(row, ReviewColumn.decision).isEmpty
      guard let isAccepted = own ?? (isSilent ? groups[group]?.isAccepted : nil) else { continue }
      let segment = sheet.cell(row, ReviewColumn.segment)
      guard let firm = sheet.id(row, ReviewColumn.firm), segments.contains(segment) else {
        countUnknown(sheet.cell(row, ReviewColumn.firm) + " " + segment)
        continue
      }
      var because = sheet.cell(row, ReviewColumn.reason)
      if own == nil {
        because = ["成组决定", groups[group]?.because ?? "", because].filter { !$0.isEmpty }
          .joined(separator: "：")
      }
      links.append(
        PersonLink(
          firm: firm, segment: segment, isAccepted: isAccepted, decidedBy: review.by,
          decidedAt: Clock.now, because: because))
    }
    for group in groups.keys.sorted() where !met.contains(group) { countUnknown(group) }
  }

  mutating func readDoubts(_ sheet: ReviewRows) {
    for row in sheet.rows {
      guard let isSame = answer(sheet.cell(row, ReviewColumn.decision)) else { continue }
      guard let first = sheet.id(row, ReviewColumn.firm),
        let second = sheet.id(row, ReviewColumn.second), first != second
      else {
        countUnknown(sheet.cell(row, ReviewColumn.firm))
        continue
      }
      let because = sheet.cell(row, ReviewColumn.reason)
      merges.append(
        MergeRecord(
          firm: max(first, second), into: isSame ? min(first, second) : nil,
          because: because.isEmpty ? (isSame ? "复核：同一家" : "复核：不是同一家") : because,
          decidedBy: review.by, decidedAt: Clock.now))
    }
  }

  /// Writes what is new; the same sheet twice changes nothing.
  mutating func record() throws -> AcceptedReview {
    let ids = Set(links.map(\.firm) + merges.flatMap { [$0.firm, $0.into ?? $0.firm] })
    var known: Set<Int64> = []
    try workspace.ledger.forEachFirmEntry { if ids.contains($0.id) { known.insert($0.id) } }
    struct Pair: Hashable {
      let firm: Int64
      let segment: String
    }
    let standing = Dictionary(
      try workspace.ledger.listLinkDecisions().map {
        (Pair(firm: $0.firm, segment: $0.segment), $0.isAccepted)
      }, uniquingKeysWith: { $1 })
    var fresh: [PersonLink] = []
    for link in links {
      guard known.contains(link.firm) else {
        countUnknown("\(link.firm) \(link.segment)")
        continue
      }
      if standing[Pair(firm: link.firm, segment: link.segment)] == link.isAccepted {
        review.unchanged += 1
        continue
      }
      fresh.append(link)
      if link.isAccepted { review.accepted += 1 } else { review.rejected += 1 }
    }
    let merged = Dictionary(
      try workspace.ledger.listMerges().map { ($0.firm, $0.into) }, uniquingKeysWith: { $1 })
    var freshMerges: [MergeRecord] = []
    for merge in merges {
      guard known.contains(merge.firm), merge.into.map({ known.contains($0) }) ?? true else {
        countUnknown("\(merge.firm)")
        continue
      }
      if let old = merged[merge.firm], old == merge.into {
        review.unchanged += 1
        continue
      }
      freshMerges.append(merge)
      if merge.into == nil { review.apart += 1 } else { review.merged += 1 }
    }
    try workspace.ledger.decideLinks(fresh)
    try workspace.ledger.record(freshMerges)
    return review
  }
}
