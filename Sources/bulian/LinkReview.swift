import Atlas
import Briefing
import Foundation
import Ledger
import Linking
import Matching
import Press

/// The columns of the review sheets; both ways read and write these words. 复核表列名
enum ReviewColumn {
  static let group = "组号"
  static let firm = "企业编号"
  static let segment = "环节"
  static let decision = "决定"
  static let reason = "理由"
  static let second = "另一企业编号"

  static let groups = "成组决定"
  static let links = "逐家决定"
  static let doubts = "疑似同一企业"
}

/// What a review sheet holds. 复核表
struct WrittenReview {
  let path: String
  let groups: Int
  let links: Int
  let firms: Int
  /// Links whose answer can change a list.
  let matter: Int
  let left: Int
  let beyond: Int
  let doubts: Int
  /// Part of the value that the first five groups settle.
  let firstFive: Double?

  var json: JSONValue {
    .object([
      ("path", .string(path)), ("groups", .int(groups)), ("links", .int(links)),
      ("firms", .int(firms)), ("matter", .int(matter)), ("leftOut", .int(left)),
      ("beyondLimit", .int(beyond)),
      ("doubts", .int(doubts)), ("firstFiveShare", .optional(firstFive)),
    ])
  }

  var sentence: String {
    var text = say(
      "已写 \(path)：待核 \(links) 条（\(firms) 家）归为 \(groups) 组，其中 \(matter) 条会影响名单",
      "wrote \(path): \(links) doubtful links (\(firms) firms) in \(groups) groups, \(matter) of which change a list"
    )
    if let firstFive {
      text += say(
        "；先判前 5 组，可定 \(Int((firstFive * 100).rounded()))% 的影响",
        "; the first 5 groups settle \(Int((firstFive * 100).rounded())) % of it")
    }
    text += "。"
    if left > 0 {
      text += say(
        "不影响名单的 \(left) 条未列（--all 可列出）。",
        " \(left) that change nothing are not listed (--all lists them).")
    }
    if beyond > 0 {
      text += say(
        "影响最小的 \(beyond) 条超出一表之限未列，判完这一批再取。",
        " The \(beyond) that matter least are more than one sheet takes: decide these first.")
    }
    if doubts > 0 { text += say("另有疑似同一企业 \(doubts) 对。", " \(doubts) pairs may be one firm.") }
    return text
  }
}

extension [LinkEvidence] {
  /// What a link rests on, whatever the words are: field, kind of word, what the firm does with it.
  fileprivate var ground: String {
    guard let first else { return "" }
    var text = "\(first.field.label.zh)里的\(first.kind.label.zh)"
    if first.role.contains(.makes) {
      text += "，写明\(FirmRole.makes.label.zh)"
    } else {
      text += first.role.isEmpty ? "，未写明经营方式" : "，仅\(first.role.label.zh)"
    }
    if first.context != .head { text += "，\(first.context.label.zh)" }
    let against = EvidenceKind.negative
    if contains(where: { $0.kind == against }) { text += "，另有\(against.label.zh)" }
    return text
  }
}

/// Writes what people have to decide: a sheet of groups, a sheet of single links, a sheet of doubtful
/// namesakes; what changes the list most comes first.
func writeReview(
  to path: String, doubts: [JoinedFirms.Doubt], includingAll: Bool, _ workspace: Workspace
) throws -> WrittenReview {
  guard path.hasSuffix(".xlsx") || path.hasSuffix(".csv") else {
    throw Failure.badEnding(path, [".xlsx", ".csv"])
  }
  let sheet = try ReviewSheet(workspace, doubts: doubts, includingAll: includingAll)
  if path.hasSuffix(".csv") {
    try write(Data(sheet.linkTable.csv(.zhHans).utf8), to: path)
    if !doubts.isEmpty {
      try write(
        Data(sheet.doubtTable.csv(.zhHans).utf8),
        to: path.dropLast(4) + "-\(ReviewColumn.doubts).csv")
    }
  } else {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(path, (error as NSError).localizedDescription)
    }
    try Press(tools: Tools(folders: [], path: "", templates: "")).xlsx(sheet.workbook, to: path)
  }
  return sheet.summary(path)
}

/// The links that wait for a person, grouped and ordered. 待核清单
private struct ReviewSheet {
  struct Line {
    let link: MachineLink
    /// Strongest first.
    let evidence: [LinkEvidence]
    let firm: Int?
  }
  let snapshot: Snapshot
  let gaps: [String: GapRow]
  var lines: [Line] = []
  var items: [ReviewItem] = []
  var groups: [ReviewGroup] = []
  /// Links that change no list.
  var left = 0
  /// Links that would have been more than anybody reads, and matter least.
  var beyond = 0
  let doubts: [JoinedFirms.Doubt]
  private let names: [String: String]
  private let chains: [String: String]
  /// More rows than this nobody reads.
  private static let most = 20_000

  init(_ workspace: Workspace, doubts: [JoinedFirms.Doubt], includingAll: Bool) throws {
    self.doubts = doubts
    let (snapshot, models) = try workspace.freeze(asOf: Clock.today)
    self.snapshot = snapshot
    var gaps: [String: GapRow] = [:]
    for table in findGaps(snapshot, models: models) {
      for row in table.rows where row.gapClass.isOpen || row.gapClass == .unknown {
        gaps[snapshot.segments[row.segment].id] = row
      }
    }
    self.gaps = gaps
    names = Dictionary(
      workspace.library.chains.flatMap(\.segments).map { ($0.id, $0.name.zh) },
      uniquingKeysWith: { first, _ in first })
    chains = Dictionary(
      workspace.library.chains.map { ($0.id, $0.name.zh) }, uniquingKeysWith: { first, _ in first })
    let local = Set(snapshot.district.home)
    var waiting: [(link: MachineLink, firm: Int?, value: Double?)] = []
    try workspace.ledger.forEachOpenLink { link in
      // A link matters where a led chain seeks the segment, or where the firm is the district's own.
      let row = snapshot.firms.find(id: link.firm)
      let isLocal = row.flatMap { snapshot.firms.seat[$0] }.map { local.contains(Int($0)) } ?? false
      let gap = gaps[link.segment]
      guard gap != nil || isLocal || includingAll else {
        left += 1
        return
      }
      let value = gap.map { gap in
        reviewValue(
          score: link.score, gap: gap.openGap.base,
          revenue: row.flatMap { Self.revenue(of: $0, snapshot) })
      }
      waiting.append((link, row, value))
    }
    if waiting.count > Self.most {
      // What changes the list most stays, in the order of the firms.
      let rows = waiting.indices.sorted { first, second in
        let values = (waiting[first].value ?? -1, waiting[second].value ?? -1)
        return values.0 == values.1 ? first < second : values.0 > values.1
      }
      beyond = waiting.count - Self.most
      waiting = rows.prefix(Self.most).sorted().map { waiting[$0] }
    }
    let evidence = try findEvidence(of: waiting.map(\.link), workspace)
    for (item, evidence) in zip(waiting, evidence) {
      lines.append(Line(link: item.link, evidence: evidence, firm: item.firm))
      items.append(
        ReviewItem(
          firm: item.link.firm, topic: String(item.link.segment.prefix { $0 != "." }),
          ground: evidence.ground, value: item.value))
    }
    groups = groupForReview(items)
  }

  /// 万元: as known, else employees at an assumed 80 万元 a head.
  private static func revenue(of row: Int, _ snapshot: Snapshot) -> Double? {
    if let revenue = snapshot.firms.revenue[row] { return Double(revenue) }
    return snapshot.firms.employees[row].map { Double($0) * 80 }
  }

  var workbook: Workbook {
    var sheets: [Workbook.Sheet] = []
    sheets.append(Workbook.Sheet(name: ReviewColumn.groups, table: groupTable, frozenColumns: 1))
    sheets.append(Workbook.Sheet(name: ReviewColumn.links, table: linkTable, frozenColumns: 3))
    if !doubts.isEmpty {
      sheets.append(Workbook.Sheet(name: ReviewColumn.doubts, table: doubtTable))
    }
    return Workbook(
      title: "挂链复核", language: .zhHans, classification: .office,
      isSample: snapshot.district.isSample,
      colophon: Colophon(
        sourcesAndLicence: "", cutOff: snapshot.asOf.iso, run: "", model: "", unknowns: 0,
        exclusions: 0,
        disclaimer: "只填“决定”列：是 / 否，不填即以后再说；先填“成组决定”（一组一个答案），“逐家决定”里单独填的优先"),
      sheets: sheets)
  }

  var groupTable: Table {
    Table(
      title: ReviewColumn.groups,
      columns: [
        Column(ReviewColumn.group), Column("产业链"), Column("挂链依据"), Column(ReviewColumn.decision),
        Column(ReviewColumn.reason), .number("条数", unit: ""), .number("企业数", unit: ""),
        Column("凭哪些词（多的在前）"), Column("举例（影响大的在前）"),
        .number("影响", unit: "万元/年"),
      ],
      rows: groups.enumerated().map { index, group in
        Row([
          .text("G\(index + 1)"), .text(chains[group.topic] ?? group.topic), .text(group.ground),
          .blank, .blank, number(Double(group.rows.count)),
          number(Double(Set(group.rows.map { items[$0].firm }).count)),
          .text(commonWords(group).joined(separator: "、")),
          .text(
            group.rows.prefix(4).map {
              "\(name(lines[$0]))→\(names[lines[$0].link.segment] ?? lines[$0].link.segment)"
            }.joined(separator: "；")), number(group.value),
        ])
      })
  }

  /// The words that most links of a group rest on; ties by the word.
  private func commonWords(_ group: ReviewGroup) -> [String] {
    var counts: [String: Int] = [:]
    for row in group.rows { counts[lines[row].evidence.first?.words ?? "", default: 0] += 1 }
    let sorted = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return sorted.prefix(8).map { $0.value > 1 ? "\($0.key)×\($0.value)" : $0.key }
  }

  var linkTable: Table {
    var rows: [Row] = []
    for (index, group) in groups.enumerated() {
      for item in group.rows {
        let line = lines[item]
        rows.append(
          Row([
            .text("G\(index + 1)"), .text("\(line.link.firm)"), .text(name(line)),
            .text(names[line.link.segment] ?? ""),
            .text(line.evidence.map(\.phrase.zh).joined(separator: "；")),
            .blank, .blank, number(line.link.score),
            .text(
              line.firm.flatMap { snapshot.firms.seat[$0] }.map { snapshot.places.name[Int($0)] }
                ?? ""),
            number(line.firm.flatMap { snapshot.firms.revenue[$0] }.map { Double($0) }),
            number(line.firm.flatMap { snapshot.firms.employees[$0] }.map { Double($0) }),
            .text(items[item].value == nil ? "否" : "是"), .text(line.link.segment),
          ]))
      }
    }
    return Table(
      title: ReviewColumn.links,
      columns: [
        Column(ReviewColumn.group), Column(ReviewColumn.firm), Column("企业名称"), Column("环节名称"),
        Column("依据"), Column(ReviewColumn.decision), Column(ReviewColumn.reason),
        .number("得分", unit: "", places: 2), Column("所在地"), .number("营业收入", unit: "万元"),
        .number("员工", unit: "人"), Column("影响名单"), Column(ReviewColumn.segment),
      ], rows: rows)
  }

  var doubtTable: Table {
    Table(
      title: ReviewColumn.doubts,
      columns: [
        Column(ReviewColumn.firm), Column("企业名称"), Column("所在地"), Column(ReviewColumn.second),
        Column("另一企业名称"), Column("另一所在地"), Column("疑点"), Column(ReviewColumn.decision),
        Column(ReviewColumn.reason),
      ],
      rows: doubts.map { doubt in
        Row([
          .text("\(doubt.first.id)"), .text(doubt.first.name), .text(doubt.first.placeCode ?? ""),
          .text("\(doubt.second.id)"), .text(doubt.second.name),
          .text(doubt.second.placeCode ?? ""), .text(doubt.because.zh), .blank, .blank,
        ])
      })
  }

  private func name(_ line: Line) -> String {
    line.firm.map { snapshot.firms.name[$0] } ?? "\(line.link.firm)"
  }

  private func number(_ value: Double?) -> Cell {
    value.map { Cell(.number($0, .measured)) } ?? .blank
  }

  func summary(_ path: String) -> WrittenReview {
    let total = groups.reduce(0) { $0 + ($1.value ?? 0) }
    let five = groups.prefix(5).reduce(0) { $0 + ($1.value ?? 0) }
    return WrittenReview(
      path: path, groups: groups.count, links: lines.count,
      firms: Set(lines.map(\.link.firm)).count, matter: items.count { $0.value != nil },
      left: left, beyond: beyond, doubts: doubts.count, firstFive: total > 0 ? five / total : nil)
  }
}
